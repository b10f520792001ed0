package io.stowage.engine.journal;

import io.stowage.engine.Operation;
import java.lang.System.Logger.Level;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;

/** Tells listeners what happens to operations, one change after the other. */
public final class Feed {
    private static final System.Logger LOG = System.getLogger(Feed.class.getName());

    private final List<Consumer<Operation>> listeners = new CopyOnWriteArrayList<>();

    public AutoCloseable listen(Consumer<Operation> listener) {
        listeners.add(listener);
        return () -> listeners.remove(listener);
    }

    synchronized void tell(Operation operation) {
        for (Consumer<Operation> listener : listeners) {
            try {
                listener.accept(operation);
            } catch (RuntimeException e) {
                LOG.log(Level.WARNING, "A listener of operations failed", e);
            }
        }
    }
}
