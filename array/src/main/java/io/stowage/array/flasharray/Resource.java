package io.stowage.array.flasharray;

import io.stowage.array.core.Entity;
import io.stowage.array.core.Objects;
import java.util.Collection;
import java.util.Optional;
import java.util.UUID;
import tools.jackson.databind.node.ObjectNode;

/** A kind of thing that can be listed. */
interface Resource<T> {
    Collection<T> all(Objects objects);

    /** The one of this full name; destroyed ones are found too. */
    Optional<T> named(Objects objects, String name);

    default Optional<T> identified(Objects objects, UUID id) {
        return Optional.empty();
    }

    /** Its id as it is sent; empty for kinds that have none. */
    default Optional<String> id(T one) {
        return one instanceof Entity entity ? Optional.of(entity.id().toString()) : Optional.empty();
    }

    /** The full name, unique among its kind: the default order. */
    String name(Objects objects, T one);

    /** Whether it has been destroyed; empty for kinds that are never in that state. */
    default Optional<Boolean> destroyed(T one) {
        return Optional.empty();
    }

    /** As it is sent. */
    ObjectNode item(Objects objects, T one, ApiVersion version);

    /** What the array says when there is none of a name. */
    String missing();

    /** Whether listings have sums over all items. */
    default boolean hasTotals() {
        return false;
    }

    /** The space of one, as its item tells it; resources of which there may be many know it without the item. */
    default SpaceFigures space(Objects objects, T one) {
        return item(objects, one, ApiVersion.NEWEST).get("space") instanceof ObjectNode space
                ? SpaceFigures.parse(space)
                : SpaceFigures.NONE;
    }

    /** The element of {@code total}: an item without a name whose figures are those of all together. */
    default ObjectNode total(Objects objects, Collection<T> all, ApiVersion version) {
        var space = all.stream().map(one -> space(objects, one)).reduce(SpaceFigures.NONE, SpaceFigures::plus);
        var total = References.none();
        total.set("space", space.json(version));
        return total;
    }
}
