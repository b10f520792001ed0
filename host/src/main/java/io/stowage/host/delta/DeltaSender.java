package io.stowage.host.delta;

import io.stowage.host.transfer.BlockReader;
import io.stowage.host.transfer.ExtentMap;
import io.stowage.host.transfer.Moved;
import io.stowage.host.transfer.RateLimit;
import io.stowage.host.transfer.Transfer;
import io.stowage.model.Extent;
import java.io.BufferedOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.BitSet;

/** Sends the content of a volume; once. It reads only what the receiver may not have. */
public final class DeltaSender {
    private static final int BUFFER = Delta.LARGEST + 64;

    private final BlockReader source;
    private final DataOutputStream out;
    private final RateLimit limit;
    private final Transfer.Watcher watcher;
    private final ByteBuffer chunk = BlockReader.buffer(Delta.LARGEST);
    private final byte[] copy = new byte[Delta.LARGEST];
    private long read;
    private long sent;
    private long zeroed;

    /** @param watcher hears how far it is; what it throws ends it */
    public DeltaSender(BlockReader source, OutputStream out, RateLimit limit, Transfer.Watcher watcher) {
        this.source = source;
        this.out = new DataOutputStream(new BufferedOutputStream(out, BUFFER));
        this.limit = limit;
        this.watcher = watcher;
    }

    /** To a receiver whose volume reads as zeroes. */
    public Moved toBlank() throws IOException {
        return known(ExtentMap.everything(), true);
    }

    /** To a receiver that has the same but for what is in the map. */
    public Moved toKnown(ExtentMap differing) throws IOException {
        return known(differing, false);
    }

    private Moved known(ExtentMap differing, boolean blank) throws IOException {
        begin(false);
        var size = source.size();
        for (var at = 0L; at < size; at = Math.min(size, at + (1L << 30))) {
            watcher.at(at, size);
            for (var extent : differing.within(new Extent(at, Math.min(1L << 30, size - at)))) {
                var done = extent.offset();
                for (var data : source.data().within(extent)) {
                    hole(done, data.offset(), blank);
                    data(data, blank);
                    done = data.end();
                }
                hole(done, extent.end(), blank);
            }
        }
        return end();
    }

    private void begin(boolean compares) throws IOException {
        out.writeByte(Delta.BEGIN);
        out.writeBoolean(compares);
        out.writeLong(source.size());
    }

    private Moved end() throws IOException {
        out.writeByte(Delta.END);
        out.flush();
        watcher.at(source.size(), source.size());
        return new Moved(read, 0, sent, zeroed);
    }

    private void hole(long from, long to, boolean blank) throws IOException {
        if (from < to && !blank) {
            zero(from, to - from);
        }
    }

    private void zero(long offset, long length) throws IOException {
        out.writeByte(Delta.ZERO);
        out.writeLong(offset);
        out.writeLong(length);
        zeroed += length;
    }

    /** Blocks of zeroes are told, or left out, rather than sent. */
    private void data(Extent extent, boolean blank) throws IOException {
        for (var at = extent.offset(); at < extent.end(); ) {
            var end = Math.min(extent.end(), (at / Delta.LARGEST + 1) * Delta.LARGEST);
            read(at, (int) (end - at));
            var run = at;
            for (var block = at; block < end; ) {
                var next = Math.min(end, (block / Delta.BLOCK + 1) * Delta.BLOCK);
                if (isZero((int) (block - at), (int) (next - at))) {
                    send(at, run, block);
                    hole(block, next, blank);
                    run = next;
                }
                block = next;
            }
            send(at, run, end);
            watcher.at(at, source.size());
            at = end;
        }
    }

    private void read(long offset, int length) throws IOException {
        source.read(offset, chunk.clear().limit(length));
        read += length;
    }

    /** Sends a part of the chunk that was read last. */
    private void send(long chunkAt, long from, long to) throws IOException {
        var length = (int) (to - from);
        if (length <= 0) {
            return;
        }
        limit.take(length);
        out.writeByte(Delta.DATA);
        out.writeLong(from);
        out.writeInt(length);
        chunk.get((int) (from - chunkAt), copy, 0, length);
        out.write(copy, 0, length);
        sent += length;
    }

