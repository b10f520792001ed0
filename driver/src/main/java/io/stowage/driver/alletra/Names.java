package io.stowage.driver.alletra;

import io.stowage.driver.ArrayObject;
import io.stowage.driver.ForeignRef;
import io.stowage.driver.SnapshotRef;
import io.stowage.driver.VolumeRef;
import io.stowage.model.ArrayName;
import java.util.Optional;

/**
 * Names on the array. Snapshots are volumes there and share the names with them, so the temporary volume of a snapshot is
 * called after it with a letter in front.
 */
final class Names {
    private static final String TEMPORARY = "t";

    private Names() {}

    static String volume(ArrayName name) {
        return name.snapshot() ? TEMPORARY + name : name.toString();
    }

    static String snapshot(SnapshotRef snapshot) {
        return snapshot.name().toString();
    }

    static String object(ArrayObject object) {
        return switch (object) {
            case VolumeRef volume -> volume(volume.name());
            case SnapshotRef snapshot -> snapshot(snapshot);
            case ForeignRef foreign -> object(foreign.object()); // names are the array's, not the set's
        };
    }

    /** The volume of ours in an array's name, perhaps a temporary one. */
    static Optional<ArrayName> parseVolume(String text) {
        return text.startsWith(TEMPORARY)
                ? parseSnapshot(text.substring(TEMPORARY.length()))
                : ArrayName.parse(text).filter(name -> !name.snapshot());
    }

    static Optional<ArrayName> parseSnapshot(String text) {
        return ArrayName.parse(text).filter(ArrayName::snapshot);
    }
}
