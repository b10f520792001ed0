package io.stowage.array.store;

import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/**
 * What the catalog knows of a volume.
 *
 * @param size in bytes
 * @param root the root of its tree, null when it holds nothing
 * @param sharedAt the store's time when its content was last shared with another volume: a chunk or
 *     page with a later birth belongs to it alone
 */
record VolumeRow(
        long id, long size, boolean readOnly, @Nullable Pointer root, long sharedAt) {
    static final int BYTES = 48;

    VolumeRow withRoot(@Nullable Pointer newRoot) {
        return new VolumeRow(id, size, readOnly, newRoot, sharedAt);
    }

    VolumeRow withSize(long newSize) {
        return new VolumeRow(id, newSize, readOnly, root, sharedAt);
    }

    VolumeRow sharedAt(long time) {
        return new VolumeRow(id, size, readOnly, root, time);
    }

    void write(ByteBuffer into) {
        into.putLong(id)
                .putLong(size)
                .putInt(readOnly ? 1 : 0)
                .putInt(root == null ? 0 : root.level())
                .putLong(root == null ? 0 : root.address())
                .putLong(root == null ? 0 : root.birth())
                .putLong(sharedAt);
    }

    static VolumeRow parse(ByteBuffer from) {
        long id = from.getLong();
        long size = from.getLong();
        boolean readOnly = from.getInt() == 1;
        int level = from.getInt();
        long address = from.getLong();
        long birth = from.getLong();
        long sharedAt = from.getLong();
        if (level < 0 || level > Format.MAX_LEVEL) {
            throw new StoreCorrupt(
                    "volume %d has a tree of %d levels; at most %d are allowed".formatted(id, level, Format.MAX_LEVEL));
        }
        return new VolumeRow(id, size, readOnly, address == 0 ? null : new Pointer(address, birth, level), sharedAt);
    }
}
