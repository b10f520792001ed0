package io.stowage.driver.alletra;

import io.stowage.driver.PoolSettings;
import io.stowage.driver.rest.ArrayKeys;
import io.stowage.model.ConfigKey;
import io.stowage.model.ConfigSchema;
import io.stowage.model.InvalidValue;
import io.stowage.model.PoolKeys;
import java.util.ArrayList;
import java.util.Map;
import java.util.regex.Pattern;

/** The configuration keys of {@code alletra} pools. */
final class AlletraKeys {
    static final ArrayKeys ARRAY = new ArrayKeys("alletra.wsapi", "alletra.mode", "alletra.target");
    static final String USER = "alletra.user.name";
    static final String PASSWORD = "alletra.user.password";
    static final String CPG = "alletra.cpg";
    static final ConfigSchema SCHEMA = schema();

    /** What the array takes as names of sets and groups (developer's guide, names). */
    private static final Pattern NAME = Pattern.compile("[A-Za-z0-9._][A-Za-z0-9._-]{0,30}");

    private AlletraKeys() {}

    private static ConfigSchema schema() {
        var keys = new ArrayList<>(ARRAY.keys());
        keys.add(ConfigKey.text(USER, "Name of a user of the array with the right to edit")
                .asRequired());
        keys.add(ConfigKey.text(PASSWORD, "Password of the user").asRequired().asSecret());
        keys.add(ConfigKey.of(CPG, "Common provisioning group that volumes are made in", AlletraKeys::checkGroup)
                .asRequired());
        return PoolKeys.with(keys);
    }

    static void validate(String pool, Map<String, String> config) {
        if (!NAME.matcher(pool).matches())
            throw new InvalidValue(
                    "pool name",
                    pool,
                    "a volume set has 1 to 31 letters, digits, dots, underscores and hyphens, and no hyphen in front");
        if (!config.getOrDefault("size", "").isEmpty())
            throw new InvalidValue("The pool key \"size\" can't be set: volume sets have no quota");
        SCHEMA.validate(config);
    }

    static Entrance.User user(PoolSettings settings) {
        return new Entrance.User(settings.value(USER), settings.text(PASSWORD).stripTrailing());
    }

    private static void checkGroup(String name) {
        if (!NAME.matcher(name).matches())
            throw new InvalidValue(
                    "group",
                    name,
                    "a common provisioning group has 1 to 31 letters, digits, dots, underscores and hyphens");
    }
}
