package io.stowage.engine.host;

import io.stowage.host.archive.TarEntry;
import io.stowage.host.archive.TarReader;
import io.stowage.host.archive.TarWriter;
import io.stowage.host.filesystem.Usage;
import io.stowage.host.rsync.RsyncOnto;
import io.stowage.host.rsync.RsyncTerms;
import io.stowage.host.rsync.RsyncWatcher;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Path;
import java.util.Optional;

/**
 * What is on devices: the file systems and their mounts, by type: {@code ext4}, {@code xfs}, {@code btrfs}. Failures are
 * {@link io.stowage.engine.Refused}.
 */
public interface VolumeFiles {
    /** @throws io.stowage.engine.Refused BAD_INPUT when this host can't have it, naming what is missing */
    void requireSupport(String type);

    /** Bytes a device needs at least. */
    long minimumBytes(String type);

    /** Bytes a device needs at least when its file system is to be grown or shrunk. */
    long minimumResizedBytes(String type);

    /** Makes an empty file system, over whatever was there, whose top folder has mode 0711. */
    void make(Path device, String type);

    /** Why it can't be grown on this host; empty if it can. */
    Optional<String> growthRefusal(String type, boolean mounted);

    /** Lets it fill its device. */
    void grow(Path device, String type, Optional<Path> mountPoint);

    boolean shrinks(String type);

    /** Makes it smaller, unmounted. */
    void shrink(Path device, String type, long bytes);

    /** Gives an unmounted copy a UUID of its own. */
    void renewIdentity(Path device, String type);

    /** Mounts; the same device mounted there already is fine. */
    void mount(Path device, String type, Path folder, String options);

    /** Gives what is mounted there other options; those that are not named stay. */
    void remount(Path folder, String options);

    /** Unmounts what is mounted there unless it is the device: a device of an earlier life that is dead. */
    void unmountOthers(Path device, Path folder);

    /** Unmounts; nothing mounted is fine. @throws io.stowage.engine.Refused IN_USE while files are open */
    void unmount(Path folder);

    /** Whether this very device is mounted there. */
    boolean isMounted(Path device, Path folder);

    /** Holds back writes of what {@link #isMounted} said is mounted there. */
    void freeze(Path folder);

    /** Lets writes go on; not frozen is fine. */
    void thaw(Path folder);

    Usage usage(Path folder);

    /**
     * Makes the files that are mounted in a folder the same as those in another.
     *
     * @param bytesPerSecond 0 for no limit
     * @param watcher may end it with an exception
     * @return bytes of the files that were written
     */
    long copy(Path from, Path to, RsyncOnto onto, long bytesPerSecond, RsyncWatcher watcher);

    /** Opens what is on a device below any file system, to be read and written. */
    RawDevice open(Path device);

    /** Lets nobody write to the device from now on, until it is connected anew. */
    void protect(Path device);

    /**
     * Sends the files that are mounted in a folder to another machine, as rsync does.
     *
     * @param in what the other machine says, read to its end
     * @param out closed when everything was said
     */
    void send(Path folder, RsyncTerms terms, InputStream in, OutputStream out, RsyncWatcher watcher);

    /** Gives a folder where something is mounted the files that {@link #send} sends. */
    void receive(Path folder, RsyncTerms terms, InputStream in, OutputStream out, RsyncWatcher watcher);

    /** Packs the files that are mounted in a folder, as members below this one. */
    void pack(Path folder, String member, TarWriter archive);

    /**
     * Unpacks what is below a member into a folder where something is mounted.
     *
     * @param first the member, or one below it
     * @return the first member after them
     */
    Optional<TarEntry> unpack(TarEntry first, TarReader archive, String member, Path folder);

    /** Unpacks a tar archive of any making, which isn't compressed, into a folder where something is mounted. */
    void unpack(InputStream archive, Path folder);
}
