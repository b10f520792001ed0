package io.stowage.database;

import java.time.Instant;
import java.util.UUID;

/**
 * A server installation.
 *
 * @param epoch counts its starts; what an earlier epoch began, this one may take over
 */
public record MemberRow(UUID id, String name, long epoch, Instant createdAt) {}
