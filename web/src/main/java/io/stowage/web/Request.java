package io.stowage.web;

import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import java.util.Optional;

/** One HTTP request, as it came: nothing is normalized, nothing of the body has been read. */
public interface Request {
    /** The method in capitals, {@code GET} for example. */
    String method();

    /** The version of HTTP that the client speaks, {@code HTTP/1.1} for example. */
    String protocol();

    /**
     * The path as it was sent, still percent-encoded and with its dots and doubled slashes, without
     * the query. Starts with a slash.
     */
    String rawPath();

    /**
     * The path split at its raw slashes, each part percent-decoded once: {@code /1.0/a%2Fb/}
     * becomes {@code "1.0", "a/b", ""}.
     */
    List<String> segments();

    /** The query parameters; empty when there are none. */
    Query query();

    /** The first header of this name, whatever its case. */
    Optional<String> header(String name);

    /** Who is at the other end. */
    Peer peer();

    /**
     * The body as a stream, which may be read only once.
     *
     * @param limit bytes after which reading throws {@link BodyTooLarge}
     */
    InputStream bodyStream(long limit);

    /**
     * The whole body; empty when there is none.
     *
     * @param limit bytes
     * @throws BodyTooLarge the body is longer than the limit
     * @throws IOException the client went away, or was silent for too long
     */
    default byte[] body(int limit) throws IOException {
        try (var in = bodyStream(limit)) {
            return in.readAllBytes();
        }
    }
}
