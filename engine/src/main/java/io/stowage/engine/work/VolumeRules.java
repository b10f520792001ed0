package io.stowage.engine.work;

import io.stowage.database.AttachmentRow;
import io.stowage.database.PoolRow;
import io.stowage.database.Transaction;
import io.stowage.database.VolumeRow;
import io.stowage.driver.Capabilities;
import io.stowage.engine.AttachmentKind;
import io.stowage.engine.Refused;
import io.stowage.model.ByteSize;
import io.stowage.model.ConfigKey;
import io.stowage.model.ContentType;
import io.stowage.model.Flag;
import io.stowage.model.VolumeKeys;
import io.stowage.model.VolumeType;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.UUID;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** What configurations volumes may have and what sizes they may get, decided before the array hears of anything. */
final class VolumeRules {
    private final Site site;

    VolumeRules(Site site) {
        this.site = site;
    }

    /**
     * An accepted configuration.
     *
     * @param bytes size on the array
     */
    record Checked(Map<String, String> config, long bytes) {}

    Checked creation(PoolRow pool, ContentType content, Map<String, String> own, Map<String, String> poolConfig) {
        refuseIso(content);
        refuseUuid(own);
        validate(content, own);
        Map<String, String> config = VolumeKeys.inherit(VolumeType.CUSTOM, content, own, poolConfig);
        validate(content, config);
        ByteSize size = capabilities(pool).round(VolumeKeys.size(config, poolConfig));
        checkFileSystem(content, config, size);
        return new Checked(config, size.bytes());
    }

    /** What a volume gets whose image comes from another server. */
    Checked imageFromElsewhere(PoolRow pool, Map<String, String> own, Map<String, String> poolConfig) {
        validate(ContentType.ISO, own);
        ByteSize size = capabilities(pool).round(VolumeKeys.size(own, poolConfig));
        return new Checked(own, size.bytes());
    }

    /** Size on the array of a volume for an image of so many bytes. */
    ByteSize image(PoolRow pool, ByteSize bytes) {
        return capabilities(pool).round(bytes);
    }

    private Capabilities capabilities(PoolRow pool) {
        return site.pools().driver(pool.driver()).capabilities();
    }

    private Capabilities capabilities(Transaction tx, VolumeRow row) {
        return capabilities(tx.pools().find(row.pool()).orElseThrow());
    }

    boolean shrinks(Transaction tx, VolumeRow row) {
        return capabilities(tx, row).shrinks();
    }

    /**
     * The size that a volume's config tells when the volume has so many bytes: what it told before, unless it has become
     * more than that. Empty where none was told.
     *
     * @param told {@code size} as it was set, perhaps for a volume of another array
     */
    String told(Transaction tx, VolumeRow row, String told, long bytes) {
        ByteSize size = ByteSize.parse(told);
        boolean holds = size.isZero() || capabilities(tx, row).round(size).bytes() >= bytes;
        return holds ? told : new ByteSize(bytes).toString();
    }

    private static void refuseIso(ContentType content) {
        if (content == ContentType.ISO) {
            throw Refused.unsupported("Creation of empty iso volumes is not allowed, either copy or import");
        }
    }

    private static void refuseUuid(Map<String, String> own) {
        if (own.containsKey(VolumeKeys.UUID_KEY)) {
            throw Refused.badInput("The volume key \"" + VolumeKeys.UUID_KEY + "\" is given by the server");
        }
    }

    private static void validate(ContentType content, Map<String, String> config) {
        VolumeKeys.validate(VolumeType.CUSTOM, content, config);
    }

    private void checkFileSystem(ContentType content, Map<String, String> config, ByteSize size) {
        if (content != ContentType.FILESYSTEM) {
            return;
        }
        String type = fileSystem(config);
        site.files().requireSupport(type);
        refuseBelow(site.files().minimumBytes(type), size, "a volume with " + type);
    }

    private void checkResized(String type, ByteSize size) {
        refuseBelow(site.files().minimumResizedBytes(type), size, "a volume with " + type + " that is resized");
    }

    private static void refuseBelow(long minimum, ByteSize size, String what) {
        if (size.bytes() < minimum) {
            throw Refused.badInput("Invalid value \"" + size + "\" for key \"" + VolumeKeys.SIZE + "\": " + what
                    + " needs at least " + new ByteSize(minimum));
        }
    }

    private static String fileSystem(Map<String, String> config) {
        return config.getOrDefault(VolumeKeys.FILESYSTEM, VolumeKeys.DEFAULT_FILESYSTEM);
    }

