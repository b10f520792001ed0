package io.stowage.iscsi.stream;

import java.nio.ByteBuffer;
import java.nio.channels.GatheringByteChannel;
import java.nio.channels.ReadableByteChannel;
import java.util.Arrays;
import java.util.random.RandomGenerator;

/** A wire in memory that takes and delivers in pieces of any size, as TCP does. */
final class MemoryChannel implements GatheringByteChannel, ReadableByteChannel {
    private final RandomGenerator random;
    private byte[] bytes = new byte[1 << 16];
    private int written;
    private int read;

    MemoryChannel(RandomGenerator random) {
        this.random = random;
    }

    void flip(int at, int bit) {
        bytes[at] ^= (byte) (1 << bit);
    }

    @Override
    public int read(ByteBuffer into) {
        if (read == written) {
            return -1;
        }
        int length = Math.min(piece(), Math.min(into.remaining(), written - read));
        into.put(bytes, read, length);
        read += length;
        return length;
    }

    @Override
    public int write(ByteBuffer from) {
        int length = Math.min(piece(), from.remaining());
        while (written + length > bytes.length) {
            bytes = Arrays.copyOf(bytes, bytes.length * 2);
        }
        from.get(bytes, written, length);
        written += length;
        return length;
    }

    @Override
    public long write(ByteBuffer[] parts, int offset, int length) {
        long total = 0;
        for (int i = offset; i < offset + length; i++) {
            int wanted = parts[i].remaining();
            int taken = write(parts[i]);
            total += taken;
            if (taken < wanted) {
                break;
            }
        }
        return total;
    }

    @Override
    public long write(ByteBuffer[] parts) {
        return write(parts, 0, parts.length);
    }

    @Override
    public boolean isOpen() {
        return true;
    }

    @Override
    public void close() {}

    private int piece() {
        return random.nextInt(4) == 0 ? 1 + random.nextInt(50) : 1 + random.nextInt(40_000);
    }
}
