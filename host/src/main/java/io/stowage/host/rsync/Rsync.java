package io.stowage.host.rsync;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Path;

/**
 * Carries the files below one folder to another with the program {@code rsync}. Each call blocks until everything is there,
 * and leaves no process behind, however it ends. To cancel: an exception from the watcher, or an interruption.
 */
public final class Rsync {
    private Rsync() {}

    /**
     * The sending end. It speaks as rsync's client, as LXD's source of a migration does.
     *
     * @param folder absolute; its content is sent
     * @param fromPeer read to its end; closed if the transfer fails
     * @param toPeer closed when everything was said, which must tell the peer of the end
     * @throws io.stowage.system.ToolMissing rsync is not installed
     * @throws RsyncFailed in rsync's own words
     * @throws IOException also when the peer is gone
     */
    public static RsyncTraffic send(
            Path folder, RsyncTerms terms, InputStream fromPeer, OutputStream toPeer, RsyncWatcher watcher)
            throws IOException {
        return new RsyncEnd(fromPeer, toPeer, watcher).run(RsyncCommand.sender(folder, terms));
    }

    /**
     * The receiving end. It speaks as rsync's server, as LXD's sink of a migration does.
     *
     * @param folder absolute; there before, and takes what comes
     * @param fromPeer as in {@link #send}
     * @param toPeer as in {@link #send}
     * @throws IOException as in {@link #send}
     */
    public static RsyncTraffic receive(
            Path folder, RsyncTerms terms, InputStream fromPeer, OutputStream toPeer, RsyncWatcher watcher)
            throws IOException {
        return new RsyncEnd(fromPeer, toPeer, watcher).run(RsyncCommand.receiver(folder, terms));
    }

    /**
     * Makes a folder the same as another on this machine: owners, modes, dates, links, ACLs, attributes, holes, devices; what
     * is not in the source goes.
     *
     * @param bytesPerSecond 0 for no limit
     * @return bytes of the files that were written
     * @throws io.stowage.system.ToolMissing rsync is not installed
     * @throws RsyncFailed in rsync's own words
     */
    public static long copy(Path from, Path to, RsyncOnto onto, long bytesPerSecond, RsyncWatcher watcher)
            throws IOException {
        return new RsyncCopy(watcher).run(RsyncCommand.copy(from, to, onto, bytesPerSecond));
    }
}
