package io.stowage.host.filesystem;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;

/**
 * One kind of file system and what can be done with it. Each method takes a block device and blocks
 * until the tools are done; a failing tool is a {@link io.stowage.system.CommandFailed}.
 */
public sealed interface FileSystem permits Ext4, Xfs, Btrfs {
    /** The name as in {@code block.filesystem} and for mount(8). */
    String name();

    /** Bytes a device needs at least. */
    long minimumBytes();

    /**
     * Checks that the tools are installed and that the kernel knows it.
     *
     * @throws FileSystemRefused names what is missing
     */
    void requireSupport() throws FileSystemRefused;

    /** Makes an empty file system, over whatever was there. */
    void make(Path device) throws IOException;

    /**
     * Why this machine can't grow it now, in one sentence; empty if it can. To be asked before the
     * device is grown.
     *
     * @param mounted whether it will be mounted then
     */
    Optional<String> growthRefusal(boolean mounted);

    /**
     * Grows it to the size of its device.
     *
     * @param mountPoint where it is mounted; without, it is mounted for a moment if that is needed
     */
    void grow(Path device, Optional<Path> mountPoint) throws IOException;

    /** Whether {@link #shrink} can work at all. */
    boolean shrinks();

    /**
     * Makes it smaller, unmounted. The device is cut by the caller afterwards.
     *
     * @param bytes the device's size to come
     * @throws FileSystemRefused it can't be shrunk, or its data need more than that
     */
    void shrink(Path device, long bytes) throws IOException;

    /** Gives an unmounted copy a UUID of its own, so that it can be mounted beside the original. */
    void renewIdentity(Path device) throws IOException;

    /** Options that every mount of this kind gets beside the wished ones; empty if none. */
    default String mountOptions() {
        return "";
    }
}
