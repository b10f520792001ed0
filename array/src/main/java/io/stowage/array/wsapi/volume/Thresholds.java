package io.stowage.array.wsapi.volume;

import io.stowage.array.wsapi.rest.Input;
import java.util.Map;
import tools.jackson.databind.node.ObjectNode;

/** Warnings and limits of the space of a volume, in percent of its size (section 6): kept and told. */
final class Thresholds {
    /** What may be set, with what takes it away. */
    static final Map<String, String> NAMES = Map.of(
            "ssSpcAllocWarningPct", "rmSsSpcAllocWarning",
            "ssSpcAllocLimitPct", "rmSsSpcAllocLimit",
            "usrSpcAllocWarningPct", "rmUsrSpcAllocWarning",
            "usrSpcAllocLimitPct", "rmUsrSpcAllocLimit");

    private static final int MOST_PERCENT = 100;

    private Thresholds() {}

    static Traits applied(Traits before, Input input) {
        var after = before;
        for (var entry : NAMES.entrySet()) {
            input.exclude(entry.getKey(), entry.getValue());
            var percent = input.number(entry.getKey(), 0, MOST_PERCENT);
            if (percent.isPresent()) {
                after = after.with(entry.getKey(), percent.map(Object::toString));
            } else if (input.isSet(entry.getValue())) {
                after = after.with(entry.getKey(), java.util.Optional.empty());
            }
        }
        return after;
    }

    /** 0 where there is none. */
    static void describe(Traits traits, ObjectNode json) {
        NAMES.keySet().stream()
                .sorted()
                .forEach(name ->
                        json.put(name, traits.text(name).map(Integer::valueOf).orElse(0)));
    }
}
