package io.stowage.web;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.function.BiConsumer;
import org.eclipse.jetty.websocket.api.Callback;
import org.eclipse.jetty.websocket.api.Session;
import org.eclipse.jetty.websocket.api.StatusCode;
import org.jspecify.annotations.Nullable;

/** Runs a {@link WebSocketSession} on Jetty's WebSocket. Public only because Jetty looks it up by reflection. */
public final class JettyWebSocket implements Session.Listener {
    private static final System.Logger LOG = System.getLogger(JettyWebSocket.class.getName());

    private final WebSocketSession session;
    private final WebSocketInbox inbox = new WebSocketInbox();
    private volatile @Nullable Thread thread;

    JettyWebSocket(WebSocketSession session) {
        this.session = session;
        if (!session.listens()) {
            inbox.deafen();
        }
    }

    @Override
    public void onWebSocketOpen(Session jetty) {
        thread = Thread.ofVirtual().name("websocket").start(() -> run(jetty));
        inbox.open(jetty::demand);
    }

    @Override
    public void onWebSocketPartialBinary(ByteBuffer payload, boolean last, Callback callback) {
        var bytes = new byte[payload.remaining()];
        payload.get(bytes);
        callback.succeed();
        inbox.put(new WebSocketPart.Binary(bytes, last));
    }

    @Override
    public void onWebSocketPartialText(String payload, boolean last) {
        inbox.put(new WebSocketPart.Text(payload, last));
    }

    @Override
    public void onWebSocketPong(ByteBuffer payload) {
        inbox.sign();
    }

    @Override
    public void onWebSocketClose(int status, String reason, Callback callback) {
        inbox.put(new WebSocketPart.End());
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
            session.run(new Connection(jetty, inbox));
            inbox.deafen(); // the other side's close comes behind all that
            jetty.close(StatusCode.NORMAL, "", Callback.NOOP);
        } catch (InterruptedException | IOException e) {
            jetty.disconnect(); // the client is gone, which is how lxc ends
        } catch (Exception e) {
            LOG.log(System.Logger.Level.ERROR, "A WebSocket failed", e);
            jetty.close(StatusCode.SERVER_ERROR, "", Callback.NOOP);
        }
    }

    private record Connection(Session jetty, WebSocketInbox inbox) implements WebSocketConnection {
        @Override
        public void sendText(String text) throws IOException {
            send(SendLimit.MESSAGE, (session, done) -> session.sendText(text, done));
        }

        @Override
        public void sendBinary(ByteBuffer message) throws IOException {
            send(SendLimit.DATA, (session, done) -> session.sendBinary(message, done));
        }

        @Override
        public void sendPing() throws IOException {
            send(SendLimit.MESSAGE, (session, done) -> session.sendPing(ByteBuffer.allocate(0), done));
        }

        @Override
        public long lastHeard() {
            return inbox.lastHeard();
        }

        @Override
        public Optional<WebSocketPart> receive(Duration limit) throws IOException {
            return inbox.take(limit);
        }

        @Override
        public void cut() {
            jetty.disconnect();
            inbox.put(new WebSocketPart.End());
        }

        @Override
        public boolean isOpen() {
            return jetty.isOpen();
        }

        private void send(SendLimit limit, BiConsumer<Session, Callback> message) throws IOException {
            var sent = new CompletableFuture<Boolean>();
            message.accept(jetty, Callback.from(() -> sent.complete(true), sent::completeExceptionally));
            limit.await(sent, "client");
        }
    }
}
