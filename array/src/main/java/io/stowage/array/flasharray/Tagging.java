package io.stowage.array.flasharray;

import io.stowage.array.core.Container;
import io.stowage.array.core.Draft;
import io.stowage.array.core.Entity;
import io.stowage.array.core.Host;
import io.stowage.array.core.HostGroup;
import io.stowage.array.core.Objects;
import io.stowage.array.core.ProtectionGroup;
import io.stowage.array.core.Snapshot;
import io.stowage.array.core.Tag;
import io.stowage.array.core.Volume;
import io.stowage.array.core.VolumeGroup;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.UUID;

/** How tags are put on things, whatever these are. */
final class Tagging {
    /** Of a tag without one. */
    static final String DEFAULT_NAMESPACE = "default";

    private static final int MOST_PER_CALL = 30;
    private static final int LONGEST_KEY = 64;
    private static final int LONGEST_VALUE = 256;
    private static final String RESERVED = "pure";

    /** Bodies of POST may have tags from these versions on. */
    private static final int IN_BODIES_SINCE = 39;

    private static final int IN_SNAPSHOT_BODIES_SINCE = 48;

    private Tagging() {}

    /** Between 1 and 30 tags, as one call may set them. */
    static List<Body> required(List<Body> wanted) {
        if (wanted.isEmpty() || wanted.size() > MOST_PER_CALL) {
            throw Refusal.of(Wording.TAG_COUNT);
        }
        return wanted;
    }

    /** Puts the tags in a body on what was made with it. */
    static void addTo(Draft draft, List<?> made, Call call) {
        if (!call.version().isAtLeast(IN_BODIES_SINCE) || !call.body().has("tags")) {
            return;
        }
        var wanted = call.body().objects("tags").orElse(List.of());
        for (var one : made) {
            if (one instanceof Entity entity && isTagged(entity, call.version()) && !wanted.isEmpty()) {
                required(wanted).forEach(tag -> put(draft, entity.id(), tag));
            }
        }
    }

    private static boolean isTagged(Entity entity, ApiVersion version) {
        return switch (entity) {
            case Volume _, Container _, Host _, HostGroup _, VolumeGroup _, ProtectionGroup _ -> true;
            case Snapshot _ -> version.isAtLeast(IN_SNAPSHOT_BODIES_SINCE);
            default -> false;
        };
    }

    /** Sets a tag; one with its key and namespace is replaced. */
    static Tag put(Draft draft, UUID resource, Body tag) {
        var namespace = tag.text("namespace").orElse(DEFAULT_NAMESPACE);
        var key = tag.text("key").orElse("");
        var value = tag.text("value").orElse("");
        requireLength("key", key, 1, LONGEST_KEY);
        requireLength("namespace", namespace, 1, LONGEST_KEY);
        requireLength("value", value, 0, LONGEST_VALUE);
        if (namespace.toLowerCase(Locale.ROOT).startsWith(RESERVED)) {
            throw Refusal.of(Wording.invalidAttribute("namespace"));
        }
        var id = find(draft.objects(), resource, namespace, key).map(Tag::id).orElseGet(UUID::randomUUID);
        var set = new Tag(
                id, resource, namespace, key, value, tag.flag("copyable").orElse(true));
        draft.put(set);
        return set;
    }

    private static void requireLength(String what, String text, int least, int most) {
        var length = text.codePointCount(0, text.length());
        if (length < least || length > most) {
            throw Refusal.of(Wording.invalidAttribute(what));
        }
    }

    static Optional<Tag> find(Objects objects, UUID resource, String namespace, String key) {
        return objects.tagsOf(resource).stream()
                .filter(tag -> tag.namespace().equals(namespace) && tag.key().equals(key))
                .findFirst();
    }
}
