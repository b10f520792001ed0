package io.stowage.host.loop;

import io.stowage.system.Command;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/**
 * Takes away whatever a test has left on the machine below its folder, also after a failure or a
 * hang: servers and holders by their command lines, mounts by their paths, loop devices by their
 * backing files and records. Each step goes on after the failure of another.
 */
public final class Sweeper {
    private static final Duration SHORT = Duration.ofSeconds(20);

    private Sweeper() {}

    public static void sweep(Path folder) throws IOException {
        // First all I/O ends. Before that a process may wait for its own device, and whoever only looks
        // at its command line would wait with it.
        for (DeviceRecord record : recordsBelow(folder)) {
            abort(record);
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
        for (Path loop : loopsBelow(folder)) {
            quietly("losetup", "--detach", loop.toString());
        }
    }

    /**
     * The loop devices whose files are below this folder, and those of the records below it. Only these are asked what
     * they carry: others may have no server just now, and don't answer.
     */
    static List<Path> loopsBelow(Path folder) throws IOException {
        Set<Path> loops = new TreeSet<>();
        try (var devices = Files.newDirectoryStream(Path.of("/sys/block"), "loop*")) {
            for (Path device : devices) {
                if (backingFile(device).startsWith(folder + "/")) {
                    loops.add(Path.of("/dev").resolve(device.getFileName()));
                }
            }
        }
        for (DeviceRecord record : recordsBelow(folder)) {
            try {
                Optional<LoopDevice> loop = record.loop();
                if (loop.isPresent()
                        && loop.get()
                                .carriesOrIsDead(record.read().orElseThrow().inode())) {
                    loops.add(loop.get().path());
                }
            } catch (IOException e) {
                System.err.println("sweeping up: " + e.getMessage());
            }
        }
        return List.copyOf(loops);
    }

    private static String backingFile(Path device) {
        try {
            return Files.readString(device.resolve("loop/backing_file")).strip();
        } catch (IOException e) {
            return ""; // carries nothing
        }
    }

    private static void abort(DeviceRecord record) {
        try {
            Optional<LoopDevice> loop = record.loop();
            if (loop.isPresent() && loop.get().isAttached()) {
                loop.get().abort(record.read().orElseThrow().inode());
            }
        } catch (IOException e) {
            System.err.println("sweeping up: " + e.getMessage()); // or the record is covered by a dead image
        }
    }

    private static List<DeviceRecord> recordsBelow(Path folder) throws IOException {
        Path devices = folder.resolve("state/devices");
        if (!Files.isDirectory(devices)) {
            return List.of();
        }
        return DeviceRecord.keys(devices).stream()
                .map(key -> DeviceRecord.of(devices, key))
                .toList();
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
