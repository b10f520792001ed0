package io.stowage.server.api;

import io.stowage.server.api.OperationSource.Entry;
import io.stowage.server.view.OperationStatus;
import io.stowage.web.Response;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.UUID;
import java.util.function.Predicate;

/** {@code /1.0/operations}, over everybody who keeps operations. */
final class OperationResource {
    private static final String MISSING = "Operation not found";

    /** Stands for no limit, as {@code timeout=-1} does. */
    private static final Duration FOREVER = Duration.ofDays(365);

    private record Found(OperationSource source, UUID id, Entry entry) {}

    private final List<OperationSource> sources;

    OperationResource(List<OperationSource> sources) {
        this.sources = List.copyOf(sources);
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
        var wanted = wanted(call);
        var byStatus = new TreeMap<String, List<Object>>();
        sources.stream().flatMap(source -> source.list().stream()).forEach(entry -> {
            if (isShown(entry, wanted, call.caller())) {
                byStatus.computeIfAbsent(OperationStatus.key(entry.view().status()), _ -> new ArrayList<>())
                        .add(
                                call.recursive()
                                        ? entry.view()
                                        : "/1.0/operations/" + entry.view().id());
            }
        });
        return Envelope.sync(byStatus);
    }

    /** A project that isn't there has none, which is no error in LXD. */
    private static Predicate<String> wanted(Call call) {
        return Gone.orElse(_ -> false, call::projectFilter);
    }

    /** What belongs to no project concerns all of them, and is administrators' business. */
    private static boolean isShown(Entry entry, Predicate<String> projects, Caller caller) {
        var project = entry.project();
        return project == null ? caller.administers() : projects.test(project);
    }

    private Response get(Call call) {
        return Envelope.sync(trusted(call).entry().view());
    }

    private Response cancel(Call call) {
        var found = trusted(call);
        found.source().cancel(found.id());
        return Envelope.done();
    }

    /**
     * Answers at the end of the operation, or of the time in the query. The headers go out at once,
     * so that nobody in between takes the silence for a dead server.
     */
    private Response await(Call call) {
        var found = call.query("secret").isEmpty() ? trusted(call) : withSecret(call);
        var limit = limit(call.query("timeout"));
        if (limit.isZero() || found.entry().view().isOver()) {
            return Envelope.sync(found.entry().view());
        }
        return new Response.Streamed(200, Map.of("Content-Type", "application/json"), out -> {
            out.flush();
            out.write(Envelope.syncBytes(found.source().await(found.id(), limit).view()));
        });
    }

    private Response connect(Call call) {
        var secret = call.query("secret");
        if (secret.isEmpty()) {
            trusted(call);
            throw ApiError.badRequest("Missing secret");
        }
        var found = find(call).orElseThrow(() -> missing(call));
        return new Response.Upgrade(found.source().connect(found.id(), secret));
    }

    /** For callers that are known and may see it. */
    private Found trusted(Call call) {
        Permission.TRUST.require(call.caller());
        var caller = call.caller();
        return find(call)
                .filter(found -> caller.administers() || isShown(found.entry(), call.openProjects(), caller))
                .orElseThrow(() -> ApiError.notFound(MISSING));
    }

    private Found withSecret(Call call) {
        var shown = call.query("secret").getBytes(StandardCharsets.UTF_8);
        return find(call)
                .filter(found -> found.entry()
                        .secret()
                        .filter(secret -> MessageDigest.isEqual(secret.getBytes(StandardCharsets.UTF_8), shown))
                        .isPresent())
                .orElseThrow(() -> missing(call));
    }

    /** Strangers don't hear what there is. */
    private static ApiError missing(Call call) {
        return call.caller().isTrusted() ? ApiError.notFound(MISSING) : new ApiError(403, Caller.REFUSAL);
    }

    private Optional<Found> find(Call call) {
        UUID id;
        try {
            id = UUID.fromString(call.path("id"));
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
        return sources.stream()
                .flatMap(source -> source.find(id).map(entry -> new Found(source, id, entry)).stream())
                .findFirst();
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
}
