package io.stowage.driver.pure;

import io.stowage.driver.ArrayTarget;
import io.stowage.driver.rest.ArrayKeys;
import io.stowage.model.ConfigKey;
import io.stowage.model.ConfigSchema;
import io.stowage.model.InvalidValue;
import io.stowage.model.PoolKeys;
import io.stowage.model.Portal;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** The configuration keys of {@code pure} pools. */
final class PureKeys {
    static final ArrayKeys ARRAY = new ArrayKeys("pure.gateway", "pure.mode", "pure.target");
    static final String TOKEN = "pure.api.token";
    /** The word of the first documents for {@code pure.target}. */
    static final String OLD_TARGET = "pure.iscsi.address";

    static final String SIZE = "size";

    static final ConfigSchema SCHEMA = schema();

    private PureKeys() {}

    private static ConfigSchema schema() {
        var keys = new ArrayList<>(ARRAY.keys());
        keys.add(ConfigKey.of(TOKEN, "API token of a user with the role array_admin", PureKeys::token)
                .asRequired()
                .asSecret());
        keys.add(ArrayKeys.targets(OLD_TARGET, "Older word for pure.target"));
        keys.add(ConfigKey.size(SIZE, "Quota of the pod; no limit when unset"));
        return PoolKeys.with(keys);
    }

    static void validate(Map<String, String> config) {
        SCHEMA.validate(config);
        if (!value(config, ARRAY.target()).isEmpty()
                && !value(config, OLD_TARGET).isEmpty())
            throw new InvalidValue("The pool keys \"%s\" and \"%s\" mean the same: only one of them can be set"
                    .formatted(ARRAY.target(), OLD_TARGET));
    }

    static List<Portal> portals(Map<String, String> config, ArrayTarget told) {
        var given = value(config, ARRAY.target());
        return ArrayKeys.portals(given.isEmpty() ? value(config, OLD_TARGET) : given, told);
    }

    private static String value(Map<String, String> config, String key) {
        return config.getOrDefault(key, "");
    }

    /** It travels in a header. */
    private static void token(String text) {
        if (!text.chars().allMatch(c -> c > 0x20 && c < 0x7f))
            throw new InvalidValue("token", text, "a token has no blanks, line ends or characters beyond ASCII");
    }
}
