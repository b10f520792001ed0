package io.stowage.server.api;

import io.stowage.web.Response;
import java.util.List;
import java.util.Map;

/** What LXD has beside storage, and we don't: clients that look find it empty. */
final class AbsentResources {
    private AbsentResources() {}

    static void addTo(Router router) {
        for (var kind : List.of("instances", "images", "images/aliases", "networks")) {
            router.get("/1.0/" + kind, _ -> Envelope.sync(List.of()));
        }
        router.get("/1.0/instances/{name}", _ -> missing("Instance not found"))
                .get("/1.0/images/{name}", _ -> missing("Image not found"))
                .get("/1.0/networks/{name}", _ -> missing("Network not found"));
        router.get(
                        "/1.0/cluster",
                        _ -> Envelope.sync(
                                Map.of("server_name", "", "enabled", false, "member_config", List.of()),
                                Etag.of("none")))
                .get("/1.0/cluster/members", _ -> {
                    throw new ApiError(503, "Server is not clustered");
                });
    }

    private static Response missing(String sentence) {
        throw ApiError.notFound(sentence);
    }
}