    /** What volumes here can have of a config that comes from elsewhere, such as another server. */
    static Map<String, String> known(ContentType content, Map<String, String> config) {
        Set<String> keys = VolumeKeys.of(VolumeType.CUSTOM, content).keys().stream()
                .map(ConfigKey::name)
                .filter(key -> !key.startsWith("volatile."))
                .collect(Collectors.toSet());
        Map<String, String> known = new TreeMap<>(PoolRequests.withoutEmpty(config));
        known.keySet().removeIf(key -> !keys.contains(key) && !key.startsWith("user."));
        return known;
    }

    /**
     * An accepted copy.
     *
     * @param bytes size on the array; 0 for the source's
     * @param byFiles whether its file system is not the source's: another kind, or too small for it
     */
    record Copied(Map<String, String> config, long bytes, boolean byFiles) {}

    /**
     * A copy.
     *
     * @param sourceBytes size of what is copied
     * @param asked null: the origin's
     */
    Copied copy(
            PoolRow pool,
            VolumeRow source,
            long sourceBytes,
            @Nullable ContentType content,
            Map<String, String> origin,
            @Nullable Map<String, String> asked) {
        ContentType sourceContent = Catalog.content(source);
        if (content != null && content != sourceContent) {
            throw Refused.badInput(
                    "A copy of a volume of content type \"" + sourceContent + "\" cannot have \"" + content + "\"");
        }
        Map<String, String> config = new TreeMap<>(PoolRequests.withoutEmpty(asked == null ? origin : asked));
        config.keySet().removeIf(key -> key.startsWith("volatile."));
        boolean otherFiles = false;
        if (sourceContent == ContentType.FILESYSTEM) {
            config.putIfAbsent(VolumeKeys.FILESYSTEM, fileSystem(origin));
            otherFiles = !fileSystem(config).equals(fileSystem(origin));
            config.putIfAbsent(VolumeKeys.MOUNT_OPTIONS, VolumeKeys.DEFAULT_MOUNT_OPTIONS);
        }
        validate(sourceContent, config);
        String given = config.getOrDefault(VolumeKeys.SIZE, "");
        ByteSize wished = ByteSize.parse(given);
        // Clients send the source's size along; what it came to on the source's array may be more than on the target's.
        if (wished.isZero() || given.equals(origin.get(VolumeKeys.SIZE))) {
            if (otherFiles) {
                checkFileSystem(sourceContent, config, new ByteSize(sourceBytes));
            }
            return new Copied(config, 0, otherFiles);
        }
        ByteSize size = capabilities(pool).round(wished);
        if (sourceContent == ContentType.FILESYSTEM && (otherFiles || size.bytes() < sourceBytes)) {
            checkFileSystem(sourceContent, config, size);
            return new Copied(config, size.bytes(), true);
        }
        if (size.bytes() < sourceBytes) {
            throw Refused.badInput("Invalid value \"" + wished + "\" for key \"" + VolumeKeys.SIZE
                    + "\": the copy cannot be smaller than its source with " + new ByteSize(sourceBytes));
        }
        if (size.bytes() > sourceBytes && sourceContent == ContentType.FILESYSTEM) {
            checkResized(fileSystem(origin), size);
            site.files().growthRefusal(fileSystem(config), false).ifPresent(reason -> {
                throw Refused.locked(reason);
            });
        }
        return new Copied(config, size.bytes(), false);
    }

    /**
     * A change of configuration.
     *
     * @param asked as the client sent it
     * @param given without empty values and {@code volatile.uuid}
     * @return size on the array from now on, 0 for whatever it has
     */
    long change(Transaction tx, VolumeRow row, Map<String, String> asked, Map<String, String> given) {
        String uuid = asked.getOrDefault(VolumeKeys.UUID_KEY, "");
        if (!uuid.isEmpty() && !uuid.equalsIgnoreCase(row.id().toString())) {
            throw Refused.badInput("Custom volume \"" + VolumeKeys.UUID_KEY + "\" property cannot be changed");
        }
        ContentType content = Catalog.content(row);
        Map<String, String> old = tx.volumeConfig().get(row.id());
        if (content == ContentType.ISO) {
            keepImage(old, given);
            return 0;
        }
        keepFileSystem(content, old, given);
        validate(content, given);
        guardSharing(row, old, given, Catalog.uses(tx, row));
        ByteSize wished = ByteSize.parse(given.getOrDefault(VolumeKeys.SIZE, ""));
        if (wished.isZero() || given.getOrDefault(VolumeKeys.SIZE, "").equals(old.get(VolumeKeys.SIZE))) {
            return 0;
        }
        ByteSize size = capabilities(tx, row).round(wished);
        resize(tx, row, given, size);
        return size.bytes();
    }

