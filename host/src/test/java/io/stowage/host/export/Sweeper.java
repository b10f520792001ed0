package io.stowage.host.export;

import io.stowage.host.filesystem.FileSystems;
import io.stowage.system.Command;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

/**
 * Takes away whatever a test has left on the machine below its folder, also after a failure or a
 * hang: servers and holders by their command lines, mounts by their paths, loop devices by their
 * backing files. Each step goes on after the failure of another.
 */
public final class Sweeper {
    private static final Duration SHORT = Duration.ofSeconds(20);

    private Sweeper() {}

    public static void sweep(Path folder) throws IOException {
        String mark = folder.toString();
        List<Path> loops = loopsBelow(mark);
        // First whoever holds a descriptor: from then on all I/O ends, with an error if need be.
        ProcessHandle.allProcesses()
                .filter(process -> commandLine(process.pid()).contains(mark))
                .forEach(Sweeper::kill);
        for (Path loop : loops) {
            for (Path mount : new FileSystems().mountsOf(loop)) {
                quietly("umount", "--lazy", "--", mount.toString());
            }
            quietly("losetup", "--detach", loop.toString());
        }
        for (String line : Files.readAllLines(Path.of("/proc/self/mountinfo"))) {
            String mountPoint = line.split(" ", -1)[4];
            if (mountPoint.startsWith(mark + "/")) {
                quietly("umount", "--lazy", "--", mountPoint);
            }
        }
    }

    /** The loop devices whose files are below this folder. */
    public static List<Path> loopsBelow(String folder) throws IOException {
        return Command.of("losetup", "--list", "--noheadings", "--raw", "--output", "NAME,BACK-FILE")
                .withDeadline(SHORT)
                .run()
                .output()
                .lines()
                .filter(line -> line.contains(folder + "/"))
                .map(line -> Path.of(line.split(" ", -1)[0]))
                .toList();
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
