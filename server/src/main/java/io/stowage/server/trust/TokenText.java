package io.stowage.server.trust;

import io.stowage.web.json.Json;
import io.stowage.web.json.MalformedJson;
import java.util.Base64;
import java.util.Optional;

/**
 * What a person carries from one machine to the other: base64 of JSON with the client's name, the server's fingerprint
 * and addresses, and the secret (lxd-api.md, 6.2). Only name and secret mean something to the server.
 */
record TokenText(String name, String secret) {
    private static final int LONGEST = 16 << 10; // characters; LXD's have some hundreds

    /** Empty for anything else than such a text. */
    static Optional<TokenText> parse(String text) {
        if (text.isEmpty() || text.length() > LONGEST) {
            return Optional.empty();
        }
        try {
            var json = Json.tree(Base64.getDecoder().decode(text.strip()));
            var name = json.path("client_name").asString("");
            var secret = json.path("secret").asString("");
            return secret.isEmpty() ? Optional.empty() : Optional.of(new TokenText(name, secret));
        } catch (IllegalArgumentException | MalformedJson e) {
            return Optional.empty();
        }
    }

    @Override
    public String toString() {
        return "TokenText[" + name + "]"; // never the secret
    }
}
