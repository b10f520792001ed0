package io.stowage.array.flasharray;

import io.stowage.web.json.Json;
import java.util.List;
import tools.jackson.databind.node.ObjectNode;

/** The element of {@code total}: an item without a name whose space is the sum of all. */
final class Totals {
    private Totals() {}

    static ObjectNode of(List<ObjectNode> items, ApiVersion version) {
        var space = SpaceFigures.NONE;
        for (var item : items) {
            if (item.get("space") instanceof ObjectNode one) {
                space = space.plus(SpaceFigures.parse(one));
            }
        }
        var total = Json.object().putNull("name").putNull("id");
        if (items.stream().anyMatch(item -> item.has("provisioned"))) {
            total.put("provisioned", space.provisioned());
        }
        total.set("space", space.json(version));
        return total;
    }
}
