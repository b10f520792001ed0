package io.stowage.host.filesystem;

import io.stowage.system.Command;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;

/** xfs, by xfsprogs: grows mounted only, never shrinks. */
final class Xfs implements FileSystem {
    private static final Duration LONG = Duration.ofMinutes(30);
    private static final Tools TOOLS = new Tools("xfs", "xfsprogs", "mkfs.xfs", "xfs_growfs", "xfs_admin");

    @Override
    public String name() {
        return "xfs";
    }

    // xfsprogs 5.19 and later refuse less (mkfs/xfs_mkfs.c, validate_supported).
    @Override
    public long minimumBytes() {
        return 300L << 20;
    }

    @Override
    public void requireSupport() throws FileSystemRefused {
        TOOLS.require();
    }

    // -K: no discards, as a new thin volume has nothing to give back.
    @Override
    public void make(Path device) throws IOException {
        requireSupport();
        Command.of("mkfs.xfs", "-q", "-f", "-K", device.toString())
                .withDeadline(LONG)
                .runOrThrow();
    }

    @Override
    public Optional<String> growthRefusal(boolean mounted) {
        return Optional.empty();
    }

    @Override
    public void grow(Path device, Optional<Path> mountPoint) throws IOException {
        if (mountPoint.isPresent()) {
            growAt(mountPoint.get());
        } else {
            TemporaryMount.run(device, this, "nouuid", Xfs::growAt);
        }
    }

    private static void growAt(Path folder) throws IOException {
        Command.of("xfs_growfs", "-d", folder.toString()).withDeadline(LONG).runOrThrow();
    }

    @Override
    public boolean shrinks() {
        return false;
    }

    @Override
    public void shrink(Path device, long bytes) throws IOException {
        throw new FileSystemRefused("The file system xfs cannot be shrunk");
    }

    // xfs_admin wants a clean log: a mount replays that of a copy taken while its origin was in use.
    @Override
    public void renewIdentity(Path device) throws IOException {
        Optional<String> before = new Superblock(device).tag("UUID");
        TemporaryMount.run(device, this, "nouuid", folder -> {});
        Command renew = Command.of("xfs_admin", "-U", "generate", device.toString());
        Command.Result result = renew.run();
        // Its status is 0 also when it refused: the UUID on the disk decides.
        if (new Superblock(device).tag("UUID").equals(before)) {
            throw renew.failure(result);
        }
    }
}
