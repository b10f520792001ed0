package io.stowage.model;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/** The configuration keys of volumes, and the pool keys {@code volume.*} that give defaults for new ones. */
public final class VolumeKeys {
    public static final String SIZE = "size";
    public static final String FILESYSTEM = "block.filesystem";
    public static final String MOUNT_OPTIONS = "block.mount_options";
    public static final String SHARED = "security.shared";
    public static final String SHIFTED = "security.shifted";
    public static final String UNMAPPED = "security.unmapped";
    public static final String SNAPSHOTS_EXPIRY = "snapshots.expiry";
    public static final String SNAPSHOTS_PATTERN = "snapshots.pattern";
    public static final String SNAPSHOTS_SCHEDULE = "snapshots.schedule";
    public static final String UUID_KEY = "volatile.uuid";
    public static final String DEVLXD_OWNER = "volatile.devlxd.owner";
    public static final String IDMAP_LAST = "volatile.idmap.last";
    public static final String IDMAP_NEXT = "volatile.idmap.next";
    public static final String ROOTFS_SIZE = "volatile.rootfs.size";

    public static final String DEFAULT_FILESYSTEM = "ext4";
    public static final String DEFAULT_MOUNT_OPTIONS = "discard";
    public static final ByteSize DEFAULT_SIZE = ByteSize.ofGiB(10);
    public static final List<String> FILESYSTEMS = List.of("btrfs", "ext4", "xfs");

    /** What a pool's key for a volume key begins with: {@code volume.size} is the default of {@code size}. */
    public static final String POOL_PREFIX = "volume.";

    private static final ConfigKey SIZE_KEY = ConfigKey.size(SIZE, "Size of the volume, such as 10GiB");
    private static final ConfigKey FILESYSTEM_KEY = ConfigKey.oneOf(
                    FILESYSTEM, "File system of the volume", FILESYSTEMS)
            .withDefault(DEFAULT_FILESYSTEM);
    private static final ConfigKey MOUNT_OPTIONS_KEY = ConfigKey.text(
                    MOUNT_OPTIONS, "Mount options of the volume's file system, separated by commas")
            .withDefault(DEFAULT_MOUNT_OPTIONS);
    private static final ConfigKey SHARED_KEY =
            ConfigKey.flag(SHARED, "Whether the volume may be attached in more than one place at a time");
    private static final ConfigKey SHIFTED_KEY = ConfigKey.flag(SHIFTED, "Whether mounts of the volume are ID-mapped");
    private static final ConfigKey UNMAPPED_KEY = ConfigKey.flag(UNMAPPED, "Whether ID mapping is off for the volume");
    private static final List<ConfigKey> SNAPSHOT_KEYS = List.of(
            ConfigKey.of(
                    SNAPSHOTS_EXPIRY, "When new snapshots expire, such as 1M 2H 3d 4w 5m 6y", SnapshotExpiry::parse),
            ConfigKey.of(SNAPSHOTS_PATTERN, "Name of new snapshots, with %d or creation_date", SnapshotPattern::parse)
                    .withDefault(SnapshotPattern.DEFAULT),
            ConfigKey.of(
                    SNAPSHOTS_SCHEDULE,
                    "When snapshots are taken: a cron expression or aliases",
                    SnapshotSchedule::parse));

    private VolumeKeys() {}

