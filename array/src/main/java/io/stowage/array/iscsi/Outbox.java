package io.stowage.array.iscsi;

import io.stowage.iscsi.pdu.AsyncMessage;
import io.stowage.iscsi.pdu.Counters;
import io.stowage.iscsi.pdu.NopIn;
import io.stowage.iscsi.pdu.Pdu;
import io.stowage.iscsi.pdu.TargetPdu;
import io.stowage.iscsi.stream.PduWriter;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.concurrent.locks.ReentrantLock;

/**
 * The sending side of a connection in the full feature phase: numbers the PDUs and gathers them. Guarded by the
 * session's lock, like the {@link CommandWindow} and the {@link Tasks}, whose numbers every PDU carries.
 */
final class Outbox {
    private static final ByteBuffer NO_DATA = ByteBuffer.allocate(0);

    /** Makes a PDU when its numbers are known. */
    interface Numbered {
        TargetPdu with(Counters counters);
    }

    /** The tag of the target's pings; R2Ts count upwards from 1 and never come here. */
    private static final int PING_TAG = 0xFFFF_FFFE;

    private final ReentrantLock lock;
    private final PduWriter writer;
    private final CommandWindow window;
    private final Tasks tasks;
    private int statSn;

    Outbox(PduWriter writer, CommandWindow window, Tasks tasks, int statSn) {
        this.lock = tasks.lock();
        this.writer = writer;
        this.window = window;
        this.tasks = tasks;
        this.statSn = statSn;
    }

    /** What guards everything that is counted in a session. */
    ReentrantLock lock() {
        return lock;
    }

    /** Adds a PDU that carries status and so takes a number. */
    void status(Numbered pdu, ByteBuffer data) throws IOException {
        lock.lock();
        try {
            writer.add(pdu.with(counters(true)), data);
        } finally {
            lock.unlock();
        }
    }

    /** Adds a PDU that carries status, without data. */
    void status(Numbered pdu) throws IOException {
        status(pdu, NO_DATA);
    }

    /** Adds a PDU that takes no number, such as R2T. */
    void plain(Numbered pdu) throws IOException {
        lock.lock();
        try {
            writer.add(pdu.with(counters(false)), NO_DATA);
        } finally {
            lock.unlock();
        }
    }

    /** A piece of the sending buffer; the caller holds the lock until it is filled and added. */
    ByteBuffer claim(int length) throws IOException {
        return writer.claim(length);
    }

    /** The longest piece that can be claimed. */
    int claimLimit() {
        return writer.claimLimit();
    }

    /** Adds a PDU with a claimed piece as data. */
    void addClaimed(Numbered pdu, ByteBuffer data, boolean withStatus) {
        Pdu numbered = pdu.with(counters(withStatus));
        writer.addClaimed(numbered, data);
    }

    /** Sends what was gathered. Blocks while the peer doesn't read. */
    void flush() throws IOException {
        lock.lock();
        try {
            writer.flush();
        } finally {
            lock.unlock();
        }
    }

    /** Asks the peer for a sign of life, unless somebody sends to it at this moment. Blocks while the peer doesn't read. */
    void ping() throws IOException {
        if (lock.tryLock()) {
            try {
                // Without data: Linux drops the session over it.
                plain(counters -> new NopIn(0, Pdu.RESERVED_TAG, PING_TAG, counters));
                flush();
            } finally {
                lock.unlock();
            }
        }
    }

    /** Asks the initiator to log out within this many seconds. RFC 7143, section 11.9.1. */
    void requestLogout(int seconds) throws IOException {
        lock.lock();
        try {
            status(counters -> new AsyncMessage(0, counters, AsyncMessage.LOGOUT_REQUESTED, 0, 0, 0, seconds));
            flush();
        } finally {
            lock.unlock();
        }
    }

    private Counters counters(boolean withStatus) {
        return new Counters(withStatus ? statSn++ : statSn, window.expected(), window.max(tasks.count()));
    }
}
