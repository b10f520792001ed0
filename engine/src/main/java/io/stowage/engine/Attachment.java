package io.stowage.engine;

import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A volume or snapshot in use by a program on a member.
 *
 * @param snapshot null: the volume itself
 * @param device the block device on that member; empty while it is not there (array out of reach at start)
 * @param path the mount point; null for a device
 */
public record Attachment(
        UUID id,
        VolumeName volume,
        @Nullable String snapshot,
        AttachmentKind kind,
        String device,
        @Nullable String path,
        boolean readOnly,
        String member,
        Instant createdAt) {}
