package io.stowage.model;

import java.util.Optional;
import java.util.UUID;
import java.util.regex.Pattern;

/**
 * The name of a volume or snapshot on the array: type letter, the hex digits of {@code volatile.uuid} without hyphens, and
 * a suffix for the content; snapshots (and the temporary volume a snapshot is read through) have an {@code s} in front.
 * These are LXD's names exactly, so that pools of either can be told by the other. At most 37 characters.
 *
 * @param snapshot whether this is the name of a snapshot, with the snapshot's own UUID
 */
public record ArrayName(VolumeType type, ContentType content, UUID uuid, boolean snapshot) {
    private static final Pattern FORM = Pattern.compile("(s?)([cviu])-([0-9a-f]{32})(-b|-i|)");

    public static ArrayName volume(VolumeType type, ContentType content, UUID uuid) {
        return new ArrayName(type, content, uuid, false);
    }

    public static ArrayName snapshot(VolumeType type, ContentType content, UUID uuid) {
        return new ArrayName(type, content, uuid, true);
    }

    /** The name in {@code text} (without the pool's name); empty if it is none of ours. */
    public static Optional<ArrayName> parse(String text) {
        var form = FORM.matcher(text);
        if (!form.matches()) return Optional.empty();
        for (var type : VolumeType.values())
            for (var content : ContentType.values())
                if (type.arrayPrefix().equals(form.group(2))
                        && content.arraySuffix().equals(form.group(4)))
                    return Optional.of(new ArrayName(
                            type, content, uuid(form.group(3)), !form.group(1).isEmpty()));
        return Optional.empty();
    }

    private static UUID uuid(String hex) {
        return new UUID(
                Long.parseUnsignedLong(hex.substring(0, 16), 16), Long.parseUnsignedLong(hex.substring(16), 16));
    }

    /** The name as the array has it, such as {@code su-0123…ef-b}. */
    @Override
    public String toString() {
        return (snapshot ? "s" : "") + type.arrayPrefix() + "-"
                + uuid.toString().replace("-", "") + content.arraySuffix();
    }
}
