package io.stowage.driver;

import io.stowage.model.ArrayName;

/** Points at a snapshot of a volume. */
public record SnapshotRef(ArrayName volume, ArrayName name) implements ArrayObject {
    public SnapshotRef {
        if (!name.snapshot()) throw new IllegalArgumentException(name + " is no name of a snapshot");
    }
}
