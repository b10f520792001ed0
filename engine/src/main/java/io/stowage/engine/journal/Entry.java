package io.stowage.engine.journal;

import io.stowage.engine.OperationKind;
import io.stowage.engine.SnapshotName;
import io.stowage.engine.VolumeName;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * What the journal keeps about a piece of work: enough to do it again after a restart.
 *
 * @param input in the form of {@link #VERSION}; names of things are for people, identities are UUIDs
 */
public record Entry(
        OperationKind kind,
        String pool,
        @Nullable VolumeName volume,
        @Nullable SnapshotName snapshot,
        Map<String, String> input) {
    /** Version of the form of all inputs. */
    public static final int VERSION = 1;

    public Entry {
        input = Map.copyOf(input);
    }

    public static Entry ofPool(OperationKind kind, String pool, Map<String, String> input) {
        return new Entry(kind, pool, null, null, input);
    }

    public static Entry ofVolume(OperationKind kind, VolumeName volume, Map<String, String> input) {
        return new Entry(kind, volume.pool(), volume, null, input);
    }

    public static Entry ofSnapshot(OperationKind kind, SnapshotName snapshot, Map<String, String> input) {
        return new Entry(kind, snapshot.volume().pool(), snapshot.volume(), snapshot, input);
    }

    /** A value that this kind of work always has. */
    public String text(String key) {
        String value = input.get(key);
        if (value == null) {
            throw new IllegalStateException("The journal entry of kind " + kind + " lacks \"" + key + "\"");
        }
        return value;
    }

    public UUID uuid(String key) {
        return UUID.fromString(text(key));
    }
}
