package io.stowage.database;

import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A use of a volume on a member; the count of rows is the count of references.
 *
 * @param snapshot null: the volume itself
 * @param kind {@code device} or {@code mount}
 * @param path mount point, null for a device
 */
public record AttachmentRow(
        UUID id,
        UUID volume,
        @Nullable UUID snapshot,
        UUID member,
        String kind,
        @Nullable String path,
        boolean readOnly,
        RowState state,
        Instant createdAt) {}
