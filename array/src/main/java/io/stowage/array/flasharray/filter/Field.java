package io.stowage.array.flasharray.filter;

import java.util.List;
import java.util.function.Predicate;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import tools.jackson.databind.JsonNode;

/**
 * A path into an item.
 *
 * @param path names from the outside in; a list on the way stands for its elements
 * @param all whether each element of a list has to fit instead of any
 */
record Field(List<String> path, boolean all) {
    Field {
        path = List.copyOf(path);
    }

    boolean test(JsonNode item, Predicate<JsonNode> fits) {
        var values = values(item).toList();
        if (values.isEmpty()) {
            return false;
        }
        return all ? values.stream().allMatch(fits) : values.stream().anyMatch(fits);
    }

    private Stream<JsonNode> values(JsonNode item) {
        var nodes = elements(item);
        for (var name : path) {
            nodes = nodes.flatMap(node -> {
                var child = node.get(name);
                return child == null ? Stream.of() : elements(child);
            });
        }
        return nodes;
    }

    private static Stream<JsonNode> elements(JsonNode node) {
        return node.isArray() ? StreamSupport.stream(node.spliterator(), false) : Stream.of(node);
    }
}
