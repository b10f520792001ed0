package io.stowage.array.flasharray;

import io.stowage.array.core.Objects;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Supplier;
import tools.jackson.databind.node.ObjectNode;

/** A resource whose items are small in number and made anew for each call: the array's own equipment. */
final class Rows implements Resource<ObjectNode> {
    private final Supplier<List<ObjectNode>> items;
    private final String missing;

    /**
     * @param items each with a {@code name} and possibly an {@code id}
     * @param missing what the array says when there is none of a name
     */
    Rows(Supplier<List<ObjectNode>> items, String missing) {
        this.items = items;
        this.missing = missing;
    }

    @Override
    public Collection<ObjectNode> all(Objects objects) {
        return items.get();
    }

    @Override
    public Optional<ObjectNode> named(Objects objects, String name) {
        return items.get().stream()
                .filter(item -> name.equalsIgnoreCase(text(item, "name")))
                .findFirst();
    }

    @Override
    public Optional<ObjectNode> identified(Objects objects, UUID id) {
        return items.get().stream()
                .filter(item -> id.toString().equals(text(item, "id")))
                .findFirst();
    }

    @Override
    public String name(Objects objects, ObjectNode item) {
        return text(item, "name");
    }

    @Override
    public Optional<String> id(ObjectNode item) {
        return Optional.of(text(item, "id")).filter(id -> !id.isEmpty());
    }

    @Override
    public ObjectNode item(Objects objects, ObjectNode item, ApiVersion version) {
        return item;
    }

    @Override
    public String missing() {
        return missing;
    }

    private static String text(ObjectNode item, String key) {
        return item.path(key).asString("");
    }
}
