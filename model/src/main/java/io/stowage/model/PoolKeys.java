package io.stowage.model;

import java.util.ArrayList;
import java.util.List;

/** The configuration keys that pools of every driver have. */
public final class PoolKeys {
    public static final String RSYNC_BWLIMIT = "rsync.bwlimit";
    public static final String RSYNC_COMPRESSION = "rsync.compression";
    public static final String SOURCE = "source";
    public static final String SOURCE_WIPE = "source.wipe";
    public static final String SOURCE_RECOVER = "source.recover";
    public static final String INITIAL_SOURCE = "volatile.initial_source";

    private PoolKeys() {}

    /** The common keys and those of one driver, as one schema. */
    public static ConfigSchema with(List<ConfigKey> driverKeys) {
        var keys = new ArrayList<>(driverKeys);
        keys.add(ConfigKey.size(RSYNC_BWLIMIT, "Upper limit for rsync traffic per second; 0 is unlimited")
                .withDefault("0"));
        keys.add(ConfigKey.flag(RSYNC_COMPRESSION, "Whether rsync traffic is compressed")
                .withDefault("true"));
        keys.add(ConfigKey.text(SOURCE, "Where the pool is; these drivers don't need it")
                .asImmutable());
        keys.add(ConfigKey.flag(SOURCE_WIPE, "Accepted for other drivers' sake; has no effect"));
        keys.add(ConfigKey.flag(SOURCE_RECOVER, "Whether an existing pool of the array is taken over"));
        keys.add(ConfigKey.text(INITIAL_SOURCE, "What was given as source at creation"));
        keys.addAll(VolumeKeys.poolDefaults());
        return new ConfigSchema("pool", keys);
    }
}
