package io.stowage.array.flasharray;

import io.stowage.array.core.Objects;
import java.util.Collection;
import java.util.Optional;
import java.util.UUID;

/** The things of another resource, found as there and told of in another way. */
interface View<T> extends Resource<T> {
    Resource<T> viewed();

    @Override
    default Collection<T> all(Objects objects) {
        return viewed().all(objects);
    }

    @Override
    default Optional<T> named(Objects objects, String name) {
        return viewed().named(objects, name);
    }

    @Override
    default Optional<T> identified(Objects objects, UUID id) {
        return viewed().identified(objects, id);
    }

    @Override
    default String name(Objects objects, T one) {
        return viewed().name(objects, one);
    }

    @Override
    default Optional<Boolean> destroyed(T one) {
        return viewed().destroyed(one);
    }

    @Override
    default String missing() {
        return viewed().missing();
    }
}
