package io.stowage.driver.pure;

import io.stowage.driver.Initiator;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/**
 * Names of the host objects that we make: the server's name with the protocol as suffix, characters that the array refuses
 * as hyphens, too long names cut and ended by a hash.
 */
final class HostName {
    private static final int LONGEST = 63;

    private HostName() {}

    static String of(Initiator initiator) {
        var server = clean(initiator.server());
        return fit(
                (server.isEmpty() ? "host" : server) + "-"
                        + initiator.protocol().hostSuffix(),
                initiator.server());
    }

    /** The name to take when another machine already has the usual one. */
    static String second(Initiator initiator) {
        var usual = of(initiator);
        var end = "-" + hash(initiator.qualifiedName());
        return usual.substring(0, Math.min(usual.length(), LONGEST - end.length())) + end;
    }

    private static String clean(String server) {
        return server.replaceAll("[^A-Za-z0-9]", "-").replaceAll("^-+|-+$", "");
    }

    private static String fit(String name, String origin) {
        if (name.length() <= LONGEST) return name;
        var end = "-" + hash(name + origin);
        return name.substring(0, LONGEST - end.length()).replaceAll("-+$", "") + end;
    }

    /** Six hex digits. */
    private static String hash(String text) {
        try {
            var digest = MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(digest, 0, 3);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has SHA-256", e);
        }
    }
}
