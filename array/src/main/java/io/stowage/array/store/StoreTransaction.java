package io.stowage.array.store;

import java.util.NavigableMap;
import java.util.Optional;

/**
 * Changes to volumes and records that become visible and durable together or not at all. Valid only
 * inside {@link DiskStore#transaction}; sees its own changes. Keep the work short: reads and writes of
 * all volumes wait for it (not for the sync that follows).
 *
 * <p>Records are small things of the store's user: keys of 1 to 1024 bytes, ordered as unsigned bytes,
 * values of up to 1 MiB; all are held in memory.
 */
public interface StoreTransaction {
    /** Makes an empty volume; O(1). Sizes are 1 byte to 4 PiB. */
    long create(long sizeBytes);

    /** Makes a read-only volume with the content of another as of now; O(1), shares all blocks. */
    long snapshot(long id);

    /** Makes a writable volume with the content of another as of now; O(1), shares all blocks. */
    long clone(long id);

    /** Gives a writable volume the content and the size of another as of now; O(1), shares all blocks. */
    void restore(long id, long fromId);

    /** Changes the size of a writable volume; what is cut off is lost, what is added reads as zeros. */
    void resize(long id, long sizeBytes);

    /** Deletes a volume or snapshot; O(1), its space comes back in the background. */
    void delete(long id);

    /** Sets a record. */
    void put(byte[] key, byte[] value);

    /** Removes a record if it is there. */
    void remove(byte[] key);

    /**
     * Runs something as soon as the changes are made. From then on they stay, also when making them durable
     * fails: as the host has no space, say, which a later flush may find.
     */
    void whenMade(Runnable effect);

    /** The value of a record. */
    Optional<byte[]> get(byte[] key);

    /** All records whose key begins with {@code prefix}, in the order of their keys. */
    NavigableMap<byte[], byte[]> scan(byte[] prefix);
}
