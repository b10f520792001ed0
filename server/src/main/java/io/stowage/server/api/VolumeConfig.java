package io.stowage.server.api;

import io.stowage.engine.Described;
import io.stowage.engine.Refused;
import io.stowage.engine.Volume;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** What a request makes of a volume's config. Volatile keys are the server's: clients may repeat or omit them. */
final class VolumeConfig {
    private static final String VOLATILE = "volatile.";

    private VolumeConfig() {}

    /** With the config of a PUT; the present one stays when the request has none at all. */
    static Described replacing(Volume volume, Optional<Map<String, String>> given) {
        var config = new TreeMap<>(given.orElse(volume.config()));
        volume.config().forEach((key, value) -> {
            if (key.startsWith(VOLATILE)) {
                config.putIfAbsent(key, value);
            }
        });
        return checked(volume, volume.described().replaced(config));
    }

    /** With the keys of a PATCH laid over its config. */
    static Described merging(Volume volume, Map<String, String> given) {
        return checked(volume, volume.described().merged(given));
    }

    private static Described checked(Volume volume, Described described) {
        described.config().forEach((key, value) -> {
            if (key.startsWith(VOLATILE) && !value.equals(volume.config().get(key))) {
                throw Refused.badInput("Custom volume \"%s\" property cannot be changed".formatted(key));
            }
        });
        return described;
    }
}