    private boolean isZero(int from, int to) {
        var at = from;
        for (; at + Long.BYTES <= to; at += Long.BYTES) {
            if (chunk.getLong(at) != 0) {
                return false;
            }
        }
        return true;
    }

    /** To a receiver that may have anything: it sends sums of what it has. */
    public Moved toUnknown(InputStream in) throws IOException {
        begin(true);
        out.flush();
        var sums = new Sums(new DataInputStream(in));
        var size = source.size();
        for (var first = 0L; first < Window.blocks(size); first += Delta.WINDOW) {
            watcher.at(first * Delta.BLOCK, size);
            var window = Window.at(first, size);
            sums.fill(window);
            compare(window, window.touched(source.data()), sums);
            out.flush(); // the next sums may take a while, and the receiver has something to do meanwhile
        }
        sums.end();
        return end();
    }

    private void compare(Window window, BitSet mine, Sums sums) throws IOException {
        var count = (int) (window.end() - window.first());
        var longest = Delta.LARGEST / Delta.BLOCK;
        var digest = Delta.digest();
        for (int i = 0; i < count; ) {
            if (!mine.get(i)) {
                if (sums.has(i)) {
                    zero(window.offset(i), window.length(i, i + 1));
                }
                i++;
                continue;
            }
            int end = Math.min(Math.min(mine.nextClearBit(i), i + longest), count);
            read(window.offset(i), window.length(i, end));
            compare(window, i, end, sums, digest);
            i = end;
        }
    }

    private void compare(Window window, int begin, int end, Sums sums, MessageDigest digest) throws IOException {
        var at = window.offset(begin);
        var run = at;
        for (int i = begin; i < end; i++) {
            var block = window.offset(i);
            var length = window.length(i, i + 1);
            var from = (int) (block - at);
            var empty = isZero(from, from + length);
            var equal = sums.equal(i, digest, chunk.slice(from, length));
            if (empty || equal) {
                send(at, run, block);
                if (!equal && sums.has(i)) {
                    zero(block, length);
                }
                run = block + length;
            }
        }
        send(at, run, at + window.length(begin, end));
    }

    /** What the receiver has, as far as it has told. */
    private static final class Sums {
        private final DataInputStream in;
        private final byte[] present = new byte[Delta.WINDOW * Delta.SUM];
        private final BitSet known = new BitSet();

        Sums(DataInputStream in) {
            this.in = in;
        }

        /** Reads those of a window. */
        void fill(Window wanted) throws IOException {
            known.clear();
            while (true) {
                switch (in.readUnsignedByte()) {
                    case Delta.SUMS -> take(in.readLong(), in.readInt(), wanted);
                    case Delta.UPTO -> {
                        if (in.readLong() != wanted.end()) {
                            throw Delta.malformed("the sums are those of other blocks");
                        }
                        return;
                    }
                    default -> throw Delta.malformed("no sums");
                }
            }
        }

        private void take(long block, int count, Window wanted) throws IOException {
            if (block < wanted.first() || count < 1 || count > wanted.end() - block) {
                throw Delta.malformed("%d sums from block %d on".formatted(count, block));
            }
            var index = (int) (block - wanted.first());
            in.readFully(present, index * Delta.SUM, count * Delta.SUM);
            known.set(index, index + count);
        }

        void end() throws IOException {
            if (in.readUnsignedByte() != Delta.END) {
                throw Delta.malformed("the sums have no end");
            }
        }

        boolean has(int index) {
            return known.get(index);
        }

        boolean equal(int index, MessageDigest digest, ByteBuffer block) {
            if (!known.get(index)) {
                return false;
            }
            digest.update(block);
            var at = index * Delta.SUM;
            return Arrays.equals(digest.digest(), 0, Delta.SUM, present, at, at + Delta.SUM);
        }
    }
}
