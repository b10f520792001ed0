package io.stowage.host.loop;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/** A memory cgroup of its own for a test, of either version. */
record MemoryLimit(Path group) {
    private static final Path ROOT = Path.of("/sys/fs/cgroup");

    /** Makes a group with this limit; empty where this process may not do that. */
    static Optional<MemoryLimit> make(String name, long bytes) {
        try {
            if (Files.isDirectory(ROOT.resolve("memory"))) {
                return Optional.of(make(ROOT.resolve("memory").resolve(name), "memory.limit_in_bytes", bytes));
            }
            Path controllers = ROOT.resolve("cgroup.subtree_control");
            if (!Files.readString(controllers).contains("memory")) {
                Files.writeString(controllers, "+memory");
            }
            return Optional.of(make(ROOT.resolve(name), "memory.max", bytes));
        } catch (IOException e) {
            return Optional.empty();
        }
    }

    private static MemoryLimit make(Path group, String limit, long bytes) throws IOException {
        Files.createDirectory(group);
        MemoryLimit made = new MemoryLimit(group);
        try {
            Files.writeString(group.resolve(limit), Long.toString(bytes));
            return made;
        } catch (IOException e) {
            made.remove();
            throw e;
        }
    }

    /** The file to write a process id to. */
    Path processes() {
        return group.resolve("cgroup.procs");
    }

    /** Possible once no process is in it. */
    void remove() throws IOException {
        Files.deleteIfExists(group);
    }
}
