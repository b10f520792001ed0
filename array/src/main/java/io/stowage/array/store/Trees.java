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

    /** The leaf for a chunk of a volume, for changing it now. Under the metadata's lock. */
    Leaf writable(OpenVolume volume, long chunkIndex) {
        Page page = writableRoot(volume, chunkIndex);
        while (page instanceof Branch branch) {
            int slot = Format.slot(chunkIndex, branch.level);
            Pointer child = branch.child(slot);
            Page below = child == null ? metadata.newPage(branch.level - 1) : shadow(volume, child);
            if (!below.pointer().equals(child)) {
                branch.set(slot, below.pointer());
            }
            page = below;
        }
        return (Leaf) page;
    }

    private Page writableRoot(OpenVolume volume, long chunkIndex) {
        Pointer root = volume.row().root();
        Page page;
        if (root == null) {
            int level = 0;
            while (chunkIndex >= Format.span(level + 1)) {
                level++;
            }
            page = metadata.newPage(level);
        } else {
            page = shadow(volume, root);
            while (chunkIndex >= Format.span(page.level + 1)) {
                Branch above = (Branch) metadata.newPage(page.level + 1);
                above.set(0, page.pointer());
                page = above;
            }
        }
        setRoot(volume, page.pointer());
        return page;
    }

    private void setRoot(OpenVolume volume, @Nullable Pointer root) {
        if (!Objects.equals(root, volume.row().root())) {
            volume.set(volume.row().withRoot(root));
            metadata.catalog.changedVolume(volume.row().id());
        }
    }

    private Page shadow(OpenVolume volume, Pointer pointer) {
        Page page = metadata.cache.load(pointer);
        if (volume.owns(page.birth) && metadata.isOfThisGeneration(page)) {
            return page;
        }
        Page copy = metadata.copyOf(page);
        if (metadata.pages.isSole(pointer.address())) {
            metadata.pages.release(pointer.address());
            metadata.freePage(pointer.address());
        } else {
            retainChildren(copy);
            metadata.release(pointer);
        }
        return copy;
    }

    private void retainChildren(Page page) {
        for (int slot = 0; slot < Format.FAN_OUT; slot++) {
            switch (page) {
                case Leaf leaf -> {
                    long mapping = leaf.mapping(slot);
                    if (mapping != 0) {
                        metadata.chunks.retain(Leaf.chunk(mapping));
                    }
                }
                case Branch branch -> {
                    Pointer child = branch.child(slot);
                    if (child != null) {
                        metadata.pages.retain(child.address());
                    }
                }
            }
        }
    }

    /**
     * Unmaps the blocks of a volume from {@code firstBlock} to before {@code endBlock}. Whole subtrees
     * are let go of at once. Under the metadata's lock.
     */
    void drop(OpenVolume volume, long firstBlock, long endBlock) {
        Pointer root = volume.row().root();
        if (root != null && firstBlock < endBlock) {
            setRoot(volume, drop(volume, root, 0, firstBlock, endBlock));
        }
    }

    private @Nullable Pointer drop(OpenVolume volume, Pointer pointer, long base, long firstBlock, long endBlock) {
        long end = base + Format.span(pointer.level() + 1) * Format.BLOCKS_PER_CHUNK;
        if (endBlock <= base || end <= firstBlock) {
            return pointer;
        }
        if (firstBlock <= base && end <= endBlock) {
            metadata.release(pointer);
            return null;
        }
        Page page = shadow(volume, pointer);
        long step = Format.span(pointer.level()) * Format.BLOCKS_PER_CHUNK;
        int firstSlot = (int) (Math.max(0, firstBlock - base) / step);
        for (int slot = firstSlot; slot < Format.FAN_OUT && base + slot * step < endBlock; slot++) {
            long slotBase = base + slot * step;
            switch (page) {
                case Leaf leaf -> clear(leaf, slot, firstBlock - slotBase, endBlock - slotBase);
                case Branch branch -> {
                    Pointer child = branch.child(slot);
                    if (child != null) {
                        branch.set(slot, drop(volume, child, slotBase, firstBlock, endBlock));
                    }
                }
            }
        }
        if (page.isEmpty()) {
            metadata.release(page.pointer());
            return null;
        }
        return page.pointer();
    }

    private void clear(Leaf leaf, int slot, long firstBlock, long endBlock) {
        long mapping = leaf.mapping(slot);
        int cleared = Blocks.mask(firstBlock, endBlock);
        int left = Leaf.presence(mapping) & ~cleared;
        if (mapping == 0 || left == Leaf.presence(mapping)) {
            return;
        }
        if (left == 0) {
            leaf.set(slot, 0, 0);
            metadata.releaseChunk(Leaf.chunk(mapping));
        } else {
            leaf.set(slot, Leaf.mapping(Leaf.chunk(mapping), left), leaf.birth(slot));
        }
    }
}
