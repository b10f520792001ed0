package io.stowage.host.rsync;

/** Hears how far a transfer is, several times a second even if nothing moves, and may end it with an exception. */
@FunctionalInterface
public interface RsyncWatcher {
    /** @param bytes how many have passed so far: over the streams, or into files for a copy on this machine */
    void at(long bytes);
}
