package io.stowage.host.loop;

import io.stowage.host.filesystem.FileSystems;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;

/** Where a device is mounted. */
record Mounts(List<Path> folders) {
    static Mounts of(Path device) throws IOException {
        return new Mounts(new FileSystems().mountsOf(device));
    }

    boolean isEmpty() {
        return folders.isEmpty();
    }

    @Override
    public String toString() {
        return folders.stream().map(Path::toString).collect(Collectors.joining(", "));
    }
}
