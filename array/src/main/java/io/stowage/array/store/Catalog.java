package io.stowage.array.store;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.NavigableMap;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * The table of volumes and the table of records, whole in memory. On disk it is a chain of blobs, one for
 * each commit that changed something: first what changed, and then a slice of everything, as it is now,
 * that goes on where the slice of the blob before ended. When the slices have gone round once, the chain
 * before that round is let go of. So each commit costs what changed, whatever there is, and opening costs
 * what there is. Guarded by the metadata's lock.
 */
final class Catalog {
    static final int MAX_KEY = 1024;
    static final int MAX_VALUE = 1 << 20;

    /** How much longer a slice is than the changes before it; at least it fills the last page. */
    private static final int SLICE_FACTOR = 2;

    private static final byte PUT_VOLUME = 1;
    private static final byte DELETE_VOLUME = 2;
    private static final byte PUT_RECORD = 3;
    private static final byte DELETE_RECORD = 4;
    private static final byte SLICE_END = 5;

    private final NavigableMap<Long, OpenVolume> volumes = new TreeMap<>();
    private final NavigableMap<byte[], byte[]> records = new TreeMap<>(Arrays::compareUnsigned);
    private final Set<Long> changedVolumes = new HashSet<>();
    private final Set<byte[]> changedRecords = new TreeSet<>(Arrays::compareUnsigned);
    private final List<Blob.Place> chain = new ArrayList<>();
    private Cursor cursor = Cursor.START;
    private int roundStart;
    private long provisioned;
    private long blocks;

    /** Where a round of slices is: everything up to this volume, or all volumes and up to this record. */
    private record Cursor(long volume, byte[] record) {
        static final int BYTES = 1 + Long.BYTES + Integer.BYTES;
        static final Cursor START = new Cursor(0, new byte[0]);

        boolean isStart() {
            return volume == 0 && record.length == 0;
        }
    }

    /** Reads the chain that the superblock names. */
    static Catalog read(BlockFile file, Superblock superblock) throws IOException {
        Catalog catalog = new Catalog();
        for (Blob.Place place : chain(file, superblock)) {
            catalog.chain.add(place);
            catalog.apply(Blob.read(file, place).payload());
        }
        return catalog;
    }

    /** The places of the blobs, oldest first. Their content is read again, as all together may be large. */
    private static List<Blob.Place> chain(BlockFile file, Superblock superblock) throws IOException {
        List<Blob.Place> places = new ArrayList<>();
        for (Blob.Place place = superblock.catalog(); place != null; ) {
            places.add(place);
            Blob.Place before = null;
            if (place.address() != superblock.catalogStart()) {
                before = Blob.read(file, place).before();
                if (before == null || before.birth() >= place.birth()) {
                    throw new StoreCorrupt("the catalog's chain breaks off at metadata page " + place.address());
                }
            }
            place = before;
        }
        return places.reversed();
    }

