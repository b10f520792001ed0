package io.stowage.system;

import java.nio.file.Path;

/**
 * A file of its own descriptor for the one thing a {@link java.nio.channels.FileChannel} can't do:
 * giving space back. Safe for concurrent use until closed.
 */
public final class SparseFile implements AutoCloseable {
    private final int descriptor;

    private SparseFile(int descriptor) {
        this.descriptor = descriptor;
    }

    /** Opens an existing file for writing. */
    public static SparseFile open(Path file) throws SystemError {
        return new SparseFile(Libc.open(file, Libc.O_RDWR));
    }

    /**
     * Makes a hole: the range reads as zeroes, whole blocks of the file system in it are given back,
     * the size stays. fallocate(2), FALLOC_FL_PUNCH_HOLE. Durable with the next sync of the file.
     *
     * @throws SystemError with EOPNOTSUPP when the file system knows no holes
     */
    public void punchHole(long offset, long length) throws SystemError {
        if (length == 0) {
            return;
        }
        Libc.fallocate(descriptor, Libc.FALLOC_FL_PUNCH_HOLE | Libc.FALLOC_FL_KEEP_SIZE, offset, length);
    }

    @Override
    public void close() {
        Libc.close(descriptor);
    }
}
