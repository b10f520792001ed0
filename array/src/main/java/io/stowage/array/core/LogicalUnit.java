package io.stowage.array.core;

import io.stowage.array.store.Extent;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.List;

/**
 * One volume as a front end serves it. The same volume is the same object (equal, by identity) for all initiators and
 * front ends for as long as the array runs. Concurrent calls are welcome; overlapping concurrent writes may land in any
 * order, as on a disk. Never interrupt a thread inside one of these calls.
 */
public interface LogicalUnit {
    /** The size of a logical block in bytes. All offsets and lengths below are multiples of it. */
    int BLOCK_BYTES = 512;

    UnitIdentity identity();

    /** The present size in bytes, a multiple of {@link #BLOCK_BYTES}. It may change between two calls. */
    long sizeBytes();

    /** Bytes of it that hold data at present, at most {@link #sizeBytes}. Cheap whatever it holds. */
    default long usedBytes() {
        return sizeBytes();
    }

    /**
     * Fills the buffer from its position to its limit with what is stored from this byte on; what was never written
     * reads as zeros.
     *
     * @throws OutOfRange the range goes beyond the present end
     * @throws IOException the store can't be read
     */
    void read(long offset, ByteBuffer into) throws IOException;

    /**
     * Stores what is between the buffer's position and limit. Durable after the next {@link #flush} that begins after
     * this call has returned.
     *
     * @throws OutOfRange the range goes beyond the present end
     * @throws OutOfSpace there is no space; parts of the range may have been written
     * @throws IOException the store can't be written
     */
    void write(long offset, ByteBuffer from) throws IOException;

    /**
     * Gives up the contents of a range, which reads as zeros afterwards (so both UNMAP and WRITE SAME of zeros with the
     * UNMAP bit are this), and gives its space back. Cost: independent of how much was written there.
     *
     * @throws OutOfRange the range goes beyond the present end
     */
    void discard(long offset, long length) throws IOException;

    /**
     * Gives a range the content of a range of this or another unit of the same array. What can be shared costs no space
     * and little time. Durable after a later {@link #flush}; like a write it isn't one step.
     *
     * @throws OutOfRange one of the ranges goes beyond the present end
     * @throws OutOfSpace the array is full; parts of the range may have been written
     * @throws IllegalArgumentException the ranges overlap
     */
    void copyFrom(LogicalUnit source, long sourceOffset, long offset, long length) throws IOException;

    /**
     * Where something is stored within a range: whatever lies between reads as zeros and takes no space.
     *
     * @param limit extents wanted at most, 1 or more
     * @return in ascending order, not touching one another, cut to the range
     * @throws OutOfRange the range goes beyond the present end
     */
    List<Extent> allocated(long offset, long length, int limit) throws IOException;

    /** Where front ends count the commands they carry out on it. */
    Traffic traffic();

    /** Makes everything that was written or discarded before this call durable. */
    void flush() throws IOException;

    /** Through which all front ends write, so that nothing comes between a comparison and its write. */
    Exclusion exclusion();

    /** What keeps the unit from serving as usual. Front ends ask it before they write. */
    Condition condition();

    /** Who has registered for the unit, and who keeps others off it. Front ends ask it before they read or write. */
    Reservations reservations();

    /** A range goes beyond the end of the unit (SCSI: 21h/00h, logical block address out of range). */
    final class OutOfRange extends IOException {
        private static final long serialVersionUID = 1L;

        public OutOfRange(long offset, long length, long size) {
            super("The range of " + length + " bytes at " + offset + " goes beyond the end of the unit at " + size);
        }
    }

    /** What is needed to find the data is damaged (SCSI: medium error, 11h/00h, unrecovered read error). */
    final class Damaged extends IOException {
        private static final long serialVersionUID = 1L;

        public Damaged(String message, Throwable cause) {
            super(message, cause);
        }
    }

    /** The array is full, or the volume may take no more of it (SCSI: data protect, 27h/07h, space allocation failed write protect). */
    final class OutOfSpace extends IOException {
        private static final long serialVersionUID = 1L;

        public OutOfSpace(String message) {
            super(message);
        }

        public OutOfSpace(String message, Throwable cause) {
            super(message, cause);
        }
    }
}
