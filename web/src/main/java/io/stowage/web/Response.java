package io.stowage.web;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;

/** What a handler answers: immutable, built from one of the factories. */
public sealed interface Response {
    /** An answer whose body is known, sent with its Content-Length. */
    record Whole(int status, Map<String, String> headers, byte[] body) implements Response {
        public Whole {
            headers = Map.copyOf(headers);
        }

        /** The same answer with one more header, or another value for it. */
        public Whole with(String name, String value) {
            var more = new LinkedHashMap<>(headers);
            more.put(name, value);
            return new Whole(status, more, body);
        }
    }

    /**
     * An answer whose body is written while it is sent. A flush of the stream sends what there is,
     * the headers included. When the writer fails the connection is cut, so that the client sees that
     * the body isn't whole.
     */
    record Streamed(int status, Map<String, String> headers, Writer body) implements Response {
        public Streamed {
            headers = Map.copyOf(headers);
        }
    }

    /**
     * The connection becomes a WebSocket. What is registered before this is returned is registered
     * before the client sees its 101. Answered with 400 when the client asked for no WebSocket.
     */
    record Upgrade(WebSocketSession session) implements Response {}

    /** The connection is cut without an answer, as a crash would do. */
    record Dropped() implements Response {}

    /** Writes a body. */
    @FunctionalInterface
    interface Writer {
        /** Writes all of the body; blocks while the client reads slowly. */
        void writeTo(OutputStream out) throws IOException;
    }

    /** A body of this media type. */
    static Whole of(int status, String contentType, byte[] body) {
        return new Whole(status, Map.of("Content-Type", contentType), body);
    }

    /** Plain text in UTF-8. */
    static Whole text(int status, String text) {
        return of(status, "text/plain; charset=utf-8", text.getBytes(StandardCharsets.UTF_8));
    }

    /** JSON bytes, as {@code web.json.Json} writes them. */
    static Whole json(int status, byte[] json) {
        return of(status, "application/json", json);
    }

    /** No body at all. */
    static Whole empty(int status) {
        return new Whole(status, Map.of(), new byte[0]);
    }
}
