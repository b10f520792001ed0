package io.stowage.host.transfer;

import io.stowage.model.Extent;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;

/** Blocks in memory that know where they have data, count what is done to them, and break where they are told to. */
public final class MemoryBlocks implements BlockReader, BlockWriter {
    public final byte[] bytes;
    private final boolean knowsItsHoles;
    private long breaksAt = -1;
    private int flushes;
    private boolean unflushed;

    public MemoryBlocks(int size, boolean knowsItsHoles) {
        this.bytes = new byte[size];
        this.knowsItsHoles = knowsItsHoles;
    }

    /** Reads and writes of this place fail from now on. */
    public void breakAt(long offset) {
        breaksAt = offset;
    }

    public synchronized boolean isFlushed() {
        return flushes > 0 && !unflushed;
    }

    @Override
    public long size() {
        return bytes.length;
    }

    @Override
    public ExtentMap data() {
        return knowsItsHoles ? ExtentMap.of(extentsOf(bytes, 4096)) : ExtentMap.everything();
    }

    /** Blocks of this size that are not all zeroes, neighbours together. */
    static List<Extent> extentsOf(byte[] bytes, int block) {
        List<Extent> found = new ArrayList<>();
        for (int at = 0; at < bytes.length; at += block) {
            int length = Math.min(block, bytes.length - at);
            boolean zero = true;
            for (int i = at; i < at + length; i++) {
                zero &= bytes[i] == 0;
            }
            if (zero) {
                continue;
            }
            if (!found.isEmpty() && found.getLast().end() == at) {
                Extent last = found.removeLast();
                found.add(new Extent(last.offset(), last.length() + length));
            } else {
                found.add(new Extent(at, length));
            }
        }
        return found;
    }

    private void check(long offset, long length) throws IOException {
        if (breaksAt >= offset && breaksAt < offset + length) {
            throw new IOException("broken at " + breaksAt);
        }
    }

    @Override
    public void read(long offset, ByteBuffer into) throws IOException {
        check(offset, into.remaining());
        into.put(bytes, (int) offset, into.remaining());
    }

    @Override
    public void write(long offset, ByteBuffer from) throws IOException {
        check(offset, from.remaining());
        from.get(bytes, (int) offset, from.remaining());
        change();
    }

    @Override
    public void zero(Extent extent) throws IOException {
        check(extent.offset(), extent.length());
        java.util.Arrays.fill(bytes, (int) extent.offset(), (int) extent.end(), (byte) 0);
        change();
    }

    private synchronized void change() {
        unflushed = true;
    }

    @Override
    public synchronized void flush() {
        flushes++;
        unflushed = false;
    }
}
