package io.stowage.array.store;

import java.nio.ByteBuffer;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * The root of everything, in one sector of 512 bytes.
 *
 * <pre>
 *  0  magic "STOWSTOR"   24  time          56  used chunks          80  birth of the catalog
 *  8  version            32  next volume   64  address of the       88  identity of the store
 * 12  checksum, as if 0  40  end of pages      newest catalog blob  104  address of the oldest
 * 16  generation         48  end of chunks 72  its length                one that is needed
 * </pre>
 *
 * @param generation counts commits; even ones go to slot 0, odd ones to slot 1
 * @param time the birth that the next page or chunk gets
 * @param catalog the newest blob of the catalog, null before the first
 * @param catalogStart where the chain of blobs begins
 */
record Superblock(
        UUID identity,
        long generation,
        long time,
        long nextVolume,
        long pageEnd,
        long chunkEnd,
        long usedChunks,
        Blob.@Nullable Place catalog,
        long catalogStart) {
    private static final long MAGIC = 0x53544f5753544f52L;

    static Superblock first(UUID identity) {
        return new Superblock(identity, 0, 1, 1, Format.FIRST_PAGE, 0, 0, null, 0);
    }

    /** The same state, one generation later. */
    Superblock next() {
        return new Superblock(
                identity, generation + 1, time, nextVolume, pageEnd, chunkEnd, usedChunks, catalog, catalogStart);
    }

    int slot() {
        return (int) (generation % 2);
    }

    ByteBuffer write() {
        ByteBuffer sector = ByteBuffer.allocate(Format.SECTOR);
        sector.putLong(0, MAGIC)
                .putInt(8, Format.VERSION)
                .putLong(16, generation)
                .putLong(24, time)
                .putLong(32, nextVolume)
                .putLong(40, pageEnd)
                .putLong(48, chunkEnd)
                .putLong(56, usedChunks)
                .putLong(88, identity.getMostSignificantBits())
                .putLong(96, identity.getLeastSignificantBits())
                .putLong(104, catalogStart);
        if (catalog != null) {
            sector.putLong(64, catalog.address()).putLong(72, catalog.length()).putLong(80, catalog.birth());
        }
        return sector.putInt(12, Format.checksum(sector, 0, Format.SECTOR));
    }

    /** The superblock in a sector; empty if there is none that is whole. */
    static Optional<Superblock> parse(ByteBuffer sector) {
        ByteBuffer copy = ByteBuffer.allocate(Format.SECTOR).put(0, sector, sector.position(), Format.SECTOR);
        int checksum = copy.getInt(12);
        copy.putInt(12, 0);
        if (copy.getLong(0) != MAGIC || checksum != Format.checksum(copy, 0, Format.SECTOR)) {
            return Optional.empty();
        }
        if (copy.getInt(8) != Format.VERSION) {
            throw new StoreCorrupt("the store has format version %d; this program knows version %d"
                    .formatted(copy.getInt(8), Format.VERSION));
        }
        long address = copy.getLong(64);
        return Optional.of(new Superblock(
                new UUID(copy.getLong(88), copy.getLong(96)),
                copy.getLong(16),
                copy.getLong(24),
                copy.getLong(32),
                copy.getLong(40),
                copy.getLong(48),
                copy.getLong(56),
                address == 0 ? null : new Blob.Place(address, Math.toIntExact(copy.getLong(72)), copy.getLong(80)),
                copy.getLong(104)));
    }
}
