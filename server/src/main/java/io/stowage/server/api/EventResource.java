package io.stowage.server.api;

import io.stowage.engine.Operations;
import io.stowage.server.view.EventView;
import io.stowage.web.Response;
import java.util.List;
import java.util.Set;

/** {@code GET /1.0/events}: tells what operations do, and what became of objects. */
final class EventResource implements AutoCloseable {
    private static final Set<String> TYPES = Set.of(EventView.OPERATION, EventView.LIFECYCLE, EventView.LOGGING);

    private final Events events;
    private final AutoCloseable subscription;

    EventResource(Operations operations, Events events) {
        this.events = events;
        this.subscription = operations.listen(events::tell);
    }

    void addTo(Router router) {
        router.get("/1.0/events", this::listen);
    }

    /** The listener is among the others before the client hears that it is connected: nothing is missed. */
    private Response listen(Call call) {
        var projects = call.projectFilter();
        var types = types(call.query("type"));
        if (!call.request().header("Upgrade").orElse("").equalsIgnoreCase("websocket")) {
            return Response.text(400, "Bad Request\n");
        }
        var listener = new EventListener(types, projects, call.caller(), events::leave);
        events.join(listener);
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

    @Override
    public void close() throws Exception {
        subscription.close();
    }
}
