package io.stowage.array.store;

import java.util.BitSet;

/**
 * Addresses that nothing leads to any more in memory, while the state on disk still may: given back
 * when the commit that lets go of them is durable, and all readers that may have seen them are gone.
 */
record Frees(BitSet chunks, BitSet pages) {
    Frees() {
        this(new BitSet(), new BitSet());
    }

    boolean isEmpty() {
        return chunks.isEmpty() && pages.isEmpty();
    }

    void page(long address) {
        pages.set(Math.toIntExact(address));
    }

    void chunk(long address) {
        chunks.set(Math.toIntExact(address));
    }
}
