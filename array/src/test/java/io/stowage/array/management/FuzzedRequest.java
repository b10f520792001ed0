package io.stowage.array.management;

import io.stowage.web.Peer;
import io.stowage.web.Query;
import io.stowage.web.Request;
import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * A request that no network has seen.
 *
 * @param query as sent, without its question mark
 * @param headers names in lower case
 */
public record FuzzedRequest(String method, String rawPath, String rawQuery, Map<String, String> headers, byte[] content)
        implements Request {
    private static final int SHOWN = 2000;

    @Override
    public List<String> segments() {
        return Arrays.stream(rawPath.substring(1).split("/", -1))
                .map(segment -> URLDecoder.decode(segment.replace("+", "%2B"), StandardCharsets.UTF_8))
                .toList();
    }

    @Override
    public String protocol() {
        return "HTTP/1.1";
    }

    /** Whether all percent signs stand before two hexadecimal digits. */
    public boolean isDecodable() {
        try {
            return segments().size() + query().parameters().size() > 0;
        } catch (IllegalArgumentException e) {
            return false;
        }
    }

    @Override
    public Query query() {
        return Query.parse(rawQuery);
    }

    @Override
    public Optional<String> header(String name) {
        return Optional.ofNullable(headers.get(name.toLowerCase(Locale.ROOT)));
    }

    @Override
    public Peer peer() {
        return new Peer.Remote(new InetSocketAddress(InetAddress.getLoopbackAddress(), 1), Optional.empty());
    }

    @Override
    public InputStream bodyStream(long limit) {
        return new ByteArrayInputStream(content);
    }

    @Override
    public String toString() {
        var body = new String(content, StandardCharsets.UTF_8);
        return "%s %s?%s %s".formatted(method, rawPath, rawQuery, body.substring(0, Math.min(SHOWN, body.length())));
    }
}