    /** The keys that a volume of this type and content may have. */
    public static ConfigSchema of(VolumeType type, ContentType content) {
        var keys = new ArrayList<ConfigKey>();
        keys.add(ConfigKey.of(
                        UUID_KEY,
                        "Identity of the volume, from which its name on the array follows",
                        VolumeKeys::checkUuid)
                .asImmutable());
        if (type == VolumeType.CUSTOM) {
            keys.add(SIZE_KEY);
            if (content != ContentType.ISO) keys.addAll(SNAPSHOT_KEYS);
            keys.add(ConfigKey.text(DEVLXD_OWNER, "Who made the volume from inside a guest"));
        }
        if (content == ContentType.FILESYSTEM || type == VolumeType.VIRTUAL_MACHINE) {
            keys.add(FILESYSTEM_KEY.asImmutable());
            keys.add(MOUNT_OPTIONS_KEY);
        }
        if (content == ContentType.FILESYSTEM) {
            keys.add(ConfigKey.text(IDMAP_LAST, "ID map that was applied last"));
            keys.add(ConfigKey.text(IDMAP_NEXT, "ID map to be applied next"));
        }
        if (type == VolumeType.CUSTOM && content == ContentType.FILESYSTEM) {
            keys.add(SHIFTED_KEY);
            keys.add(UNMAPPED_KEY);
        }
        if (content == ContentType.BLOCK && (type == VolumeType.CUSTOM || type == VolumeType.VIRTUAL_MACHINE))
            keys.add(SHARED_KEY);
        if (type == VolumeType.IMAGE) keys.add(ConfigKey.size(ROOTFS_SIZE, "Size that the unpacked image needs"));
        return new ConfigSchema("volume", keys);
    }

    /**
     * Holds a volume's configuration to its schema and to the rules between keys.
     *
     * @throws InvalidValue with a sentence for the first fault
     */
    public static void validate(VolumeType type, ContentType content, Map<String, String> config) {
        of(type, content).validate(config);
        if (Flag.isTrue(config.getOrDefault(SHIFTED, "")) && Flag.isTrue(config.getOrDefault(UNMAPPED, "")))
            throw new InvalidValue("The volume keys \"%s\" and \"%s\" exclude each other".formatted(SHIFTED, UNMAPPED));
    }

    /** The pool keys that give defaults for new volumes. */
    public static List<ConfigKey> poolDefaults() {
        var keys = new ArrayList<ConfigKey>();
        keys.add(SIZE_KEY.withDefault(DEFAULT_SIZE.toString()));
        keys.addAll(List.of(FILESYSTEM_KEY, MOUNT_OPTIONS_KEY, SHARED_KEY, SHIFTED_KEY, UNMAPPED_KEY));
        keys.addAll(SNAPSHOT_KEYS);
        return keys.stream().map(key -> key.as(POOL_PREFIX + key.name())).toList();
    }

    /**
     * The configuration of a new volume: what it gives itself, then what the pool's {@code volume.*} keys give that this
     * volume may have, then, for a file system, {@code ext4} mounted with {@code discard}. A size of nothing is left unset,
     * so that a later change of the pool's default shows; {@link #size} resolves it.
     */
    public static Map<String, String> inherit(
            VolumeType type, ContentType content, Map<String, String> own, Map<String, String> pool) {
        var config = new LinkedHashMap<>(own);
        for (var key : of(type, content).keys()) {
            var inherited = pool.getOrDefault(POOL_PREFIX + key.name(), "");
            if (!inherited.isEmpty() && config.getOrDefault(key.name(), "").isEmpty())
                config.put(key.name(), inherited);
        }
        if (content == ContentType.FILESYSTEM) {
            if (config.getOrDefault(FILESYSTEM, "").isEmpty()) config.put(FILESYSTEM, DEFAULT_FILESYSTEM);
            if (config.getOrDefault(MOUNT_OPTIONS, "").isEmpty()) config.put(MOUNT_OPTIONS, DEFAULT_MOUNT_OPTIONS);
        }
        return config;
    }

    /** The size that a volume is to have: its own, else the pool's {@code volume.size}, else 10 GiB; 0 counts as unset. */
    public static ByteSize size(Map<String, String> volume, Map<String, String> pool) {
        var own = ByteSize.parse(volume.getOrDefault(SIZE, ""));
        if (!own.isZero()) return own;
        var inherited = ByteSize.parse(pool.getOrDefault(POOL_PREFIX + SIZE, ""));
        return inherited.isZero() ? DEFAULT_SIZE : inherited;
    }

    private static void checkUuid(String text) {
        try {
            if (UUID.fromString(text).toString().equalsIgnoreCase(text)) return;
        } catch (IllegalArgumentException e) {
            // said below
        }
        throw new InvalidValue("UUID", text, "a UUID is wanted, such as 6c1b16ce-1c03-4d1c-b974-33405cf8d565");
    }
}
