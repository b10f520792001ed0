package io.stowage.array.store;

import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * The trees from a volume's chunks to their places: 254 ways at each page, as many levels as the
 * highest chunk in use needs. A page that belongs to the volume alone and to this generation is changed
 * in place, any other is copied on the way down (shadowed). So what a snapshot, a reader or a commit in
 * progress holds never changes under it.
 */
final class Trees {
    private final Metadata metadata;

    Trees(Metadata metadata) {
        this.metadata = metadata;
    }

    /** The leaf for a chunk of a volume, null if there is none. Needs no lock. */
    @Nullable
    Leaf find(VolumeRow row, long chunkIndex) {
        Pointer pointer = row.root();
        if (pointer == null || chunkIndex >= Format.span(pointer.level() + 1)) {
            return null;
        }
        while (pointer != null) {
            switch (metadata.cache.load(pointer)) {
                case Leaf leaf -> {
                    return leaf;
                }
                case Branch branch -> pointer = branch.child(Format.slot(chunkIndex, branch.level));
            }
        }
        return null;
    }

    /** The first chunk at or behind {@code chunkIndex} that has a leaf, {@link Long#MAX_VALUE} if none has. */
    long firstWithLeaf(VolumeRow row, long chunkIndex) {
        Pointer root = row.root();
        return root == null ? Long.MAX_VALUE : firstWithLeaf(root, 0, chunkIndex);
    }

    private long firstWithLeaf(Pointer pointer, long base, long chunkIndex) {
        if (chunkIndex >= base + Format.span(pointer.level() + 1)) {
            return Long.MAX_VALUE;
        }
        if (!(metadata.cache.load(pointer) instanceof Branch branch)) {
            return Math.max(base, chunkIndex);
        }
        long step = Format.span(branch.level);
        for (int slot = (int) (Math.max(0, chunkIndex - base) / step); slot < Format.FAN_OUT; slot++) {
            Pointer child = branch.child(slot);
            long found = child == null ? Long.MAX_VALUE : firstWithLeaf(child, base + slot * step, chunkIndex);
            if (found != Long.MAX_VALUE) {
                return found;
            }
        }
        return Long.MAX_VALUE;
    }

    /**
     * The first chunk at or behind {@code chunkIndex} whose leaf isn't the same page in both volumes, {@link
     * Long#MAX_VALUE} if there is none. What they share is passed a whole subtree at a time. Needs no lock.
     */
    long firstApart(VolumeRow one, VolumeRow other, long chunkIndex) {
        Pointer left = one.root();
        Pointer right = other.root();
        int level = Math.max(left == null ? 0 : left.level(), right == null ? 0 : right.level());
        return firstApart(left, right, level, 0, chunkIndex);
    }

    private long firstApart(@Nullable Pointer left, @Nullable Pointer right, int level, long base, long chunkIndex) {
        if (Objects.equals(left, right) || chunkIndex >= base + Format.span(level + 1)) {
            return Long.MAX_VALUE;
        }
        if (level == 0) {
            return Math.max(base, chunkIndex);
        }
        Branch leftBranch = branch(left, level);
        Branch rightBranch = branch(right, level);
        long step = Format.span(level);
        for (int slot = (int) (Math.max(0, chunkIndex - base) / step); slot < Format.FAN_OUT; slot++) {
            Pointer leftChild = leftBranch == null ? lower(left, slot) : leftBranch.child(slot);
            Pointer rightChild = rightBranch == null ? lower(right, slot) : rightBranch.child(slot);
            long found = firstApart(leftChild, rightChild, level - 1, base + slot * step, chunkIndex);
            if (found != Long.MAX_VALUE) {
                return found;
            }
        }
        return Long.MAX_VALUE;
    }

    /** The page, if it is one of this level: a smaller volume's tree may be lower. */
    private @Nullable Branch branch(@Nullable Pointer pointer, int level) {
        return pointer == null || pointer.level() < level ? null : (Branch) metadata.cache.load(pointer);
    }

    /** A lower tree stands below the first entry of the pages that it lacks. */
    private static @Nullable Pointer lower(@Nullable Pointer pointer, int slot) {
        return slot == 0 ? pointer : null;
    }

    /**
     * Leads a chunk of a volume to a mapping, which is not 0, and counts references and blocks. Under the
     * metadata's lock.
     */
    void map(OpenVolume volume, long chunkIndex, long mapping, long birth) {
        Page[] way = writable(volume, chunkIndex);
        Leaf leaf = (Leaf) way[0];
        int slot = Format.slot(chunkIndex, 0);
        long old = leaf.mapping(slot);
        leaf.set(slot, mapping, birth);
        if (old == 0 || Leaf.chunk(old) != Leaf.chunk(mapping)) {
            metadata.ownership.retainChunk(Leaf.chunk(mapping), referrer(leaf));
            if (old != 0) {
                metadata.releaseChunk(Leaf.chunk(old), referrer(leaf));
            }
        }
        for (Page page : way) {
            page.blocks += Leaf.blocks(mapping) - Leaf.blocks(old);
        }
        setRoot(volume, way[way.length - 1]);
    }

