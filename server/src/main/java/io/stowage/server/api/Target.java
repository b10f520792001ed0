package io.stowage.server.api;

import io.stowage.web.Request;

/** The query parameter {@code target}, which names the member of a cluster that is to act. */
final class Target {
    private Target() {}

    /**
     * Without a cluster there is this server only; lxc 5.0.2 calls it {@code none}.
     *
     * @throws ApiError 404 another member is meant
     */
    static void check(Request request, String serverName) {
        var target = request.query().first("target").orElse("");
        if (target.isEmpty() || target.equals("none") || target.equals(serverName) || isFree(request)) {
            return;
        }
        throw ApiError.notFound("Cluster member not found");
    }

    /** Where LXD ignores the parameter. */
    private static boolean isFree(Request request) {
        var path = request.rawPath();
        return (path.equals("/1.0/storage-pools") && request.method().equals("GET"))
                || path.endsWith("/state")
                || path.startsWith("/1.0/operations")
                || path.startsWith("/1.0/events");
    }
}
