package io.stowage.engine;

import org.jspecify.annotations.Nullable;

/** Volumes on their way between servers. When and how requests are refused: see {@link Pools}. */
public interface Migrations {
    /**
     * Gives a copy of a volume, or of a snapshot, to another server; what it is at this moment. It can be used meanwhile.
     *
     * @throws Refused NOT_FOUND, LOCKED
     */
    Started<@Nullable Void> send(VolumeSending request);

    /**
     * Makes a volume of what another server sends, or makes one that is there the same as the source.
     *
     * @throws Refused CONFLICT, BAD_INPUT; LOCKED while the target of a refresh is attached
     */
    Started<Volume> receive(VolumeReceiving request);
}
