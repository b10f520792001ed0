package io.stowage.engine;

import java.time.OffsetDateTime;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Snapshots of custom volumes. When and how requests are refused: see {@link Pools}. */
public interface Snapshots {
    /** Snapshots of a volume, oldest first. @throws Refused NOT_FOUND when there is no such volume */
    List<Snapshot> list(VolumeName volume);

    /** Snapshots of every volume of a pool. @throws Refused NOT_FOUND */
    List<Snapshot> list(String pool);

    /** @throws Refused NOT_FOUND */
    Snapshot get(SnapshotName name);

    /** @throws Refused CONFLICT, BAD_INPUT */
    Started<Snapshot> create(SnapshotCreation request);

    /** @param change as for {@link Volumes#update} */
    Started<Snapshot> update(SnapshotName name, Function<Snapshot, SnapshotDetails> change);

    /** @param expiresAt null: never */
    default Started<Snapshot> update(SnapshotName name, String description, @Nullable OffsetDateTime expiresAt) {
        return update(name, _ -> new SnapshotDetails(description, expiresAt));
    }

    /** Gives the snapshot a new name; the array hears nothing of it. */
    Started<Snapshot> rename(SnapshotName name, String newName);

    /** @throws Refused IN_USE while it is attached */
    Started<@Nullable Void> delete(SnapshotName name);
}