    /**
     * A change of size.
     *
     * @param given the config it will have
     * @param size as the array rounds it
     */
    void resize(Transaction tx, VolumeRow row, Map<String, String> given, ByteSize size) {
        ContentType content = Catalog.content(row);
        if (size.bytes() > row.size()) {
            guardGrowth(content, row, given, size, Catalog.uses(tx, row));
        } else if (size.bytes() < row.size()) {
            guardShrinking(
                    content,
                    row,
                    capabilities(tx, row),
                    given,
                    size,
                    tx.attachments().list(row.id()));
        }
    }

    private static void keepImage(Map<String, String> old, Map<String, String> given) {
        if (!given.equals(old)) {
            throw Refused.badInput("Custom ISO volume config cannot be changed");
        }
    }

    /** The file system stays what it is: unset means the same, anything else is refused. */
    private static void keepFileSystem(ContentType content, Map<String, String> old, Map<String, String> given) {
        if (content != ContentType.FILESYSTEM) {
            return;
        }
        String type = fileSystem(old);
        if (!given.getOrDefault(VolumeKeys.FILESYSTEM, type).equals(type)) {
            throw Refused.badInput("Custom volume \"" + VolumeKeys.FILESYSTEM + "\" property cannot be changed");
        }
        given.put(VolumeKeys.FILESYSTEM, type);
    }

    private static void guardSharing(
            VolumeRow row, Map<String, String> old, Map<String, String> given, List<AttachmentRow> uses) {
        boolean ends = isShared(old) && !isShared(given);
        if (ends && uses.stream().map(AttachmentRow::member).distinct().count() > 1) {
            throw Refused.locked("Key \"" + VolumeKeys.SHARED + "\" cannot be turned off while volume \"" + row.name()
                    + "\" is attached on several servers");
        }
    }

    private static boolean isShared(Map<String, String> config) {
        return Flag.isTrue(config.getOrDefault(VolumeKeys.SHARED, ""));
    }

    private void guardGrowth(
            ContentType content, VolumeRow row, Map<String, String> given, ByteSize size, List<AttachmentRow> uses) {
        if (content == ContentType.BLOCK) {
            if (!uses.isEmpty()) {
                throw Refused.locked("Block volume \"" + row.name() + "\" cannot be resized while it is attached");
            }
            return;
        }
        checkResized(fileSystem(given), size);
        Map<UUID, List<AttachmentRow>> byMember = uses.stream().collect(Collectors.groupingBy(AttachmentRow::member));
        if (byMember.keySet().stream()
                .anyMatch(member -> !member.equals(site.me().id()))) {
            throw Refused.locked("Volume \"" + row.name() + "\" is attached on another server: resize it there");
        }
        boolean mounted = uses.stream().anyMatch(use -> use.kind().equals(AttachmentKind.MOUNT.key()));
        if (!mounted && !uses.isEmpty()) {
            throw Refused.locked("Volume \"" + row.name() + "\" cannot be resized while it is attached as a device");
        }
        if (mounted && uses.stream().allMatch(AttachmentRow::readOnly)) {
            throw Refused.locked("Volume \"" + row.name() + "\" cannot be resized while it is mounted read-only");
        }
        site.files().growthRefusal(fileSystem(given), mounted).ifPresent(reason -> {
            throw Refused.locked(reason);
        });
    }

    private void guardShrinking(
            ContentType content,
            VolumeRow row,
            Capabilities capabilities,
            Map<String, String> given,
            ByteSize size,
            List<AttachmentRow> uses) {
        if (content == ContentType.BLOCK) {
            throw Refused.badInput("Block volumes cannot be shrunk: \"" + row.name() + "\" has "
                    + new ByteSize(row.size()) + ", more than the given \"" + size + "\"");
        }
        String type = fileSystem(given);
        if (!capabilities.shrinks() || !site.files().shrinks(type)) {
            throw Refused.badInput("Volume \"" + row.name() + "\" with " + type + " cannot be shrunk from "
                    + new ByteSize(row.size()) + " to " + size);
        }
        if (!uses.isEmpty()) {
            throw Refused.locked("Volume \"" + row.name() + "\" cannot be shrunk while it is attached");
        }
        checkResized(type, size);
    }
}
