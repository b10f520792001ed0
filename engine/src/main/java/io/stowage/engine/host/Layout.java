package io.stowage.engine.host;

import io.stowage.engine.SnapshotName;
import io.stowage.engine.VolumeName;
import io.stowage.engine.journal.Failures;
import io.stowage.model.VolumeType;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.UUID;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Where things are in the state folder: pools and mounted volumes as LXD lays them out. */
public final class Layout {
    private static final String POOL_MODE = "rwx--x--x";
    private static final String TYPE_MODE = "rwx------";

    private final Path state;

    public Layout(Path state) {
        this.state = state;
    }

    public Path pool(String pool) {
        return state.resolve("storage-pools").resolve(pool);
    }

    /** Where a volume, or a snapshot of it, is mounted unless somebody says otherwise. */
    public Path mount(VolumeName volume, @Nullable String snapshot) {
        if (snapshot == null) {
            return pool(volume.pool()).resolve(VolumeType.CUSTOM.folder()).resolve(volume.storageName());
        }
        return snapshots(volume).resolve(new SnapshotName(volume, snapshot).name());
    }

    private Path snapshots(VolumeName volume) {
        return pool(volume.pool()).resolve(VolumeType.CUSTOM.snapshotFolder()).resolve(volume.storageName());
    }

    /** Folder for mounts that last a moment. */
    public Path scratch() {
        return state.resolve("scratch");
    }

    /** One of them: a folder in a folder of its own. */
    public Path scratch(UUID id) {
        return mountIn(scratch().resolve(id.toString()));
    }

    /** Where the mount is in a folder of {@link #scratch()}. */
    public Path mountIn(Path folder) {
        return folder.resolve("files");
    }

    /** Removes it, unmounted. */
    public void removeScratch(UUID id) {
        removeScratch(scratch().resolve(id.toString()));
    }

    /** Removes a folder of {@link #scratch()}, unmounted. */
    public void removeScratch(Path folder) {
        removeIfEmpty(mountIn(folder));
        removeIfEmpty(folder);
    }

    /** The folders of {@link #scratch()} that are there. */
    public List<Path> scratches() {
        if (!Files.isDirectory(scratch())) {
            return List.of();
        }
        return Failures.io(() -> {
            try (Stream<Path> all = Files.list(scratch())) {
                return all.toList();
            }
        });
    }

    /** Folder of files that pool configs name as {@code file:PATH}. */
    public Path secrets() {
        return state.resolve("secrets");
    }

    public void makePool(String pool) {
        Failures.ioAction(() -> {
            for (VolumeType type : VolumeType.values()) {
                for (String name : new String[] {type.folder(), type.snapshotFolder()}) {
                    Path folder = Files.createDirectories(pool(pool).resolve(name));
                    boolean container = type == VolumeType.CONTAINER;
                    Files.setPosixFilePermissions(
                            folder, PosixFilePermissions.fromString(container ? POOL_MODE : TYPE_MODE));
                }
            }
            Files.setPosixFilePermissions(pool(pool), PosixFilePermissions.fromString(POOL_MODE));
        });
    }

    /** Removes the folders of a pool as far as they are empty. */
    public void removePool(String pool) {
        for (VolumeType type : VolumeType.values()) {
            removeIfEmpty(pool(pool).resolve(type.folder()));
            removeIfEmpty(pool(pool).resolve(type.snapshotFolder()));
        }
        removeIfEmpty(pool(pool));
    }

    /** Removes the mount folder that {@link #mount} names, and its snapshots' folder with the last of them. */
    public void removeMount(VolumeName volume, @Nullable String snapshot) {
        removeIfEmpty(mount(volume, snapshot));
        if (snapshot != null) {
            removeIfEmpty(snapshots(volume));
        }
    }

    private static void removeIfEmpty(Path folder) {
        Failures.ioAction(() -> {
            try {
                Files.deleteIfExists(folder);
            } catch (DirectoryNotEmptyException e) {
                // Somebody put something there: it is not ours to delete.
            }
        });
    }
}
