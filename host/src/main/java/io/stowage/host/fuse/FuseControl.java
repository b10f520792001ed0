package io.stowage.host.fuse;

import io.stowage.system.Libc;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;

/**
 * The kernel's own handle on FUSE file systems, the file system "fusectl". It works when nothing else
 * does: also when a killed server can't end, because one of its threads waits for its own device.
 */
public final class FuseControl {
    private FuseControl() {}

    /**
     * Ends a FUSE file system: all its I/O fails from now on. One that has gone is fine.
     *
     * @param connection its number, which is the minor number of its device (st_dev)
     */
    public static void abort(int connection) throws IOException {
        // Mounted for a moment and in a place of our own: the usual one may be absent or read-only.
        Path folder = Files.createTempDirectory("stowage-fusectl-");
        try {
            Libc.mount("fusectl", folder, "fusectl", 0, "");
            try {
                Files.writeString(folder.resolve(Integer.toString(connection)).resolve("abort"), "1");
            } catch (NoSuchFileException e) {
                // gone
            } finally {
                Libc.unmount(folder, Libc.MNT_DETACH);
            }
        } finally {
            Files.deleteIfExists(folder);
        }
    }
}
