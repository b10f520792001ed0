package io.stowage.driver;

import io.stowage.model.ConfigSchema;
import io.stowage.model.InvalidValue;
import io.stowage.model.Portal;
import io.stowage.model.Protocol;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** One family of arrays: what its pools are configured with, and how to reach one. Knows no state; safe for many threads. */
public interface ArrayDriver {
    /** The word in {@code driver:} of a pool, such as {@code pure}. */
    String kind();

    /** The version that {@code lxc storage info} and the server's environment show for this driver. */
    String version();

    /** All keys a pool of this driver may have, the common ones included. */
    ConfigSchema poolKeys();

    /** What these arrays are like; the same for every array of the family. */
    Capabilities capabilities();

    /**
     * Holds a pool's name and configuration to all rules that need no array: schema, rules between keys, what the array
     * can have as a name.
     *
     * @throws InvalidValue with one sentence for the first fault
     */
    void validate(String pool, Map<String, String> config);

    /**
     * Holds a change to the rules: as {@link #validate}, and immutable keys stay, values that mean the same counting as
     * the same.
     *
     * @throws InvalidValue with one sentence for the first fault
     */
    void validateChange(String pool, Map<String, String> old, Map<String, String> changed);

    /** What tells two pools of this driver apart; two pools with the same source are the same place on the array. */
    String source(String pool, Map<String, String> config);

    /** The protocol that the configuration asks for; empty if it is to be found out. */
    Optional<Protocol> protocol(Map<String, String> config);

    /** The configuration with the protocol written in, for a pool whose protocol was found out. */
    Map<String, String> withProtocol(Map<String, String> config, Protocol protocol);

    /**
     * The portals that the pool uses: all that the array has told, or those that the configuration names. An address
     * named without a port has the port the array serves it on, or else the protocol's own.
     */
    List<Portal> portals(Map<String, String> config, ArrayTarget told);

    /**
     * Which of the targets that portals list to a host is the array's, where it has one for each host and doesn't tell it
     * with the mapping; empty if that can't be said.
     */
    default Optional<String> targetAmong(List<String> listed) {
        return Optional.empty();
    }

    /**
     * The array behind a pool. Reaches for it with the first call, not here.
     *
     * @throws InvalidValue if the settings can't be used
     */
    StorageArray open(PoolSettings settings);
}
