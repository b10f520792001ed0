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
    private static final Path MOUNTS = Path.of("/proc/self/mountinfo");

    private FuseControl() {}

    /**
     * The number of the connection whose file system is mounted there. Read from the kernel's list, as a look at the file
     * would ask the file system's server.
     *
     * @throws IOException nothing is mounted there
     */
    static int numberOf(Path mountPoint) throws IOException {
        String place = mountPoint
                .toAbsolutePath()
                .resolveSibling(".")
                .toRealPath()
                .resolve(mountPoint.getFileName())
                .toString();
        return Files.readAllLines(MOUNTS).stream()
                .map(line -> line.split(" ", -1))
                .filter(fields -> unescaped(fields[4]).equals(place))
                .map(fields -> Integer.parseInt(fields[2].substring(fields[2].indexOf(':') + 1)))
                .reduce((below, above) -> above)
                .orElseThrow(() -> new IOException("Nothing is mounted on " + mountPoint));
    }

    /** As proc(5) has it in mountinfo: blank, tab, line feed and backslash are three octal digits. */
    private static String unescaped(String path) {
        return path.replace("\\040", " ")
                .replace("\\011", "\t")
                .replace("\\012", "\n")
                .replace("\\134", "\\");
    }

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
