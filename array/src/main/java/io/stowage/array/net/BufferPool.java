package io.stowage.array.net;

import java.nio.ByteBuffer;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/**
 * Direct buffers for write data, kept for reuse since making one zeroes it. Bounds what all connections hold together.
 * May be used by several threads.
 */
public final class BufferPool {
    /** Idle buffers beyond this many bytes are given up. */
    private static final long MAX_IDLE = 64L << 20;

    private static final int SMALLEST = 4096;

    private final long limit;
    private final Map<Integer, Deque<ByteBuffer>> idle = new HashMap<>();
    private long idleBytes;
    private long takenBytes;

    /** @param limit bytes that may be taken at once */
    public BufferPool(long limit) {
        this.limit = limit;
    }

    /** A buffer with this limit, position 0 and any content; nothing when too much is taken already. */
    public synchronized Optional<ByteBuffer> take(int length) {
        int size = sizeFor(length);
        if (takenBytes + size > limit) {
            return Optional.empty();
        }
        takenBytes += size;
        Deque<ByteBuffer> fitting = idle.get(size);
        if (fitting != null && !fitting.isEmpty()) {
            idleBytes -= size;
            return Optional.of(fitting.pop().clear().limit(length));
        }
        return Optional.of(ByteBuffer.allocateDirect(size).limit(length));
    }

    /** Gives a buffer back; nobody may use it afterwards. */
    public synchronized void release(ByteBuffer buffer) {
        int size = buffer.capacity();
        takenBytes -= size;
        if (idleBytes + size <= MAX_IDLE) {
            idleBytes += size;
            idle.computeIfAbsent(size, key -> new ArrayDeque<>()).push(buffer);
        }
    }

    /** Powers of two, so that few sizes exist. */
    private static int sizeFor(int length) {
        return Math.max(SMALLEST, Integer.highestOneBit(Math.max(length - 1, 1)) << 1);
    }
}
