package io.stowage.client;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** HTTP/1.1 (RFC 9112) over the connections of a line, one for each request. */
final class Http {
    private static final int MAX_LINE = 64 << 10;

    /** Lists of many thousand volumes fit; a peer that answers without end doesn't. */
    private static final int MAX_BODY = 512 << 20;

    private final Line line;

    Http(Line line) {
        this.line = line;
    }

    /**
     * @param headers names in lower case
     * @param body UTF-8
     */
    record Response(int status, Map<String, String> headers, String body) {}

    Response send(String method, String path, Map<String, String> headers, @Nullable String body) throws IOException {
        try (Line.Connection connection = line.open()) {
            OutputStream out = connection.out();
            out.write(request(method, path, headers, body).getBytes(StandardCharsets.UTF_8));
            out.flush();
            return read(new BufferedInputStream(connection.in()));
        }
    }

    private static String request(String method, String path, Map<String, String> headers, @Nullable String body) {
        StringBuilder out = new StringBuilder();
        out.append(method).append(' ').append(path).append(" HTTP/1.1\r\n");
        out.append("Host: stowage\r\nConnection: close\r\nUser-Agent: stowage\r\n");
        headers.forEach(
                (name, value) -> out.append(name).append(": ").append(value).append("\r\n"));
        if (body != null) {
            out.append("Content-Type: application/json\r\nContent-Length: ")
                    .append(body.getBytes(StandardCharsets.UTF_8).length)
                    .append("\r\n");
        }
        out.append("\r\n");
        return body == null ? out.toString() : out.append(body).toString();
    }

    private static Response read(InputStream in) throws IOException {
        String[] status = line(in).split(" ", 3);
        if (status.length < 2 || !status[0].startsWith("HTTP/1.")) {
            throw new IOException("the answer is not HTTP/1.1");
        }
        Map<String, String> headers = new HashMap<>();
        for (String line = line(in); !line.isEmpty(); line = line(in)) {
            int colon = line.indexOf(':');
            if (colon > 0) {
                headers.put(
                        line.substring(0, colon).toLowerCase(Locale.ROOT),
                        line.substring(colon + 1).strip());
            }
        }
        return new Response(
                Integer.parseInt(status[1]), headers, new String(body(in, headers), StandardCharsets.UTF_8));
    }

    private static byte[] body(InputStream in, Map<String, String> headers) throws IOException {
        if (headers.getOrDefault("transfer-encoding", "").equalsIgnoreCase("chunked")) {
            return chunks(in);
        }
        String length = headers.get("content-length");
        return length == null ? in.readNBytes(MAX_BODY) : exactly(in, bounded(Long.parseLong(length)));
    }

    private static byte[] chunks(InputStream in) throws IOException {
        ByteArrayOutputStream whole = new ByteArrayOutputStream();
        while (true) {
            String size = line(in);
            int end = size.indexOf(';');
            int length =
                    bounded(whole.size() + Long.parseLong(end < 0 ? size : size.substring(0, end), 16)) - whole.size();
            if (length == 0) {
                while (!line(in).isEmpty()) {
                    // trailers say nothing to us
                }
                return whole.toByteArray();
            }
            whole.write(exactly(in, length));
            line(in);
        }
    }

    private static int bounded(long length) throws IOException {
        if (length < 0 || length > MAX_BODY) {
            throw new IOException("an answer of " + length + " bytes is longer than the allowed " + MAX_BODY);
        }
        return (int) length;
    }

    private static byte[] exactly(InputStream in, int length) throws IOException {
        byte[] bytes = in.readNBytes(length);
        if (bytes.length < length) {
            throw new EOFException("the answer ended early");
        }
        return bytes;
    }

    private static String line(InputStream in) throws IOException {
        ByteArrayOutputStream line = new ByteArrayOutputStream();
        while (true) {
            int c = in.read();
            if (c < 0) {
                throw new EOFException("the answer ended early");
            }
            if (c == '\n') {
                return line.toString(StandardCharsets.UTF_8).stripTrailing();
            }
            if (line.size() >= MAX_LINE) {
                throw new IOException("a header of the answer is longer than " + MAX_LINE + " bytes");
            }
            line.write(c);
        }
    }
}
