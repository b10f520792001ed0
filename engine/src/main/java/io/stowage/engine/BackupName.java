package io.stowage.engine;

/** Names a backup of a volume. */
public record BackupName(VolumeName volume, String name) {}
