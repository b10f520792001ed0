package io.stowage.model;

import java.util.List;
import java.util.function.Consumer;

/**
 * One configuration key: what it means, what it may hold, what holds when it is not set.
 *
 * @param name as people write it, such as {@code snapshots.expiry}
 * @param description one sentence for people
 * @param fallback the value that holds when the key is unset; empty if there is none
 * @param check throws {@link InvalidValue} for a value that is not allowed; it never sees an empty value, which means
 *     unset everywhere
 */
public record ConfigKey(
        String name,
        String description,
        String fallback,
        boolean required,
        boolean secret,
        boolean immutable,
        Consumer<String> check) {

    public static ConfigKey of(String name, String description, Consumer<String> check) {
        return new ConfigKey(name, description, "", false, false, false, check);
    }

    public static ConfigKey text(String name, String description) {
        return of(name, description, value -> {});
    }

    public static ConfigKey size(String name, String description) {
        return of(name, description, ByteSize::parse);
    }

    public static ConfigKey flag(String name, String description) {
        return of(name, description, value -> {
            if (Flag.parse(value).isEmpty()) throw new InvalidValue("flag", value, "allowed are true and false");
        });
    }

    public static ConfigKey oneOf(String name, String description, List<String> allowed) {
        return of(name, description, value -> {
            if (!allowed.contains(value))
                throw new InvalidValue("choice", value, "allowed are " + String.join(", ", allowed));
        });
    }

    /** The value that holds when the key is unset. */
    public ConfigKey withDefault(String value) {
        return new ConfigKey(name, description, value, required, secret, immutable, check);
    }

    /** It must be given. */
    public ConfigKey asRequired() {
        return new ConfigKey(name, description, fallback, true, secret, immutable, check);
    }

    /** Its value never appears in logs and errors, and is kept apart at rest. */
    public ConfigKey asSecret() {
        return new ConfigKey(name, description, fallback, required, true, immutable, check);
    }

    /** It can't be changed after creation. */
    public ConfigKey asImmutable() {
        return new ConfigKey(name, description, fallback, required, secret, true, check);
    }

    /** The same key under another name, such as {@code volume.size} for {@code size}; neither required nor immutable. */
    public ConfigKey as(String otherName) {
        return new ConfigKey(otherName, description, fallback, false, secret, false, check);
    }

    /** Throws {@link InvalidValue} with a sentence that names key and value (a secret's value is not named). */
    public void validate(String value) {
        if (value.isEmpty()) return;
        try {
            check.accept(value);
        } catch (InvalidValue e) {
            throw secret
                    ? new InvalidValue("Invalid value for key \"%s\": %s".formatted(name, e.reason()))
                    : new InvalidValue("Invalid value \"%s\" for key \"%s\": %s".formatted(value, name, e.reason()));
        }
    }
}
