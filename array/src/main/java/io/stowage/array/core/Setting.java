package io.stowage.array.core;

import java.nio.charset.StandardCharsets;
import java.util.UUID;

/** A named value of a personality: its identity, a counter, an option. The id follows from the name. */
public record Setting(String name, String value) implements Entity {
    @Override
    public UUID id() {
        return idOf(name);
    }

    static UUID idOf(String name) {
        return UUID.nameUUIDFromBytes(name.getBytes(StandardCharsets.UTF_8));
    }

    @Override
    public String toString() {
        return name; // the value may be a secret
    }
}
