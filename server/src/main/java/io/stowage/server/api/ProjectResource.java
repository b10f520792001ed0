package io.stowage.server.api;

import io.stowage.engine.VolumeName;
import io.stowage.engine.Volumes;
import io.stowage.server.view.Urls;
import io.stowage.web.Response;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** {@code /1.0/projects}: there is the default one. */
final class ProjectResource {
    private static final String URL = "/1.0/projects/" + VolumeName.DEFAULT_PROJECT;
    private static final String PROFILE = "/1.0/profiles/default";
    private static final Map<String, String> CONFIG = new TreeMap<>(Map.of(
            "features.images", "true",
            "features.networks", "true",
            "features.profiles", "true",
            "features.storage.volumes", "true"));

    private final Volumes volumes;

    ProjectResource(Volumes volumes) {
        this.volumes = volumes;
    }

    void addTo(Router router) {
        router.get("/1.0/projects", call -> Envelope.sync(call.recursive() ? List.of(view()) : List.of(URL)))
                .get("/1.0/projects/{project}", this::get)
                .get("/1.0/projects/{project}/state", this::state);
    }

    private Response get(Call call) {
        require(call);
        return Envelope.sync(view(), Etag.of(CONFIG));
    }

    private Response state(Call call) {
        require(call);
        return Envelope.sync(Map.of("resources", Map.of()));
    }

    private static void require(Call call) {
        if (!call.path("project").equals(VolumeName.DEFAULT_PROJECT)) {
            throw ApiError.notFound("Project not found");
        }
    }

    private Map<String, Object> view() {
        var usedBy = new ArrayList<String>();
        usedBy.add(PROFILE);
        volumes.list().forEach(volume -> usedBy.add(Urls.volume(volume.name())));
        return Map.of(
                "name",
                VolumeName.DEFAULT_PROJECT,
                "description",
                "Default LXD project",
                "config",
                CONFIG,
                "used_by",
                usedBy);
    }
}
