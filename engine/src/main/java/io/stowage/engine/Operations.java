package io.stowage.engine;

import java.time.Duration;
import java.util.List;
import java.util.UUID;
import java.util.function.Consumer;

/** The journal of work: every request that changes something has a row. */
public interface Operations {
    /** What runs, and what ended within the last 60 seconds. */
    List<Operation> list();

    /** @throws Refused NOT_FOUND */
    Operation get(UUID id);

    /** Waits until it has settled or the time is over, and tells how it stands then. @throws Refused NOT_FOUND */
    Operation await(UUID id, Duration limit);

    /** Asks it to stop at its next step and to undo itself. @throws Refused NOT_FOUND, BAD_INPUT when it can't */
    void cancel(UUID id);

    /**
     * Calls the listener, in order, for each change of each operation from now on. It must not block.
     *
     * @return closes the subscription
     */
    AutoCloseable listen(Consumer<Operation> listener);
}
