package io.stowage.engine.host;

import io.stowage.engine.journal.Failures;
import io.stowage.host.archive.TarEntry;
import io.stowage.host.archive.TarReader;
import io.stowage.host.archive.TarWriter;
import io.stowage.host.archive.TreeArchive;
import io.stowage.host.filesystem.FileSystem;
import io.stowage.host.filesystem.FileSystems;
import io.stowage.host.filesystem.Usage;
import io.stowage.host.rsync.Rsync;
import io.stowage.host.rsync.RsyncOnto;
import io.stowage.host.rsync.RsyncTerms;
import io.stowage.host.rsync.RsyncWatcher;
import io.stowage.system.Command;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Optional;

/** The file systems of this machine. */
public final class LocalFiles implements VolumeFiles {
    /** As LXD has it: everybody may pass, nobody may look. */
    private static final String TOP_FOLDER = "rwx--x--x";

    /** fs/btrfs/ioctl.c, btrfs_ioctl_resize: anything smaller is EINVAL. */
    private static final long BTRFS_RESIZED = 256L << 20;

    private final FileSystems systems = new FileSystems();
    private final Path scratch;

    /** @param scratch a folder for mounts that last a moment */
    public LocalFiles(Path scratch) {
        this.scratch = scratch;
    }

    private FileSystem named(String type) {
        return Failures.io(() -> systems.named(type));
    }

    @Override
    public void requireSupport(String type) {
        Failures.ioAction(() -> named(type).requireSupport());
    }

    @Override
    public long minimumBytes(String type) {
        return named(type).minimumBytes();
    }

    @Override
    public long minimumResizedBytes(String type) {
        return type.equals("btrfs") ? BTRFS_RESIZED : minimumBytes(type);
    }

    @Override
    public void make(Path device, String type) {
        Failures.ioAction(() -> {
            FileSystem system = named(type);
            system.make(device);
            Path folder = scratch.resolve(device.getFileName().toString());
            systems.mount(device, system, folder, "");
            try {
                Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString(TOP_FOLDER));
            } finally {
                systems.unmount(folder);
                Files.deleteIfExists(folder);
            }
        });
    }

    @Override
    public Optional<String> growthRefusal(String type, boolean mounted) {
        return named(type).growthRefusal(mounted);
    }

    @Override
    public void grow(Path device, String type, Optional<Path> mountPoint) {
        Failures.ioAction(() -> named(type).grow(device, mountPoint));
    }

    @Override
    public boolean shrinks(String type) {
        return named(type).shrinks();
    }

    @Override
    public void shrink(Path device, String type, long bytes) {
        Failures.ioAction(() -> named(type).shrink(device, bytes));
    }

    @Override
    public void renewIdentity(Path device, String type) {
        Failures.ioAction(() -> named(type).renewIdentity(device));
    }

    @Override
    public void mount(Path device, String type, Path folder, String options) {
        Failures.ioAction(() -> systems.mount(device, named(type), folder, options));
    }

    @Override
    public void remount(Path folder, String options) {
        Failures.ioAction(() -> systems.remount(folder, options));
    }

    @Override
    public void unmountOthers(Path device, Path folder) {
        Failures.ioAction(() -> {
            Optional<Path> there = systems.mountedAt(folder);
            if (there.isPresent() && !there.get().equals(device)) {
                systems.unmount(folder);
            }
        });
    }

    @Override
    public void unmount(Path folder) {
        Failures.ioAction(() -> systems.unmount(folder));
    }

    @Override
    public boolean isMounted(Path device, Path folder) {
        return Failures.io(() -> systems.mountedAt(folder).equals(Optional.of(device)));
    }

    @Override
    public void freeze(Path folder) {
        Failures.ioAction(() -> systems.freeze(folder));
    }

    @Override
    public void thaw(Path folder) {
        Failures.ioAction(() -> systems.thaw(folder));
    }

    @Override
    public Usage usage(Path folder) {
        return Failures.io(() -> systems.usage(folder));
    }

    @Override
    public long copy(Path from, Path to, RsyncOnto onto, long bytesPerSecond, RsyncWatcher watcher) {
        return Failures.io(() -> Rsync.copy(from, to, onto, bytesPerSecond, watcher));
    }

    @Override
    public RawDevice open(Path device) {
        return LocalDevice.open(device);
    }

    @Override
    public void protect(Path device) {
        Failures.ioAction(
                () -> Command.of("blockdev", "--setro", device.toString()).runOrThrow());
    }

    @Override
    public void send(Path folder, RsyncTerms terms, InputStream in, OutputStream out, RsyncWatcher watcher) {
        Failures.ioAction(() -> Rsync.send(folder, terms, in, out, watcher));
    }

    @Override
    public void receive(Path folder, RsyncTerms terms, InputStream in, OutputStream out, RsyncWatcher watcher) {
        Failures.ioAction(() -> Rsync.receive(folder, terms, in, out, watcher));
    }

    @Override
    public void pack(Path folder, String member, TarWriter archive) {
        Failures.ioAction(() -> TreeArchive.pack(folder, member, archive));
    }

    @Override
    public Optional<TarEntry> unpack(TarEntry first, TarReader archive, String member, Path folder) {
        return Failures.io(() -> TreeArchive.unpack(first, archive, member, folder));
    }

    @Override
    public void unpack(InputStream archive, Path folder) {
        Failures.ioAction(() -> TreeArchive.unpack(archive, folder));
    }
}
