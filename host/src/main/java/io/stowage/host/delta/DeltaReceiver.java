package io.stowage.host.delta;

import io.stowage.host.transfer.BlockReader;
import io.stowage.host.transfer.BlockWriter;
import io.stowage.host.transfer.Moved;
import io.stowage.host.transfer.Transfer;
import io.stowage.model.Extent;
import java.io.BufferedOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/** Gives a volume the content that a {@link DeltaSender} sends; once. It is durable when {@link #run} returns. */
public final class DeltaReceiver {
    private final BlockReader present;
    private final BlockWriter target;
    private final DataInputStream in;
    private final OutputStream out;
    private final Transfer.Watcher watcher;
    private final ByteBuffer chunk = BlockReader.buffer(Delta.LARGEST);
    private final byte[] copy = new byte[Delta.LARGEST];
    private final AtomicReference<@Nullable Throwable> failure = new AtomicReference<>();
    private long compared; // by the thread that reads sums, until it has ended
    private long written;
    private long zeroed;

    /**
     * @param present the target, with a map of where it may have something else than zeroes
     * @param watcher hears how far it is; what it throws ends it
     */
    public DeltaReceiver(
            BlockReader present, BlockWriter target, InputStream in, OutputStream out, Transfer.Watcher watcher) {
        this.present = present;
        this.target = target;
        this.in = new DataInputStream(in);
        this.out = out;
        this.watcher = watcher;
    }

    /** @throws IOException the stream breaks off, or says what can't be, or the volume can't be written */
    public Moved run() throws IOException {
        if (in.readUnsignedByte() != Delta.BEGIN) {
            throw Delta.malformed("it has no beginning");
        }
        var compares = in.readBoolean();
        var size = in.readLong();
        if (size < 0 || size % 512 != 0 || size > target.size()) {
            throw Delta.malformed("%d bytes are to go into %d".formatted(size, target.size()));
        }
        if (compares) {
            comparing(size);
        } else {
            take(size);
        }
        target.flush();
        return new Moved(0, compared, written, zeroed);
    }

    /** Sums are read and sent beside what arrives. */
    private void comparing(long size) throws IOException {
        var summing = Thread.ofPlatform().daemon().name("sums").start(() -> {
            try {
                sum(size);
            } catch (Throwable e) {
                failure.compareAndSet(null, e);
            }
        });
        try {
            take(size);
        } catch (IOException | RuntimeException | Error e) {
            failure.compareAndSet(null, e);
            summing.interrupt(); // the sender may read no more
        }
        join(summing);
        switch (failure.get()) {
            case null -> {}
            case IOException e -> throw e;
            case RuntimeException e -> throw e;
            case Error e -> throw e;
            case Throwable e -> throw new IOException(e);
        }
    }

    /** Until nobody reads the device any more: the caller takes it away then. */
    private static void join(Thread thread) throws IOException {
        try {
            thread.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new InterruptedIOException("Interrupted while comparing blocks");
        }
    }

    private void take(long size) throws IOException {
        var end = 0L;
        while (true) {
            switch (in.readUnsignedByte()) {
                case Delta.DATA -> {
                    var extent = extent(in.readLong(), in.readInt(), end, size);
                    if (extent.length() > Delta.LARGEST) {
                        throw Delta.malformed(extent.length() + " bytes in one piece");
                    }
                    data(extent);
                    end = extent.end();
                }
                case Delta.ZERO -> {
                    var extent = extent(in.readLong(), in.readLong(), end, size);
                    target.zero(extent);
                    zeroed += extent.length();
                    end = extent.end();
                }
                case Delta.END -> {
                    return;
                }
                default -> throw Delta.malformed("unknown after byte " + end);
            }
            if (failure.get() != null) {
                throw new IOException("The sums could not be sent");
            }
            watcher.at(end, size);
        }
    }

    private static Extent extent(long offset, long length, long after, long size) throws IOException {
        if (offset < after || length <= 0 || length > size - offset || (offset | length) % 512 != 0) {
            throw Delta.malformed("%d bytes at %d after %d of %d".formatted(length, offset, after, size));
        }
        return new Extent(offset, length);
    }

    private void data(Extent extent) throws IOException {
        var length = (int) extent.length();
        in.readFully(copy, 0, length);
        chunk.clear().put(copy, 0, length).flip();
        target.write(extent.offset(), chunk);
        written += length;
    }

    private void sum(long size) throws IOException {
        var sums = new DataOutputStream(new BufferedOutputStream(out, Delta.WINDOW * Delta.SUM + 64));
        var buffer = BlockReader.buffer(Delta.LARGEST);
        var digest = Delta.digest();
        for (var first = 0L; first < Window.blocks(size) && failure.get() == null; first += Delta.WINDOW) {
            var window = Window.at(first, size);
            var mine = window.touched(present.data());
            for (int i = mine.nextSetBit(0); i >= 0; i = mine.nextSetBit(i)) {
                var end = Math.min(mine.nextClearBit(i), i + Delta.LARGEST / Delta.BLOCK);
                var length = window.length(i, end);
                present.read(window.offset(i), buffer.clear().limit(length));
                compared += length;
                sums.writeByte(Delta.SUMS);
                sums.writeLong(first + i);
                sums.writeInt(end - i);
                for (var block = i; block < end; block++) {
                    digest.update(buffer.slice(window.length(i, block), window.length(block, block + 1)));
                    sums.write(digest.digest());
                }
                i = end;
            }
            sums.writeByte(Delta.UPTO);
            sums.writeLong(window.end());
            sums.flush();
        }
        sums.writeByte(Delta.END);
        sums.flush();
    }
}
