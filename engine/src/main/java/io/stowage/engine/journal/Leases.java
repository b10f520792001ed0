package io.stowage.engine.journal;

import io.stowage.database.Database;
import io.stowage.database.MemberRow;
import io.stowage.engine.Refused;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * Who may change what. Threads of this member queue fairly in memory; against other members a lease in the database is
 * taken, renewed by {@link #renew} as long as this server lives.
 */
public final class Leases {
    /** How long a lease holds without renewal. */
    public static final Duration TERM = Duration.ofSeconds(60);

    private static final Duration PAUSE = Duration.ofMillis(250);
    private static final Duration PATIENCE = Duration.ofSeconds(90);

    private final Database database;
    private final MemberRow me;
    private final Clock clock;
    private final Map<String, Queue> queues = new HashMap<>();

    private static final class Queue {
        final ReentrantLock lock = new ReentrantLock(true);
        int users;
    }

    public Leases(Database database, MemberRow me, Clock clock) {
        this.database = database;
        this.me = me;
        this.clock = clock;
    }

    /** Runs work under leases, taken in the order of their names so that two operations never wait for each other. */
    public void hold(List<String> names, UUID operation, Runnable work) {
        List<String> ordered = names.stream().distinct().sorted().toList();
        int taken = 0;
        boolean released = false;
        try {
            for (String name : ordered) {
                enter(name);
                taken++;
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
        } finally {
            // After an Error the leases stay: nobody settled the work, and only this member's next life may go on with
            // it.
            for (String name : ordered.subList(0, taken).reversed()) {
                leave(name);
            }
        }
    }

    private void enter(String name) {
        Queue queue;
        synchronized (queues) {
            queue = queues.computeIfAbsent(name, absent -> new Queue());
            queue.users++;
        }
        queue.lock.lock();
    }

    private void leave(String name) {
        synchronized (queues) {
            @Nullable Queue queue = queues.get(name);
            if (queue == null) {
                return;
            }
            queue.lock.unlock();
            if (--queue.users == 0) {
                queues.remove(name);
            }
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
