package io.stowage.database;

import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A promise to trust whoever shows a secret.
 *
 * @param name of the client that will be trusted
 * @param secret sealed
 * @param expiresAt null: never
 */
public record TrustTokenRow(
        UUID id,
        String name,
        boolean restricted,
        String secret,
        Instant createdAt,
        @Nullable Instant expiresAt) {}
