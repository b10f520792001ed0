package io.stowage.array.store;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.NavigableMap;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * The table of volumes and the table of records, whole in memory. On disk it is a chain of blobs: a
 * checkpoint with everything and behind it a blob of changes for each commit that had some. When the
 * changes outweigh the checkpoint, a new checkpoint is written: so a commit costs what changed, and
 * opening costs what there is. Guarded by the metadata's lock.
 */
final class Catalog {
    static final int MAX_KEY = 1024;
    static final int MAX_VALUE = 1 << 20;

    private static final int MAX_CHAIN = 256;
    private static final int SMALL = 64 * 1024;

    private static final byte PUT_VOLUME = 1;
    private static final byte DELETE_VOLUME = 2;
    private static final byte PUT_RECORD = 3;
    private static final byte DELETE_RECORD = 4;

    private final NavigableMap<Long, OpenVolume> volumes = new TreeMap<>();
    private final NavigableMap<byte[], byte[]> records = new TreeMap<>(Arrays::compareUnsigned);
    private final Set<Long> changedVolumes = new HashSet<>();
    private final Set<byte[]> changedRecords = new TreeSet<>(Arrays::compareUnsigned);
    private final List<Blob.Place> chain = new ArrayList<>();

    /** Reads the chain that ends at {@code newest}. */
    static Catalog read(BlockFile file, Blob.@Nullable Place newest) throws IOException {
        Catalog catalog = new Catalog();
        Deque<Blob> blobs = new ArrayDeque<>();
        for (Blob.Place place = newest; place != null; ) {
            if (blobs.size() > MAX_CHAIN) {
                throw new StoreCorrupt("the catalog's chain has more than " + MAX_CHAIN + " pieces");
            }
            Blob blob = Blob.read(file, place);
            blobs.push(blob);
            place = blob.before();
        }
        for (Blob blob : blobs) {
            catalog.chain.add(blob.place());
            catalog.apply(blob.payload());
        }
        return catalog;
    }

    private void apply(ByteBuffer changes) {
        while (changes.hasRemaining()) {
            byte kind = changes.get();
            switch (kind) {
                case PUT_VOLUME -> {
                    VolumeRow row = VolumeRow.parse(changes);
                    volumes.put(row.id(), new OpenVolume(row));
                }
                case DELETE_VOLUME -> volumes.remove(changes.getLong());
                case PUT_RECORD -> records.put(bytes(changes, MAX_KEY), bytes(changes, MAX_VALUE));
                case DELETE_RECORD -> records.remove(bytes(changes, MAX_KEY));
                default -> throw new StoreCorrupt("the catalog has a change of unknown kind " + kind);
            }
        }
    }

    private static byte[] bytes(ByteBuffer from, int limit) {
        int length = from.getInt();
        if (length < 0 || length > limit || length > from.remaining()) {
            throw new StoreCorrupt("the catalog has a field of %d bytes; at most %d are allowed"
                    .formatted(length, Math.min(limit, from.remaining())));
        }
        byte[] bytes = new byte[length];
        from.get(bytes);
        return bytes;
    }

    NavigableMap<Long, OpenVolume> volumes() {
        return volumes;
    }

    OpenVolume require(long id) {
        OpenVolume volume = volumes.get(id);
        if (volume == null) {
            throw new NoSuchVolume(id);
        }
        return volume;
    }

    NavigableMap<byte[], byte[]> records() {
        return records;
    }

    List<Blob.Place> chain() {
        return chain;
    }

    /** A volume was added, changed or removed. */
    void changedVolume(long id) {
        changedVolumes.add(id);
    }

    /** A record was added, changed or removed. */
    void changedRecord(byte[] key) {
        changedRecords.add(key);
    }

    boolean isChanged() {
        return !changedVolumes.isEmpty() || !changedRecords.isEmpty();
    }

    /** Packs what changed since the last call; what the new blob replaces goes to {@code frees}. */
    Blob freeze(long time, AddressSpace pages, Frees frees) {
        boolean checkpoint = chain.isEmpty() || chain.size() >= MAX_CHAIN || changesOutweighCheckpoint();
        ByteBuffer payload = checkpoint ? everything() : changes();
        int length = Blob.HEADER + payload.remaining();
        AddressSpace.Run run = pages.takeWhole(Blob.pagesFor(length));
        for (long page = run.start(); page < run.start() + run.length(); page++) {
            pages.retain(page);
        }
        Blob.Place place = new Blob.Place(run.start(), length, time);
        Blob blob = new Blob(place, checkpoint ? null : chain.getLast(), payload);
        if (checkpoint) {
            chain.forEach(old -> release(old, pages, frees));
            chain.clear();
        }
        chain.add(place);
        changedVolumes.clear();
        changedRecords.clear();
        return blob;
    }

    private static void release(Blob.Place place, AddressSpace pages, Frees frees) {
        for (long page = place.address(); page < place.address() + place.pages(); page++) {
            if (pages.release(page)) {
                frees.page(page);
            }
        }
    }

    private boolean changesOutweighCheckpoint() {
        long changes = chain.stream().skip(1).mapToLong(Blob.Place::length).sum();
        return changes > Math.max(SMALL, chain.getFirst().length());
    }

    private ByteBuffer everything() {
        Growing all = new Growing();
        volumes.keySet().forEach(id -> writeVolume(all, id));
        records.keySet().forEach(key -> writeRecord(all, key));
        return all.bytes();
    }

    private ByteBuffer changes() {
        Growing changes = new Growing();
        changedVolumes.forEach(id -> writeVolume(changes, id));
        changedRecords.forEach(key -> writeRecord(changes, key));
        return changes.bytes();
    }

    private void writeVolume(Growing into, long id) {
        OpenVolume volume = volumes.get(id);
        if (volume == null) {
            into.room(1 + Long.BYTES).put(DELETE_VOLUME).putLong(id);
        } else {
            volume.row().write(into.room(1 + VolumeRow.BYTES).put(PUT_VOLUME));
        }
    }

    private void writeRecord(Growing into, byte[] key) {
        byte[] value = records.get(key);
        if (value == null) {
            into.room(1 + Integer.BYTES + key.length)
                    .put(DELETE_RECORD)
                    .putInt(key.length)
                    .put(key);
        } else {
            into.room(1 + Integer.BYTES + key.length + Integer.BYTES + value.length)
                    .put(PUT_RECORD)
                    .putInt(key.length)
                    .put(key)
                    .putInt(value.length)
                    .put(value);
        }
    }

    /** A buffer that doubles. */
    private static final class Growing {
        private ByteBuffer buffer = ByteBuffer.allocate(1024);

        ByteBuffer room(int bytes) {
            if (buffer.remaining() < bytes) {
                int needed = Math.addExact(buffer.position(), bytes);
                buffer = ByteBuffer.allocate(Math.max(needed, Math.multiplyExact(buffer.capacity(), 2)))
                        .put(buffer.flip());
            }
            return buffer;
        }

        ByteBuffer bytes() {
            return buffer.flip();
        }
    }
}
