package io.stowage.nvme.stream;

import java.nio.ByteBuffer;
import java.nio.channels.GatheringByteChannel;
import java.nio.channels.ReadableByteChannel;

/** A channel whose bytes come out in small pieces, as a network likes to give them. */
final class Memory implements ReadableByteChannel, GatheringByteChannel {
    private final int piece;
    private final ByteBuffer bytes = ByteBuffer.allocate(4 << 20);
    private int read;

    Memory(int piece) {
        this.piece = piece;
    }

    /** What was written. */
    byte[] written() {
        byte[] all = new byte[bytes.position()];
        bytes.get(0, all);
        return all;
    }

    /** Turns one bit over. */
    void damage(int at) {
        bytes.put(at, (byte) (bytes.get(at) ^ 1));
    }

    @Override
    public int read(ByteBuffer into) {
        int length = Math.min(Math.min(piece, into.remaining()), bytes.position() - read);
        if (length == 0) {
            return -1;
        }
        into.put(into.position(), bytes, read, length).position(into.position() + length);
        read += length;
        return length;
    }

    @Override
    public int write(ByteBuffer from) {
        int length = Math.min(piece, from.remaining());
        bytes.put(from.slice(from.position(), length));
        from.position(from.position() + length);
        return length;
    }

    @Override
    public long write(ByteBuffer[] from, int offset, int length) {
        for (int i = offset; i < offset + length; i++) {
            if (from[i].hasRemaining()) {
                return write(from[i]);
            }
        }
        return 0;
    }

    @Override
    public long write(ByteBuffer[] from) {
        return write(from, 0, from.length);
    }

    @Override
    public boolean isOpen() {
        return true;
    }

    @Override
    public void close() {
        // nothing to give back
    }
}
