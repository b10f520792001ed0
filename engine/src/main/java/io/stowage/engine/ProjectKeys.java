package io.stowage.engine;

import io.stowage.engine.journal.Failures;
import io.stowage.model.ByteSize;
import io.stowage.model.ConfigKey;
import io.stowage.model.Flag;
import io.stowage.model.InvalidValue;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;

/** What a project can be configured with: LXD's keys, as far as they mean something for storage. */
final class ProjectKeys {
    static final String FEATURE = "features.";
    static final String OWN_VOLUMES = "features.storage.volumes";

    /** Whether the restrictions below hold: LXD's switch for all of them. */
    private static final String RESTRICTED = "restricted";

    static final String BACKUPS = "restricted.backups";
    static final String SNAPSHOTS = "restricted.snapshots";

    private static final String BLOCK = "block";
    private static final String ALLOW = "allow";
    static final String DISK_LIMIT = "limits.disk";
    private static final String POOL_LIMIT = DISK_LIMIT + ".pool.";

    /** Of these LXD turns those on that a new project doesn't speak of. */
    private static final List<String> ON_BY_DEFAULT = List.of("features.images", "features.profiles", OWN_VOLUMES);

    static final List<ConfigKey> KEYS = Stream.concat(
                    Stream.of(
                                    "features.images",
                                    "features.networks",
                                    "features.networks.zones",
                                    "features.profiles",
                                    "features.storage.buckets",
                                    OWN_VOLUMES)
                            .map(name -> ConfigKey.flag(name, "Whether the project has a set of its own")),
                    Stream.of(
                            ConfigKey.size(DISK_LIMIT, "What all volumes of the project may have together"),
                            ConfigKey.flag(RESTRICTED, "Whether the restrictions hold"),
                            restriction(BACKUPS, "Whether backups of volumes can be made"),
                            restriction(SNAPSHOTS, "Whether snapshots of volumes can be made")))
            .toList();

    private ProjectKeys() {}

    private static ConfigKey restriction(String name, String description) {
        return ConfigKey.oneOf(name, description, List.of(ALLOW, BLOCK)).withDefault(BLOCK);
    }

    /** Whether a project's restriction forbids something, which it does unless it is taken away. */
    static boolean forbids(Map<String, String> config, String restriction) {
        return Flag.isTrue(config.getOrDefault(RESTRICTED, ""))
                && config.getOrDefault(restriction, BLOCK).equals(BLOCK);
    }

    /** A new project's config with what holds by default. */
    static Map<String, String> completed(Map<String, String> config) {
        Map<String, String> all = new TreeMap<>(config);
        ON_BY_DEFAULT.forEach(key -> all.putIfAbsent(key, "true"));
        return all;
    }

    /** @throws Refused BAD_INPUT for a key or a value that isn't allowed */
    static void validate(Map<String, String> config) {
        config.forEach((name, value) -> {
            try {
                if (name.startsWith(POOL_LIMIT)) {
                    ByteSize.parse(value);
                } else if (!name.startsWith("user.")) {
                    key(name).validate(value);
                }
            } catch (InvalidValue e) {
                throw Failures.of(e);
            }
        });
    }

    private static ConfigKey key(String name) {
        return KEYS.stream()
                .filter(key -> key.name().equals(name))
                .findFirst()
                .orElseThrow(() -> Refused.badInput("Invalid project configuration key \"%s\"".formatted(name)));
    }

    /** Whether something was changed that decides where a project's objects are. */
    static boolean movesObjects(Map<String, String> old, Map<String, String> changed) {
        return Stream.concat(old.keySet().stream(), changed.keySet().stream())
                .filter(key -> key.startsWith(FEATURE))
                .anyMatch(key -> Flag.isTrue(old.getOrDefault(key, "")) != Flag.isTrue(changed.getOrDefault(key, "")));
    }

    /** Whether there is any limit for what volumes may have together. */
    static boolean limitsDisk(Map<String, String> config) {
        return config.keySet().stream().anyMatch(key -> key.equals(DISK_LIMIT) || key.startsWith(POOL_LIMIT));
    }

    /** The limit on what a project's volumes have together, in all pools or in one of them. */
    static Optional<ByteSize> limit(Map<String, String> config, String key) {
        String value = config.getOrDefault(key, "");
        return value.isEmpty() ? Optional.empty() : Optional.of(ByteSize.parse(value));
    }

    static String poolLimit(String pool) {
        return POOL_LIMIT + pool;
    }
}
