package io.stowage.array.store;

import java.util.HashMap;
import java.util.Map;

/**
 * Counts references to pages and chunks, and with them what belongs to each volume alone: the chunks that
 * would come back if it were deleted. A page weighs as much as what it alone leads to, and a volume what
 * its root weighs if it alone leads to that. So when something comes to have one referrer, or ceases to,
 * only the pages above it change, which are few; who the one referrer is, {@link AddressSpace} knows.
 *
 * <p>A referrer is the address of a page, or a negative number for a volume. Nothing is weighed until the
 * {@link Scan} has counted everything. Guarded by the metadata's lock.
 */
final class Ownership {
    /** Of pages that no tree leads to: those of the catalog, and the superblocks. */
    static final int NOBODY = 0;

    private final AddressSpace pages;
    private final AddressSpace chunks;
    private final Cells weights = new Cells();
    private final Map<Integer, Integer> exclusive = new HashMap<>();
    private long total;
    private boolean weighing;

    Ownership(AddressSpace pages, AddressSpace chunks) {
        this.pages = pages;
        this.chunks = chunks;
    }

    /** A volume as a referrer; two that exist together would have to have numbers 2^31 apart to be confused. */
    static int referrer(long volume) {
        return -1 - (int) (volume % Integer.MAX_VALUE);
    }

    /** The chunks that only this volume leads to. */
    long exclusive(long volume) {
        return exclusive.getOrDefault(referrer(volume), 0);
    }

    /** The chunks that only one volume leads to, of all volumes. */
    long exclusive() {
        return total;
    }

    void retainPage(long address, int referrer) {
        retain(pages, address, referrer, weights.get(address));
    }

    /** True if that was surely the last reference. */
    boolean releasePage(long address, int referrer) {
        return release(pages, address, referrer, weights.get(address));
    }

    void retainChunk(long chunk, int referrer) {
        retain(chunks, chunk, referrer, 1);
    }

    /** True if that was surely the last reference. */
    boolean releaseChunk(long chunk, int referrer) {
        return release(chunks, chunk, referrer, 1);
    }

    private void retain(AddressSpace space, long address, int referrer, int weight) {
        int before = space.references(address);
        if (before == 1) {
            weigh(space.referrer(address), -weight);
        }
        space.retain(address, referrer);
        if (before == 0) {
            weigh(referrer, weight);
        }
    }

    private boolean release(AddressSpace space, long address, int referrer, int weight) {
        int before = space.references(address);
        if (before == 1) {
            weigh(referrer, -weight);
        }
        boolean last = space.release(address, referrer);
        if (before == 2) {
            weigh(space.referrer(address), weight);
        }
        return last;
    }

    /** A page that has one referrer moves there from another. */
    void movePage(long address, int from, int to) {
        weigh(from, -weights.get(address));
        pages.refer(address, from, to);
        weigh(to, weights.get(address));
    }

    /** A fresh page takes the place of one that has one referrer, and all that it leads to. */
    void replacePage(Page old, Page fresh) {
        int from = Math.toIntExact(old.address);
        int to = Math.toIntExact(fresh.address);
        int referrer = pages.referrer(from);
        pages.retain(to, referrer);
        pages.release(from, referrer);
        weights.set(to, weights.get(from));
        weights.set(from, 0);
        fresh.visit(new Page.Visitor() {
            @Override
            public void chunk(long chunk) {
                chunks.refer(chunk, from, to);
            }

            @Override
            public void page(Pointer pointer) {
                pages.refer(pointer.address(), from, to);
            }
        });
    }

    /** Everything is counted: weighs it, and from now on keeps it up to date. */
    void begin() {
        weighing = true;
        for (long chunk = 0; chunk < chunks.end(); ) {
            if (chunks.references(chunk) != 1) {
                chunk++;
                continue;
            }
            int referrer = chunks.referrer(chunk);
            int run = 0;
            while (chunk < chunks.end() && chunks.references(chunk) == 1 && chunks.referrer(chunk) == referrer) {
                run++;
                chunk++;
            }
            weigh(referrer, run);
        }
    }

    private void weigh(int referrer, int more) {
        if (!weighing || more == 0) {
            return;
        }
        int at = referrer;
        while (at > NOBODY) {
            weights.set(at, weights.get(at) + more);
            if (pages.references(at) != 1) {
                return;
            }
            at = pages.referrer(at);
        }
        if (at < NOBODY) {
            total += more;
            exclusive.merge(at, more, (one, other) -> one + other == 0 ? null : one + other);
        }
    }
}
