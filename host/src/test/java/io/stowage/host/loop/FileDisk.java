package io.stowage.host.loop;

import io.stowage.host.export.BlockSource;
import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/** A block source over a sparse file: its blocks outlive the process that serves it. */
final class FileDisk implements BlockSource, AutoCloseable {
    private final FileChannel file;
    private volatile long size;
    /** While set, every read and write fails. */
    public volatile boolean broken;

    private volatile @Nullable CountDownLatch silent;

    public final AtomicLong discarded = new AtomicLong();
    public final AtomicInteger flushes = new AtomicInteger();

    public FileDisk(Path path, long size) throws IOException {
        this.file =
                FileChannel.open(path, StandardOpenOption.CREATE, StandardOpenOption.READ, StandardOpenOption.WRITE);
        this.size = size;
    }

    /** From now on requests are never answered; the first one opens the latch. */
    CountDownLatch silence() {
        CountDownLatch latch = new CountDownLatch(1);
        silent = latch;
        return latch;
    }

    public void grow(long bytes) {
        size = bytes;
    }

    @Override
    public long size() {
        return size;
    }

    @Override
    public void read(long offset, ByteBuffer target) throws IOException {
        check(offset, target.remaining());
        long at = offset;
        while (target.hasRemaining()) {
            int n = file.read(target, at);
            if (n < 0) {
                while (target.hasRemaining()) {
                    target.put((byte) 0);
                }
                return;
            }
            at += n;
        }
    }

    @Override
    public void write(long offset, ByteBuffer source) throws IOException {
        check(offset, source.remaining());
        long at = offset;
        while (source.hasRemaining()) {
            at += file.write(source, at);
        }
    }

    @Override
    public void discard(long offset, long length) throws IOException {
        discarded.addAndGet(length);
        writeZeroes(offset, length);
    }

    @Override
    public void writeZeroes(long offset, long length) throws IOException {
        check(offset, length);
        long end = Math.min(offset + length, file.size());
        ByteBuffer zeroes = ByteBuffer.allocateDirect(1 << 16);
        for (long at = offset; at < end; ) {
            zeroes.clear().limit((int) Math.min(zeroes.capacity(), end - at));
            at += file.write(zeroes, at);
        }
    }

    // The page cache outlives the kill of a server, and no test cuts the power: nothing to be synced.
    @Override
    public void flush() {
        flushes.incrementAndGet();
    }

    private void check(long offset, long length) throws IOException {
        CountDownLatch latch = silent;
        if (latch != null) {
            latch.countDown();
            LockSupport.park();
        }
        if (broken) {
            throw new IOException("broken on purpose");
        }
        if (offset < 0 || offset + length > size) {
            throw new EOFException("beyond the end: " + offset + "+" + length);
        }
    }

    @Override
    public void close() throws IOException {
        file.close();
    }
}
