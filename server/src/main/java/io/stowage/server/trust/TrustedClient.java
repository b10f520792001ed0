package io.stowage.server.trust;

import java.util.Set;

/**
 * A certificate in the trust store.
 *
 * @param fingerprint lower-case hexadecimal SHA-256 of its DER
 * @param type {@code client} or {@code metrics}
 * @param restricted whether only these projects are open to it
 * @param certificate PEM
 */
public record TrustedClient(
        String fingerprint, String name, String type, boolean restricted, Set<String> projects, String certificate) {
    public static final String CLIENT = "client";
    public static final String METRICS = "metrics";

    public TrustedClient {
        projects = Set.copyOf(projects);
    }
}
