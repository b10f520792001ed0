package io.stowage.engine;

/** Names a custom volume: its project, pool and name (unique together). */
public record VolumeName(String project, String pool, String name) {
    public static final String DEFAULT_PROJECT = "default";

    /** A volume of the default project. */
    public static VolumeName of(String pool, String name) {
        return new VolumeName(DEFAULT_PROJECT, pool, name);
    }

    public SnapshotName snapshot(String snapshot) {
        return new SnapshotName(this, snapshot);
    }

    /** The name in LXD's storage layout and messages: {@code project_name}. */
    public String storageName() {
        return project + "_" + name;
    }
}
