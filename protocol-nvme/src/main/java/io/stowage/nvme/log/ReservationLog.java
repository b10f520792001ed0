package io.stowage.nvme.log;

import io.stowage.nvme.Structure;
import java.nio.ByteBuffer;

/** Reservation Notification, log page 80h: the oldest that wasn't read. Base 2.0, figure 239. */
public final class ReservationLog extends Structure {
    public static final int BYTES = 64;

    public static final int EMPTY = 0;
    public static final int REGISTRATION_PREEMPTED = 1;
    public static final int RESERVATION_RELEASED = 2;
    public static final int RESERVATION_PREEMPTED = 3;

    public ReservationLog() {
        super(BYTES);
    }

    /** The page at the buffer's position. */
    public ReservationLog(ByteBuffer from) {
        super(from, BYTES);
    }

    /** Number of the notification, from 1; 0 if there is none. */
    public long count() {
        return longAt(0);
    }

    public ReservationLog count(long count) {
        longAt(0, count);
        return this;
    }

    /** One of {@link #EMPTY} to {@link #RESERVATION_PREEMPTED}. */
    public int type() {
        return byteAt(8);
    }

    public ReservationLog type(int type) {
        byteAt(8, type);
        return this;
    }

    /** Further notifications that wait behind it. */
    public int available() {
        return byteAt(9);
    }

    public ReservationLog available(int pages) {
        byteAt(9, Math.min(pages, 255));
        return this;
    }

    /** The namespace that it is about. */
    public int namespace() {
        return intAt(12);
    }

    public ReservationLog namespace(int id) {
        intAt(12, id);
        return this;
    }
}
