package io.stowage.array.core;

import io.stowage.array.store.Extent;
import io.stowage.array.store.StoreCorrupt;
import io.stowage.array.store.StoreException;
import io.stowage.array.store.StoreFull;
import io.stowage.array.store.StoredVolume;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BooleanSupplier;

/** A volume of the store as front ends see it. */
final class VolumeUnit implements LogicalUnit {
    private final UnitIdentity identity;
    private final StoredVolume volume;
    private final Traffic traffic = new Traffic();
    private final Reservations reservations;
    private final Condition condition;
    private final Exclusion exclusion = new Exclusion();
    private final BooleanSupplier isFull;

    /** @param isFull whether it may take no more space */
    VolumeUnit(
            UnitIdentity identity,
            StoredVolume volume,
            Reservation kept,
            ReservationHome home,
            Condition condition,
            BooleanSupplier isFull) {
        this.identity = identity;
        this.volume = volume;
        this.isFull = isFull;
        this.reservations = new Reservations(kept, home.of(this));
        this.condition = condition;
    }

    @Override
    public UnitIdentity identity() {
        return identity;
    }

    @Override
    public long sizeBytes() {
        return volume.size();
    }

    @Override
    public long usedBytes() {
        return Math.min(volume.allocatedBytes(), volume.size());
    }

    @Override
    public void read(long offset, ByteBuffer into) throws IOException {
        run(offset, into.remaining(), () -> volume.read(offset, into));
    }

    @Override
    public void write(long offset, ByteBuffer from) throws IOException {
        requireRoom(offset, from.remaining());
        run(offset, from.remaining(), () -> volume.write(offset, from));
    }

    @Override
    public void discard(long offset, long length) throws IOException {
        run(offset, length, () -> volume.discard(offset, length));
    }

    @Override
    public void copyFrom(LogicalUnit source, long sourceOffset, long offset, long length) throws IOException {
        if (!(source instanceof VolumeUnit other)) {
            throw new IllegalArgumentException(source + " is no volume of this array");
        }
        requireRoom(offset, length);
        run(offset, length, () -> volume.copyFrom(other.volume, sourceOffset, offset, length));
    }

    @Override
    public List<Extent> allocated(long offset, long length, int limit) throws IOException {
        List<Extent> extents = new ArrayList<>();
        run(offset, length, () -> extents.addAll(volume.allocated(offset, length, limit)));
        return extents;
    }

    @Override
    public Traffic traffic() {
        return traffic;
    }

    @Override
    public void flush() throws IOException {
        run(0, 0, volume::flush);
    }

    @Override
    public Exclusion exclusion() {
        return exclusion;
    }

    @Override
    public Condition condition() {
        return condition;
    }

    @Override
    public Reservations reservations() {
        return reservations;
    }

    /** A full volume takes what goes where it holds something already. */
    private void requireRoom(long offset, long length) throws IOException {
        if (isFull.getAsBoolean() && length > 0) {
            var held = allocated(offset, length, 1);
            if (held.isEmpty() || held.getFirst().length() < length) {
                throw new OutOfSpace("The volume may take no more space");
            }
        }
    }

    private void run(long offset, long length, Runnable access) throws IOException {
        try {
            access.run();
        } catch (StoreFull e) {
            throw new OutOfSpace("The array is full", e);
        } catch (StoreCorrupt e) {
            throw new Damaged("The store is damaged: " + e.getMessage(), e);
        } catch (StoreException e) {
            throw new IOException("The store failed: " + e.getMessage(), e);
        } catch (IndexOutOfBoundsException e) {
            throw new OutOfRange(offset, length, volume.size());
        }
    }

    @Override
    public String toString() {
        return identity.serial();
    }
}
