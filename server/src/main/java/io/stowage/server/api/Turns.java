package io.stowage.server.api;

import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.ReentrantLock;

/**
 * Lets changes of one object take turns, so that nothing comes between the comparison of an ETag and
 * the change that depends on it.
 */
final class Turns {
    private final ConcurrentHashMap<Object, Turn> taken = new ConcurrentHashMap<>();

    private static final class Turn extends ReentrantLock {
        private static final long serialVersionUID = 1;

        private transient int interested; // guarded by the map's entry
    }

    /** What is done while nobody else has the turn. */
    @FunctionalInterface
    interface Work<T> {
        T run() throws Exception;
    }

    <T> T with(Object object, Work<T> work) throws Exception {
        var turn = taken.compute(object, (_, present) -> {
            var mine = present == null ? new Turn() : present;
            mine.interested++;
            return mine;
        });
        turn.lock();
        try {
            return work.run();
        } finally {
            turn.unlock();
            taken.compute(object, (_, present) -> --turn.interested == 0 ? null : present);
        }
    }
}
