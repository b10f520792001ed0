package io.stowage.array.iscsi;

import io.stowage.array.net.Wire;

/**
 * Whether the peer of one connection lives: looked at from time to time, always by the same thread. A peer that is
 * silent is asked (NOP-In); one that stays silent, or takes nothing of what is sent to it, loses the connection, so that
 * its session doesn't hold on to anything. RFC 7143, section 11.19.
 *
 * <p>A connection whose own thread doesn't come back to listen can't hear its peer, which isn't silent then. But when it
 * lasts that long, no ping of the peer was answered and the peer has gone elsewhere: what the connection still has in
 * hand must not be begun later than something newer that came another way.
 */
final class Heartbeat {
    /** Looks without a sign of life after which the peer is asked for one. */
    private static final int ASK = 2;

    /** Looks without a sign of life after which the connection ends: 45 s with looks every 5 s, as with LIO. */
    private static final int GIVE_UP = 9;

    /** A connection, as far as its life is looked at. */
    interface Patient {
        /** See {@link Wire#reads}. */
        long reads();

        /** See {@link Wire#writes}. */
        long writes();

        /** Asks the peer for a sign of life; returns at once. */
        void ask();

        /** Ends the connection. */
        void end(String why);
    }

    private final Patient connection;
    private long reads;
    private long writes;
    private int silent;
    private int stuck;
    private int busy;
    private boolean asked;

    Heartbeat(Patient connection) {
        this.connection = connection;
    }

    /** Looks once. Never waits for the peer. */
    void look() {
        long readsNow = connection.reads();
        long writesNow = connection.writes();
        silent = readsNow == reads && isWaiting(readsNow) ? silent + 1 : 0;
        busy = readsNow == reads && !isWaiting(readsNow) ? busy + 1 : 0;
        stuck = writesNow == writes && isWaiting(writesNow) ? stuck + 1 : 0;
        reads = readsNow;
        writes = writesNow;
        asked &= silent > 0;
        if (silent >= GIVE_UP) {
            connection.end("the peer doesn't answer");
        } else if (stuck >= GIVE_UP) {
            connection.end("the peer takes nothing");
        } else if (busy >= GIVE_UP) {
            connection.end("a command holds it up");
        } else if (silent >= ASK && !asked) {
            asked = true;
            connection.ask();
        }
    }

    private static boolean isWaiting(long calls) {
        return (calls & 1) == 1;
    }
}
