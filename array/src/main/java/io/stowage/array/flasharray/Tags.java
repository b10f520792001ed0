package io.stowage.array.flasharray;

import io.stowage.array.core.Estate;
import io.stowage.array.core.Objects;
import io.stowage.array.core.Tag;
import io.stowage.web.json.Json;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.function.BiFunction;
import java.util.function.Function;
import tools.jackson.databind.node.ObjectNode;

/**
 * {@code …/tags}: the tags of another resource's items.
 *
 * @param <T> what is tagged
 */
final class Tags<T> implements Resource<Tag> {
    private final Estate estate;
    private final Resource<T> tagged;
    private final Function<T, UUID> idOf;
    private final BiFunction<Objects, UUID, Optional<T>> find;

    /**
     * @param idOf what the tags of one are kept under, whether it is told over the API or not
     * @param find the way back
     */
    Tags(Estate estate, Resource<T> tagged, Function<T, UUID> idOf, BiFunction<Objects, UUID, Optional<T>> find) {
        this.estate = estate;
        this.tagged = tagged;
        this.idOf = idOf;
        this.find = find;
    }

    /** @param path of the collection, such as {@code volumes} */
    List<Endpoint> endpoints(String path, int since) {
        return List.of(
                new Endpoint("GET", path + "/tags", since, this::list),
                new Endpoint("PUT", path + "/tags/batch", since, this::put),
                new Endpoint("DELETE", path + "/tags", since, this::delete));
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
                objects.tagsOf(idOf.apply(resource)).stream()
                        .filter(tag -> isIn(tag, namespaces))
                        .forEach(found::add);
            }
            return Listing.page(this, objects, call, found);
        });
    }

    /** Without namespaces only the default one is listed. */
    private static boolean isIn(Tag tag, List<String> namespaces) {
        return namespaces.isEmpty()
                ? tag.namespace().equals(Tagging.DEFAULT_NAMESPACE)
                : namespaces.contains(tag.namespace());
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
        var wanted = Tagging.required(call.body().elements());
        return Answer.Items.of(estate, this, call, draft -> {
            var set = new ArrayList<Tag>();
            for (var resource : required(draft.objects(), call)) {
                for (var tag : wanted) {
                    set.add(Tagging.put(draft, idOf.apply(resource), tag));
                }
            }
            return set;
        });
    }

    Answer delete(Call call) {
        var keys = call.requiredList("keys");
        var namespaces = call.list("namespaces");
        if (namespaces.size() > 1) {
            throw Refusal.of(Wording.invalidParameter("namespaces"));
        }
        var namespace = namespaces.isEmpty() ? Tagging.DEFAULT_NAMESPACE : namespaces.getFirst();
        return estate.change(draft -> {
            for (var resource : required(draft.objects(), call)) {
                for (var key : keys) {
                    draft.remove(Tagging.find(draft.objects(), idOf.apply(resource), namespace, key)
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
        return find.apply(objects, tag.resource())
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
        var id = find.apply(objects, tag.resource()).flatMap(tagged::id);
        item.set(
                "resource",
                Json.object().put("name", resourceName(objects, tag)).put("id", id.orElse(null)));
        return item;
    }
}
