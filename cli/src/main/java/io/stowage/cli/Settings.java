package io.stowage.cli;

import io.stowage.client.Json;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** {@code key=value} arguments and the config maps of the API. */
final class Settings {
    private Settings() {}

    /** @throws Wrong if an argument has no {@code =} */
    static Map<String, String> parse(List<String> arguments) {
        Map<String, String> settings = new LinkedHashMap<>();
        for (String argument : arguments) {
            int equals = argument.indexOf('=');
            if (equals <= 0) {
                throw new Wrong("\"" + argument + "\" is not of the form key=value");
            }
            settings.put(argument.substring(0, equals), argument.substring(equals + 1));
        }
        return settings;
    }

    /** The body of a PUT: the object's config with changes laid over it, and its description. */
    static Json changed(Json object, Map<String, String> changes) {
        Map<String, Object> config = new LinkedHashMap<>(object.get("config").fields());
        changes.forEach((key, value) -> {
            if (value.isEmpty()) {
                config.remove(key);
            } else {
                config.put(key, value);
            }
        });
        return Json.of(Map.of("config", config, "description", object.get("description")));
    }
}
