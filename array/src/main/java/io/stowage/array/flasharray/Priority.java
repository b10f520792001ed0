package io.stowage.array.flasharray;

import io.stowage.web.json.Json;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import tools.jackson.databind.node.ObjectNode;

/**
 * The {@code priority_adjustment} of a volume or of a volume group: kept and shown. Nothing is served sooner for it, as
 * nothing waits here.
 */
record Priority(String operator, int value) {
    private static final String ATTRIBUTE = "priority_adjustment";
    private static final String OPERATOR = "priority_adjustment_operator";
    private static final String VALUE = "priority_adjustment_value";
    private static final int MOST = 10;

    static Priority of(Map<String, String> attributes) {
        return new Priority(
                attributes.getOrDefault(OPERATOR, "+"), Integer.parseInt(attributes.getOrDefault(VALUE, "0")));
    }

    /**
     * The attributes with what the body asks for.
     *
     * @param operators what the object may have for an operator; {@code =} is for volumes alone
     */
    static Map<String, String> applied(Map<String, String> attributes, Body body, Set<String> operators) {
        var wanted = body.object(ATTRIBUTE);
        if (wanted.isEmpty()) {
            return attributes;
        }
        var before = of(attributes);
        var operator = wanted.get().text(OPERATOR).orElse(before.operator());
        if (!operators.contains(operator)) {
            throw Refusal.of(Wording.invalidAttribute(OPERATOR));
        }
        long value = wanted.get().number(VALUE).orElse((long) before.value());
        if (value != 0 && value != MOST && !(operator.equals("=") && value == -MOST)) {
            throw Refusal.of(Wording.invalidAttribute(VALUE));
        }
        var changed = new HashMap<>(attributes);
        changed.put(OPERATOR, operator);
        changed.put(VALUE, Long.toString(value));
        return changed;
    }

    /** The priority of a volume with this adjustment when its group, or nothing, gives it that one before. */
    int from(int before) {
        var adjusted = switch (operator) {
            case "-" -> before - value;
            case "=" -> value;
            default -> before + value;
        };
        return Math.clamp(adjusted, -MOST, MOST);
    }

    ObjectNode json() {
        return Json.object().put(OPERATOR, operator).put(VALUE, value);
    }
}
