package io.stowage.array.core;

import io.stowage.array.core.Volume.Origin;
import java.util.UUID;

/**
 * What a volume can be filled with: the content of a volume or of a snapshot as of now.
 *
 * @param resource id of that volume or snapshot
 * @param stored its number in the store
 * @param origin what the copy tells as its source
 */
public record Content(UUID resource, long stored, long sizeBytes, Origin origin) {
    /** @param fullName the name under which the copy tells of it */
    public static Content of(Volume volume, String fullName) {
        return new Content(volume.id(), volume.stored(), volume.sizeBytes(), new Origin(volume.id(), fullName));
    }

    /** @param volumeName the name of the snapshot's volume, under which the copy tells of it */
    public static Content of(Snapshot snapshot, String volumeName) {
        return new Content(
                snapshot.id(), snapshot.stored(), snapshot.sizeBytes(), new Origin(snapshot.volume(), volumeName));
    }
}
