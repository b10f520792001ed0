package io.stowage.server.api;

import io.stowage.web.Request;
import io.stowage.web.Response;
import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.OptionalLong;
import java.util.regex.Pattern;

/**
 * A file that is made while it is sent. Where its length is known it is told, and one range of bytes is sent alone if it is
 * asked for (RFC 9110, 14); otherwise all of it is sent, as that chapter allows.
 */
final class Download {
    private static final Pattern RANGE = Pattern.compile("bytes=([0-9]{0,18})-([0-9]{0,18})");

    private Download() {}

    static Response of(Request request, OptionalLong length, Response.Writer file) {
        var headers = new LinkedHashMap<String, String>();
        headers.put("Content-Type", "application/octet-stream");
        headers.put("Content-Disposition", "inline;filename=");
        if (length.isEmpty()) {
            headers.put("Accept-Ranges", "none");
            return new Response.Streamed(200, headers, file);
        }
        headers.put("Accept-Ranges", "bytes");
        return part(request.header("Range").orElse(""), length.getAsLong(), headers, file);
    }

    private static Response part(String range, long length, Map<String, String> headers, Response.Writer file) {
        var match = RANGE.matcher(range.strip());
        if (!match.matches() || range.endsWith("=-")) {
            return window(200, 0, length, headers, file);
        }
        var first = match.group(1);
        var last = match.group(2);
        // Without a first byte the number is how many are wanted from the end.
        var from = first.isEmpty() ? Math.max(0, length - Long.parseLong(last)) : Long.parseLong(first);
        var end = first.isEmpty() || last.isEmpty() ? length : Math.min(length, Long.parseLong(last) + 1);
        if (!first.isEmpty() && !last.isEmpty() && Long.parseLong(last) < from) {
            return window(200, 0, length, headers, file); // not a range at all
        }
        if (from >= length) {
            headers.put("Content-Range", "bytes */" + length);
            return new Response.Whole(416, headers, new byte[0]);
        }
        headers.put("Content-Range", "bytes %d-%d/%d".formatted(from, end - 1, length));
        return window(206, from, end, headers, file);
    }

    private static Response window(int status, long from, long end, Map<String, String> headers, Response.Writer file) {
        headers.put("Content-Length", Long.toString(end - from));
        return new Response.Streamed(status, headers, out -> {
            var window = new Window(out, from, end);
            try {
                file.writeTo(window);
            } catch (IOException e) {
                if (!window.isFull()) {
                    throw e;
                }
            }
            window.flush();
        });
    }

    /** Lets some of the bytes pass; refuses what comes after them, so that nobody goes on making it. */
    private static final class Window extends FilterOutputStream {
        private final long from;
        private final long end;
        private long at;

        Window(OutputStream out, long from, long end) {
            super(out);
            this.from = from;
            this.end = end;
        }

        boolean isFull() {
            return at >= end;
        }

        @Override
        public void write(int one) throws IOException {
            write(new byte[] {(byte) one}, 0, 1);
        }

        @Override
        public void write(byte[] bytes, int offset, int length) throws IOException {
            if (length > 0 && isFull()) {
                throw new IOException("Nothing more was asked for");
            }
            var skipped = (int) Math.clamp(from - at, 0, length);
            var passing = (int) Math.clamp(end - at, skipped, length);
            out.write(bytes, offset + skipped, passing - skipped);
            at += length;
        }
    }
}
