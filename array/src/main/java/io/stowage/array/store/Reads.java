package io.stowage.array.store;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Reading the content of volumes. Takes no lock; the caller stands inside the store's gate. */
final class Reads {
    private static final byte[] ZEROS = new byte[Format.CHUNK];

    private final Trees trees;
    private final BlockFile data;

    Reads(Trees trees, BlockFile data) {
        this.trees = trees;
        this.data = data;
    }

    /** Fills {@code into}, from its position to its limit, which it leaves as they are. */
    void read(VolumeRow row, long offset, ByteBuffer into) {
        Segments segments = new Segments(into);
        Leaves leaves = new Leaves(row);
        int position = into.position();
        for (long at = offset; position < into.limit(); ) {
            int from = (int) (at % Format.CHUNK);
            int to = Math.min(Format.CHUNK, from + into.limit() - position);
            locate(leaves.mapping(at / Format.CHUNK), from, to, position, segments, into);
            at += to - from;
            position += to - from;
        }
        try {
            segments.read(data);
        } catch (IOException e) {
            throw new StoreFailed("can't read data: " + e.getMessage(), e);
        }
    }

    private static void locate(long mapping, int from, int to, int position, Segments segments, ByteBuffer into) {
        int presence = Leaf.presence(mapping);
        for (int at = from; at < to; ) {
            int block = at / Format.BLOCK;
            boolean present = (presence >> block & 1) == 1;
            int run = Blocks.run(present ? presence : ~presence, block);
            int end = Math.min(to, (block + run) * Format.BLOCK);
            int start = position + at - from;
            if (present) {
                segments.add(start, end - at, Leaf.chunk(mapping) * Format.CHUNK + at);
            } else {
                into.put(start, ZEROS, 0, end - at);
            }
            at = end;
        }
    }

    /** The ranges of blocks that hold data, cut to the given range. */
    List<Extent> allocated(VolumeRow row, long offset, long length, int limit) {
        List<Extent> extents = new ArrayList<>();
        Leaves leaves = new Leaves(row);
        long end = offset + length;
        long start = -1;
        long at = offset;
        while (at < end && extents.size() < limit) {
            long chunk = at / Format.CHUNK;
            int block = (int) (at % Format.CHUNK) / Format.BLOCK;
            Leaf leaf = leaves.leaf(chunk);
            boolean present = leaf != null && (leaves.mapping(chunk) >> block & 1) == 1;
            if (present && start < 0) {
                start = at;
            } else if (!present && start >= 0) {
                extents.add(new Extent(start, at - start));
                start = -1;
            }
            at = leaf == null ? nextLeaf(row, chunk) : at / Format.BLOCK * Format.BLOCK + Format.BLOCK;
        }
        if (start >= 0 && extents.size() < limit) {
            extents.add(new Extent(start, end - start));
        }
        return extents;
    }

    private long nextLeaf(VolumeRow row, long chunk) {
        long next = trees.firstWithLeaf(row, (chunk / Format.FAN_OUT + 1) * Format.FAN_OUT);
        return next == Long.MAX_VALUE ? Long.MAX_VALUE : next * Format.CHUNK;
    }

    /** Remembers the leaf that was used last. */
    private final class Leaves {
        private final VolumeRow row;
        private long index = -1;
        private @Nullable Leaf leaf;

        Leaves(VolumeRow row) {
            this.row = row;
        }

        @Nullable
        Leaf leaf(long chunk) {
            if (index != chunk / Format.FAN_OUT) {
                leaf = trees.find(row, chunk);
                index = chunk / Format.FAN_OUT;
            }
            return leaf;
        }

        long mapping(long chunk) {
            Leaf found = leaf(chunk);
            return found == null ? 0 : found.mapping(Format.slot(chunk, 0));
        }
    }
}
