package io.stowage.server.migration;

import io.stowage.web.WebSocketConnection;
import io.stowage.web.WebSocketPart;
import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.Optional;

/** Messages in protobuf, each in one binary message of a WebSocket. */
final class ControlChannel {
    /** More than ten thousand snapshots with their configs need. Bytes. */
    private static final int LONGEST = 16 << 20;

    private final WebSocketConnection socket;
    private final ByteArrayOutputStream message = new ByteArrayOutputStream();

    ControlChannel(WebSocketConnection socket) {
        this.socket = socket;
    }

    void send(byte[] bytes) throws IOException {
        socket.sendBinary(ByteBuffer.wrap(bytes));
    }

    void ping() throws IOException {
        socket.sendPing();
    }

    long lastHeard() {
        return socket.lastHeard();
    }

    /**
     * Waits for a message.
     *
     * @return empty: there was none in this time
     * @throws EOFException there will be none
     */
    Optional<byte[]> receive(Duration limit) throws IOException {
        while (true) {
            var part = socket.receive(limit);
            if (part.isEmpty()) {
                return Optional.empty();
            }
            switch (part.get()) {
                case WebSocketPart.Binary(var bytes, var last) -> {
                    message.write(bytes);
                    if (message.size() > LONGEST) {
                        throw new MalformedMessage("A message is longer than %d bytes".formatted(LONGEST));
                    }
                    if (last) {
                        var whole = message.toByteArray();
                        message.reset();
                        return Optional.of(whole);
                    }
                }
                case WebSocketPart.Text _ -> {} // nobody sends any here
                case WebSocketPart.End() -> throw new EOFException("The other server ended the connection");
            }
        }
    }
}
