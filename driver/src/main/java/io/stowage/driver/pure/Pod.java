package io.stowage.driver.pure;

import io.stowage.driver.ArrayObject;
import io.stowage.driver.ForeignRef;
import io.stowage.driver.SnapshotRef;
import io.stowage.driver.VolumeRef;
import io.stowage.model.ArrayName;
import java.util.Optional;

/** The names of a pool's objects on the array: they stand behind the pod's name. Names there have no case of their own. */
record Pod(String name) {
    /** The volume that carries the pool's own record. */
    private static final String MARKER = "stowage-pool";

    String volume(ArrayName volume) {
        return name + "::" + volume;
    }

    String snapshot(SnapshotRef snapshot) {
        return volume(snapshot.volume()) + "." + snapshot.name();
    }

    String object(ArrayObject object) {
        return switch (object) {
            case VolumeRef volume -> volume(volume.name());
            case SnapshotRef snapshot -> snapshot(snapshot);
            case ForeignRef foreign -> new Pod(foreign.pool()).object(foreign.object());
        };
    }

    String marker() {
        return name + "::" + MARKER;
    }

    /** The volume of ours in an array's name; empty if it is of another pod or not of our form. */
    Optional<ArrayName> parseVolume(String full) {
        return local(full).flatMap(ArrayName::parse);
    }

    /** The snapshot of ours in an array's name; those of protection groups have other forms. */
    Optional<SnapshotRef> parseSnapshot(String full) {
        var local = local(full).orElse("");
        var dot = local.indexOf('.');
        if (dot < 0) return Optional.empty();
        var snapshot = ArrayName.parse(local.substring(dot + 1)).filter(ArrayName::snapshot);
        return ArrayName.parse(local.substring(0, dot)).flatMap(of -> snapshot.map(name -> new SnapshotRef(of, name)));
    }

    private Optional<String> local(String full) {
        var prefix = name + "::";
        return full.regionMatches(true, 0, prefix, 0, prefix.length())
                ? Optional.of(full.substring(prefix.length()))
                : Optional.empty();
    }
}
