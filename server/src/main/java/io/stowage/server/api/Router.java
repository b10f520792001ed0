package io.stowage.server.api;

import io.stowage.engine.Projects;
import io.stowage.web.Request;
import io.stowage.web.Response;
import java.util.ArrayList;
import java.util.List;

/** Finds who answers a request. Filled once, before the first request. */
final class Router {
    private final List<Route> routes = new ArrayList<>();
    private final List<Route> kindnesses = new ArrayList<>();

    Router get(String pattern, Action action) {
        return on("GET", pattern, action);
    }

    Router post(String pattern, Action action) {
        return on("POST", pattern, action);
    }

    Router put(String pattern, Action action) {
        return on("PUT", pattern, action);
    }

    Router patch(String pattern, Action action) {
        return on("PATCH", pattern, action);
    }

    Router delete(String pattern, Action action) {
        return on("DELETE", pattern, action);
    }

    /** What is answered though no client should ask for it: only where nothing else fits, and unknown to the others. */
    Router postKindly(String pattern, Action action) {
        kindnesses.add(Route.of("POST", pattern, action));
        return this;
    }

    private Router on(String method, String pattern, Action action) {
        routes.add(Route.of(method, pattern, action));
        return this;
    }

    /**
     * Answers a request of somebody.
     *
     * @throws ApiError 404 for an unknown path; 501 for a known one with another method, as LXD has it; 403 for what the
     *     caller may not do
     */
    Response answer(Request request, Caller caller, Projects projects) throws Exception {
        var segments = request.segments();
        var known = false;
        for (var route : routes) {
            var values = route.match(segments);
            if (values.isPresent() && route.method().equals(request.method())) {
                route.permission().require(caller);
                return route.action().answer(new Call(request, values.get(), caller, projects));
            }
            known |= values.isPresent();
        }
        for (var route : known ? List.<Route>of() : kindnesses) {
            var values = route.match(segments);
            if (values.isPresent() && route.method().equals(request.method())) {
                route.permission().require(caller);
                return route.action().answer(new Call(request, values.get(), caller, projects));
            }
        }
        if (known && !caller.isTrusted()) {
            throw new ApiError(403, Caller.REFUSAL);
        }
        throw known ? ApiError.notImplemented("not implemented") : ApiError.notFound("not found");
    }
}
