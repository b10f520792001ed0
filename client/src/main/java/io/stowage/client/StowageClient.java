package io.stowage.client;

import java.io.IOException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.KeyStore;
import java.util.Map;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * The API of one server, over its unix socket or, elsewhere, over TLS. Answers are the {@code metadata} of LXD's envelope; refusals are {@link
 * ApiError}.
 */
public final class StowageClient {
    /** Seconds that one look at a running operation waits for its end before progress is shown again. */
    private static final int LOOK_SECONDS = 1;

    private static final int RUNNING_UNTIL = 200;
    private static final int SUCCESS = 200;

    private final Line line;
    private final String project;
    private final Http http;

    public StowageClient(Path socket) {
        this(socket, "");
    }

    /** @param project whose volumes are meant; empty for the default project */
    public StowageClient(Path socket, String project) {
        this(new UnixLine(socket), project);
    }

    /**
     * A server elsewhere.
     *
     * @param identity with this client's certificate and its key
     * @param password of the key
     */
    public StowageClient(RemoteServer server, KeyStore identity, char[] password, String project) {
        this(new TlsLine(server, identity, password), project);
    }

    private StowageClient(Line line, String project) {
        this.line = line;
        this.project = project;
        this.http = new Http(line);
    }

    /** A path of the API from segments that may hold any character. */
    public static String path(String... segments) {
        StringBuilder path = new StringBuilder("/1.0");
        for (String segment : segments) {
            path.append('/').append(encoded(segment));
        }
        return path.toString();
    }

    private static String encoded(String segment) {
        return URLEncoder.encode(segment, StandardCharsets.UTF_8).replace("+", "%20");
    }

    /**
     * An object together with the ETag it had.
     *
     * @param etag empty when the server gave none
     */
    public record Tagged(Json value, String etag) {}

    public Json get(String path) {
        return tagged(path).value();
    }

    public Tagged tagged(String path) {
        Http.Response response = send("GET", path, Map.of(), null);
        return new Tagged(envelope(response).get("metadata"), response.headers().getOrDefault("etag", ""));
    }

    /** Replaces an object if it is still the one that was read. */
    public Json put(String path, Json body, String etag) {
        Map<String, String> headers = etag.isEmpty() ? Map.of() : Map.of("If-Match", etag);
        return envelope(send("PUT", path, headers, body.compact())).get("metadata");
    }

    /** A request that may start an operation; it is followed to its end. */
    public Json run(String method, String path, @Nullable Json body, Consumer<String> progress) {
        Json envelope = envelope(send(method, path, Map.of(), body == null ? null : body.compact()));
        return envelope.get("type").text().equals("async")
                ? follow(envelope.get("metadata").get("id").text(), progress)
                : envelope.get("metadata");
    }

    public Json run(String method, String path, @Nullable Json body) {
        return run(method, path, body, _ -> {});
    }

    /**
     * Waits for the end of an operation.
     *
     * @param progress hears the texts of the operation's {@code …_progress} entries
     * @return the operation's metadata
     * @throws ApiError if the operation failed or was cancelled
     */
    public Json follow(String id, Consumer<String> progress) {
        while (true) {
            Json operation = get(path("operations", id, "wait") + "?timeout=" + LOOK_SECONDS);
            long status = operation.get("status_code").number(0);
            if (status == SUCCESS) {
                return operation.get("metadata");
            }
            if (status > RUNNING_UNTIL) {
                String reason = operation.get("err").text();
                throw new ApiError(
                        (int) operation.get("err_code").number(400),
                        reason.isEmpty()
                                ? "the operation ended as "
                                        + operation.get("status").text()
                                : reason);
            }
            operation.get("metadata").fields().forEach((key, value) -> {
                if (key.endsWith("_progress")) {
                    progress.accept(value.text());
                }
            });
        }
    }

    private Http.Response send(String method, String path, Map<String, String> headers, @Nullable String body) {
        try {
            return http.send(method, inProject(path), headers, body);
        } catch (IOException e) {
            throw new Unreachable(line, e);
        }
    }

    private String inProject(String path) {
        return project.isEmpty() ? path : path + (path.contains("?") ? "&" : "?") + "project=" + encoded(project);
    }

    private Json envelope(Http.Response response) {
        Json envelope;
        try {
            envelope = Json.parse(response.body());
        } catch (IllegalArgumentException e) {
            throw new Unreachable(
                    line, new IOException("HTTP " + response.status() + " with a body that is " + e.getMessage(), e));
        }
        if (envelope.get("type").text().equals("error")) {
            throw new ApiError(response.status(), envelope.get("error").text());
        }
        return envelope;
    }
}
