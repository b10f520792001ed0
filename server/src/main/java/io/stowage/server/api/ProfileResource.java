package io.stowage.server.api;

import io.stowage.engine.Refused;
import io.stowage.server.settings.Profile;
import io.stowage.server.settings.Profiles;
import io.stowage.server.view.ProfileView;
import io.stowage.server.view.Urls;
import io.stowage.web.Response;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/** {@code /1.0/profiles}: each project has the default one. */
final class ProfileResource {
    private static final String ONE = "/1.0/profiles/{name}";

    private final Profiles profiles;
    private final Events events;

    ProfileResource(Profiles profiles, Events events) {
        this.profiles = profiles;
        this.events = events;
    }

    void addTo(Router router) {
        router.get("/1.0/profiles", this::list)
                .get(ONE, this::get)
                .put(ONE, call -> update(call, false))
                .patch(ONE, call -> update(call, true));
    }

    private Response list(Call call) {
        var profile = profiles.get(call.project(), Profiles.DEFAULT);
        return Envelope.sync(
                List.of(call.recursive() ? ProfileView.of(profile) : Urls.defaultProfile(profile.project())));
    }

    private Response get(Call call) {
        var profile = profiles.get(call.project(), call.path("name"));
        return Envelope.sync(ProfileView.of(profile), etag(profile));
    }

    private static String etag(Profile profile) {
        return Etag.of(ProfileView.of(profile));
    }

    private Response update(Call call, boolean merge) throws Exception {
        var body = call.body();
        var project = call.project();
        var name = call.path("name");
        var description = body.optionalText("description");
        var given = body.config();
        var devices = body.devices();
        profiles.update(project, name, present -> {
            call.requireMatch(etag(present));
            return changed(present, description, given, devices, merge);
        });
        events.lifecycle(call, "profile-updated", Urls.defaultProfile(project), Map.of(), name, project);
        return Envelope.done();
    }

    private static Profile changed(
            Profile present,
            Optional<String> description,
            Map<String, String> given,
            Map<String, Map<String, String>> devices,
            boolean merge) {
        var config = new TreeMap<>(merge ? present.config() : Map.of());
        config.putAll(given);
        config.values().removeIf(String::isEmpty);
        var all = new TreeMap<String, Map<String, String>>(merge ? present.devices() : Map.of());
        all.putAll(devices);
        requirePathsApart(all);
        return new Profile(present.project(), present.name(), description.orElse(present.description()), config, all);
    }

    private static void requirePathsApart(SortedMap<String, Map<String, String>> devices) {
        var paths = new HashMap<String, String>();
        devices.forEach((name, device) -> {
            var path = device.getOrDefault("path", "");
            var other = path.isEmpty() ? null : paths.putIfAbsent(path, name);
            if (other != null) {
                throw Refused.badInput(
                        "Device validation failed for \"%s\": More than one disk device uses the same path \"%s\""
                                .formatted(other, path));
            }
        });
    }
}
