package io.stowage.web.client;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.net.ConnectException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpTimeoutException;
import java.time.Duration;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * Speaks HTTP/1.1 to one server. Safe for many threads; holds connections and a thread until it is
 * closed.
 */
public final class WebClient implements AutoCloseable {
    /** Answers longer than this are refused, bytes. */
    public static final int ANSWER_LIMIT = 64 << 20;

    private static final Duration CONNECT_DEADLINE = Duration.ofSeconds(10);

    private final URI base;
    private final HttpClient http;

    /**
     * A client of one server.
     *
     * @param base such as {@code https://192.0.2.1:8443}, without a slash at its end
     */
    public WebClient(URI base, Trust trust) {
        this.base = base;
        this.http = HttpClient.newBuilder()
                .version(HttpClient.Version.HTTP_1_1)
                .connectTimeout(CONNECT_DEADLINE)
                .followRedirects(HttpClient.Redirect.NEVER)
                .sslContext(TrustContext.of(trust))
                .build();
    }

    /** The server's URL. */
    public URI base() {
        return base;
    }

    /**
     * Sends a request and reads its whole answer, whatever its status.
     *
     * @throws ConnectException nothing was sent
     * @throws IOException no answer, or only a part of one: whether the server did what was asked is
     *     not known. The message names the server.
     */
    public WebResponse send(WebRequest request) throws IOException {
        var body = request.body().length == 0 ? BodyPublishers.noBody() : BodyPublishers.ofByteArray(request.body());
        var http = HttpRequest.newBuilder(URI.create(base + request.target())).method(request.method(), body);
        request.headers().forEach(http::setHeader);
        var answer = exchange(http.build(), request.deadline());
        return new WebResponse(answer.statusCode(), answer.headers(), answer.body());
    }

    private HttpResponse<byte[]> exchange(HttpRequest request, Duration deadline) throws IOException {
        var answer = http.sendAsync(request, _ -> new LimitedBody(ANSWER_LIMIT));
        try {
            return answer.get(deadline.toMillis(), TimeUnit.MILLISECONDS);
        } catch (TimeoutException e) {
            throw new HttpTimeoutException("No whole answer from %s within %d s".formatted(base, deadline.toSeconds()));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new InterruptedIOException("Interrupted while waiting for " + base);
        } catch (ExecutionException e) {
            throw e.getCause() instanceof IOException io
                    ? io
                    : new IOException("The exchange with %s failed".formatted(base), e);
        } finally {
            answer.cancel(true); // a no-op once it is complete
        }
    }

    /** Closes connections; requests under way fail. */
    @Override
    public void close() {
        http.shutdownNow();
        http.close();
    }
}
