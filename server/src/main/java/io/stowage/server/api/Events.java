package io.stowage.server.api;

import io.stowage.engine.Operation;
import io.stowage.server.view.EventView;
import io.stowage.server.view.LifecycleView;
import io.stowage.server.view.LoggingView;
import io.stowage.server.view.OperationView;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import org.jspecify.annotations.Nullable;

/** Tells listeners what happens. */
final class Events {
    private final List<EventListener> listeners = new CopyOnWriteArrayList<>();
    private final Clock clock;

    Events(Clock clock) {
        this.clock = clock;
    }

    void join(EventListener listener) {
        listeners.add(listener);
    }

    void leave(EventListener listener) {
        listeners.remove(listener);
    }

    /** Ends the connections of a client that is no longer trusted as it was. */
    void forget(String fingerprint) {
        listeners.forEach(listener -> listener.endIfOf(fingerprint));
    }

    /** A change of an operation, and of its object when it is over. */
    void tell(Operation operation) {
        var volume = operation.volume();
        var project = volume == null ? null : volume.project();
        var time = operation.updatedAt();
        offer(EventView.of(EventView.OPERATION, time, OperationView.of(operation), project));
        LifecycleView.of(operation).ifPresent(what -> offer(EventView.of(EventView.LIFECYCLE, time, what, project)));
    }

    /** Something happened to what isn't storage, and belongs to no project. */
    void lifecycle(Call call, String action, String source, String name) {
        lifecycle(call, action, source, Map.of(), name, null);
    }

    void lifecycle(
            Call call,
            String action,
            String source,
            Map<String, String> context,
            String name,
            @Nullable String project) {
        var requestor = call.caller().identity().orElse(null);
        var what = new LifecycleView(action, source, context, requestor, name, project);
        offer(EventView.of(EventView.LIFECYCLE, clock.instant(), what, project));
    }

    /** Something was written to the log. */
    void tell(LoggingView line, Instant time) {
        if (!listeners.isEmpty()) {
            offer(EventView.of(EventView.LOGGING, time, line, null));
        }
    }

    private void offer(EventView event) {
        listeners.forEach(listener -> listener.offer(event));
    }
}
