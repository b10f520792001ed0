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
     * Ends the processes whose arguments name the folder, unmounts lazily, and frees the loop devices of these mounts and
     * those that show a file below the folder. The processes come first: while a holder waits for a server that never
     * comes, all I/O of its devices waits, that of umount too; without it, it fails at once.
     */
    void sweep() {
        processes().forEach(ProcessHandle::destroyForcibly);
        List<String> devices = devices();
        List<String[]> mounts = mounts();
        mounts.reversed().forEach(mount -> Ran.run("umount", "-l", mount[1]));
        mounts.stream()
                .map(mount -> mount[0])
                .filter(device -> device.startsWith("/dev/loop"))
                .forEach(device -> Ran.run("losetup", "-d", device));
        devices.stream().filter(this::isOurs).forEach(device -> Ran.run("losetup", "-d", device));
    }

    /** The loop devices that the server has written down as its own; by now they may be somebody else's. */
    private List<String> devices() {
        try (Stream<Path> records = Files.walk(folder.resolve("server").resolve("host"))) {
            return records.filter(Files::isRegularFile)
                    .filter(file -> String.valueOf(file.getParent()).endsWith("/devices"))
                    .flatMap(Leftovers::lines)
                    .filter(line -> line.startsWith("loop="))
                    .map(line -> line.substring("loop=".length()))
                    .toList();
        } catch (IOException | UncheckedIOException e) {
            return List.of(); // the server didn't come that far
        }
    }

    private static Stream<String> lines(Path file) {
        try {
            return Files.readAllLines(file).stream();
        } catch (IOException e) {
            return Stream.empty();
        }
    }

    /** The file behind a device of ours has no name, or one below the folder. */
    private boolean isOurs(String device) {
        Path behind = Path.of("/sys/block", Path.of(device).getFileName().toString(), "loop/backing_file");
        return lines(behind).anyMatch(file -> file.equals("/") || file.startsWith(folder + "/"));
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
