package io.stowage.server.api;

import io.stowage.web.json.Json;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;

/** Entity tags: SHA-256 over the JSON of what a client may change. Clients take them as they are. */
final class Etag {
    private Etag() {}

    static String of(Object... parts) {
        try {
            var digest = MessageDigest.getInstance("SHA-256").digest(Json.write(List.of(parts)));
            return HexFormat.of().formatHex(digest);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("SHA-256 is part of every JDK", e);
        }
    }
}
