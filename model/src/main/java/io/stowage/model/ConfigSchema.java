package io.stowage.model;

import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/** The keys that a configuration may have, besides {@code user.*}, which are free. An empty value means unset. */
public final class ConfigSchema {
    private static final int LONGEST_VALUE = 64 * 1024;

    private final String what;
    private final Map<String, ConfigKey> keys;

    /** @param what the thing that is configured, for sentences: {@code pool}, {@code volume} */
    public ConfigSchema(String what, Collection<ConfigKey> keys) {
        this.what = what;
        var byName = new LinkedHashMap<String, ConfigKey>();
        for (var key : keys) byName.put(key.name(), key);
        this.keys = byName;
    }

    public List<ConfigKey> keys() {
        return List.copyOf(keys.values());
    }

    public Optional<ConfigKey> key(String name) {
        return Optional.ofNullable(keys.get(name));
    }

    /** Whether the key's value must not be shown; unknown keys are not secret. */
    public boolean isSecret(String name) {
        return key(name).map(ConfigKey::secret).orElse(false);
    }

    /** The value in {@code config}, or what holds when it is unset; empty if nothing does. */
    public String value(Map<String, String> config, String name) {
        var value = config.getOrDefault(name, "");
        return value.isEmpty() ? key(name).map(ConfigKey::fallback).orElse("") : value;
    }

    /**
     * Holds a configuration to this schema.
     *
     * @throws InvalidValue for an unknown key, a value that is not allowed, or a required key that is missing
     */
    public void validate(Map<String, String> config) {
        config.forEach((name, value) -> {
            if (value.length() > LONGEST_VALUE)
                throw new InvalidValue(
                        "The value of %s key \"%s\" is longer than %d characters".formatted(what, name, LONGEST_VALUE));
            if (name.startsWith("user.")) return;
            var key = keys.get(name);
            if (key == null) throw new InvalidValue("Unknown %s key \"%s\"".formatted(what, name));
            key.validate(value);
        });
        for (var key : keys.values())
            if (key.required() && config.getOrDefault(key.name(), "").isEmpty())
                throw new InvalidValue(
                        "The %s key \"%s\" is required: %s".formatted(what, key.name(), key.description()));
    }

    /**
     * Holds a change of configuration to this schema: the new one must be valid and immutable keys unchanged.
     *
     * @throws InvalidValue with a sentence for the first fault
     */
    public void validateChange(Map<String, String> old, Map<String, String> changed) {
        validate(changed);
        for (var key : keys.values())
            if (key.immutable()
                    && !Objects.equals(old.getOrDefault(key.name(), ""), changed.getOrDefault(key.name(), "")))
                throw new InvalidValue(
                        "The %s key \"%s\" cannot be changed after creation".formatted(what, key.name()));
    }
}
