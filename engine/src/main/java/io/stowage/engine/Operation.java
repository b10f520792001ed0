package io.stowage.engine;

import java.time.Instant;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * One piece of work, as it stood when it was asked for. Visible for 60 seconds after its end.
 *
 * @param pool the pool it works on
 * @param volume the volume it works on, null for work on a pool
 * @param snapshot the snapshot it works on, if it is one
 * @param metadata what the work found out for the caller, e.g. {@code device}
 * @param progress as {@link OperationProgress} has it; empty when there is none
 * @param requestor who asked for it; null for what the server does by itself
 * @param error for FAILED, CANCELLED and UNDOING: one sentence; else empty
 */
public record Operation(
        UUID id,
        OperationKind kind,
        OperationState state,
        Instant createdAt,
        Instant updatedAt,
        String pool,
        @Nullable VolumeName volume,
        @Nullable SnapshotName snapshot,
        Map<String, String> metadata,
        String progress,
        boolean mayCancel,
        Refused.@Nullable Kind errorKind,
        String error,
        String member,
        @Nullable Requestor requestor) {
    /** In the metadata of a renaming: what the volume, snapshot or backup was called before. */
    public static final String OLD_NAME = "old_name";
    /** In the metadata of a renaming of a volume or snapshot: what it is called now. */
    public static final String NEW_NAME = "new_name";

    /** In the metadata of a transfer to which somebody else connects. */
    public static final String CONNECTED_TO = "connected_to";

    public Operation {
        metadata = Map.copyOf(metadata);
    }
}
