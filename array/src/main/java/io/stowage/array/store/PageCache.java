package io.stowage.array.store;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Iterator;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The pages in memory. Pages that are not on disk yet always stay; of the others, those used least
 * lately go when there are more than the limit (a clock). Used by all threads without a lock.
 */
final class PageCache {
    private final BlockFile file;
    private final int limit;
    private final ConcurrentHashMap<Long, Page> pages = new ConcurrentHashMap<>();

    PageCache(BlockFile file, int limit) {
        this.file = file;
        this.limit = limit;
    }

    Page load(Pointer pointer) {
        Page cached = pages.get(pointer.address());
        if (cached != null && cached.birth == pointer.birth()) {
            if (!cached.touched) {
                cached.touched = true;
            }
            return cached;
        }
        Page page = read(pointer);
        pages.putIfAbsent(pointer.address(), page);
        shrink();
        return page;
    }

    /** As {@link #load}, past the cache: for walks over everything. */
    Page read(Pointer pointer) {
        ByteBuffer bytes = ByteBuffer.allocate(Format.PAGE);
        try {
            if (!file.read(pointer.address() * Format.PAGE, bytes)) {
                throw new StoreCorrupt("metadata page %d lies behind the end of the file".formatted(pointer.address()));
            }
        } catch (IOException e) {
            throw new StoreFailed("can't read metadata page " + pointer.address() + ": " + e.getMessage(), e);
        }
        return Page.parse(bytes.flip(), pointer);
    }

    void add(Page page) {
        pages.put(page.address, page);
    }

    void forget(long address) {
        pages.remove(address);
    }

    private void shrink() {
        if (pages.size() <= limit) {
            return;
        }
        int wanted = Math.max(1, limit / 64);
        for (Iterator<Page> all = pages.values().iterator(); wanted > 0 && all.hasNext(); ) {
            Page page = all.next();
            if (page.touched) {
                page.touched = false;
            } else if (page.durable) {
                all.remove();
                wanted--;
            }
        }
    }
}
