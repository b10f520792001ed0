package io.stowage.array.flasharray;

import java.net.InetAddress;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A subnet as it was set up.
 *
 * @param prefix in CIDR notation, or null
 * @param gateway an address within the prefix, or null
 * @param vlan 0 for untagged
 */
record Subnet(
        String name,
        boolean enabled,
        @Nullable String prefix,
        @Nullable String gateway,
        int vlan,
        int mtu) {
    private static final int SMALLEST_MTU = 1280;
    private static final int LARGEST_MTU = 9216;
    private static final int HIGHEST_VLAN = 4094;

    static Subnet fresh(String name) {
        return new Subnet(name, true, null, null, 0, 1500);
    }

    Optional<Cidr> cidr() {
        return Optional.ofNullable(prefix).flatMap(Cidr::parse);
    }

    /** The gateway; an empty text clears it. */
    Optional<String> gatewayText() {
        return Optional.ofNullable(gateway).filter(text -> !text.isEmpty());
    }

    boolean contains(InetAddress address) {
        return cidr().filter(network -> network.contains(address)).isPresent();
    }

    /** With what a body asks for. */
    Subnet changed(Body body) {
        var wanted = new Subnet(
                body.text("name").map(other -> Names.general("Subnet", other)).orElse(name),
                body.flag("enabled").orElse(enabled),
                body.text("prefix").orElse(prefix),
                body.text("gateway").orElse(gateway),
                inRange(body, "vlan", 0, HIGHEST_VLAN, vlan),
                mtu(body, mtu));
        if (wanted.prefix != null && wanted.cidr().isEmpty()) {
            throw Refusal.of(wanted.name, Wording.invalidAttribute("prefix"));
        }
        var isElsewhere = wanted.gatewayText()
                .filter(text -> Cidr.address(text).filter(wanted::contains).isEmpty())
                .isPresent();
        if (isElsewhere) {
            throw Refusal.of(wanted.name, Wording.invalidAttribute("gateway"));
        }
        return wanted;
    }

    static int mtu(Body body, int before) {
        return inRange(body, "mtu", SMALLEST_MTU, LARGEST_MTU, before);
    }

    private static int inRange(Body body, String key, int lowest, int highest, int before) {
        var wanted = body.number(key);
        if (wanted.isPresent() && (wanted.get() < lowest || wanted.get() > highest)) {
            throw Refusal.of(Wording.invalidAttribute(key));
        }
        return wanted.map(Long::intValue).orElse(before);
    }
}
