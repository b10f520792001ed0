package io.stowage.driver.alletra;

import io.stowage.driver.ArrayDriver;
import io.stowage.driver.ArrayTarget;
import io.stowage.driver.Capabilities;
import io.stowage.driver.PoolSettings;
import io.stowage.driver.StorageArray;
import io.stowage.driver.rest.ArrayKeys;
import io.stowage.driver.rest.HostLocks;
import io.stowage.driver.rest.KnownHosts;
import io.stowage.driver.rest.Pauses;
import io.stowage.model.ByteSize;
import io.stowage.model.ConfigSchema;
import io.stowage.model.Names;
import io.stowage.model.Portal;
import io.stowage.model.Protocol;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/** HPE Alletra, and its relatives that speak the same API. */
public final class AlletraDriver implements ArrayDriver {
    static final Capabilities CAPABILITIES = new Capabilities(
            List.of(Protocol.NVME_TCP, Protocol.ISCSI),
            ByteSize.ofMiB(256),
            ByteSize.ofMiB(256),
            ByteSize.ofMiB(256),
            false,
            false);

    /** What the names of all its subsystems begin with (API reference, NVMe/TCP). */
    private static final String SUBSYSTEMS = "nqn.2020-07.com.hpe:";

    private final HostLocks locks = new HostLocks();
    private final Map<String, KnownHosts<Hosts.Host>> hosts = new ConcurrentHashMap<>();
    private final Pauses pauses;

    public AlletraDriver() {
        this(Pauses.USUAL);
    }

    /** @param pauses of calls that the array could not serve */
    public AlletraDriver(Pauses pauses) {
        this.pauses = pauses;
    }

    @Override
    public String kind() {
        return "alletra";
    }

    @Override
    public String version() {
        return "1";
    }

    @Override
    public ConfigSchema poolKeys() {
        return AlletraKeys.SCHEMA;
    }

    @Override
    public Capabilities capabilities() {
        return CAPABILITIES;
    }

    @Override
    public void validate(String pool, Map<String, String> config) {
        Names.checkPool(pool);
        AlletraKeys.validate(pool, config);
    }

    @Override
    public void validateChange(String pool, Map<String, String> old, Map<String, String> changed) {
        validate(pool, changed);
        AlletraKeys.SCHEMA.validateChange(old, changed);
        AlletraKeys.ARRAY.checkSameMode(old, changed);
    }

    @Override
    public String source(String pool, Map<String, String> config) {
        // Whatever its group is: names of sets are the array's.
        return AlletraKeys.ARRAY.place(config) + "-" + pool.toLowerCase(Locale.ROOT);
    }

    @Override
    public Optional<Protocol> protocol(Map<String, String> config) {
        return AlletraKeys.ARRAY.protocol(config);
    }

    @Override
    public Map<String, String> withProtocol(Map<String, String> config, Protocol protocol) {
        return AlletraKeys.ARRAY.withProtocol(config, protocol);
    }

    @Override
    public List<Portal> portals(Map<String, String> config, ArrayTarget told) {
        return ArrayKeys.portals(config.getOrDefault(AlletraKeys.ARRAY.target(), ""), told);
    }

    /** Each host object has a subsystem of its own. */
    @Override
    public Optional<String> targetAmong(List<String> listed) {
        var ours = listed.stream()
                .filter(name -> name.startsWith(SUBSYSTEMS))
                .distinct()
                .toList();
        return ours.size() == 1 ? Optional.of(ours.getFirst()) : Optional.empty();
    }

    @Override
    public StorageArray open(PoolSettings settings) {
        var place = AlletraKeys.ARRAY.place(settings.config());
        var known = hosts.computeIfAbsent(place, _ -> new KnownHosts<>(locks));
        return new AlletraArray(settings.pool(), settings.value(AlletraKeys.CPG), wsapi(settings), known);
    }

    /** The API behind a pool's settings. */
    Wsapi wsapi(PoolSettings settings) {
        return new Wsapi(AlletraKeys.ARRAY.open(settings), AlletraKeys.user(settings), pauses);
    }
}
