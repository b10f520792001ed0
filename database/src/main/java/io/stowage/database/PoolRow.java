package io.stowage.database;

import java.time.Instant;
import java.util.UUID;

/** A storage pool. */
public record PoolRow(UUID id, String name, String driver, String description, RowState state, Instant createdAt) {}
