package io.stowage.array.store;

import java.nio.file.Path;
import java.util.List;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Function;

/** A thin store in a folder. Safe for use by many threads. */
public final class DiskStore implements AutoCloseable {
    private DiskStore() {}

    /**
     * Opens the store in {@code folder}, or makes one. Quick whatever it holds: reads no data and only
     * the table of volumes and records.
     *
     * @param capacityBytes what all volumes may use together, at least 64 KiB; may differ from the last time
     * @throws StoreCorrupt if what lies there is damaged
     * @throws StoreFailed if the folder is in use or can't be read
     */
    public static DiskStore open(Path folder, long capacityBytes) {
        throw new UnsupportedOperationException("not built yet");
    }

    /**
     * Runs {@code work} alone and makes its changes durable together, with everything written before.
     * When {@code work} throws, nothing has changed and its exception is passed on.
     *
     * @throws StoreFailed if the disk can't; whether the changes are durable is unknown then
     */
    public <T> T transaction(Function<StoreTransaction, T> work) {
        throw new UnsupportedOperationException("not built yet");
    }

    /** As {@link #transaction(Function)}, without a result. */
    public void transact(Consumer<StoreTransaction> work) {
        transaction(transaction -> {
            work.accept(transaction);
            return true;
        });
    }

    /** A transaction of one {@link StoreTransaction#create}. */
    public long create(long sizeBytes) {
        return transaction(transaction -> transaction.create(sizeBytes));
    }

    /** A transaction of one {@link StoreTransaction#snapshot}. */
    public long snapshot(long id) {
        return transaction(transaction -> transaction.snapshot(id));
    }

    /** A transaction of one {@link StoreTransaction#clone}. */
    public long clone(long id) {
        return transaction(transaction -> transaction.clone(id));
    }

    /** A transaction of one {@link StoreTransaction#restore}. */
    public void restore(long id, long fromId) {
        transact(transaction -> transaction.restore(id, fromId));
    }

    /** A transaction of one {@link StoreTransaction#resize}. */
    public void resize(long id, long sizeBytes) {
        transact(transaction -> transaction.resize(id, sizeBytes));
    }

    /** A transaction of one {@link StoreTransaction#delete}. */
    public void delete(long id) {
        transact(transaction -> transaction.delete(id));
    }

    /** A transaction of one {@link StoreTransaction#put}. */
    public void put(byte[] key, byte[] value) {
        transact(transaction -> transaction.put(key, value));
    }

    /** A transaction of one {@link StoreTransaction#remove}. */
    public void remove(byte[] key) {
        transact(transaction -> transaction.remove(key));
    }

    /** The value of a record. */
    public Optional<byte[]> get(byte[] key) {
        throw new UnsupportedOperationException("not built yet");
    }

    /** All records whose key begins with {@code prefix}, in the order of their keys. */
    public NavigableMap<byte[], byte[]> scan(byte[] prefix) {
        throw new UnsupportedOperationException("not built yet");
    }

    /** The volume of this id, for as long as it exists. */
    public Optional<StoredVolume> find(long id) {
        throw new UnsupportedOperationException("not built yet");
    }

    /**
     * The volume of this id.
     *
     * @throws NoSuchVolume if it is not there
     */
    public StoredVolume require(long id) {
        return find(id).orElseThrow(() -> new NoSuchVolume(id));
    }

    /** The ids of all volumes and snapshots, ascending. */
    public List<Long> volumes() {
        throw new UnsupportedOperationException("not built yet");
    }

    /** What the store holds. */
    public Space space() {
        throw new UnsupportedOperationException("not built yet");
    }

    /** As {@link StoredVolume#flush}. */
    public void flush() {
        throw new UnsupportedOperationException("not built yet");
    }

    /** Flushes and lets go of the files. */
    @Override
    public void close() {
        throw new UnsupportedOperationException("not built yet");
    }
}
