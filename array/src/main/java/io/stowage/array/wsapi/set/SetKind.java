package io.stowage.array.wsapi.set;

import io.stowage.array.core.Draft;
import io.stowage.array.core.NamedSet;
import io.stowage.array.core.Objects;
import io.stowage.array.wsapi.rest.Input;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import tools.jackson.databind.node.ObjectNode;

/** What one kind of sets has of its own. */
interface SetKind<S extends NamedSet> {
    /** Where its sets are found, for example {@code hostsets}. */
    String path();

    /** What counts the ids of its sets. */
    String counter();

    /** How many there may be. */
    int most();

    Collection<S> all(Objects objects);

    Optional<S> find(Objects objects, String name);

    S make(UUID id, String name, Map<String, String> attributes);

    /** The names of its members, in their order. */
    List<String> members(Objects objects, S set);

    /**
     * Makes what has this name a member.
     *
     * @throws io.stowage.array.wsapi.rest.Refusal it can't be
     */
    void add(Draft draft, S set, String name);

    /** @throws io.stowage.array.wsapi.rest.Refusal it isn't a member */
    void remove(Draft draft, S set, String name);

    /** @throws io.stowage.array.wsapi.rest.Refusal something needs the set */
    void delete(Draft draft, S set);

    /** Members of a request that describe a set, beside its name and comment. */
    default Set<String> traits() {
        return Set.of();
    }

    /** Reads those. */
    default void describe(Input input, Map<String, String> attributes) {}

    /** Adds what only this kind shows. */
    default void show(S set, ObjectNode json) {}
}
