package io.stowage.engine.pool;

import io.stowage.database.PoolRow;
import io.stowage.driver.ArrayDriver;
import io.stowage.driver.ArrayTarget;
import io.stowage.driver.Capabilities;
import io.stowage.driver.StorageArray;
import io.stowage.engine.Refused;
import io.stowage.model.ByteSize;
import io.stowage.model.Flag;
import io.stowage.model.PoolKeys;
import io.stowage.model.Protocol;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/** A pool with the array behind it. */
public final class OpenPool {
    /** The pool key of the quota, where the array has one. */
    private static final String SIZE = "size";

    private final PoolRow row;
    private final ArrayDriver driver;
    private final Map<String, String> config;
    private final StorageArray array;
    private final AtomicReference<@Nullable ArrayTarget> target = new AtomicReference<>();
    private final AtomicReference<@Nullable String> identity = new AtomicReference<>();

    OpenPool(PoolRow row, ArrayDriver driver, Map<String, String> config, StorageArray array) {
        this.row = row;
        this.driver = driver;
        this.config = Map.copyOf(config);
        this.array = array;
    }

    public PoolRow row() {
        return row;
    }

    public String name() {
        return row.name();
    }

    public ArrayDriver driver() {
        return driver;
    }

    public Capabilities capabilities() {
        return driver.capabilities();
    }

    public Map<String, String> config() {
        return config;
    }

    public StorageArray array() {
        return array;
    }

    /** Whether the other pool is on the same array, so that content goes from one to the other there. */
    public boolean sharesArrayWith(OpenPool other) {
        return row.id().equals(other.row.id())
                || driver.kind().equals(other.driver.kind()) && identity().equals(other.identity());
    }

    /** The array's own, not its address: that may be written in many ways. */
    private String identity() {
        @Nullable String known = identity.get();
        if (known != null) {
            return known;
        }
        String asked = array.facts().identity();
        identity.set(asked);
        return asked;
    }

    /** What says to the array that the pool is ours. */
    public String owner() {
        return row.id().toString();
    }

    public Optional<ByteSize> quota() {
        return quota(config);
    }

    /** What content that passes through hosts is held to; zero for no limit. */
    public ByteSize bytesPerSecond() {
        return ByteSize.parse(config.getOrDefault(PoolKeys.RSYNC_BWLIMIT, ""));
    }

    /** Whether rsync may compress what it sends to another server, or gets from one. */
    public boolean compresses() {
        return Flag.isTrue(config.getOrDefault(PoolKeys.RSYNC_COMPRESSION, "true"));
    }

    public static Optional<ByteSize> quota(Map<String, String> config) {
        return Optional.of(ByteSize.parse(config.getOrDefault(SIZE, ""))).filter(size -> !size.isZero());
    }

    /** @throws Refused when the pool has no protocol yet: it is written into the config at creation */
    public Protocol protocol() {
        return driver.protocol(config)
                .orElseThrow(() -> new Refused(Refused.Kind.FAILED, "Pool \"" + name() + "\" has no mode"));
    }

    /** Where to connect to, as far as it is known; else as the array tells. */
    public ArrayTarget target() {
        @Nullable ArrayTarget known = target.get();
        return known == null ? askTarget() : known;
    }

    /** Where to connect to, as the array tells now: its target, at the configured portals or else at all that it names. */
    public ArrayTarget askTarget() {
        ArrayTarget found = array.target(protocol())
                .orElseThrow(() -> new Refused(
                        Refused.Kind.UNAVAILABLE,
                        "The array of pool \"" + name() + "\" has no port ready for " + protocol()));
        ArrayTarget wanted = new ArrayTarget(found.protocol(), found.qualifiedName(), driver.portals(config, found));
        target.set(wanted);
        return wanted;
    }
}
