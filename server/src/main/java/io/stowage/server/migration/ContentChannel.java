package io.stowage.server.migration;

import io.stowage.web.WebSocketConnection;
import io.stowage.web.WebSocketPart;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.time.Duration;

/**
 * Content after content, each a stream of binary messages of any size, ended in each direction by an empty text message: the
 * barrier.
 */
final class ContentChannel {
    /** Any longer wait is somebody else's to end. */
    private static final Duration LOOK = Duration.ofSeconds(10);

    private static final int LARGEST = 1 << 20;

    private final WebSocketConnection socket;
    private Incoming in = new Incoming();
    private final OutputStream out = new Outgoing();

    ContentChannel(WebSocketConnection socket) {
        this.socket = socket;
    }

    InputStream in() {
        return in;
    }

    OutputStream out() {
        return out;
    }

    void endOut() throws IOException {
        socket.sendText("");
    }

    /** Passes over what is left, to the barrier. */
    void endIn() throws IOException {
        in.transferTo(OutputStream.nullOutputStream());
        in = new Incoming();
    }

    private final class Incoming extends InputStream {
        private byte[] piece = new byte[0];
        private int at;
        private boolean ended;

        @Override
        public int read() throws IOException {
            var one = new byte[1];
            return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
        }

        @Override
        public int read(byte[] bytes, int offset, int length) throws IOException {
            if (length == 0) {
                return 0;
            }
            while (at == piece.length && !ended) {
                next();
            }
            if (at == piece.length) {
                return -1;
            }
            var count = Math.min(length, piece.length - at);
            System.arraycopy(piece, at, bytes, offset, count);
            at += count;
            return count;
        }

        /** Nobody wants the rest: there is none. */
        @Override
        public void close() {
            if (!ended) {
                socket.cut();
            }
        }

        @Override
        public int available() {
            return piece.length - at;
        }

        private void next() throws IOException {
            var part = socket.receive(LOOK);
            if (part.isEmpty()) {
                return;
            }
            switch (part.get()) {
                case WebSocketPart.Binary(var bytes, var _) -> {
                    piece = bytes;
                    at = 0;
                }
                case WebSocketPart.Text(var _, var last) -> ended = last;
                case WebSocketPart.End() -> throw new EOFException("The other server ended the connection");
            }
        }
    }

    private final class Outgoing extends OutputStream {
        @Override
        public void write(int one) throws IOException {
            write(new byte[] {(byte) one}, 0, 1);
        }

        @Override
        public void write(byte[] bytes, int offset, int length) throws IOException {
            for (var at = offset; at < offset + length; at += LARGEST) {
                socket.sendBinary(ByteBuffer.wrap(bytes, at, Math.min(LARGEST, offset + length - at)));
            }
        }
    }
}
