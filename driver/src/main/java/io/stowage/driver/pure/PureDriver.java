package io.stowage.driver.pure;

import io.stowage.driver.ArrayDriver;
import io.stowage.driver.ArrayTarget;
import io.stowage.driver.Capabilities;
import io.stowage.driver.PoolSettings;
import io.stowage.driver.StorageArray;
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

/** Pure Storage FlashArrays. */
public final class PureDriver implements ArrayDriver {
    static final Capabilities CAPABILITIES = new Capabilities(
            List.of(Protocol.NVME_TCP, Protocol.ISCSI),
            ByteSize.ofMiB(1),
            new ByteSize(512),
            ByteSize.ofMiB(100),
            true,
            true);

    private final HostLocks locks = new HostLocks();
    private final Map<String, KnownHosts<String>> hosts = new ConcurrentHashMap<>();
    private final Pauses pauses;

    public PureDriver() {
        this(Pauses.USUAL);
    }

    /** @param pauses of calls that the array could not serve */
    public PureDriver(Pauses pauses) {
        this.pauses = pauses;
    }

    @Override
    public String kind() {
        return "pure";
    }

    @Override
    public String version() {
        return "1";
    }

    @Override
    public ConfigSchema poolKeys() {
        return PureKeys.SCHEMA;
    }

    @Override
    public Capabilities capabilities() {
        return CAPABILITIES;
    }

    @Override
    public void validate(String pool, Map<String, String> config) {
        Names.checkPool(pool);
        PureNames.checkPod(pool);
        PureKeys.validate(config);
    }

    @Override
    public void validateChange(String pool, Map<String, String> old, Map<String, String> changed) {
        validate(pool, changed);
        PureKeys.SCHEMA.validateChange(old, changed);
        PureKeys.ARRAY.checkSameMode(old, changed);
    }

    @Override
    public String source(String pool, Map<String, String> config) {
        // Names on the array have no case of their own.
        return PureKeys.ARRAY.place(config) + "-" + pool.toLowerCase(Locale.ROOT);
    }

    @Override
    public Optional<Protocol> protocol(Map<String, String> config) {
        return PureKeys.ARRAY.protocol(config);
    }

    @Override
    public Map<String, String> withProtocol(Map<String, String> config, Protocol protocol) {
        return PureKeys.ARRAY.withProtocol(config, protocol);
    }

    @Override
    public List<Portal> portals(Map<String, String> config, ArrayTarget told) {
        return PureKeys.portals(config, told);
    }

    @Override
    public StorageArray open(PoolSettings settings) {
        var known = hosts.computeIfAbsent(PureKeys.ARRAY.place(settings.config()), _ -> new KnownHosts<>(locks));
        return new PureArray(settings.pool(), rest(settings), known);
    }

    /** The REST API behind a pool's settings. */
    Rest rest(PoolSettings settings) {
        var token = settings.text(PureKeys.TOKEN).strip();
        return new Rest(PureKeys.ARRAY.open(settings), token, pauses);
    }
}
