package io.stowage.array.store;

/**
 * Addresses that nothing leads to any more in memory, while the state on disk still may: given back
 * when the commit that lets go of them is durable, and all readers that may have seen them are gone.
 */
record Frees(Addresses chunks, Addresses pages) {
    Frees() {
        this(new Addresses(), new Addresses());
    }

    boolean isEmpty() {
        return chunks.count() == 0 && pages.count() == 0;
    }

    void page(long address) {
        pages.add(address);
    }

    void chunk(long address) {
        chunks.add(address);
    }
}
