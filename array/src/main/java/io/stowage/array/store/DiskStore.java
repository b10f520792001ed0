package io.stowage.array.store;

import java.io.IOException;
import java.lang.System.Logger.Level;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.locks.ReentrantReadWriteLock;
import java.util.function.BiFunction;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Supplier;

/**
 * A thin store in a folder. Safe for use by many threads; what is on disk and why stands in the
 * documentation of the package.
 *
 * <p>Three locks, taken in this order: the gate (reads and writes pass it together, a transaction
 * alone), the mapping lock of a volume, the lock of the metadata. No lock is held during a sync.
 */
public final class DiskStore implements AutoCloseable {
    private static final System.Logger LOG = System.getLogger(DiskStore.class.getName());

    /** 128 MiB of pages: the maps of 512 GiB of data. */
    private static final int CACHED_PAGES = 32 * 1024;

    private final Disk disk;
    private final long capacity;
    private final ReentrantReadWriteLock gate = new ReentrantReadWriteLock();
    private final Grace grace = new Grace();
    private final Metadata metadata;
    private final Trees trees;
    private final Commits commits;
    private final Reads reads;
    private final Writes writes;
    private final Sharing sharing;
    private final Housekeeping housekeeping;
    private final Housekeeper housekeeper;
    private boolean closed;

    private DiskStore(
            Disk disk,
            long capacity,
            Metadata metadata,
            BiFunction<Housekeeping, Commits, Housekeeper> housekeeperFor) {
        this.disk = disk;
        this.capacity = capacity;
        this.metadata = metadata;
        this.trees = new Trees(metadata);
        this.housekeeping = new Housekeeping(metadata, disk.data(), grace);
        this.commits = new Commits(metadata, disk, this::freed);
        this.reads = new Reads(trees, disk.data());
        this.writes = new Writes(metadata, trees, disk.data(), commits, capacity / Format.CHUNK);
        this.sharing = new Sharing(trees);
        this.housekeeper = housekeeperFor.apply(housekeeping, commits);
    }

    /**
     * Opens the store in {@code folder}, or makes one. Quick whatever it holds: reads no data and only
     * the table of volumes and records.
     *
     * @param capacityBytes what all volumes may use together, at least 64 KiB; may differ from the last time
     * @throws StoreCorrupt if what lies there is damaged
     * @throws StoreFailed if the folder is in use or can't be read
     */
    public static DiskStore open(Path folder, long capacityBytes) {
        try {
            FileDisk disk = FileDisk.open(folder);
            try {
                return open(disk, capacityBytes, CACHED_PAGES, HousekeepingThread::new);
            } catch (RuntimeException e) {
                disk.close();
                throw e;
            }
        } catch (IOException e) {
            throw new StoreFailed("can't open the store in " + folder + ": " + e.getMessage(), e);
        }
    }

    static DiskStore open(
            Disk disk,
            long capacityBytes,
            int cachedPages,
            BiFunction<Housekeeping, Commits, Housekeeper> housekeeperFor)
            throws IOException {
        if (capacityBytes < Format.CHUNK) {
            throw new IllegalArgumentException(
                    "a capacity of %d bytes: at least %d are needed".formatted(capacityBytes, Format.CHUNK));
        }
        Superblock superblock = findOrCreate(disk);
        Catalog catalog = Catalog.read(disk.metadata(), superblock);
        Metadata metadata = new Metadata(superblock, catalog, new PageCache(disk.metadata(), cachedPages));
        DiskStore store = new DiskStore(disk, capacityBytes, metadata, housekeeperFor);
        store.housekeeper.wake();
        return store;
    }

    private static Superblock findOrCreate(Disk disk) throws IOException {
        Superblocks superblocks = new Superblocks(disk.metadata());
        Superblocks.Found found = superblocks.find();
        Optional<Superblock> newest = found.newest();
        boolean unborn = newest.isEmpty() || newest.get().catalog() == null;
        if (found.damaged() == 0 && newest.isPresent()) {
            return newest.get();
        }
        if (unborn) {
            // The crash of the first moments: nothing was ever acknowledged.
            Superblock first = Superblock.first(UUID.randomUUID());
            superblocks.write(first);
            superblocks.write(first.next());
            disk.metadata().force();
            return first.next();
        }
        LOG.log(Level.WARNING, "a copy of a superblock was damaged and is written anew from its twin");
        superblocks.write(newest.get());
        disk.metadata().force();
        return newest.get();
    }

    /**
     * Runs {@code work} alone and makes its changes durable together, with everything written before.
     * When {@code work} throws, nothing has changed and its exception is passed on.
     *
     * @throws StoreFailed if the disk can't; whether the changes are durable is unknown then
     * @throws StoreFull if the file system below has no space for metadata: the changes are made, and durable
     *     with a later flush that succeeds; or if {@code work} found no space
     * @throws IllegalStateException inside another transaction
     */
    public <T> T transaction(Function<StoreTransaction, T> work) {
        T result;
        boolean changed;
        requireOutsideTransaction();
        gate.writeLock().lock();
        metadata.lock.lock();
        try {
            requireOpen();
            commits.requireWorking();
            LiveTransaction transaction = new LiveTransaction(metadata, trees, writes);
            try {
                result = work.apply(transaction);
            } catch (Throwable e) {
                transaction.fail();
                throw e;
            }
            transaction.succeed();
            changed = transaction.changed();
        } finally {
            metadata.lock.unlock();
            gate.writeLock().unlock();
        }
        if (changed) {
            commits.flush();
            wakeHousekeeper();
        }
        return result;
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
        return withMetadata(() -> LiveTransaction.get(metadata, key));
    }

