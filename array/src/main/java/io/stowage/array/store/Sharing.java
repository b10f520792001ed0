package io.stowage.array.store;

/**
 * Shares single chunks between volumes. A chunk that more than one leaf leads to has the birth 0 in all
 * of them, which makes it nobody's own; so nothing else of either volume is affected. The caller holds
 * the metadata's lock, with the gate closed.
 */
final class Sharing {
    /** Before all time: no volume owns a chunk of this birth. */
    static final long SHARED = 0;

    private final Trees trees;

    Sharing(Trees trees) {
        this.trees = trees;
    }

    /** Leads a range of whole chunks of a volume to the chunks of another range, which doesn't overlap. */
    void share(OpenVolume source, long sourceOffset, OpenVolume target, long offset, long length) {
        int chunks = Math.toIntExact(length / Format.CHUNK);
        long[] mappings = giveUp(source, sourceOffset / Format.CHUNK, chunks);
        long first = offset / Format.CHUNK;
        trees.drop(target, first * Format.BLOCKS_PER_CHUNK, (first + chunks) * Format.BLOCKS_PER_CHUNK);
        for (int i = 0; i < chunks; i++) {
            if (mappings[i] != 0) {
                trees.map(target, first + i, mappings[i], SHARED);
            }
        }
    }

    /** The mappings of a range, none of which is the volume's own any more. */
    private long[] giveUp(OpenVolume volume, long first, int chunks) {
        long[] mappings = new long[chunks];
        for (int i = 0; i < chunks; i++) {
            long chunk = first + i;
            int slot = Format.slot(chunk, 0);
            Leaf leaf = trees.find(volume.row(), chunk);
            if (leaf == null) {
                continue;
            }
            mappings[i] = leaf.mapping(slot);
            if (mappings[i] != 0 && volume.owns(leaf.birth(slot))) {
                trees.map(volume, chunk, mappings[i], SHARED);
            }
        }
        return mappings;
    }
}
