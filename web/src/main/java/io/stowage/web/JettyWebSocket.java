package io.stowage.web;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.nio.ByteBuffer;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.BiConsumer;
import org.eclipse.jetty.websocket.api.Callback;
import org.eclipse.jetty.websocket.api.Session;
import org.eclipse.jetty.websocket.api.StatusCode;
import org.jspecify.annotations.Nullable;

/** Runs a {@link WebSocketSession} on Jetty's WebSocket. Public only because Jetty looks it up by reflection. */
public final class JettyWebSocket implements Session.Listener.AutoDemanding {
    private static final System.Logger LOG = System.getLogger(JettyWebSocket.class.getName());
    private static final int SEND_DEADLINE_SECONDS = 30;

    private final WebSocketSession session;
    private volatile @Nullable Thread thread;

    JettyWebSocket(WebSocketSession session) {
        this.session = session;
    }

    @Override
    public void onWebSocketOpen(Session jetty) {
        thread = Thread.ofVirtual().name("websocket").start(() -> run(jetty));
    }

    @Override
    public void onWebSocketClose(int status, String reason, Callback callback) {
        var running = thread;
        if (running != null) {
            running.interrupt();
        }
        callback.succeed();
    }

    @Override
    public void onWebSocketError(Throwable cause) {
        LOG.log(System.Logger.Level.DEBUG, "A WebSocket ended: {0}", cause.toString()); // followed by a close
    }

    private void run(Session jetty) {
        try {
            session.run(new Connection(jetty));
            jetty.close(StatusCode.NORMAL, "", Callback.NOOP);
        } catch (InterruptedException | IOException e) {
            jetty.disconnect(); // the client is gone, which is how lxc ends
        } catch (Exception e) {
            LOG.log(System.Logger.Level.ERROR, "A WebSocket failed", e);
            jetty.close(StatusCode.SERVER_ERROR, "", Callback.NOOP);
        }
    }

    private record Connection(Session jetty) implements WebSocketConnection {
        @Override
        public void sendText(String text) throws IOException {
            send((session, done) -> session.sendText(text, done));
        }

        @Override
        public void sendPing() throws IOException {
            send((session, done) -> session.sendPing(ByteBuffer.allocate(0), done));
        }

        @Override
        public boolean isOpen() {
            return jetty.isOpen();
        }

        private void send(BiConsumer<Session, Callback> message) throws IOException {
            var sent = new CompletableFuture<Boolean>();
            message.accept(jetty, Callback.from(() -> sent.complete(true), sent::completeExceptionally));
            try {
                sent.get(SEND_DEADLINE_SECONDS, TimeUnit.SECONDS);
            } catch (ExecutionException e) {
                throw new IOException("The client is gone", e);
            } catch (TimeoutException e) {
                throw new IOException("The client has not read for %d s".formatted(SEND_DEADLINE_SECONDS), e);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new InterruptedIOException("The client is gone");
            }
        }
    }
}
