package io.stowage.database;

import java.time.Instant;
import java.util.UUID;

/**
 * A volume.
 *
 * @param id its {@code volatile.uuid}
 * @param type {@code custom}
 * @param content {@code filesystem} or {@code block}
 * @param size bytes it has on the array, as far as is known
 */
public record VolumeRow(
        UUID id,
        UUID pool,
        String project,
        String type,
        String name,
        String content,
        String description,
        long size,
        RowState state,
        Instant createdAt) {}
