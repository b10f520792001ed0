package io.stowage.array.flasharray;

import static org.assertj.core.api.Assertions.assertThat;

import io.stowage.array.core.DataPortals;
import io.stowage.array.core.DataPorts;
import io.stowage.array.core.Estate;
import io.stowage.array.core.Host;
import io.stowage.array.core.Logins.Login;
import io.stowage.array.store.DiskStore;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Portals 0 and 2 are ports of the first controller, 1 and 3 of the second. */
class PortConnectivityTest {
    private static final InetAddress LOOPBACK = InetAddress.getLoopbackAddress();
    private static final List<InetSocketAddress> PORTALS = List.of(portal(1), portal(2), portal(3), portal(4));

    @TempDir
    @Nullable
    Path folder;

    private final List<Login> logins = new ArrayList<>();

    private static InetSocketAddress portal(int port) {
        return new InetSocketAddress(LOOPBACK, port);
    }

    private void login(String initiator, int... portals) {
        for (var portal : portals) {
            logins.add(new Login(initiator, portal(5000 + logins.size()), PORTALS.get(portal)));
        }
    }

    private String details(String... initiators) {
        var host = new Host(UUID.randomUUID(), "h", List.of(initiators), Optional.empty(), Map.of());
        try (var store = DiskStore.open(Objects.requireNonNull(folder).resolve("store"), 1 << 24)) {
            var estate = Estate.open("test", store, new ManualTime());
            var connectivity = new PortConnectivity(
                    () -> logins, new Network(estate, LOOPBACK, new DataPortals(PORTALS, List.of(), DataPorts.NONE)));
            var shown = connectivity.of(host);
            return shown.path("status").asString() + " " + shown.path("details").asString();
        }
    }

    @Test
    void aHostIsConnectedAsWellAsItsSessionsAreSpread() {
        assertThat(details()).isEqualTo("critical None");
        login("iqn.other", 0, 1);
        assertThat(details("iqn.a")).isEqualTo("critical None");
        login("IQN.A", 0, 2);
        assertThat(details("iqn.a")).isEqualTo("unhealthy Single Controller");
        login("iqn.a", 1);
        assertThat(details("iqn.a")).isEqualTo("unhealthy Uneven");
        login("iqn.A", 1); // once more by the same way
        assertThat(details("iqn.a")).isEqualTo("unhealthy Uneven");
        login("iqn.a", 3);
        assertThat(details("iqn.a")).isEqualTo("healthy Redundant");
        assertThat(details("iqn.a", "iqn.b")).isEqualTo("unhealthy Unused Port");
    }
}
