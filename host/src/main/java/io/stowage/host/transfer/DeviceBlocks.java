package io.stowage.host.transfer;

import io.stowage.model.Extent;
import io.stowage.system.Errno;
import io.stowage.system.Libc;
import io.stowage.system.SystemError;
import java.io.EOFException;
import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.nio.ByteBuffer;
import java.nio.file.Path;

/**
 * A block device, or a regular file, past the kernel's cache: what is read is what is there, nothing is read ahead, and
 * nothing waits in memory to be written.
 */
public final class DeviceBlocks implements BlockReader, BlockWriter, AutoCloseable {
    private final Path path;
    private final int descriptor;
    private final long size;
    private final ExtentMap data;

    private DeviceBlocks(Path path, int descriptor, long size, ExtentMap data) {
        this.path = path;
        this.descriptor = descriptor;
        this.size = size;
        this.data = data;
    }

    /** @param data where it may have something else than zeroes */
    public static DeviceBlocks toRead(Path path, long size, ExtentMap data) throws IOException {
        return open(path, Libc.O_RDONLY, size, data);
    }

    /** @param data as for {@link #toRead}, for who compares before writing */
    public static DeviceBlocks toWrite(Path path, long size, ExtentMap data) throws IOException {
        return open(path, Libc.O_RDWR, size, data);
    }

    private static DeviceBlocks open(Path path, int flags, long size, ExtentMap data) throws IOException {
        int descriptor;
        try {
            descriptor = Libc.open(path, flags | Libc.O_DIRECT);
        } catch (SystemError e) {
            if (e.errno() != Errno.EINVAL) {
                throw e;
            }
            descriptor = Libc.open(path, flags); // a file system in memory, which has no other way
        }
        return new DeviceBlocks(path, descriptor, size, data);
    }

    @Override
    public long size() {
        return size;
    }

    @Override
    public ExtentMap data() {
        return data;
    }

    @Override
    public void read(long offset, ByteBuffer into) throws IOException {
        long at = offset;
        while (into.hasRemaining()) {
            long n = Libc.pread(descriptor, MemorySegment.ofBuffer(into), at);
            if (n == 0) {
                throw new EOFException(path + " ends at byte " + at);
            }
            into.position(into.position() + (int) n);
            at += n;
        }
    }

    @Override
    public void write(long offset, ByteBuffer from) throws IOException {
        long at = offset;
        while (from.hasRemaining()) {
            long n = Libc.pwrite(descriptor, MemorySegment.ofBuffer(from), at);
            if (n == 0) {
                throw new EOFException(path + " takes nothing more at byte " + at);
            }
            from.position(from.position() + (int) n);
            at += n;
        }
    }

    @Override
    public void zero(Extent extent) throws IOException {
        try {
            Libc.fallocate(
                    descriptor, Libc.FALLOC_FL_PUNCH_HOLE | Libc.FALLOC_FL_KEEP_SIZE, extent.offset(), extent.length());
        } catch (SystemError e) {
            if (e.errno() != Errno.EOPNOTSUPP) {
                throw e;
            }
            // The device has no command for it: the kernel writes zeroes.
            Libc.fallocate(
                    descriptor, Libc.FALLOC_FL_ZERO_RANGE | Libc.FALLOC_FL_KEEP_SIZE, extent.offset(), extent.length());
        }
    }

    @Override
    public void flush() throws IOException {
        Libc.fsync(descriptor);
    }

    @Override
    public void close() {
        Libc.close(descriptor);
    }
}