    /** All records whose key begins with {@code prefix}, in the order of their keys. */
    public NavigableMap<byte[], byte[]> scan(byte[] prefix) {
        return withMetadata(() -> LiveTransaction.scan(metadata, prefix));
    }

    /** The volume of this id, for as long as it exists. */
    public Optional<StoredVolume> find(long id) {
        return withMetadata(() ->
                Optional.ofNullable(metadata.catalog.volumes().get(id)).map(volume -> new DiskVolume(this, volume)));
    }

    /**
     * The volume of this id.
     *
     * @throws NoSuchVolume if it is not there
     */
    public StoredVolume require(long id) {
        return find(id).orElseThrow(() -> new NoSuchVolume(id));
    }

    /**
     * Where two volumes may hold something else, within a range, which may go beyond the end of either; what is in
     * neither differs nowhere. Tells it in blocks of 4 KiB, and too much rather than too little: what was written
     * beside something that differs may be told too, though it doesn't.
     *
     * @param limit extents wanted at most
     */
    public List<Extent> differences(long id, long otherId, long offset, long length, int limit) {
        OpenVolume one = withMetadata(() -> metadata.catalog.require(id));
        OpenVolume other = withMetadata(() -> metadata.catalog.require(otherId));
        List<Extent> extents = new ArrayList<>();
        inside(() -> {
            if (one.isDeleted() || other.isDeleted()) {
                throw new NoSuchVolume(one.isDeleted() ? id : otherId);
            }
            extents.addAll(new Differences(trees).between(one.row(), other.row(), offset, length, limit));
        });
        return extents;
    }

    /** The ids of all volumes and snapshots, ascending. */
    public List<Long> volumes() {
        return withMetadata(() -> List.copyOf(metadata.catalog.volumes().keySet()));
    }

    /** What the store holds. */
    public Space space() {
        awaitCount();
        return withMetadata(() -> new Space(
                capacity,
                metadata.chunks.used() * Format.CHUNK,
                metadata.catalog.provisioned(),
                metadata.catalog.blocks() * Format.BLOCK,
                metadata.ownership.exclusive() * Format.CHUNK));
    }

    long exclusive(OpenVolume volume) {
        awaitCount();
        return withMetadata(() -> metadata.ownership.exclusive(volume.row().id())) * Format.CHUNK;
    }

    /** Inside a transaction nobody can count: then what is known so far has to do. */
    private void awaitCount() {
        if (!housekeeping.hasCounted() && !gate.isWriteLockedByCurrentThread()) {
            housekeeper.awaitCount();
        }
    }

    /** As {@link StoredVolume#flush}. */
    public void flush() {
        requireOutsideTransaction();
        commits.flush();
    }

    /** Who waits for a commit must not hold what the commit waits for. */
    private void requireOutsideTransaction() {
        if (gate.isWriteLockedByCurrentThread()) {
            throw new IllegalStateException("inside a transaction there is no other transaction and no flush");
        }
    }

    private void freed(Frees frees) {
        housekeeping.durable(frees);
        housekeeper.wake();
    }

    /** Returns when all space that can come back has come back. */
    void settle() {
        housekeeper.drain();
        commits.flush();
        housekeeper.drain();
    }

    /** Flushes and lets go of the files. */
    @Override
    public void close() {
        gate.writeLock().lock();
        try {
            if (closed) {
                return;
            }
            closed = true;
        } finally {
            gate.writeLock().unlock();
        }
        housekeeper.stop();
        try (disk) {
            commits.flush();
        } catch (IOException e) {
            throw new StoreFailed("can't close the store: " + e.getMessage(), e);
        } finally {
            commits.fail(new StoreFailed("the store is closed", null));
        }
    }

    Reads reads() {
        return reads;
    }

    Writes writes() {
        return writes;
    }

    /** What is done inside the gate, and before the chunks that it may see are given to others. */
    void inside(Runnable work) {
        gate.readLock().lock();
        try {
            requireOpen();
            long round = grace.enter();
            try {
                work.run();
            } finally {
                grace.leave(round);
            }
        } finally {
            gate.readLock().unlock();
        }
    }

    /** Changes content, inside the gate; once more when space came back after the store was full. */
    void withSpace(Runnable change) {
        long before = housekeeping.moment();
        try {
            change(change);
        } catch (StoreFull full) {
            if (!housekeeping.promisesSpaceSince(before)) {
                throw full;
            }
            settle();
            change(change);
        }
    }

    /** Shares chunks, while nobody reads, writes or looks at metadata. */
    void alone(Consumer<Sharing> work) {
        gate.writeLock().lock();
        metadata.lock.lock();
        try {
            requireOpen();
            commits.requireWorking();
            work.accept(sharing);
        } finally {
            metadata.lock.unlock();
            gate.writeLock().unlock();
        }
        wakeHousekeeper();
    }

    private void change(Runnable change) {
        inside(() -> {
            commits.requireWorking();
            change.run();
        });
    }

    void wakeHousekeeper() {
        if (housekeeping.isDue()) {
            housekeeper.wake();
        }
    }

    private <T> T withMetadata(Supplier<T> question) {
        metadata.lock.lock();
        try {
            return question.get();
        } finally {
            metadata.lock.unlock();
        }
    }

    private void requireOpen() {
        if (closed) {
            throw new StoreFailed("the store is closed", null);
        }
    }
}
