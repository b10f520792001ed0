package io.stowage.array.wsapi.host;

import io.stowage.array.core.Connection;
import io.stowage.array.core.Host;
import io.stowage.array.core.HostGroup;
import io.stowage.array.core.Objects;
import io.stowage.array.wsapi.rest.Problem;
import java.util.List;
import java.util.Optional;

/** Finds hosts and host sets. */
public final class Hosts {
    /** Before the name of a set where a host or a set of them is meant. */
    public static final String SET = "set:";

    static final String NUMBER = "number";
    static final String PERSONA = "persona";

    private static final String SUBSYSTEM_PREFIX = "nqn.2020-07.com.hpe:";

    private Hosts() {}

    /**
     * The host of this name.
     *
     * @throws io.stowage.array.wsapi.rest.Refusal there is none
     */
    public static Host require(Objects objects, String name) {
        return objects.host(name).orElseThrow(Problem.NON_EXISTENT_HOST::refusal);
    }

    /**
     * The host set of this name.
     *
     * @throws io.stowage.array.wsapi.rest.Refusal there is none
     */
    public static HostGroup requireSet(Objects objects, String name) {
        return objects.hostGroup(name).orElseThrow(Problem.NON_EXISTENT_SET::refusal);
    }

    /**
     * A host sees each volume once, and one at each LUN.
     *
     * @param seen what it sees
     * @param more what it is to see besides
     * @throws io.stowage.array.wsapi.rest.Refusal it would see something twice
     */
    public static void requireDistinct(List<Connection> seen, List<Connection> more) {
        for (var other : more) {
            if (seen.stream().anyMatch(own -> own.volume().equals(other.volume()))) {
                throw Problem.OTHER.refusal();
            }
            if (seen.stream().anyMatch(own -> own.lun() == other.lun())) {
                throw Problem.EXISTENT_LUN.refusal();
            }
        }
    }

    /** The subsystem that the array has for this host, if it is one that comes by NVMe (section 13). */
    public static Optional<String> subsystem(Host host) {
        return Initiators.of(host).isNvme() ? Optional.of(SUBSYSTEM_PREFIX + host.id()) : Optional.empty();
    }
}
