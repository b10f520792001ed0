package io.stowage.tests.arena;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** Mounts below a folder, and processes that were started for it, when a server could not take them away itself. */
final class Leftovers {
    private final Path folder;

    private Leftovers(Path folder) {
        this.folder = folder;
    }

    static Leftovers below(Path folder) {
        return new Leftovers(folder);
    }

    /**
     * Ends the processes whose arguments name the folder, unmounts lazily, and frees the loop devices of these mounts. The
     * processes come first: while a holder waits for a server that never comes, all I/O of its devices waits, that of
     * umount too; without it, it fails at once.
     */
    void sweep() {
        processes().forEach(ProcessHandle::destroyForcibly);
        List<String[]> mounts = mounts();
        mounts.reversed().forEach(mount -> Ran.run("umount", "-l", mount[1]));
        mounts.stream()
                .map(mount -> mount[0])
                .filter(device -> device.startsWith("/dev/loop"))
                .forEach(device -> Ran.run("losetup", "-d", device));
    }

    private List<String[]> mounts() {
        try {
            return Files.readAllLines(Path.of("/proc/mounts")).stream()
                    .map(line -> line.split(" "))
                    .filter(fields -> Path.of(fields[1]).startsWith(folder))
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private Stream<ProcessHandle> processes() {
        return ProcessHandle.allProcesses()
                .filter(process -> commandLine(process).contains(folder.resolve("server") + "/")
                        || commandLine(process)
                                .endsWith(folder.resolve("server").toString()));
    }

    private static String commandLine(ProcessHandle process) {
        try {
            return Files.readString(Path.of("/proc/" + process.pid() + "/cmdline"))
                    .replace('\0', ' ')
                    .strip();
        } catch (IOException e) {
            return "";
        }
    }
}
