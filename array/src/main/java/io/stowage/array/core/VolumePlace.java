package io.stowage.array.core;

import java.util.Optional;
import java.util.UUID;

/**
 * Where a volume is found.
 *
 * @param container the container it is in; empty when it is in none
 * @param group the volume group it is in, which is in the same container; empty when it is in none
 * @param name unique among the volumes with the same container and group, without regard to case
 */
public record VolumePlace(Optional<UUID> container, Optional<UUID> group, String name) {
    public static VolumePlace outsideOfGroups(Optional<UUID> container, String name) {
        return new VolumePlace(container, Optional.empty(), name);
    }

    public static VolumePlace in(VolumeGroup group, String name) {
        return new VolumePlace(group.container(), Optional.of(group.id()), name);
    }

    public VolumePlace withName(String other) {
        return new VolumePlace(container, group, other);
    }

    /** By this it is found. */
    VolumePlace folded() {
        return withName(Host.folded(name));
    }
}
