package io.stowage.array.store;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * Everything the store knows besides the data: catalog, trees, which chunks and pages are taken. One
 * lock guards it; it is held for steps in memory only (and for reading a page that is not cached), never
 * for a write or a sync.
 */
final class Metadata {
    final ReentrantLock lock = new ReentrantLock();
    final PageCache cache;
    final Catalog catalog;
    final AddressSpace pages;
    final AddressSpace chunks;
    final Ownership ownership;

    /** Trees whose last reference is gone, to be taken apart in the background. */
    final Deque<Pointer> dead = new ArrayDeque<>();

    private final UUID identity;
    private final Map<Long, Page> dirty = new LinkedHashMap<>();
    private Frees frees = new Frees();
    private long generation;
    private long time;
    private long nextVolume;

    Metadata(Superblock superblock, Catalog catalog, PageCache cache) {
        this.identity = superblock.identity();
        this.catalog = catalog;
        this.cache = cache;
        this.pages = new AddressSpace(Format.FIRST_PAGE, superblock.pageEnd(), superblock.pageEnd());
        this.chunks = new AddressSpace(0, superblock.chunkEnd(), superblock.usedChunks());
        this.ownership = new Ownership(pages, chunks);
        this.generation = superblock.generation();
        // What a crash left behind may have births a little later than the last commit: leave a gap.
        this.time = superblock.time() + 1024;
        this.nextVolume = superblock.nextVolume();
    }

    long time() {
        return time;
    }

    /** Ends the present moment: what was born until now is shared with what was copied of it. */
    long passMoment() {
        return time++;
    }

    long nextVolume() {
        return nextVolume++;
    }

    Frees frees() {
        return frees;
    }

    /** Makes an empty page that this generation may fill, led to from {@code referrer}. */
    Page newPage(int level, int referrer) {
        Pointer pointer = newPointer(level);
        ownership.retainPage(pointer.address(), referrer);
        return added(level == 0 ? Leaf.empty(pointer, generation) : Branch.empty(pointer, generation));
    }

    /** A copy that this generation may change; nothing leads to it yet. */
    Page copyOf(Page page) {
        return added(page.copy(newPointer(page.level), generation));
    }

    boolean isOfThisGeneration(Page page) {
        return page.generation == generation;
    }

    private Pointer newPointer(int level) {
        return new Pointer(pages.take(1).start(), time, level);
    }

    private Page added(Page page) {
        dirty.put(page.address, page);
        cache.add(page);
        return page;
    }

    /** Lets go of a page whose children are led to from elsewhere, or gone. */
    void freePage(long address) {
        dirty.remove(address);
        frees.page(address);
    }

    /** Counts one reference less to a tree; the last one leaves it to the background. */
    void release(@Nullable Pointer root, int referrer) {
        if (root != null && ownership.releasePage(root.address(), referrer)) {
            dead.add(root);
        }
    }

    /** Counts one reference less to a chunk; the last one frees it. */
    void releaseChunk(long chunk, int referrer) {
        if (ownership.releaseChunk(chunk, referrer)) {
            frees.chunk(chunk);
        }
    }

    /**
     * A state of the metadata to be written.
     *
     * @param blob what changed in the catalog, null if only pages did
     * @param superblock null if nothing changed at all
     */
    record Frozen(
            List<Page> pages, @Nullable Blob blob, @Nullable Superblock superblock, Frees frees) {}

    /** Ends the generation: its pages never change again. */
    Frozen freeze() {
        if (dirty.isEmpty() && !catalog.isChanged()) {
            Frozen nothing = new Frozen(List.of(), null, null, frees);
            frees = new Frees();
            return nothing;
        }
        Blob blob = catalog.isChanged() ? catalog.freeze(time, pages, frees) : null;
        generation++;
        time++;
        Superblock superblock = new Superblock(
                identity,
                generation,
                time,
                nextVolume,
                pages.end(),
                chunks.end(),
                chunks.used() - frees.chunks().count(),
                catalog.chain().isEmpty() ? null : catalog.chain().getLast(),
                catalog.chain().isEmpty() ? 0 : catalog.chain().getFirst().address());
        Frozen frozen = new Frozen(List.copyOf(dirty.values()), blob, superblock, frees);
        dirty.clear();
        frees = new Frees();
        return frozen;
    }

    /** Gives back what a durable commit let go of. */
    void giveBack(Frees durable) {
        durable.chunks().forEach(chunks::giveBackUsed);
        durable.pages().forEach(run -> {
            for (long page = run.start(); page < run.start() + run.length(); page++) {
                cache.forget(page);
            }
            pages.giveBackUsed(run);
        });
    }
}
