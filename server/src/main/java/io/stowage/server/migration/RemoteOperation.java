package io.stowage.server.migration;

import io.stowage.engine.Refused;
import io.stowage.web.client.Trust;
import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.regex.Pattern;

/**
 * An operation of another server that waits for connections. Its secrets are in no text.
 *
 * @param place such as {@code 192.0.2.1:8443}
 */
public record RemoteOperation(String place, String id, Map<String, String> secrets, Trust trust) {
    private static final Pattern URL =
            Pattern.compile("https://([^/?#@\\s]+)/1\\.0/operations/([0-9a-fA-F-]{36})(?:\\?.*)?");

    public RemoteOperation {
        secrets = Map.copyOf(secrets);
    }

    /**
     * @param url such as {@code https://192.0.2.1:8443/1.0/operations/ID}
     * @param certificate the other server's in PEM; empty: the system's authorities know it
     * @throws Refused BAD_INPUT one of them can't be
     */
    public static RemoteOperation of(String url, Map<String, String> secrets, String certificate) {
        var parts = URL.matcher(url);
        if (!parts.matches()) {
            throw Refused.badInput(
                    "Invalid operation \"%s\": must be https://ADDRESS:PORT/1.0/operations/ID".formatted(url));
        }
        for (var channel : new String[] {Channels.CONTROL, Channels.CONTENT}) {
            if (secrets.getOrDefault(channel, "").isEmpty()) {
                throw Refused.badInput("Missing migration secret \"%s\"".formatted(channel));
            }
        }
        try {
            var trust = certificate.isBlank() ? new Trust.SystemAuthorities() : Trust.pinned(certificate);
            var operation = new RemoteOperation(parts.group(1), parts.group(2), secrets, trust);
            operation.socket(Channels.CONTROL);
            return operation;
        } catch (IllegalArgumentException e) {
            throw Refused.badInput("Invalid migration source or target: " + e.getMessage());
        }
    }

    URI socket(String channel) {
        var secret = URLEncoder.encode(secrets.getOrDefault(channel, ""), StandardCharsets.UTF_8);
        return URI.create("wss://%s/1.0/operations/%s/websocket?secret=%s".formatted(place, id, secret));
    }

    @Override
    public String toString() {
        return "operation %s at %s".formatted(id, place);
    }
}
