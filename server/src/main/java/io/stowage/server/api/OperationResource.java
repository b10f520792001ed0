package io.stowage.server.api;

import io.stowage.engine.Operation;
import io.stowage.engine.Operations;
import io.stowage.engine.VolumeName;
import io.stowage.server.view.OperationStatus;
import io.stowage.server.view.OperationView;
import io.stowage.server.view.Urls;
import io.stowage.web.Response;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;

/** {@code /1.0/operations}. */
final class OperationResource {
    private static final String MISSING = "Operation not found";

    /** Stands for no limit, as {@code timeout=-1} does. */
    private static final Duration FOREVER = Duration.ofDays(365);

    private final Operations operations;

    OperationResource(Operations operations) {
        this.operations = operations;
    }

    void addTo(Router router) {
        router.get("/1.0/operations", this::list)
                .get("/1.0/operations/{id}", this::get)
                .delete("/1.0/operations/{id}", this::cancel)
                .get("/1.0/operations/{id}/wait", this::await)
                .get("/1.0/operations/{id}/websocket", this::connect);
    }

    /** By status; without operations an empty object, as LXD has it. */
    private Response list(Call call) {
        var project = call.allProjects() ? "" : call.project();
        var byStatus = new TreeMap<String, List<Object>>();
        for (var operation : operations.list()) {
            if (isOf(project, operation)) {
                byStatus.computeIfAbsent(OperationStatus.of(operation).key(), _ -> new ArrayList<>())
                        .add(call.recursive() ? OperationView.of(operation) : Urls.operation(operation.id()));
            }
        }
        return Envelope.sync(byStatus);
    }

    private Response get(Call call) {
        return Envelope.sync(view(id(call)));
    }

    private Response cancel(Call call) {
        operations.cancel(id(call));
        return Envelope.done();
    }

    /**
     * Answers at the end of the operation, or of the time in the query. The headers go out at once,
     * so that nobody in between takes the silence for a dead server.
     */
    private Response await(Call call) {
        var id = id(call);
        var limit = limit(call.query("timeout"));
        if (limit.isZero() || operations.get(id).state().settled()) {
            return Envelope.sync(view(id));
        }
        return new Response.Streamed(200, Map.of("Content-Type", "application/json"), out -> {
            out.flush();
            out.write(Envelope.syncBytes(OperationView.of(operations.await(id, limit))));
        });
    }

    private Response connect(Call call) {
        operations.get(id(call));
        throw ApiError.badRequest("Only websocket operations can be connected");
    }

    private OperationView view(UUID id) {
        return OperationView.of(operations.get(id));
    }

    private static UUID id(Call call) {
        return call.id("id", MISSING);
    }

    /** In seconds; none or a negative number is no limit. */
    private static Duration limit(String text) {
        if (text.isEmpty()) {
            return FOREVER;
        }
        try {
            var seconds = Integer.parseInt(text);
            return seconds < 0 ? FOREVER : Duration.ofSeconds(Math.min(seconds, FOREVER.toSeconds()));
        } catch (NumberFormatException e) {
            throw ApiError.badRequest("Invalid timeout \"%s\": must be a number of seconds".formatted(text));
        }
    }

    /** Work on pools belongs to no project and is shown to all. */
    private static boolean isOf(String project, Operation operation) {
        VolumeName volume = operation.volume();
        return project.isEmpty() || volume == null || volume.project().equals(project);
    }
}
