package io.stowage.array.net;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.GatheringByteChannel;
import java.nio.channels.ReadableByteChannel;
import java.nio.channels.SocketChannel;

/**
 * The socket of a connection, which others may look at: whether its threads wait for the peer, and whether anything has
 * moved since. One thread reads at a time and one writes; looking costs them two stores to memory for each call of the
 * system, and no look at a clock.
 */
public final class Wire implements ReadableByteChannel, GatheringByteChannel {
    private final SocketChannel channel;
    /** Counts the beginnings and ends of reads: odd while one waits. */
    private volatile long reads;

    private volatile long writes;
    private long ownReads;
    private long ownWrites;

    public Wire(SocketChannel channel) {
        this.channel = channel;
    }

    /** Grows with each beginning and each end of a read; odd while a thread waits for the peer to send. */
    public long reads() {
        return reads;
    }

    /** Grows with each beginning and each end of a write; odd while a thread waits for the peer to take. */
    public long writes() {
        return writes;
    }

    @Override
    public int read(ByteBuffer into) throws IOException {
        reads = ++ownReads;
        try {
            return channel.read(into);
        } finally {
            reads = ++ownReads;
        }
    }

    @Override
    public int write(ByteBuffer from) throws IOException {
        writes = ++ownWrites;
        try {
            return channel.write(from);
        } finally {
            writes = ++ownWrites;
        }
    }

    @Override
    public long write(ByteBuffer[] from) throws IOException {
        return write(from, 0, from.length);
    }

    @Override
    public long write(ByteBuffer[] from, int offset, int length) throws IOException {
        writes = ++ownWrites;
        try {
            return channel.write(from, offset, length);
        } finally {
            writes = ++ownWrites;
        }
    }

    @Override
    public boolean isOpen() {
        return channel.isOpen();
    }

    @Override
    public void close() throws IOException {
        channel.close();
    }
}