    /** The pages on the way to a chunk, for changing them now; the leaf first. */
    private Page[] writable(OpenVolume volume, long chunkIndex) {
        Page page = writableRoot(volume, chunkIndex);
        Page[] way = new Page[page.level + 1];
        way[page.level] = page;
        while (page instanceof Branch branch) {
            int slot = Format.slot(chunkIndex, branch.level);
            Pointer child = branch.child(slot);
            Page below = child == null
                    ? metadata.newPage(branch.level - 1, referrer(branch))
                    : shadow(volume, child, referrer(branch));
            if (!below.pointer().equals(child)) {
                branch.set(slot, below.pointer());
            }
            page = below;
            way[page.level] = page;
        }
        return way;
    }

    private Page writableRoot(OpenVolume volume, long chunkIndex) {
        Pointer root = volume.row().root();
        int referrer = Ownership.referrer(volume.row().id());
        Page page;
        if (root == null) {
            int level = 0;
            while (chunkIndex >= Format.span(level + 1)) {
                level++;
            }
            page = metadata.newPage(level, referrer);
        } else {
            page = shadow(volume, root, referrer);
            while (chunkIndex >= Format.span(page.level + 1)) {
                Branch above = (Branch) metadata.newPage(page.level + 1, referrer);
                metadata.ownership.movePage(page.address, referrer, referrer(above));
                above.set(0, page.pointer());
                above.blocks = page.blocks;
                page = above;
            }
        }
        setRoot(volume, page);
        return page;
    }

    private void setRoot(OpenVolume volume, @Nullable Page root) {
        VolumeRow before = volume.row();
        VolumeRow after = before.withTree(root == null ? null : root.pointer(), root == null ? 0 : root.blocks);
        if (!after.equals(before)) {
            metadata.catalog.set(volume, after);
        }
    }

    private Page shadow(OpenVolume volume, Pointer pointer, int referrer) {
        Page page = metadata.cache.load(pointer);
        if (volume.owns(page.birth) && metadata.isOfThisGeneration(page)) {
            return page;
        }
        Page copy = metadata.copyOf(page);
        if (metadata.pages.isSole(pointer.address())) {
            metadata.ownership.replacePage(page, copy);
            metadata.freePage(pointer.address());
        } else {
            metadata.ownership.retainPage(copy.address, referrer);
            retainChildren(copy);
            metadata.release(pointer, referrer);
        }
        return copy;
    }

    private void retainChildren(Page page) {
        page.visit(new Page.Visitor() {
            @Override
            public void chunk(long chunk) {
                metadata.ownership.retainChunk(chunk, referrer(page));
            }

            @Override
            public void page(Pointer pointer) {
                metadata.ownership.retainPage(pointer.address(), referrer(page));
            }
        });
    }

    private static int referrer(Page page) {
        return Math.toIntExact(page.address);
    }

    private long blocks(@Nullable Pointer pointer) {
        return pointer == null ? 0 : metadata.cache.load(pointer).blocks;
    }

    /**
     * Unmaps the blocks of a volume from {@code firstBlock} to before {@code endBlock}. Whole subtrees
     * are let go of at once. Under the metadata's lock.
     */
    void drop(OpenVolume volume, long firstBlock, long endBlock) {
        Pointer root = volume.row().root();
        if (root != null && firstBlock < endBlock) {
            int referrer = Ownership.referrer(volume.row().id());
            Pointer left = drop(volume, root, referrer, 0, firstBlock, endBlock);
            setRoot(volume, left == null ? null : metadata.cache.load(left));
        }
    }

    private @Nullable Pointer drop(
            OpenVolume volume, Pointer pointer, int referrer, long base, long firstBlock, long endBlock) {
        long end = base + Format.span(pointer.level() + 1) * Format.BLOCKS_PER_CHUNK;
        if (endBlock <= base || end <= firstBlock) {
            return pointer;
        }
        if (firstBlock <= base && end <= endBlock) {
            metadata.release(pointer, referrer);
            return null;
        }
        Page page = shadow(volume, pointer, referrer);
        long step = Format.span(pointer.level()) * Format.BLOCKS_PER_CHUNK;
        int firstSlot = (int) (Math.max(0, firstBlock - base) / step);
        for (int slot = firstSlot; slot < Format.FAN_OUT && base + slot * step < endBlock; slot++) {
            long slotBase = base + slot * step;
            switch (page) {
                case Leaf leaf -> clear(leaf, slot, firstBlock - slotBase, endBlock - slotBase);
                case Branch branch -> {
                    Pointer child = branch.child(slot);
                    if (child != null) {
                        long before = blocks(child);
                        Pointer left = drop(volume, child, referrer(branch), slotBase, firstBlock, endBlock);
                        branch.set(slot, left);
                        branch.blocks += blocks(left) - before;
                    }
                }
            }
        }
        if (page.isEmpty()) {
            metadata.release(page.pointer(), referrer);
            return null;
        }
        return page.pointer();
    }

    private void clear(Leaf leaf, int slot, long firstBlock, long endBlock) {
        long mapping = leaf.mapping(slot);
        int left = Leaf.presence(mapping) & ~Blocks.mask(firstBlock, endBlock);
        if (mapping == 0 || left == Leaf.presence(mapping)) {
            return;
        }
        leaf.blocks += Integer.bitCount(left) - Leaf.blocks(mapping);
        if (left == 0) {
            leaf.set(slot, 0, 0);
            metadata.releaseChunk(Leaf.chunk(mapping), referrer(leaf));
        } else {
            leaf.set(slot, Leaf.mapping(Leaf.chunk(mapping), left), leaf.birth(slot));
        }
    }
}
