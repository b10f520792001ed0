package io.stowage.array.iscsi;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.channels.GatheringByteChannel;

/** A channel into memory. */
public record Gathered(ByteArrayOutputStream bytes) implements GatheringByteChannel {
    @Override
    public int write(ByteBuffer from) {
        int length = from.remaining();
        while (from.hasRemaining()) {
            bytes.write(from.get());
        }
        return length;
    }

    @Override
    public long write(ByteBuffer[] from, int offset, int length) {
        long written = 0;
        for (int i = offset; i < offset + length; i++) {
            written += write(from[i]);
        }
        return written;
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
    public void close() {}
}
