package io.stowage.server.api;

import io.stowage.engine.Backups;
import io.stowage.engine.Pools;
import io.stowage.engine.Requestor;
import io.stowage.server.remote.Doors;
import io.stowage.server.remote.RemoteDoor;
import io.stowage.server.settings.ServerSettings;
import io.stowage.server.view.EnvironmentView;
import io.stowage.server.view.EnvironmentView.DriverView;
import io.stowage.server.view.ServerView;
import io.stowage.server.view.StrangerView;
import io.stowage.web.Response;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** {@code /} and {@code /1.0}, with which every client begins, and the server's config. */
final class ServerResource {
    /** The LXD whose API this is, by its own numbering; clients compare it. */
    private static final String LXD_VERSION = "6.9";

    private final ServerInfo info;
    private final Pools pools;
    private final ServerSettings settings;
    private final Doors doors;
    private final RemoteDoor remote;
    private final Events events;

    ServerResource(ServerInfo info, Pools pools, ServerSettings settings, Doors doors, Events events) {
        this.info = info;
        this.pools = pools;
        this.settings = settings;
        this.doors = doors;
        this.remote = doors.main();
        this.events = events;
    }

    void addTo(Router router) {
        router.get("/", _ -> Envelope.sync(List.of("/1.0")))
                .get("/1.0", this::get)
                .put("/1.0", this::put)
                .patch("/1.0", this::patch);
    }

    private Response get(Call call) {
        if (!call.caller().isTrusted()) {
            return Envelope.sync(StrangerView.of(
                    Extensions.CLAIMED, call.caller().untrusted().isPresent()));
        }
        var who = call.caller().identity().orElse(new Requestor("", "", ""));
        var config = call.caller().administers() ? settings.get() : Map.<String, String>of();
        var view = new ServerView(
                config,
                Extensions.CLAIMED,
                "stable",
                "1.0",
                "trusted",
                false,
                List.of("tls"),
                who.protocol().equals("tls"),
                who.username(),
                who.protocol(),
                environment(call.projectAsked()));
        return Envelope.sync(view, etag(config));
    }

    private static String etag(Map<String, String> config) {
        return Etag.of(new TreeMap<>(config));
    }

    private Response put(Call call) throws Exception {
        return update(call, call.body().config(), false);
    }

    private Response patch(Call call) throws Exception {
        return update(call, call.body().config(), true);
    }

    /** The listener is tried before the config says so: what can't be listened to isn't kept. */
    private Response update(Call call, Map<String, String> given, boolean merge) {
        settings.update(given, merge, (present, wanted) -> {
            call.requireMatch(etag(present));
            doors.change(present, wanted);
        });
        events.lifecycle(call, "config-updated", "/1.0", "");
        return Envelope.done();
    }

    private EnvironmentView environment(String project) {
        var drivers = new TreeMap<>(pools.drivers());
        return new EnvironmentView(
                remote.addresses(),
                List.of(info.architecture()),
                remote.certificate().pem(),
                remote.certificate().fingerprint(),
                "",
                "",
                List.of(),
                "none",
                "Linux",
                info.architecture(),
                Map.of(),
                info.kernelVersion(),
                Map.of(),
                info.osName(),
                info.osVersion(),
                project,
                "lxd",
                false,
                "full-mesh",
                info.name(),
                ProcessHandle.current().pid(),
                LXD_VERSION,
                false,
                String.join(" | ", drivers.keySet()),
                String.join(" | ", drivers.values()),
                drivers.entrySet().stream()
                        .map(driver -> new DriverView(driver.getKey(), driver.getValue(), true))
                        .toList(),
                List.of(Backups.OLDEST_VERSION, Backups.NEWEST_VERSION));
    }
}
