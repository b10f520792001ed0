package io.stowage.array.store;

import java.io.IOException;
import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/**
 * A piece of the catalog, in neighbouring pages of the metadata file.
 *
 * <pre>
 *  0  magic "STWB"            8  version             24  birth
 *  4  checksum of bytes 8    12  length with header  32  address, length and birth of
 *     to the length          16  address                 the blob before; 0 for a checkpoint
 * </pre>
 */
record Blob(Place place, @Nullable Place before, ByteBuffer payload) {
    static final int HEADER = 56;

    private static final int MAGIC = 0x53545742;
    private static final int MAX_LENGTH = 1 << 30;

    /**
     * Where a blob lies.
     *
     * @param address in pages
     * @param length in bytes, with header
     */
    record Place(long address, int length, long birth) {
        long pages() {
            return pagesFor(length);
        }
    }

    static long pagesFor(int length) {
        return Format.roundUp(length, Format.PAGE) / Format.PAGE;
    }

    ByteBuffer write() {
        ByteBuffer bytes = ByteBuffer.allocate(Math.toIntExact(place.pages() * Format.PAGE));
        bytes.putInt(0, MAGIC)
                .putInt(8, Format.VERSION)
                .putInt(12, place.length())
                .putLong(16, place.address())
                .putLong(24, place.birth());
        if (before != null) {
            bytes.putLong(32, before.address()).putLong(40, before.length()).putLong(48, before.birth());
        }
        bytes.put(HEADER, payload, payload.position(), payload.remaining());
        return bytes.putInt(4, Format.checksum(bytes, 8, place.length()));
    }

    static Blob read(BlockFile file, Place place) throws IOException {
        if (place.length() < HEADER || place.length() > MAX_LENGTH) {
            throw damaged(place, "length", HEADER, place.length());
        }
        ByteBuffer bytes = ByteBuffer.allocate(place.length());
        if (!file.read(place.address() * Format.PAGE, bytes)) {
            throw new StoreCorrupt(
                    "the catalog at page %d lies behind the end of the metadata file".formatted(place.address()));
        }
        require(place, "magic", MAGIC, bytes.getInt(0));
        require(place, "checksum", Format.checksum(bytes, 8, place.length()), bytes.getInt(4));
        require(place, "version", Format.VERSION, bytes.getInt(8));
        require(place, "length", place.length(), bytes.getInt(12));
        require(place, "address", place.address(), bytes.getLong(16));
        require(place, "birth", place.birth(), bytes.getLong(24));
        long before = bytes.getLong(32);
        return new Blob(
                place,
                before == 0 ? null : new Place(before, Math.toIntExact(bytes.getLong(40)), bytes.getLong(48)),
                bytes.slice(HEADER, place.length() - HEADER));
    }

    private static void require(Place place, String what, long expected, long found) {
        if (expected != found) {
            throw damaged(place, what, expected, found);
        }
    }

    private static StoreCorrupt damaged(Place place, String what, long expected, long found) {
        return new StoreCorrupt("the catalog at metadata page %d is damaged: expected %s %x, found %x"
                .formatted(place.address(), what, expected, found));
    }
}
