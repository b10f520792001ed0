package io.stowage.array.flasharray;

import io.stowage.web.json.Json;
import java.util.Optional;
import java.util.UUID;
import tools.jackson.databind.node.ObjectNode;

/** References to other objects; one to nothing has null members. */
final class References {
    private References() {}

    static ObjectNode to(String name, UUID id) {
        return Json.object().put("name", name).put("id", id.toString());
    }

    static ObjectNode to(Optional<String> name, Optional<UUID> id) {
        return Json.object()
                .put("name", name.orElse(null))
                .put("id", id.map(UUID::toString).orElse(null));
    }

    static ObjectNode none() {
        return Json.object().putNull("name").putNull("id");
    }

    /** Hosts and host groups have no ids. */
    static ObjectNode toName(String name) {
        return Json.object().put("name", name);
    }

    static ObjectNode noName() {
        return Json.object().putNull("name");
    }
}
