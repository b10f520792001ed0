package io.stowage.array.store;

import java.util.ArrayDeque;
import java.util.BitSet;
import java.util.Deque;
import java.util.HashMap;
import java.util.Map;

/**
 * Counts after opening, in the background, what leads to which page and chunk: so no count is ever on
 * disk, and none can be wrong there or leak space after a crash. Walks the trees of the state that was
 * opened, each page once. That state stays as it is for so long, as nothing of it is given back before
 * the end; what changes meanwhile is counted by those who change it, and sums up with this.
 */
final class Scan {
    private static final int SLICE = 64;

    private final Metadata metadata;
    private final Map<Long, Pointer> visited = new HashMap<>();
    private final Deque<Pointer> ahead = new ArrayDeque<>();
    private volatile boolean done;

    /** Under the metadata's lock, before anything changes. */
    Scan(Metadata metadata) {
        this.metadata = metadata;
        metadata.catalog.chain().forEach(place -> {
            for (long page = place.address(); page < place.address() + place.pages(); page++) {
                metadata.ownership.retainPage(page, Ownership.NOBODY);
            }
        });
        metadata.catalog.volumes().values().forEach(volume -> {
            Pointer root = volume.row().root();
            if (root != null) {
                reach(root, Ownership.referrer(volume.row().id()));
            }
        });
    }

    boolean isDone() {
        return done;
    }

    /** Walks some pages. */
    void step() {
        for (int i = 0; i < SLICE && !ahead.isEmpty(); i++) {
            Page page = metadata.cache.read(ahead.pop());
            metadata.lock.lock();
            try {
                count(page);
            } finally {
                metadata.lock.unlock();
            }
        }
        if (ahead.isEmpty()) {
            metadata.lock.lock();
            try {
                settle();
            } finally {
                metadata.lock.unlock();
            }
        }
    }

    private void reach(Pointer pointer, int referrer) {
        metadata.ownership.retainPage(pointer.address(), referrer);
        if (visited.putIfAbsent(pointer.address(), pointer) == null) {
            ahead.push(pointer);
        }
    }

    private void count(Page page) {
        int referrer = Math.toIntExact(page.address);
        page.visit(new Page.Visitor() {
            @Override
            public void chunk(long chunk) {
                metadata.ownership.retainChunk(chunk, referrer);
            }

            @Override
            public void page(Pointer pointer) {
                reach(pointer, referrer);
            }
        });
    }

    private void settle() {
        BitSet freePages = metadata.pages.settle();
        freePages.stream().forEach(page -> {
            Pointer dropped = visited.get((long) page);
            if (dropped == null) {
                metadata.frees().page(page);
            } else {
                metadata.dead.add(dropped);
            }
        });
        BitSet freeChunks = metadata.chunks.settle();
        for (int from = freeChunks.nextSetBit(0); from >= 0; ) {
            int to = freeChunks.nextClearBit(from);
            metadata.frees().chunks().add(new AddressSpace.Run(from, to - from));
            from = freeChunks.nextSetBit(to);
        }
        metadata.ownership.begin();
        visited.clear();
        done = true;
    }
}
