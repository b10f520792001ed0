package io.stowage.server.view;

import io.stowage.server.trust.TrustToken;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;

/** A token as the operation by which LXD shows it (lxd-api.md, 6.2). Clients make the text of the token out of it. */
public final class TokenView {
    private TokenView() {}

    /**
     * @param addresses where clients reach the server
     * @param fingerprint of the server's certificate
     */
    public static OperationView of(TrustToken token, List<String> addresses, String fingerprint) {
        var request = new TreeMap<String, Object>(Map.of(
                "name",
                token.name(),
                "type",
                "client",
                "restricted",
                token.restricted(),
                "projects",
                new TreeSet<>(token.projects()),
                "certificate",
                "",
                "password",
                "",
                "token",
                true));
        var metadata = new TreeMap<String, Object>(Map.of(
                "addresses", addresses,
                "fingerprint", fingerprint,
                "secret", token.secret(),
                "request", request));
        token.expiresAt().ifPresent(time -> metadata.put("expiresAt", GoTime.write(time)));
        var created = GoTime.write(token.createdAt());
        return new OperationView(
                token.id().toString(),
                "token",
                "Certificate add token",
                created,
                created,
                OperationStatus.RUNNING.text(),
                OperationStatus.RUNNING.code(),
                null,
                metadata,
                true,
                "",
                0,
                "none",
                null);
    }
}
