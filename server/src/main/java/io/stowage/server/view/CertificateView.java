package io.stowage.server.view;

import io.stowage.server.trust.TrustedClient;
import java.util.Set;
import java.util.TreeSet;

/** A trusted client, as {@code GET /1.0/certificates/FINGERPRINT} shows it. */
public record CertificateView(
        String name, String type, boolean restricted, Set<String> projects, String certificate, String fingerprint) {
    public static CertificateView of(TrustedClient client) {
        return new CertificateView(
                client.name(),
                client.type(),
                client.restricted(),
                new TreeSet<>(client.projects()),
                client.certificate(),
                client.fingerprint());
    }
}
