package io.stowage.array.flasharray;

import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.regex.Pattern;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.MissingNode;
import tools.jackson.databind.node.ObjectNode;

/** The order that {@code sort=space.virtual-,name} asks for: a trailing or leading minus is descending. */
final class Sort {
    private static final Pattern FIELD = Pattern.compile("[A-Za-z0-9_]+(\\.[A-Za-z0-9_]+)*");

    private Sort() {}

    static Comparator<ObjectNode> parse(String text) {
        return Arrays.stream(text.split(",", -1))
                .map(Sort::one)
                .reduce(Comparator::thenComparing)
                .orElseThrow();
    }

    private static Comparator<ObjectNode> one(String text) {
        var descending = text.endsWith("-") || text.startsWith("-");
        var field = text.replaceFirst("^-", "").replaceFirst("-$", "");
        if (!FIELD.matcher(field).matches()) {
            throw Refusal.of(Wording.invalidParameter("sort"));
        }
        var path = List.of(field.split("\\.", -1));
        Comparator<ObjectNode> order = (a, b) -> compare(at(a, path), at(b, path));
        return descending ? order.reversed() : order;
    }

    private static JsonNode at(JsonNode item, List<String> path) {
        var node = item;
        for (var name : path) {
            var child = node.get(name);
            node = child == null ? MissingNode.getInstance() : child;
        }
        return node;
    }

    /** Numbers by value, texts without regard to case, what has no value first. */
    private static int compare(JsonNode a, JsonNode b) {
        if (a.isNumber() && b.isNumber()) {
            return a.decimalValue().compareTo(b.decimalValue());
        }
        return String.CASE_INSENSITIVE_ORDER.compare(text(a), text(b));
    }

    private static String text(JsonNode node) {
        return node.isValueNode() && !node.isNull() ? node.asString() : "";
    }
}
