package io.stowage.array.flasharray;

import io.stowage.array.core.Draft;
import io.stowage.array.core.Objects;
import io.stowage.array.core.Setting;
import io.stowage.web.json.Json;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * A network interface as it is built in.
 *
 * @param name in lower case, as among network interfaces
 * @param enabled before anybody changes it
 * @param iscsi the portal, for a port that carries iSCSI
 * @param nvme the portal, for a port that carries NVMe/TCP
 */
record Interface(
        String name,
        boolean enabled,
        Optional<InetAddress> address,
        List<String> services,
        String subtype,
        Optional<InetSocketAddress> iscsi,
        Optional<InetSocketAddress> nvme) {
    private static final int DEFAULT_MTU = 1500;

    Interface {
        services = List.copyOf(services);
    }

    /**
     * What an administrator has set.
     *
     * @param subnet name of the subnet that it belongs to, or null
     */
    record State(boolean enabled, int mtu, @Nullable String subnet) {
        Optional<String> subnetName() {
            return Optional.ofNullable(subnet);
        }
    }

    State state(Objects objects) {
        return objects.setting(setting())
                .map(json -> Json.read(json.getBytes(StandardCharsets.UTF_8), State.class))
                .orElseGet(() -> new State(enabled, DEFAULT_MTU, null));
    }

    void save(Draft draft, State state) {
        draft.put(new Setting(setting(), Json.text(state)));
    }

    private String setting() {
        return "interface." + name;
    }

    /** Where hosts come in. */
    List<InetSocketAddress> portals() {
        return Stream.of(iscsi, nvme).flatMap(Optional::stream).toList();
    }

    /** Whether hosts or administrators come through it. */
    boolean isServing() {
        return address.isPresent();
    }

    /** Whether it is a port of a controller, and no virtual interface. */
    boolean isPhysical() {
        return name.startsWith("ct") && subtype.equals("physical");
    }

    String portName() {
        return name.toUpperCase(Locale.ROOT);
    }
}
