package io.stowage.engine.journal;

import io.stowage.database.Database;
import io.stowage.database.MemberRow;
import io.stowage.engine.Refused;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import java.util.concurrent.CountDownLatch;

/**
 * Who may change what. Work of this member takes a place in the queues of all that it changes at once, so that it is done in
 * the order in which it was asked for and none waits for one that waits for it; against other members a lease in the
 * database is taken, renewed by {@link #renew} as long as this server lives.
 */
public final class Leases {
    /** How long a lease holds without renewal. */
    public static final Duration TERM = Duration.ofSeconds(60);

    private static final Duration PAUSE = Duration.ofMillis(250);
    private static final Duration PATIENCE = Duration.ofSeconds(90);

    private final Database database;
    private final MemberRow me;
    private final Clock clock;
    private final Map<String, Deque<Turn>> queues = new HashMap<>(); // guarded by this

    /** A place in some queues, which must be left. */
    public final class Turn implements AutoCloseable {
        private final List<String> names;
        private final CountDownLatch come = new CountDownLatch(1);
        /** Queues where others are before it. Guarded by the leases. */
        private int behind;

        private boolean left;

        private Turn(List<String> names) {
            this.names = names;
        }

        @Override
        public void close() {
            leave(this);
        }
    }

    public Leases(Database database, MemberRow me, Clock clock) {
        this.database = database;
        this.me = me;
        this.clock = clock;
    }

    /** Takes a place behind all that want one of these now. */
    public Turn queue(List<String> names) {
        Turn turn = new Turn(names.stream().distinct().sorted().toList());
        synchronized (this) {
            for (String name : turn.names) {
                Deque<Turn> queue = queues.computeIfAbsent(name, absent -> new ArrayDeque<>());
                queue.add(turn);
                if (queue.peek() != turn) {
                    turn.behind++;
                }
            }
            letCome(turn);
        }
        return turn;
    }

    private static void letCome(Turn turn) {
        if (turn.behind == 0) {
            turn.come.countDown();
        }
    }

    private synchronized void leave(Turn turn) {
        if (turn.left) {
            return;
        }
        turn.left = true;
        for (String name : turn.names) {
            Deque<Turn> queue = Objects.requireNonNull(queues.get(name));
            boolean first = queue.peek() == turn;
            queue.remove(turn);
            Turn next = queue.peek();
            if (next == null) {
                queues.remove(name);
            } else if (first) {
                next.behind--;
                letCome(next);
            }
        }
    }

    /**
     * Runs work under leases when its turn has come. Against other members they are taken in the order of their names, so
     * that two operations never wait for each other.
     */
    public void hold(Turn turn, UUID operation, Runnable work) {
        await(turn);
        boolean released = false;
        try {
            for (String name : turn.names) {
                lease(name, operation);
            }
            work.run();
            release(operation);
            released = true;
        } catch (RuntimeException e) {
            if (!released) {
                release(operation);
            }
            throw e;
        }
        // After an Error the leases stay: nobody settled the work, and only this member's next life may go on with it.
    }

    private static void await(Turn turn) {
        try {
            turn.come.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new Halt("interrupted");
        }
    }

    private void lease(String name, UUID operation) {
        long deadline = System.nanoTime() + PATIENCE.toNanos();
        while (!take(name, operation)) {
            if (System.nanoTime() > deadline) {
                throw Refused.locked("Another server works on it (" + name + ")");
            }
            pause();
        }
    }

    private boolean take(String name, UUID operation) {
        Instant now = clock.instant();
        return database.write(tx -> tx.locks().take(name, me.id(), me.epoch(), operation, now, now.plus(TERM)));
    }

    private static void pause() {
        try {
            Thread.sleep(PAUSE);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new Halt("interrupted");
        }
    }

    private void release(UUID operation) {
        database.write(tx -> {
            tx.locks().release(operation);
            return null;
        });
    }

    /** Renews the leases and claims of this member. */
    public void renew() {
        Instant until = clock.instant().plus(TERM);
        database.write(tx -> {
            tx.locks().renew(me.id(), me.epoch(), until);
            tx.operations().renew(me.id(), me.epoch(), until);
            return null;
        });
    }
}
