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

    /** In order, neighbours joined, cut to the range; at most {@code limit}. Skips what the trees share at a leaf's cost. */
    List<Extent> between(VolumeRow one, VolumeRow other, long offset, long length, int limit) {
        List<Extent> extents = new ArrayList<>();
        long end = offset + length;
        long start = -1;
        long at = offset;
        while (at < end && extents.size() < limit) {
            long leafIndex = at / Format.CHUNK / Format.FAN_OUT;
            Leaf left = trees.find(one, leafIndex * Format.FAN_OUT);
            Leaf right = trees.find(other, leafIndex * Format.FAN_OUT);
            long leafEnd = Math.min(end, (leafIndex + 1) * Format.FAN_OUT * Format.CHUNK);
            if (isSame(left, right)) {
                start = close(extents, start, at);
                at = left == null ? Math.min(end, nextLeaf(one, other, leafIndex)) : leafEnd;
                continue;
            }
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

    /** Where the next leaf of either begins. */
    private long nextLeaf(VolumeRow one, VolumeRow other, long leafIndex) {
        long chunk = (leafIndex + 1) * Format.FAN_OUT;
        long next = Math.min(trees.firstWithLeaf(one, chunk), trees.firstWithLeaf(other, chunk));
        return next == Long.MAX_VALUE ? Long.MAX_VALUE : next * Format.CHUNK;
    }

    private static boolean isSame(@Nullable Leaf left, @Nullable Leaf right) {
        return left == null || right == null ? left == right : left.pointer().equals(right.pointer());
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
