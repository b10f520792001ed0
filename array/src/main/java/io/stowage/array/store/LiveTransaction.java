package io.stowage.array.store;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Deque;
import java.util.List;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.TreeMap;

/**
 * Changes rows and records at once and remembers how to undo it; what can't be undone (giving up trees)
 * waits for the end. A tree counts as shared from the moment it is, as a later step may write to it.
 * Runs alone: with the store's gate closed and the metadata locked.
 */
final class LiveTransaction implements StoreTransaction {
    private final Metadata metadata;
    private final Trees trees;
    private final Writes writes;
    private final Deque<Runnable> undo = new ArrayDeque<>();
    private final List<Runnable> effects = new ArrayList<>();
    private boolean ended;

    LiveTransaction(Metadata metadata, Trees trees, Writes writes) {
        this.metadata = metadata;
        this.trees = trees;
        this.writes = writes;
    }

    /** Makes it final. */
    void succeed() {
        ended = true;
        effects.forEach(Runnable::run);
    }

    /** Takes everything back. */
    void fail() {
        ended = true;
        undo.forEach(Runnable::run);
    }

    boolean changed() {
        return !undo.isEmpty();
    }

    @Override
    public long create(long sizeBytes) {
        requireSize(sizeBytes);
        return add(new VolumeRow(requireOpen().nextVolume(), sizeBytes, false, null, 0, 0));
    }

    @Override
    public long snapshot(long id) {
        return add(share(id).as(metadata.nextVolume(), true));
    }

    @Override
    public long clone(long id) {
        return add(share(id).as(metadata.nextVolume(), false));
    }

    @Override
    public void restore(long id, long fromId) {
        OpenVolume volume = requireWritable(id);
        VolumeRow source = share(fromId);
        VolumeRow replaced = volume.row();
        retain(source.as(id, false));
        metadata.catalog.set(volume, source.as(id, false));
        undo.push(() -> {
            release(volume.row());
            metadata.catalog.set(volume, replaced);
        });
        effects.add(() -> release(replaced));
    }

    /** Ends a volume's sole ownership of its tree, which the caller leads to as well. */
    private VolumeRow share(long id) {
        OpenVolume volume = requireOpen().catalog.require(id);
        change(volume, volume.row().sharedAt(metadata.passMoment()));
        return volume.row();
    }

    private void retain(VolumeRow row) {
        if (row.root() != null) {
            metadata.ownership.retainPage(row.root().address(), Ownership.referrer(row.id()));
        }
    }

    private void release(VolumeRow row) {
        metadata.release(row.root(), Ownership.referrer(row.id()));
    }

    private long add(VolumeRow row) {
        OpenVolume volume = new OpenVolume(row);
        retain(row);
        metadata.catalog.add(volume);
        undo.push(() -> {
            metadata.catalog.remove(volume);
            volume.setDeleted(true);
            release(volume.row());
        });
        return row.id();
    }

    /** Changes anything but the content. Undoing it leaves the tree, which a later step may have copied. */
    private void change(OpenVolume volume, VolumeRow row) {
        VolumeRow before = volume.row();
        metadata.catalog.set(volume, row);
        undo.push(() -> metadata.catalog.set(
                volume, before.withTree(volume.row().root(), volume.row().blocks())));
    }

    @Override
    public void resize(long id, long sizeBytes) {
        requireSize(sizeBytes);
        OpenVolume volume = requireWritable(id);
        long before = volume.row().size();
        long smaller = Math.min(before, sizeBytes);
        long firstBlock = Format.roundUp(smaller, Format.BLOCK) / Format.BLOCK;
        long endBlock = Format.roundUp(Math.max(before, sizeBytes), Format.BLOCK) / Format.BLOCK;
        if (sizeBytes > before) {
            // Bytes behind the end are never seen, so this needs no undoing.
            writes.zero(volume, before, Math.min(sizeBytes, firstBlock * Format.BLOCK));
        }
        change(volume, volume.row().withSize(sizeBytes));
        effects.add(() -> trees.drop(volume, firstBlock, endBlock));
    }

    @Override
    public void delete(long id) {
        OpenVolume volume = requireOpen().catalog.require(id);
        metadata.catalog.remove(volume);
        volume.setDeleted(true);
        undo.push(() -> {
            volume.setDeleted(false);
            metadata.catalog.add(volume);
        });
        effects.add(() -> release(volume.row()));
    }

    @Override
    public void whenMade(Runnable effect) {
        requireOpen();
        effects.add(effect);
    }

    @Override
    public void put(byte[] key, byte[] value) {
        requireLength("key", key, 1, Catalog.MAX_KEY);
        requireLength("value", value, 0, Catalog.MAX_VALUE);
        replace(key.clone(), Optional.of(value.clone()));
    }

    @Override
    public void remove(byte[] key) {
        replace(key.clone(), Optional.empty());
    }

    private void replace(byte[] key, Optional<byte[]> value) {
        Optional<byte[]> before =
                Optional.ofNullable(requireOpen().catalog.records().get(key));
        if (before.isEmpty() && value.isEmpty()) {
            return;
        }
        metadata.catalog.changedRecord(key);
        set(key, value);
        undo.push(() -> set(key, before));
    }

    private void set(byte[] key, Optional<byte[]> value) {
        value.ifPresentOrElse(
                bytes -> metadata.catalog.records().put(key, bytes),
                () -> metadata.catalog.records().remove(key));
    }

    @Override
    public Optional<byte[]> get(byte[] key) {
        return get(requireOpen(), key);
    }

    @Override
    public NavigableMap<byte[], byte[]> scan(byte[] prefix) {
        return scan(requireOpen(), prefix);
    }

    static Optional<byte[]> get(Metadata metadata, byte[] key) {
        return Optional.ofNullable(metadata.catalog.records().get(key)).map(byte[]::clone);
    }

    static NavigableMap<byte[], byte[]> scan(Metadata metadata, byte[] prefix) {
        NavigableMap<byte[], byte[]> found = new TreeMap<>(Arrays::compareUnsigned);
        metadata.catalog.records().tailMap(prefix, true).entrySet().stream()
                .takeWhile(entry -> startsWith(entry.getKey(), prefix))
                .forEach(entry ->
                        found.put(entry.getKey().clone(), entry.getValue().clone()));
        return found;
    }

    private static boolean startsWith(byte[] key, byte[] prefix) {
        return key.length >= prefix.length && Arrays.equals(key, 0, prefix.length, prefix, 0, prefix.length);
    }

    private Metadata requireOpen() {
        if (ended) {
            throw new IllegalStateException("the transaction has ended");
        }
        return metadata;
    }

    private OpenVolume requireWritable(long id) {
        OpenVolume volume = requireOpen().catalog.require(id);
        if (volume.row().readOnly()) {
            throw new IllegalStateException("volume " + id + " is a snapshot and can't be changed");
        }
        return volume;
    }

    private static void requireSize(long bytes) {
        if (bytes < 1 || bytes > Format.MAX_VOLUME) {
            throw new IllegalArgumentException(
                    "a volume of %d bytes: allowed are 1 to %d".formatted(bytes, Format.MAX_VOLUME));
        }
    }

    private static void requireLength(String what, byte[] bytes, int least, int most) {
        if (bytes.length < least || bytes.length > most) {
            throw new IllegalArgumentException(
                    "a record's %s of %d bytes: allowed are %d to %d".formatted(what, bytes.length, least, most));
        }
    }
}
