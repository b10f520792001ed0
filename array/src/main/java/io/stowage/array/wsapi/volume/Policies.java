package io.stowage.array.wsapi.volume;

import io.stowage.array.wsapi.rest.Input;
import io.stowage.web.json.Json;
import java.util.LinkedHashMap;
import java.util.Map;
import tools.jackson.databind.node.ObjectNode;

/** The {@code policies} of a volume (section 6): kept and told, without an effect on the data. */
final class Policies {
    private static final String PREFIX = "policy.";
    private static final String HOST_DIF = "hostDIF";

    /** 1 3PAR host DIF, 2 standard host DIF, 3 none. */
    private static final int NO_HOST_DIF = 3;

    /** What may be set, with what is usual. */
    private static final Map<String, Boolean> FLAGS = new LinkedHashMap<>();

    static {
        FLAGS.put("staleSS", true);
        FLAGS.put("oneHost", false);
        FLAGS.put("zeroDetect", false);
        FLAGS.put("tpZeroFill", false);
        FLAGS.put("fsvc", false);
    }

    private Policies() {}

    static Traits applied(Traits before, Input input) {
        return input.object("policies").map(given -> set(before, given)).orElse(before);
    }

    private static Traits set(Traits before, Input given) {
        var known = new java.util.HashSet<>(FLAGS.keySet());
        known.add(HOST_DIF);
        given.allow(known);
        var after = before;
        for (var name : FLAGS.keySet()) {
            var value = given.flag(name);
            if (value.isPresent()) {
                after = after.with(PREFIX + name, value.get().toString());
            }
        }
        var dif = given.choice(HOST_DIF, NO_HOST_DIF);
        return dif.isPresent() ? after.with(PREFIX + HOST_DIF, dif.get().toString()) : after;
    }

    static ObjectNode json(Traits traits) {
        var json = Json.object();
        FLAGS.forEach((name, usual) ->
                json.put(name, traits.text(PREFIX + name).map(Boolean::valueOf).orElse(usual)));
        return json.put("system", false)
                .put("caching", true)
                .put(
                        HOST_DIF,
                        traits.text(PREFIX + HOST_DIF).map(Integer::valueOf).orElse(NO_HOST_DIF));
    }
}
