package io.stowage.host.loop;

import io.stowage.system.Command;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Takes away whatever a test has left on the machine below its folder, also after a failure or a
 * hang: servers and holders by their command lines, mounts by their paths, loop devices by their
 * backing files and records. Each step goes on after the failure of another.
 */
public final class Sweeper {
    private static final Duration SHORT = Duration.ofSeconds(20);

    private Sweeper() {}

    public static void sweep(Path folder) throws IOException {
        Set<Long> inodes = inodesBelow(folder);
        List<Path> loops = loopsBelow(folder);
        // First all I/O ends. Before that a process may wait for its own device, and whoever only looks
        // at its command line would wait with it.
        for (long inode : inodes) {
            abort(inode);
        }
        ProcessHandle.allProcesses()
                .filter(process -> commandLine(process.pid()).contains(folder.toString()))
                .forEach(Sweeper::kill);
        for (String line : Files.readAllLines(Path.of("/proc/self/mountinfo"))) {
            String mountPoint = line.split(" ", -1)[4];
            if (mountPoint.startsWith(folder + "/")) {
                quietly("umount", "--lazy", "--", mountPoint);
            }
        }
        for (Path loop : loops) {
            quietly("losetup", "--detach", loop.toString());
        }
    }

    /** The loop devices whose files are below this folder, and those of the records below it. */
    static List<Path> loopsBelow(Path folder) throws IOException {
        Set<String> inodes =
                inodesBelow(folder).stream().map(Long::toUnsignedString).collect(Collectors.toSet());
        // A device that somebody else is taking away just now has a line with empty columns.
        return Command.of("losetup", "--list", "--noheadings", "--raw", "--output", "NAME,BACK-INO,BACK-FILE")
                .withDeadline(SHORT)
                .run()
                .output()
                .lines()
                .map(line -> line.split(" ", 3))
                .filter(columns -> columns.length == 3)
                .filter(columns -> inodes.contains(columns[1]) || columns[2].startsWith(folder + "/"))
                .map(columns -> Path.of(columns[0]))
                .toList();
    }

    private static void abort(long inode) {
        try {
            Optional<LoopDevice> loop = LoopDevice.carrying(inode);
            if (loop.isPresent()) {
                loop.get().abort(inode);
            }
        } catch (IOException e) {
            System.err.println("sweeping up: " + e.getMessage());
        }
    }

    private static Set<Long> inodesBelow(Path folder) throws IOException {
        Path devices = folder.resolve("state/devices");
        if (!Files.isDirectory(devices)) {
            return Set.of();
        }
        Set<Long> inodes = new HashSet<>();
        for (String key : DeviceRecord.keys(devices)) {
            try {
                DeviceRecord.of(devices, key).read().ifPresent(geometry -> inodes.add(geometry.inode()));
            } catch (IOException e) {
                System.err.println("sweeping up: " + e.getMessage()); // covered by a dead image
            }
        }
        return inodes;
    }

    /** The holder that serves a folder below this one. */
    static Optional<ProcessHandle> holderBelow(Path folder) {
        return ProcessHandle.allProcesses()
                .filter(process -> commandLine(process.pid()).contains("holder.Holder " + folder + "/"))
                .findFirst();
    }

    private static String commandLine(long pid) {
        try {
            return Files.readString(Path.of("/proc/" + pid + "/cmdline")).replace('\0', ' ');
        } catch (IOException e) {
            return "";
        }
    }

    private static void kill(ProcessHandle process) {
        if (process.pid() != ProcessHandle.current().pid()) {
            process.destroyForcibly();
        }
    }

    private static void quietly(String program, String... arguments) {
        try {
            Command.of(program, arguments).withDeadline(SHORT).run();
        } catch (IOException e) {
            System.err.println("sweeping up: " + e.getMessage());
        }
    }
}
