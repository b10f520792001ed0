package io.stowage.host.filesystem;

import io.stowage.system.Command;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** btrfs, by btrfs-progs: grows and shrinks while mounted. */
final class Btrfs implements FileSystem {
    private static final Duration LONG = Duration.ofHours(2);
    private static final String WITHOUT_LOOP_MOUNTS =
            "grep -o '^/dev/loop[^ ]*' /proc/self/mounts | sort -u | xargs -r -n1 umount -l -A; exec \"$0\" \"$@\"";
    private static final Tools TOOLS = new Tools("btrfs", "btrfs-progs", "mkfs.btrfs", "btrfs", "btrfstune");

    @Override
    public String name() {
        return "btrfs";
    }

    // mkfs.btrfs 6.2 names 114294784 bytes as its minimum with default profiles.
    @Override
    public long minimumBytes() {
        return 114_294_784;
    }

    @Override
    public void requireSupport() throws FileSystemRefused {
        TOOLS.require();
    }

    @Override
    public void make(Path device) throws IOException {
        requireSupport();
        apart("mkfs.btrfs", "-q", "-f", "-K", device.toString()).runOrThrow();
    }

    @Override
    public Optional<String> growthRefusal(boolean mounted) {
        return Optional.empty();
    }

    @Override
    public void grow(Path device, Optional<Path> mountPoint) throws IOException {
        if (mountPoint.isPresent()) {
            resize(mountPoint.get(), "max");
        } else {
            TemporaryMount.run(device, this, "", folder -> resize(folder, "max"));
        }
    }

    @Override
    public boolean shrinks() {
        return true;
    }

    @Override
    public void shrink(Path device, long bytes) throws IOException {
        TemporaryMount.run(device, this, "", folder -> resize(folder, bytes / 1024 + "K"));
    }

    private static void resize(Path folder, String size) throws IOException {
        Command command = Command.of("btrfs", "filesystem", "resize", size, folder.toString())
                .withDeadline(LONG);
        Command.Result result = command.run();
        if (result.complaint().contains("No space left")) {
            throw new FileSystemRefused(
                    "The file system btrfs cannot be shrunk to " + size + ": its data need more than that");
        }
        if (!result.succeeded()) {
            throw command.failure(result);
        }
    }

    // -m writes a new UUID into the superblock only and leaves the log to the next mount; tools before
    // 5.0 know the slow -u, which rewrites all blocks. -f: the tool asks otherwise.
    @Override
    public void renewIdentity(Path device) throws IOException {
        Optional<String> before = new Superblock(device).tag("UUID");
        Command quick = apart("btrfstune", "-f", "-m", device.toString());
        Command.Result result = quick.run();
        if (!result.succeeded()) {
            apart("btrfstune", "-f", "-u", device.toString()).runOrThrow();
        }
        if (new Superblock(device).tag("UUID").equals(before)) {
            throw quick.failure(result);
        }
    }

    /**
     * A tool in a mount namespace in which no loop device is mounted. btrfs-progs compare the backing files of loop
     * devices by name to find out whether a device is mounted; the images of our devices have no name any more, all
     * are "/", and each would be taken for the other. The caller sees to it that the device is not in use.
     */
    private static Command apart(String... command) {
        List<String> arguments = new ArrayList<>(List.of("--mount", "sh", "-c", WITHOUT_LOOP_MOUNTS));
        arguments.addAll(List.of(command));
        return Command.of("unshare", arguments.toArray(String[]::new)).withDeadline(LONG);
    }
}