    private void apply(ByteBuffer changes) {
        while (changes.hasRemaining()) {
            byte kind = changes.get();
            switch (kind) {
                case PUT_VOLUME -> {
                    VolumeRow row = VolumeRow.parse(changes);
                    OpenVolume known = volumes.get(row.id());
                    if (known == null) {
                        add(new OpenVolume(row));
                    } else {
                        set(known, row);
                    }
                }
                case DELETE_VOLUME -> {
                    OpenVolume known = volumes.get(changes.getLong());
                    if (known != null) {
                        remove(known);
                    }
                }
                case PUT_RECORD -> records.put(bytes(changes, MAX_KEY), bytes(changes, MAX_VALUE));
                case DELETE_RECORD -> records.remove(bytes(changes, MAX_KEY));
                case SLICE_END -> {
                    if (cursor.isStart()) {
                        roundStart = chain.size() - 1;
                    }
                    cursor = new Cursor(changes.getLong(), bytes(changes, MAX_KEY));
                    if (cursor.isStart()) {
                        roundStart = chain.size();
                    }
                }
                default -> throw new StoreCorrupt("the catalog has a change of unknown kind " + kind);
            }
        }
        changedVolumes.clear();
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

    void add(OpenVolume volume) {
        volumes.put(volume.row().id(), volume);
        changedVolumes.add(volume.row().id());
        provisioned += volume.row().size();
        blocks += volume.row().blocks();
    }

    void remove(OpenVolume volume) {
        volumes.remove(volume.row().id());
        changedVolumes.add(volume.row().id());
        provisioned -= volume.row().size();
        blocks -= volume.row().blocks();
    }

    /** Changes a volume; one that was removed already may still be cut. */
    void set(OpenVolume volume, VolumeRow row) {
        if (volumes.get(row.id()) == volume) {
            changedVolumes.add(row.id());
            provisioned += row.size() - volume.row().size();
            blocks += row.blocks() - volume.row().blocks();
        }
        volume.set(row);
    }

    /** The sizes of all volumes added up, in bytes. */
    long provisioned() {
        return provisioned;
    }

    /** The blocks with data of all volumes added up. */
    long blocks() {
        return blocks;
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
        ByteBuffer payload = payload();
        int length = Blob.HEADER + payload.remaining();
        AddressSpace.Run run = pages.takeWhole(Blob.pagesFor(length));
        for (long page = run.start(); page < run.start() + run.length(); page++) {
            pages.retain(page, Ownership.NOBODY);
        }
        Blob.Place place = new Blob.Place(run.start(), length, time);
        Blob blob = new Blob(place, chain.isEmpty() ? null : chain.getLast(), payload);
        chain.add(place);
        if (cursor.isStart()) {
            List<Blob.Place> replaced = chain.subList(0, roundStart);
            replaced.forEach(old -> release(old, pages, frees));
            replaced.clear();
            roundStart = chain.size();
        }
        changedVolumes.clear();
        changedRecords.clear();
        return blob;
    }

    private static void release(Blob.Place place, AddressSpace pages, Frees frees) {
        for (long page = place.address(); page < place.address() + place.pages(); page++) {
            if (pages.release(page, Ownership.NOBODY)) {
                frees.page(page);
            }
        }
    }

    private ByteBuffer payload() {
        Growing payload = new Growing();
        changedVolumes.forEach(id -> writeVolume(payload, id));
        changedRecords.forEach(key -> writeRecord(payload, key));
        int changes = Blob.HEADER + payload.length();
        int page = (int) Format.roundUp(changes, Format.PAGE);
        writeSlice(payload, Math.max(page, changes + SLICE_FACTOR * changes) - Blob.HEADER);
        return payload.bytes();
    }

    /** Goes on with the round until the payload has this length, more or less. */
    private void writeSlice(Growing into, int length) {
        if (cursor.isStart()) {
            roundStart = chain.size();
        }
        for (long id : volumes.tailMap(cursor.volume(), false).keySet()) {
            if (into.length() >= length - VolumeRow.BYTES - Cursor.BYTES) {
                writeCursor(into);
                return;
            }
            writeVolume(into, id);
            cursor = new Cursor(id, cursor.record());
        }
        for (byte[] key : records.tailMap(cursor.record(), false).keySet()) {
            if (into.length() >= length - Cursor.BYTES) {
                writeCursor(into);
                return;
            }
            writeRecord(into, key);
            cursor = new Cursor(cursor.volume(), key);
        }
        cursor = Cursor.START;
        writeCursor(into);
    }

    private void writeCursor(Growing into) {
        into.room(Cursor.BYTES + cursor.record().length)
                .put(SLICE_END)
                .putLong(cursor.volume())
                .putInt(cursor.record().length)
                .put(cursor.record());
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

        int length() {
            return buffer.position();
        }

        ByteBuffer bytes() {
            return buffer.flip();
        }
    }
}
