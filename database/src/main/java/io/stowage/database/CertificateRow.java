package io.stowage.database;

import java.time.Instant;
import java.util.UUID;

/**
 * A trusted client.
 *
 * @param fingerprint lower-case hexadecimal SHA-256 of the certificate's DER
 * @param type {@code client} or {@code metrics}
 * @param restricted whether only the projects of its list are open to it
 * @param certificate PEM
 */
public record CertificateRow(
        UUID id,
        String fingerprint,
        String name,
        String type,
        boolean restricted,
        String certificate,
        Instant createdAt) {}
