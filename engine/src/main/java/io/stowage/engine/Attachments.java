package io.stowage.engine;

import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** What is attached, on this member and others; kept over restarts. */
public interface Attachments {
    /** Every attachment, oldest first. */
    List<Attachment> list();

    /** Attachments of a volume, its snapshots' not included. @throws Refused NOT_FOUND when there is no such volume */
    List<Attachment> list(VolumeName volume);

    /** @throws Refused NOT_FOUND when there is no such snapshot */
    List<Attachment> list(SnapshotName snapshot);

    /** @throws Refused NOT_FOUND */
    Attachment get(UUID id);

    /**
     * Attaches on this member. The operation's metadata has {@code id}, {@code device} and, for mounts, {@code path}.
     *
     * @throws Refused LOCKED when another member has it and it is not {@code security.shared}
     */
    Started<Attachment> attach(AttachmentRequest request);

    /** @throws Refused NOT_FOUND when it is not attached */
    Started<@Nullable Void> detach(UUID id);
}
