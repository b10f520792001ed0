package io.stowage.server.trust;

import java.time.Instant;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;

/**
 * A promise to trust whoever shows the secret, once.
 *
 * @param name of the client that will be trusted
 * @param secret 64 hexadecimal digits
 * @param expiresAt empty: never
 */
public record TrustToken(
        UUID id,
        String name,
        boolean restricted,
        Set<String> projects,
        String secret,
        Instant createdAt,
        Optional<Instant> expiresAt) {
    public TrustToken {
        projects = Set.copyOf(projects);
    }

    @Override
    public String toString() {
        return "TrustToken[" + name + "]"; // never the secret
    }
}
