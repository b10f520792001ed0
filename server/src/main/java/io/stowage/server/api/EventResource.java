package io.stowage.server.api;

import io.stowage.engine.Operation;
import io.stowage.engine.Operations;
import io.stowage.server.view.EventView;
import io.stowage.server.view.LifecycleView;
import io.stowage.server.view.OperationView;
import io.stowage.web.Response;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;

/** {@code GET /1.0/events}: tells what operations do, and what became of objects through them. */
final class EventResource implements AutoCloseable {
    /** Clients may ask for logging, and hear nothing: our log goes to standard error. */
    private static final Set<String> TYPES = Set.of(EventView.OPERATION, EventView.LIFECYCLE, "logging");

    private final List<EventListener> listeners = new CopyOnWriteArrayList<>();
    private final AutoCloseable subscription;

    EventResource(Operations operations) {
        this.subscription = operations.listen(this::tell);
    }

    void addTo(Router router) {
        router.get("/1.0/events", this::listen);
    }

    /** The listener stands in the list before the client hears that it is connected: nothing is missed. */
    private Response listen(Call call) {
        var project = call.allProjects() ? "" : call.project();
        var types = types(call.query("type"));
        if (!call.request().header("Upgrade").orElse("").equalsIgnoreCase("websocket")) {
            return Response.text(400, "Bad Request\n");
        }
        var listener = new EventListener(types, project, listeners::remove);
        listeners.add(listener);
        return new Response.Upgrade(listener);
    }

    private static Set<String> types(String wanted) {
        if (wanted.isEmpty()) {
            return TYPES;
        }
        var types = Set.copyOf(List.of(wanted.split(",")));
        types.stream().filter(type -> !TYPES.contains(type)).findFirst().ifPresent(type -> {
            throw ApiError.badRequest("\"%s\" is not a supported event type".formatted(type));
        });
        return types;
    }

    private void tell(Operation operation) {
        var volume = operation.volume();
        var project = volume == null ? null : volume.project();
        var time = operation.updatedAt();
        offer(EventView.of(EventView.OPERATION, time, OperationView.of(operation), project));
        LifecycleView.of(operation).ifPresent(what -> offer(EventView.of(EventView.LIFECYCLE, time, what, project)));
    }

    private void offer(EventView event) {
        listeners.forEach(listener -> listener.offer(event));
    }

    @Override
    public void close() throws Exception {
        subscription.close();
    }
}
