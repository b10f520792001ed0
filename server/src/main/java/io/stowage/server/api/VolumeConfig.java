package io.stowage.server.api;

import io.stowage.engine.Volume;
import java.util.Map;
import java.util.TreeMap;

/** What a request makes of a volume's config. Volatile keys are the server's: clients may repeat or omit them. */
final class VolumeConfig {
    private static final String VOLATILE = "volatile.";

    private VolumeConfig() {}

    /** The config of a PUT; the present one stays when the request has none at all. */
    static Map<String, String> replacing(Volume volume, Body body) {
        var config = body.has("config") ? new TreeMap<>(body.config()) : new TreeMap<>(volume.config());
        volume.config().forEach((key, value) -> {
            if (key.startsWith(VOLATILE)) {
                config.putIfAbsent(key, value);
            }
        });
        return checked(volume, config);
    }

    /** The config of a PATCH: its keys laid over the present ones. */
    static Map<String, String> merging(Volume volume, Body body) {
        return checked(volume, PoolResource.merged(volume.config(), body.config()));
    }

    private static Map<String, String> checked(Volume volume, Map<String, String> config) {
        config.forEach((key, value) -> {
            if (key.startsWith(VOLATILE) && !value.equals(volume.config().get(key))) {
                throw ApiError.badRequest("Custom volume \"%s\" property cannot be changed".formatted(key));
            }
        });
        return config;
    }
}
