package io.stowage.engine.fake;

import io.stowage.driver.ArrayDriver;
import io.stowage.driver.ArrayTarget;
import io.stowage.driver.Capabilities;
import io.stowage.driver.PoolSettings;
import io.stowage.driver.StorageArray;
import io.stowage.model.ByteSize;
import io.stowage.model.ConfigKey;
import io.stowage.model.ConfigSchema;
import io.stowage.model.PoolKeys;
import io.stowage.model.Portal;
import io.stowage.model.Protocol;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The driver {@code fake}, and {@code growing}, whose volumes only grow, by multiples of 256 MiB. */
final class FakeDriver implements ArrayDriver {
    private static final ConfigSchema KEYS = PoolKeys.with(List.of(
            ConfigKey.text("fake.gateway", "Where the array is").asRequired(),
            ConfigKey.text("fake.token", "Proof of identity").asRequired().asSecret(),
            ConfigKey.oneOf("fake.mode", "How data travels", List.of("iscsi", "nvme/tcp"))
                    .asImmutable(),
            ConfigKey.size("size", "Quota of the pool")));

    static final String FAKE = "fake";
    static final String GROWING = "growing";

    private final String kind;
    private final FakeStore store;
    private final Faults faults;

    FakeDriver(String kind, FakeStore store, Faults faults) {
        this.kind = kind;
        this.store = store;
        this.faults = faults;
    }

    @Override
    public String kind() {
        return kind;
    }

    @Override
    public String version() {
        return "1";
    }

    @Override
    public ConfigSchema poolKeys() {
        return KEYS;
    }

    @Override
    public Capabilities capabilities() {
        boolean grows = kind.equals(GROWING);
        return new Capabilities(
                List.of(Protocol.NVME_TCP, Protocol.ISCSI),
                ByteSize.ofMiB(grows ? 256 : 1),
                grows ? ByteSize.ofMiB(256) : new ByteSize(512),
                ByteSize.ofMiB(100),
                !grows,
                true);
    }

    @Override
    public void validate(String pool, Map<String, String> config) {
        KEYS.validate(config);
    }

    @Override
    public void validateChange(String pool, Map<String, String> old, Map<String, String> changed) {
        KEYS.validateChange(old, changed);
    }

    @Override
    public String source(String pool, Map<String, String> config) {
        return config.get("fake.gateway") + " " + pool;
    }

    @Override
    public Optional<Protocol> protocol(Map<String, String> config) {
        return Protocol.of(config.getOrDefault("fake.mode", ""));
    }

    @Override
    public Map<String, String> withProtocol(Map<String, String> config, Protocol protocol) {
        Map<String, String> changed = new HashMap<>(config);
        changed.put("fake.mode", protocol.word());
        return changed;
    }

    @Override
    public List<Portal> portals(Map<String, String> config, ArrayTarget told) {
        return told.portals();
    }

    @Override
    public StorageArray open(PoolSettings settings) {
        return new FakeArray(store, faults, settings, capabilities().shrinks());
    }
}
