package io.stowage.host.filesystem;

import io.stowage.system.Command;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Mounting and unmounting, by mount(8) and umount(8). */
final class Mount {
    // A journal is replayed at mount and everything is written out at unmount, over a network.
    private static final Duration PATIENCE = Duration.ofMinutes(10);

    private Mount() {}

    static void make(Path device, FileSystem type, Path folder, String options) throws IOException {
        Optional<Path> there = MountTable.read().at(folder).map(MountTable.Entry::source);
        if (there.isPresent()) {
            if (there.get().equals(device)) {
                return;
            }
            throw new FileSystemRefused("Cannot mount on " + folder + ": " + there.get() + " is mounted there");
        }
        makeFolder(folder);
        String all = Stream.of(options, type.mountOptions())
                .filter(text -> !text.isBlank())
                .collect(Collectors.joining(","));
        Command command = Command.of("mount", "--types", type.name()).withDeadline(PATIENCE);
        if (!all.isEmpty()) {
            command = command.with("--options", all);
        }
        command.with("--", device.toString(), folder.toString()).runOrThrow();
    }

    /** What is not named among the options stays as it is. */
    static void change(Path folder, String options) throws IOException {
        Command.of("mount", "--options", "remount," + options, "--", folder.toString())
                .withDeadline(PATIENCE)
                .runOrThrow();
    }

    /** Java's own messages consist of the path alone. */
    private static void makeFolder(Path folder) throws FileSystemRefused {
        if (Files.exists(folder) && !Files.isDirectory(folder)) {
            throw new FileSystemRefused("Cannot mount on " + folder + ": it is not a folder");
        }
        try {
            Files.createDirectories(folder);
        } catch (IOException e) {
            throw new FileSystemRefused("Cannot mount on " + folder + ": the folder cannot be made");
        }
    }

    static void remove(Path folder) throws IOException {
        while (MountTable.read().at(folder).isPresent()) {
            Command command = Command.of("umount", "--", folder.toString()).withDeadline(PATIENCE);
            Command.Result result = command.run();
            if (result.succeeded() || MountTable.read().at(folder).isEmpty()) {
                continue;
            }
            if (result.complaint().contains("busy")) {
                throw new MountBusy("Cannot unmount " + folder + ": files on it are open");
            }
            throw command.failure(result);
        }
    }
}
