package io.stowage.host.filesystem;

import io.stowage.system.Capability;
import io.stowage.system.Command;
import io.stowage.system.CommandFailed;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;

/** ext4, by e2fsprogs: grows mounted with a capability, shrinks unmounted. */
final class Ext4 implements FileSystem {
    private static final Duration LONG = Duration.ofHours(2);
    private static final Tools TOOLS = new Tools("ext4", "e2fsprogs", "mkfs.ext4", "resize2fs", "e2fsck", "tune2fs");

    @Override
    public String name() {
        return "ext4";
    }

    @Override
    public long minimumBytes() {
        return 1 << 20;
    }

    @Override
    public void requireSupport() throws FileSystemRefused {
        TOOLS.require();
    }

    // Thin volumes read as zeroes: nothing needs to be written or discarded to get an empty inode table.
    @Override
    public void make(Path device) throws IOException {
        requireSupport();
        Command.of("mkfs.ext4", "-q", "-F", "-E", "nodiscard,assume_storage_prezeroed=1", device.toString())
                .withDeadline(LONG)
                .runOrThrow();
    }

    // EXT4_IOC_RESIZE_FS asks for CAP_SYS_RESOURCE (fs/ext4/ioctl.c, ext4_resize_begin).
    @Override
    public Optional<String> growthRefusal(boolean mounted) {
        if (mounted && !Capability.SYS_RESOURCE.held()) {
            return Optional.of("A mounted ext4 file system cannot be grown here, as the server lacks"
                    + " the capability CAP_SYS_RESOURCE: unmount it first");
        }
        return Optional.empty();
    }

    @Override
    public void grow(Path device, Optional<Path> mountPoint) throws IOException {
        Optional<String> refusal = growthRefusal(mountPoint.isPresent());
        if (refusal.isPresent()) {
            throw new FileSystemRefused(refusal.get());
        }
        if (mountPoint.isEmpty()) {
            check(device);
        }
        Command.of("resize2fs", device.toString()).withDeadline(LONG).runOrThrow();
    }

    @Override
    public boolean shrinks() {
        return true;
    }

    @Override
    public void shrink(Path device, long bytes) throws IOException {
        check(device);
        Command resize =
                Command.of("resize2fs", device.toString(), bytes / 1024 + "K").withDeadline(LONG);
        Command.Result result = resize.run();
        if (result.complaint().contains("smaller than minimum")
                || result.complaint().contains("Not enough space")) {
            throw new FileSystemRefused(
                    "The file system ext4 cannot be shrunk to " + bytes + " bytes: its data need more than that");
        }
        if (!result.succeeded()) {
            throw resize.failure(result);
        }
    }

    @Override
    public void renewIdentity(Path device) throws IOException {
        check(device);
        Command.of("tune2fs", "-f", "-U", "random", device.toString()).runOrThrow();
    }

    // e2fsck(8): status 1 means that errors were corrected.
    private static void check(Path device) throws CommandFailed {
        Command check = Command.of("e2fsck", "-f", "-y", device.toString()).withDeadline(LONG);
        Command.Result result = check.run();
        if (result.status() > 1) {
            throw check.failure(result);
        }
    }
}
