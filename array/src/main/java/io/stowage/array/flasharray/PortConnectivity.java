package io.stowage.array.flasharray;

import io.stowage.array.core.Host;
import io.stowage.array.core.Logins;
import io.stowage.array.core.Logins.Login;
import io.stowage.web.json.Json;
import java.util.List;
import java.util.Locale;
import tools.jackson.databind.node.ObjectNode;

/** The {@code port_connectivity} of hosts: how their sessions, as of now, are spread over the two controllers. */
final class PortConnectivity {
    private enum State {
        REDUNDANT("healthy", "Redundant"),
        UNEVEN("unhealthy", "Uneven"),
        UNUSED_PORT("unhealthy", "Unused Port"),
        SINGLE_CONTROLLER("unhealthy", "Single Controller"),
        NONE("critical", "None");

        private final String status;
        private final String details;

        State(String status, String details) {
            this.status = status;
            this.details = details;
        }
    }

    private final Logins logins;
    private final Network network;

    PortConnectivity(Logins logins, Network network) {
        this.logins = logins;
        this.network = network;
    }

    ObjectNode of(Host host) {
        var state = state(host);
        return Json.object().put("status", state.status).put("details", state.details);
    }

    private State state(Host host) {
        var sessions = logins.now().stream()
                .filter(login -> host.owns(login.initiator()))
                .toList();
        if (sessions.isEmpty()) {
            return State.NONE;
        }
        var first = paths(sessions, 0);
        var second = paths(sessions, 1);
        if (first == 0 || second == 0) {
            return State.SINGLE_CONTROLLER;
        }
        if (!host.initiators().stream().allMatch(initiator -> isThere(initiator, sessions))) {
            return State.UNUSED_PORT;
        }
        return first == second ? State.REDUNDANT : State.UNEVEN;
    }

    /** Pairs of an initiator and a port of this controller with a session between them. */
    private long paths(List<Login> sessions, int controller) {
        return sessions.stream()
                .filter(login -> network.controllerOf(login.portal()) == controller)
                .map(login -> new Path(
                        login.initiator().toLowerCase(Locale.ROOT),
                        login.portal().toString()))
                .distinct()
                .count();
    }

    private record Path(String initiator, String portal) {}

    private static boolean isThere(String initiator, List<Login> sessions) {
        return sessions.stream().anyMatch(login -> login.initiator().equalsIgnoreCase(initiator));
    }
}
