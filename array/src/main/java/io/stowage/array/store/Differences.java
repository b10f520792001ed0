package io.stowage.array.store;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Where two volumes may hold something else, told from their trees without reading data: a block differs unless both
 * have it in the same chunk, or neither has it. A chunk is copied whole when it is written to, so its other blocks
 * differ too. Takes no lock; the caller stands inside the store's gate.
 */
final class Differences {
    private final Trees trees;

    Differences(Trees trees) {
        this.trees = trees;
    }

    /** In order, neighbours joined, cut to the range; at most {@code limit}. What the trees share costs nothing. */
    List<Extent> between(VolumeRow one, VolumeRow other, long offset, long length, int limit) {
        List<Extent> extents = new ArrayList<>();
        long end = offset + length;
        long start = -1;
        long at = offset;
        while (at < end && extents.size() < limit) {
            long apart = trees.firstApart(one, other, at / Format.CHUNK);
            if (apart > at / Format.CHUNK) {
                start = close(extents, start, at);
                at = apart > end / Format.CHUNK ? end : apart * Format.CHUNK;
                continue;
            }
            long leafIndex = at / Format.CHUNK / Format.FAN_OUT;
            Leaf left = trees.find(one, leafIndex * Format.FAN_OUT);
            Leaf right = trees.find(other, leafIndex * Format.FAN_OUT);
            long leafEnd = Math.min(end, (leafIndex + 1) * Format.FAN_OUT * Format.CHUNK);
            while (at < leafEnd && extents.size() < limit) {
                int slot = (int) (at / Format.CHUNK % Format.FAN_OUT);
                int differing = differing(mapping(left, slot), mapping(right, slot));
                long blockEnd = Math.min(leafEnd, at / Format.BLOCK * Format.BLOCK + Format.BLOCK);
                int block = (int) (at % Format.CHUNK / Format.BLOCK);
                if ((differing >> block & 1) == 0) {
                    start = close(extents, start, at);
                } else if (start < 0) {
                    start = at;
                }
                at = differing == 0 ? Math.min(leafEnd, (at / Format.CHUNK + 1) * Format.CHUNK) : blockEnd;
            }
        }
        if (extents.size() < limit) {
            close(extents, start, end);
        }
        return extents;
    }

    private static long close(List<Extent> extents, long start, long end) {
        if (start >= 0) {
            extents.add(new Extent(start, end - start));
        }
        return -1;
    }

    private static long mapping(@Nullable Leaf leaf, int slot) {
        return leaf == null ? 0 : leaf.mapping(slot);
    }

    /** A bit for each block that may differ. */
    private static int differing(long left, long right) {
        int either = Leaf.presence(left) | Leaf.presence(right);
        return Leaf.chunk(left) == Leaf.chunk(right) ? Leaf.presence(left) ^ Leaf.presence(right) : either;
    }
}
