package io.stowage.array.store;

import org.jspecify.annotations.Nullable;

/**
 * Shares single chunks between volumes. A chunk that more than one leaf leads to has the birth 0 in all
 * of them, which makes it nobody's own; so nothing else of either volume is affected. The caller holds
 * the metadata's lock, with the gate closed.
 */
final class Sharing {
    /** Before all time: no volume owns a chunk of this birth. */
    static final long SHARED = 0;

    private final Metadata metadata;
    private final Trees trees;

    Sharing(Metadata metadata, Trees trees) {
        this.metadata = metadata;
        this.trees = trees;
    }

    /** Leads a range of whole chunks of a volume to the chunks of another range, which doesn't overlap. */
    void share(OpenVolume source, long sourceOffset, OpenVolume target, long offset, long length) {
        int chunks = Math.toIntExact(length / Format.CHUNK);
        long[] mappings = giveUp(source, sourceOffset / Format.CHUNK, chunks);
        long first = offset / Format.CHUNK;
        trees.drop(target, first * Format.BLOCKS_PER_CHUNK, (first + chunks) * Format.BLOCKS_PER_CHUNK);
        @Nullable Leaf leaf = null;
        long leafIndex = -1;
        for (int i = 0; i < chunks; i++) {
            if (mappings[i] == 0) {
                continue;
            }
            long chunk = first + i;
            if (leaf == null || leafIndex != chunk / Format.FAN_OUT) {
                leaf = trees.writable(target, chunk);
                leafIndex = chunk / Format.FAN_OUT;
            }
            metadata.chunks.retain(Leaf.chunk(mappings[i]));
            leaf.set(Format.slot(chunk, 0), mappings[i], SHARED);
        }
    }

    /** The mappings of a range, none of which is the volume's own any more. */
    private long[] giveUp(OpenVolume volume, long first, int chunks) {
        long[] mappings = new long[chunks];
        for (int i = 0; i < chunks; ) {
            long chunk = first + i;
            int inLeaf = (int) Math.min(chunks - i, Format.FAN_OUT - chunk % Format.FAN_OUT);
            Leaf leaf = trees.find(volume.row(), chunk);
            if (leaf != null) {
                int slot = Format.slot(chunk, 0);
                if (ownsAny(volume, leaf, slot, inLeaf)) {
                    leaf = trees.writable(volume, chunk);
                    disown(leaf, slot, inLeaf);
                }
                for (int k = 0; k < inLeaf; k++) {
                    mappings[i + k] = leaf.mapping(slot + k);
                }
            }
            i += inLeaf;
        }
        return mappings;
    }

    private static boolean ownsAny(OpenVolume volume, Leaf leaf, int slot, int count) {
        for (int k = slot; k < slot + count; k++) {
            if (leaf.mapping(k) != 0 && volume.owns(leaf.birth(k))) {
                return true;
            }
        }
        return false;
    }

    private static void disown(Leaf leaf, int slot, int count) {
        for (int k = slot; k < slot + count; k++) {
            leaf.set(k, leaf.mapping(k), SHARED);
        }
    }
}
