package io.stowage.array.flasharray;

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

    /** Sums over items, for collections that have them. */
    default boolean hasTotals() {
        return false;
    }
}
