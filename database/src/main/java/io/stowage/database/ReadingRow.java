package io.stowage.database;

import java.util.UUID;

/**
 * A temporary volume that a member reads a snapshot through.
 *
 * @param id in its name on the array
 * @param volume whose snapshot it is
 * @param snapshot the id in the snapshot's name on the array: that of a snapshot or of a backup
 */
public record ReadingRow(UUID id, UUID volume, UUID snapshot, UUID member) {}
