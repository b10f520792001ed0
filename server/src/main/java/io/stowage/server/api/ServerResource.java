package io.stowage.server.api;

import io.stowage.engine.Pools;
import io.stowage.server.view.EnvironmentView;
import io.stowage.server.view.EnvironmentView.DriverView;
import io.stowage.server.view.ServerView;
import io.stowage.web.Peer;
import io.stowage.web.Response;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** {@code /} and {@code /1.0}, with which every client begins. */
final class ServerResource {
    /** The LXD whose API this is, by its own numbering; clients compare it. */
    private static final String LXD_VERSION = "6.9";

    private final ServerInfo info;
    private final Pools pools;

    ServerResource(ServerInfo info, Pools pools) {
        this.info = info;
        this.pools = pools;
    }

    void addTo(Router router) {
        router.get("/", _ -> Envelope.sync(List.of("/1.0"))).get("/1.0", this::get);
    }

    private Response get(Call call) {
        var user = switch (call.request().peer()) {
            case Peer.Local local -> local.user();
            case Peer.Remote _ -> "";
        };
        var project = call.query("project").isEmpty() ? "default" : call.query("project");
        var view = new ServerView(
                Map.of(),
                Extensions.CLAIMED,
                "stable",
                "1.0",
                "trusted",
                false,
                List.of("tls"),
                false,
                user,
                "unix",
                environment(project));
        return Envelope.sync(view, Etag.of(view.config()));
    }

    private EnvironmentView environment(String project) {
        var drivers = new TreeMap<>(pools.drivers());
        return new EnvironmentView(
                List.of(),
                List.of(info.architecture()),
                "",
                "",
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
                        .toList());
    }
}
