package io.stowage.web.client;

import io.stowage.web.SendLimit;
import io.stowage.web.WebSocketConnection;
import io.stowage.web.WebSocketInbox;
import io.stowage.web.WebSocketPart;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.net.http.WebSocketHandshakeException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/** The client's side of one WebSocket. */
public final class WebSocketClient implements WebSocketConnection, AutoCloseable {
    private static final Duration CONNECT_DEADLINE = Duration.ofSeconds(10);
    /** How long the other side may take to agree that it is over. */
    private static final Duration FAREWELL = Duration.ofSeconds(5);

    private final HttpClient http;
    private final WebSocket socket;
    private final WebSocketInbox inbox;
    private final ReentrantLock sending = new ReentrantLock();

    private WebSocketClient(HttpClient http, WebSocket socket, WebSocketInbox inbox) {
        this.http = http;
        this.socket = socket;
        this.inbox = inbox;
    }

    /**
     * Connects.
     *
     * @param address such as {@code wss://192.0.2.1:8443/path}; its query may be secret and is in no message
     * @throws IOException there is nobody, or somebody else, or it refuses
     */
    public static WebSocketClient connect(URI address, Trust trust) throws IOException {
        var http = HttpClient.newBuilder()
                .version(HttpClient.Version.HTTP_1_1)
                .connectTimeout(CONNECT_DEADLINE)
                .sslContext(TrustContext.of(trust))
                .build();
        var inbox = new WebSocketInbox();
        try {
            var opening =
                    http.newWebSocketBuilder().connectTimeout(CONNECT_DEADLINE).buildAsync(address, new Ears(inbox));
            return new WebSocketClient(http, outcome(opening, 2 * CONNECT_DEADLINE.toSeconds(), address), inbox);
        } catch (IOException | RuntimeException e) {
            http.shutdownNow();
            throw e;
        }
    }

    private static WebSocket outcome(CompletableFuture<WebSocket> opening, long seconds, URI address)
            throws IOException {
        var place = address.getAuthority();
        try {
            return opening.get(seconds, TimeUnit.SECONDS);
        } catch (ExecutionException e) {
            throw new IOException("%s can't be connected to: %s".formatted(place, reason(e.getCause())), e);
        } catch (TimeoutException e) {
            opening.cancel(true);
            throw new IOException("%s can't be connected to within %d s".formatted(place, seconds), e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            opening.cancel(true);
            throw new InterruptedIOException("Interrupted while connecting to " + place);
        }
    }

    private static String reason(@Nullable Throwable cause) {
        return switch (cause) {
            case null -> "unknown";
            case WebSocketHandshakeException e ->
                "it answers with status " + e.getResponse().statusCode();
            default -> cause.getMessage() == null ? cause.getClass().getSimpleName() : cause.getMessage();
        };
    }

    @Override
    public void sendText(String text) throws IOException {
        send(SendLimit.MESSAGE, () -> socket.sendText(text, true));
    }

    @Override
    public void sendBinary(ByteBuffer message) throws IOException {
        send(SendLimit.DATA, () -> socket.sendBinary(message, true));
    }

    @Override
    public void sendPing() throws IOException {
        send(SendLimit.MESSAGE, () -> socket.sendPing(ByteBuffer.allocate(0)));
    }

    private interface Sending {
        CompletableFuture<WebSocket> begin();
    }

    /** The JDK takes one message at a time. */
    private void send(SendLimit limit, Sending message) throws IOException {
        sending.lock();
        try {
            limit.await(message.begin(), "server");
        } finally {
            sending.unlock();
        }
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
        socket.abort();
        inbox.put(new WebSocketPart.End());
    }

    @Override
    public boolean isOpen() {
        return !socket.isInputClosed() && !socket.isOutputClosed();
    }

    /** What was sent arrives before the other side hears of the end; then nobody waits for it for long. */
    @Override
    public void close() {
        inbox.deafen();
        try {
            send(SendLimit.MESSAGE, () -> socket.sendClose(WebSocket.NORMAL_CLOSURE, ""));
            inbox.take(FAREWELL);
        } catch (IOException e) {
            // It is over anyway.
        } finally {
            socket.abort();
            http.shutdownNow();
        }
    }

    /** Hands what comes to the inbox, which asks for more. */
    private record Ears(WebSocketInbox inbox) implements WebSocket.Listener {
        @Override
        public void onOpen(WebSocket socket) {
            inbox.open(() -> socket.request(1));
        }

        @Override
        public @Nullable CompletionStage<?> onText(WebSocket socket, CharSequence data, boolean last) {
            inbox.put(new WebSocketPart.Text(data.toString(), last));
            return null;
        }

        @Override
        public @Nullable CompletionStage<?> onBinary(WebSocket socket, ByteBuffer data, boolean last) {
            var bytes = new byte[data.remaining()];
            data.get(bytes);
            inbox.put(new WebSocketPart.Binary(bytes, last));
            return null;
        }

        @Override
        public @Nullable CompletionStage<?> onPing(WebSocket socket, ByteBuffer message) {
            inbox.sign();
            return null;
        }

        @Override
        public @Nullable CompletionStage<?> onPong(WebSocket socket, ByteBuffer message) {
            inbox.sign();
            return null;
        }

        @Override
        public @Nullable CompletionStage<?> onClose(WebSocket socket, int status, String reason) {
            inbox.put(new WebSocketPart.End());
            return null;
        }

        @Override
        public void onError(WebSocket socket, Throwable error) {
            inbox.put(new WebSocketPart.End());
        }
    }
}
