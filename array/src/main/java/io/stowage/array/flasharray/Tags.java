package io.stowage.array.flasharray;

import io.stowage.array.core.Draft;
import io.stowage.array.core.Entity;
import io.stowage.array.core.Estate;
import io.stowage.array.core.Objects;
import io.stowage.array.core.Tag;
import io.stowage.web.json.Json;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import tools.jackson.databind.node.ObjectNode;

/**
 * {@code /volumes/tags} and {@code /volume-snapshots/tags}.
 *
 * @param <T> what is tagged
 */
final class Tags<T extends Entity> implements Resource<Tag> {
    private static final int MOST_PER_CALL = 30;
    private static final int LONGEST_KEY = 64;
    private static final int LONGEST_VALUE = 256;
    private static final String DEFAULT_NAMESPACE = "default";
    private static final String RESERVED = "pure";

    private final Estate estate;
    private final Resource<T> tagged;

    Tags(Estate estate, Resource<T> tagged) {
        this.estate = estate;
        this.tagged = tagged;
    }

    Answer list(Call call) {
        return estate.read(objects -> {
            var namespaces = call.list("namespaces");
            var destroyed = call.flag("resource_destroyed");
            var found = new ArrayList<Tag>();
            for (var resource : resources(objects, call).orElseGet(() -> List.copyOf(tagged.all(objects)))) {
                var state = tagged.destroyed(resource);
                if (destroyed.isPresent() && !destroyed.equals(state)) {
                    continue;
                }
                objects.tagsOf(resource.id()).stream()
                        .filter(tag -> isIn(tag, namespaces))
                        .forEach(found::add);
            }
            return Listing.page(this, objects, call, found);
        });
    }

    /** Without namespaces only the default one is listed. */
    private static boolean isIn(Tag tag, List<String> namespaces) {
        return namespaces.isEmpty() ? tag.namespace().equals(DEFAULT_NAMESPACE) : namespaces.contains(tag.namespace());
    }

    private Optional<List<T>> resources(Objects objects, Call call) {
        var names = call.list("resource_names");
        var ids = call.list("resource_ids");
        if (!names.isEmpty() && !ids.isEmpty()) {
            throw Refusal.of(Wording.NAMES_OR_IDS);
        }
        if (names.isEmpty() && ids.isEmpty()) {
            return Optional.empty();
        }
        return Optional.of(
                names.isEmpty() ? Listing.identified(tagged, objects, ids) : Listing.named(tagged, objects, names));
    }

    private List<T> required(Objects objects, Call call) {
        return resources(objects, call).orElseThrow(() -> Refusal.of(Wording.NAMES_REQUIRED));
    }

    /** Sets the tags of the body on each resource; others stay. */
    Answer put(Call call) {
        var wanted = call.body().elements();
        if (wanted.isEmpty() || wanted.size() > MOST_PER_CALL) {
            throw Refusal.of(Wording.TAG_COUNT);
        }
        return Answer.Items.of(estate, this, call, draft -> {
            var set = new ArrayList<Tag>();
            for (var resource : required(draft.objects(), call)) {
                for (var tag : wanted) {
                    set.add(put(draft, resource, tag));
                }
            }
            return set;
        });
    }

    private Tag put(Draft draft, T resource, Body tag) {
        var namespace = tag.text("namespace").orElse(DEFAULT_NAMESPACE);
        var key = tag.text("key").orElse("");
        var value = tag.text("value").orElse("");
        requireLength("key", key, 1, LONGEST_KEY);
        requireLength("namespace", namespace, 1, LONGEST_KEY);
        requireLength("value", value, 0, LONGEST_VALUE);
        if (namespace.startsWith(RESERVED)) {
            throw Refusal.of(Wording.invalidAttribute("namespace"));
        }
        var id = find(draft.objects(), resource, namespace, key).map(Tag::id).orElseGet(UUID::randomUUID);
        var set = new Tag(
                id, resource.id(), namespace, key, value, tag.flag("copyable").orElse(true));
        draft.put(set);
        return set;
    }

    private static void requireLength(String what, String text, int least, int most) {
        var length = text.codePointCount(0, text.length());
        if (length < least || length > most) {
            throw Refusal.of(Wording.invalidAttribute(what));
        }
    }

    private Optional<Tag> find(Objects objects, T resource, String namespace, String key) {
        return objects.tagsOf(resource.id()).stream()
                .filter(tag -> tag.namespace().equals(namespace) && tag.key().equals(key))
                .findFirst();
    }

    Answer delete(Call call) {
        var keys = call.requiredList("keys");
        var namespaces = call.list("namespaces");
        if (namespaces.size() > 1) {
            throw Refusal.of(Wording.invalidParameter("namespaces"));
        }
        var namespace = namespaces.isEmpty() ? DEFAULT_NAMESPACE : namespaces.getFirst();
        return estate.change(draft -> {
            for (var resource : required(draft.objects(), call)) {
                for (var key : keys) {
                    draft.remove(find(draft.objects(), resource, namespace, key)
                            .orElseThrow(() -> Refusal.of(key, missing())));
                }
            }
            return new Answer.Empty();
        });
    }

    @Override
    public Collection<Tag> all(Objects objects) {
        return objects.tags();
    }

    /** Tags have no names of their own. */
    @Override
    public Optional<Tag> named(Objects objects, String name) {
        return Optional.empty();
    }

    @Override
    public String name(Objects objects, Tag tag) {
        return resourceName(objects, tag) + " " + tag.namespace() + " " + tag.key();
    }

    private String resourceName(Objects objects, Tag tag) {
        return tagged.identified(objects, tag.resource())
                .map(resource -> tagged.name(objects, resource))
                .orElse("");
    }

    @Override
    public String missing() {
        return Wording.TAG_MISSING;
    }

    @Override
    public ObjectNode item(Objects objects, Tag tag, ApiVersion version) {
        var item = Json.object()
                .put("key", tag.key())
                .put("value", tag.value())
                .put("namespace", tag.namespace())
                .put("copyable", tag.copyable());
        item.set("resource", References.to(resourceName(objects, tag), tag.resource()));
        return item;
    }
}
