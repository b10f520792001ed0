package io.stowage.host.filesystem;

import io.stowage.system.Command;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** The file systems that volumes can have, and their mounts. Without state of its own. */
public final class FileSystems {
    private final List<FileSystem> all = List.of(new Ext4(), new Xfs(), new Btrfs());

    /**
     * The file system of this name.
     *
     * @throws FileSystemRefused it is none of btrfs, ext4 and xfs
     */
    public FileSystem named(String name) throws FileSystemRefused {
        return all.stream()
                .filter(each -> each.name().equals(name))
                .findFirst()
                .orElseThrow(() -> new FileSystemRefused(
                        "Unsupported file system \"" + name + "\": must be one of btrfs, ext4, xfs"));
    }

    /** What is on a device, as blkid(8) names it: "ext4", "xfs", "btrfs", or something else; empty if nothing. */
    public Optional<String> recognize(Path device) throws IOException {
        return new Superblock(device).tag("TYPE");
    }

    /** The UUID of what is on a device, as it is on the disk now. */
    public Optional<String> uuid(Path device) throws IOException {
        return new Superblock(device).tag("UUID");
    }

    /**
     * Mounts, making the folder when absent.
     *
     * @param options comma-separated as for mount(8), or empty
     */
    public void mount(Path device, FileSystem type, Path folder, String options) throws IOException {
        Mount.make(device, type, folder, options);
    }

    /**
     * Gives what is mounted at the folder other options; those that are not named stay.
     *
     * @throws IOException also when the file system can't change them while it is mounted
     */
    public void remount(Path folder, String options) throws IOException {
        Mount.change(folder, options);
    }

    /**
     * Unmounts. A folder where nothing is mounted is fine.
     *
     * @throws MountBusy files on it are open
     */
    public void unmount(Path folder) throws IOException {
        Mount.remove(folder);
    }

    /** Whether something is mounted at exactly this folder. */
    public boolean isMounted(Path folder) throws IOException {
        return MountTable.read().at(folder).isPresent();
    }

    /** The device that is mounted at exactly this folder. */
    public Optional<Path> mountedAt(Path folder) throws IOException {
        return MountTable.read().at(folder).map(MountTable.Entry::source);
    }

    /** Folders at which this device is mounted. */
    public List<Path> mountsOf(Path device) throws IOException {
        return MountTable.read().of(device);
    }

    /** Holds back writes and puts everything on the device: to be followed by {@link #thaw} soon. */
    public void freeze(Path folder) throws IOException {
        Command.of("fsfreeze", "--freeze", folder.toString()).runOrThrow();
    }

    /** Lets writes go on. A folder that is not frozen is fine. */
    public void thaw(Path folder) throws IOException {
        Command thaw = Command.of("fsfreeze", "--unfreeze", folder.toString());
        Command.Result result = thaw.run();
        if (!result.succeeded() && !result.complaint().contains("Invalid argument")) {
            throw thaw.failure(result);
        }
    }

    /** The space of what is mounted at the folder, by statfs(2). */
    public Usage usage(Path folder) throws IOException {
        String[] figures = Command.of("stat", "--file-system", "--format", "%S %b %f", folder.toString())
                .runOrThrow()
                .output()
                .strip()
                .split(" ", -1);
        long block = Long.parseLong(figures[0]);
        long total = Long.parseLong(figures[1]) * block;
        return new Usage(total, total - Long.parseLong(figures[2]) * block);
    }
}
