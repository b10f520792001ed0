package io.stowage.array.flasharray.filter;

import java.util.Map;
import java.util.Optional;
import tools.jackson.databind.JsonNode;

/** How a field is compared with a value. */
enum Operator {
    EQUAL,
    NOT_EQUAL,
    LESS,
    GREATER,
    AT_MOST,
    AT_LEAST;

    private static final Map<String, Operator> SYMBOLS =
            Map.of("=", EQUAL, "!=", NOT_EQUAL, "<", LESS, ">", GREATER, "<=", AT_MOST, ">=", AT_LEAST);

    static Optional<Operator> of(String symbol) {
        return Optional.ofNullable(SYMBOLS.get(symbol));
    }

    boolean holds(JsonNode node, Value value) {
        if (this == EQUAL || this == NOT_EQUAL) {
            return equal(node, value) == (this == EQUAL);
        }
        var order = order(node, value);
        return order.isPresent()
                && switch (this) {
                    case LESS -> order.get() < 0;
                    case GREATER -> order.get() > 0;
                    case AT_MOST -> order.get() <= 0;
                    case AT_LEAST -> order.get() >= 0;
                    case EQUAL, NOT_EQUAL -> throw new IllegalStateException("handled above");
                };
    }

    private static boolean equal(JsonNode node, Value value) {
        if (node.isString()) {
            return value.glob().matches(node.stringValue());
        }
        if (node.isBoolean()) {
            return value.text().equalsIgnoreCase(String.valueOf(node.booleanValue()));
        }
        return order(node, value).filter(order -> order == 0).isPresent();
    }

    private static Optional<Integer> order(JsonNode node, Value value) {
        if (node.isNumber()) {
            return value.number().map(number -> node.decimalValue().compareTo(number));
        }
        return node.isString()
                ? Optional.of(String.CASE_INSENSITIVE_ORDER.compare(node.stringValue(), value.text()))
                : Optional.empty();
    }
}
