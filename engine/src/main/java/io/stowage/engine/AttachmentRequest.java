package io.stowage.engine;

import org.jspecify.annotations.Nullable;

/**
 * A request to attach.
 *
 * @param snapshot null: the volume itself; snapshots are always read-only
 * @param path absolute mount point; null or empty: the volume's place below {@code storage-pools} in the state folder
 */
public record AttachmentRequest(
        VolumeName volume,
        @Nullable String snapshot,
        AttachmentKind kind,
        @Nullable String path,
        boolean readOnly) {}
