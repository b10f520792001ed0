package io.stowage.engine;

import io.stowage.database.Transaction;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Custom volumes. When and how requests are refused: see {@link Pools}. */
public interface Volumes {
    /** Every volume of all pools and projects, by pool, project and name. */
    List<Volume> list();

    /** The volumes of a pool, of all projects. @throws Refused NOT_FOUND */
    List<Volume> list(String pool);

    /** @throws Refused NOT_FOUND */
    Volume get(VolumeName name);

    /** @throws Refused NOT_FOUND; an array out of reach only leaves the used bytes empty */
    VolumeState state(VolumeName name);

    /** @throws Refused CONFLICT, BAD_INPUT */
    Started<Volume> create(VolumeCreation request);

    /** Makes a volume of content type {@code iso} from an image that arrives. @throws Refused CONFLICT, BAD_INPUT */
    Started<Volume> upload(IsoUpload request);

    /** Makes a volume with the files of a tar archive that arrives. @throws Refused CONFLICT, BAD_INPUT */
    Started<Volume> upload(TarUpload request);

    /**
     * Copies a volume or a snapshot, inside a pool or to another one; where the array is the same it does that, else only
     * what holds data passes through this host. A refresh makes a target that exists what its source is, as far as it
     * isn't yet, and leaves it as it was if that fails.
     *
     * @throws Refused CONFLICT, BAD_INPUT, NOT_FOUND; LOCKED while the target of a refresh is attached
     */
    Started<Volume> copy(VolumeCopy request);

    /**
     * Gives a volume another description and config; a new {@code size} resizes it.
     *
     * @param change says what it is to be from what it is when this is accepted, and refuses by throwing; it may be asked
     *     more than once. What doesn't differ stays as it is when its turn has come.
     */
    Started<Volume> update(VolumeName name, Function<Volume, Described> change);

    /** Replaces description and config. */
    default Started<Volume> update(VolumeName name, String description, Map<String, String> config) {
        return update(name, _ -> new Described(description, config));
    }

    /**
     * Moves a volume with its snapshots to another pool, project or name. Inside a pool it stays the same volume and keeps
     * its backups; those of a volume that leaves its pool are deleted with it, as LXD does.
     *
     * @throws Refused CONFLICT, NOT_FOUND; IN_USE when it leaves its pool while it is attached
     */
    Started<Volume> move(VolumeName name, VolumeName target);

    /** Gives the volume a new name in its pool and project; the array hears nothing of it. */
    Started<Volume> rename(VolumeName name, String newName);

    /** Puts the content of a snapshot back. @throws Refused LOCKED while the volume is attached */
    default Started<Volume> restore(SnapshotName snapshot) {
        return restore(snapshot, _ -> {});
    }

    /** @param check may refuse it by throwing, for what the volume is when this is accepted */
    Started<Volume> restore(SnapshotName snapshot, Consumer<Volume> check);

    /** Deletes a volume with its snapshots. @throws Refused IN_USE while it is attached */
    default Started<@Nullable Void> delete(VolumeName name) {
        return delete(name, _ -> {});
    }

    /** @param check may refuse it by throwing, within the transaction that accepts it */
    Started<@Nullable Void> delete(VolumeName name, Consumer<Transaction> check);
}
