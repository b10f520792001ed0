package io.stowage.driver.rest;

import io.stowage.driver.Initiator;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/**
 * Names of the host objects that we make: the server's name with the protocol as suffix, characters that the array refuses
 * as hyphens, too long names cut and ended by a hash.
 *
 * @param longest characters that the array takes, at least 16
 */
public record HostNames(int longest) {

    public String of(Initiator initiator) {
        var server = clean(initiator.server());
        return fit(
                (server.isEmpty() ? "host" : server) + "-"
                        + initiator.protocol().hostSuffix(),
                initiator.server());
    }

    /** The name to take when another machine already has the usual one. */
    public String second(Initiator initiator) {
        var usual = of(initiator);
        var end = "-" + hash(initiator.qualifiedName());
        return usual.substring(0, Math.min(usual.length(), longest - end.length())) + end;
    }

    private static String clean(String server) {
        return server.replaceAll("[^A-Za-z0-9]", "-").replaceAll("^-+|-+$", "");
    }

    private String fit(String name, String origin) {
        if (name.length() <= longest) return name;
        var end = "-" + hash(name + origin);
        return name.substring(0, longest - end.length()).replaceAll("-+$", "") + end;
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
