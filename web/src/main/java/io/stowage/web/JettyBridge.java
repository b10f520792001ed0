package io.stowage.web;

import java.io.IOException;
import java.util.Map;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.http.HttpStatus;
import org.eclipse.jetty.io.Content;
import org.eclipse.jetty.io.EofException;
import org.eclipse.jetty.server.Handler.Abstract;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.server.handler.ErrorHandler;
import org.eclipse.jetty.util.Blocker;
import org.eclipse.jetty.util.Callback;
import org.eclipse.jetty.websocket.server.ServerWebSocketContainer;

/** Calls our handler with Jetty's requests and sends what it answers. */
final class JettyBridge extends Abstract {
    private static final System.Logger LOG = System.getLogger(JettyBridge.class.getName());

    private final Handler handler;
    private final ServerWebSocketContainer sockets;

    JettyBridge(Handler handler, ServerWebSocketContainer sockets) {
        this.handler = handler;
        this.sockets = sockets;
    }

    @Override
    public boolean handle(Request request, Response response, Callback callback) throws Exception {
        // A handler may think for as long as it likes; only silence on the wire is a failure.
        request.addIdleTimeoutListener(_ -> false);
        var body = new RequestBody(request);
        var answer = answer(request, body);
        if (answer instanceof io.stowage.web.Response.Whole whole && body.isComing()) {
            sendInBetween(whole, body, response, callback);
        } else {
            send(answer, request, response, callback);
        }
        return true;
    }

    /** Answers a client that may still be sending. */
    private static void sendInBetween(
            io.stowage.web.Response.Whole answer, RequestBody body, Response response, Callback callback) {
        if (body.isShort()) {
            body.discard();
            send(answer, response, callback);
            return;
        }
        response.getHeaders().put(HttpHeader.CONNECTION, "close");
        try (var sent = Blocker.callback()) {
            send(answer, response, sent);
            sent.block();
        } catch (IOException e) {
            callback.failed(e);
            return;
        }
        body.discard();
        callback.succeeded();
    }

    private io.stowage.web.Response answer(Request request, RequestBody body) {
        try {
            JettyRequest ours;
            try {
                ours = new JettyRequest(request, body);
            } catch (IllegalArgumentException e) {
                return handler.onBadUrl(String.valueOf(e.getMessage()));
            }
            return handler.handle(ours);
        } catch (BodyTooLarge e) {
            return io.stowage.web.Response.text(413, e.getMessage() + "\n");
        } catch (IllegalArgumentException e) {
            return io.stowage.web.Response.text(400, e.getMessage() + "\n");
        } catch (EofException e) {
            return new io.stowage.web.Response.Dropped(); // the client went away within its body
        } catch (Exception | StackOverflowError | AssertionError e) {
            LOG.log(System.Logger.Level.ERROR, "%s failed".formatted(request), e);
            return io.stowage.web.Response.text(500, "internal error\n");
        }
    }

    /**
     * Answers what Jetty itself refuses, since it can't be read as a request. That path or query are badly encoded is told
     * as the handler does it.
     */
    boolean refuse(Request request, Response response, Callback callback) {
        var status = response.getStatus();
        var message = String.valueOf(request.getAttribute(ErrorHandler.ERROR_MESSAGE));
        var isBadUrl = status == 400
                && message.equals("Bad Request") // what is wrong elsewhere has a name
                && request.getHttpURI().getPath().equals("/badMessage");
        var answer = isBadUrl
                ? handler.onBadUrl("The path or the query is badly encoded")
                : io.stowage.web.Response.text(status, (status < 500 ? message : HttpStatus.getMessage(status)) + "\n");
        response.getHeaders().put("Connection", "close"); // as Jetty does after this, without saying so
        send(answer, request, response, callback);
        return true;
    }

    private void send(io.stowage.web.Response answer, Request request, Response response, Callback callback) {
        switch (answer) {
            case io.stowage.web.Response.Whole whole -> send(whole, response, callback);
            case io.stowage.web.Response.Streamed(int status, var headers, var writer) -> {
                start(response, status, headers);
                stream(writer, response, callback);
            }
            case io.stowage.web.Response.Upgrade(var session) -> upgrade(session, request, response, callback);
            case io.stowage.web.Response.Dropped() -> {
                request.getConnectionMetaData().getConnection().getEndPoint().close();
                callback.failed(new EofException("dropped"));
            }
        }
    }

    private static void send(io.stowage.web.Response.Whole answer, Response response, Callback callback) {
        start(response, answer.status(), answer.headers());
        response.getHeaders().put("Content-Length", answer.body().length);
        response.write(true, java.nio.ByteBuffer.wrap(answer.body()), callback);
    }

    private static void start(Response response, int status, Map<String, String> headers) {
        response.setStatus(status);
        headers.forEach(response.getHeaders()::put);
    }

    private static void stream(io.stowage.web.Response.Writer writer, Response response, Callback callback) {
        try (var out = Content.Sink.asOutputStream(response)) {
            writer.writeTo(out);
        } catch (IOException | RuntimeException e) {
            if (!(e instanceof EofException)) {
                LOG.log(System.Logger.Level.WARNING, "An answer was cut short: {0}", e.getMessage());
            }
            callback.failed(e);
            return;
        }
        callback.succeeded();
    }

    private void upgrade(WebSocketSession session, Request request, Response response, Callback callback) {
        var upgraded = sockets.upgrade((_, _, _) -> new JettyWebSocket(session), request, response, callback);
        if (!upgraded) {
            send(
                    io.stowage.web.Response.text(400, "Bad Request: a WebSocket handshake was expected\n"),
                    request,
                    response,
                    callback);
        }
    }
}
