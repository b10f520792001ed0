package io.stowage.array.store;

import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/**
 * What the catalog knows of a volume.
 *
 * @param size in bytes
 * @param root the root of its tree, null when it holds nothing
 * @param blocks how many blocks hold data
 * @param sharedAt the store's time when its content was last shared with another volume: a chunk or
 *     page with a later birth belongs to it alone
 */
record VolumeRow(
        long id, long size, boolean readOnly, @Nullable Pointer root, long blocks, long sharedAt) {
    static final int BYTES = 56;

    VolumeRow withTree(@Nullable Pointer newRoot, long newBlocks) {
        return new VolumeRow(id, size, readOnly, newRoot, newBlocks, sharedAt);
    }

    /** Another volume with this content. */
    VolumeRow as(long otherId, boolean otherReadOnly) {
        return new VolumeRow(otherId, size, otherReadOnly, root, blocks, sharedAt);
    }

    VolumeRow withSize(long newSize) {
        return new VolumeRow(id, newSize, readOnly, root, blocks, sharedAt);
    }

    VolumeRow sharedAt(long time) {
        return new VolumeRow(id, size, readOnly, root, blocks, time);
    }

    void write(ByteBuffer into) {
        into.putLong(id)
                .putLong(size)
                .putInt(readOnly ? 1 : 0)
                .putInt(root == null ? 0 : root.level())
                .putLong(root == null ? 0 : root.address())
                .putLong(root == null ? 0 : root.birth())
                .putLong(blocks)
                .putLong(sharedAt);
    }

    static VolumeRow parse(ByteBuffer from) {
        long id = from.getLong();
        long size = from.getLong();
        boolean readOnly = from.getInt() == 1;
        int level = from.getInt();
        long address = from.getLong();
        long birth = from.getLong();
        long blocks = from.getLong();
        long sharedAt = from.getLong();
        if (level < 0 || level > Format.MAX_LEVEL) {
            throw new StoreCorrupt(
                    "volume %d has a tree of %d levels; at most %d are allowed".formatted(id, level, Format.MAX_LEVEL));
        }
        Pointer root = address == 0 ? null : new Pointer(address, birth, level);
        return new VolumeRow(id, size, readOnly, root, blocks, sharedAt);
    }
}
