package io.stowage.host.remote;

import java.io.IOException;
import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/**
 * What was acknowledged but not flushed, in the order of the acknowledgements: an array that dies with its cache has
 * lost it. Bounded: {@link #reserve} tells when a flush is due. The memory is there, touched, from the beginning.
 *
 * <p>Guarded by itself, but for {@link #replay}: that runs while nobody may add or drop, because every change must
 * name the present {@link ProvenUnit}, and there is none then.
 */
final class KeptWrites {
    /** What a kept command did. */
    enum Kind {
        WRITE,
        ZEROES
    }

    /** Carries a kept command out again. */
    interface Repeater {
        /** @param data for {@link Kind#WRITE} what to write, otherwise empty */
        void repeat(Kind kind, long offset, long length, ByteBuffer data) throws IOException;
    }

    private static final int MIN_RECORD = 4096;

    private final ByteBuffer ring;
    private final Kind[] kinds;
    private final long[] offsets;
    private final long[] lengths;

    // Positions grow for ever; modulo the capacities they are places.
    private long firstByte;
    private long endByte;
    private long firstRecord;
    private long endRecord;
    private int reservedBytes;
    private int reservedRecords;
    private @Nullable ProvenUnit present;

    KeptWrites(int bytes) {
        ring = ByteBuffer.allocateDirect(bytes); // zeroed, so touched
        int records = bytes / MIN_RECORD;
        kinds = new Kind[records];
        offsets = new long[records];
        lengths = new long[records];
    }

    /**
     * Makes room for a command that is about to be sent. Waits while those under way take the room.
     *
     * @return false if a flush is needed first
     */
    synchronized boolean reserve(int bytes) {
        while (endByte - firstByte + reservedBytes + bytes > ring.capacity()
                || endRecord - firstRecord + reservedRecords >= kinds.length) {
            if (crowded()) {
                return false;
            }
            Interruptions.waitOn(this);
        }
        reservedBytes += bytes;
        reservedRecords++;
        return true;
    }

    /** Gives a reservation back. */
    synchronized void release(int bytes) {
        reservedBytes -= bytes;
        reservedRecords--;
        notifyAll();
    }

    /**
     * Keeps a command that was acknowledged.
     *
     * @return false if the unit was lost meanwhile: then the acknowledgement is worth nothing, send it again
     */
    synchronized boolean keep(ProvenUnit then, Kind kind, long offset, long length, ByteBuffer data) {
        if (then != present) {
            return false;
        }
        int record = (int) (endRecord++ % kinds.length);
        kinds[record] = kind;
        offsets[record] = offset;
        lengths[record] = length;
        int place = (int) (endByte % ring.capacity());
        int head = Math.min(data.remaining(), ring.capacity() - place);
        ring.put(place, data, data.position(), head);
        ring.put(0, data, data.position() + head, data.remaining() - head);
        endByte += data.remaining();
        return true;
    }

    /** Where the log ends now: what a flush that begins now makes durable. */
    synchronized long end() {
        return endRecord;
    }

    /** Whether more than half of the memory is in use, so that a flush would be good. */
    synchronized boolean crowded() {
        return endByte - firstByte > ring.capacity() / 2 || endRecord - firstRecord > kinds.length / 2;
    }

    /** Forgets what lies before {@code end}, unless the unit was lost meanwhile. */
    synchronized void durable(ProvenUnit then, long end) {
        while (then == present && firstRecord < end) {
            int record = (int) (firstRecord++ % kinds.length);
            firstByte += kinds[record] == Kind.WRITE ? lengths[record] : 0;
        }
        notifyAll();
    }

    /** From now on only commands sent to this unit count; null while there is none. */
    synchronized void present(@Nullable ProvenUnit proven) {
        present = proven;
    }

    /** Repeats everything, oldest first. Only while no unit is present. */
    void replay(Repeater repeater) throws IOException {
        long bytes;
        long record;
        long end;
        synchronized (this) {
            bytes = firstByte;
            record = firstRecord;
            end = endRecord;
        }
        for (; record < end; record++) {
            int at = (int) (record % kinds.length);
            if (kinds[at] != Kind.WRITE) {
                repeater.repeat(kinds[at], offsets[at], lengths[at], ByteBuffer.allocate(0));
                continue;
            }
            int length = (int) lengths[at];
            int place = (int) (bytes % ring.capacity());
            int head = Math.min(length, ring.capacity() - place);
            repeater.repeat(Kind.WRITE, offsets[at], head, ring.slice(place, head));
            if (head < length) {
                repeater.repeat(Kind.WRITE, offsets[at] + head, length - head, ring.slice(0, length - head));
            }
            bytes += length;
        }
    }
}
