package io.stowage.engine;

/** Names a snapshot below its volume. */
public record SnapshotName(VolumeName volume, String name) {}
