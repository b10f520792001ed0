package io.stowage.array.flasharray;

import io.stowage.array.core.Objects;
import io.stowage.web.json.Json;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** References to other objects; one to nothing has null members. */
final class References {
    private References() {}

    /**
     * What a call refers to, by names or by ids; empty when it uses neither parameter.
     *
     * @throws Refusal it uses both, or one of them doesn't exist
     */
    static <T> Optional<List<T>> selected(
            Resource<T> resource, Objects objects, Call call, String namesParameter, String idsParameter) {
        if (call.has(namesParameter) && call.has(idsParameter)) {
            throw Refusal.of(Wording.NAMES_OR_IDS);
        }
        if (call.has(namesParameter)) {
            return Optional.of(Listing.named(resource, objects, call.list(namesParameter)));
        }
        return call.has(idsParameter)
                ? Optional.of(Listing.identified(resource, objects, call.list(idsParameter)))
                : Optional.empty();
    }

    static ObjectNode to(String name, UUID id) {
        return Json.object().put("name", name).put("id", id.toString());
    }

    static ObjectNode to(Optional<String> name, Optional<UUID> id) {
        return Json.object()
                .put("name", name.orElse(null))
                .put("id", id.map(UUID::toString).orElse(null));
    }

    static ArrayNode texts(List<String> texts) {
        var array = Json.array();
        texts.forEach(array::add);
        return array;
    }

    static ObjectNode none() {
        return Json.object().putNull("name").putNull("id");
    }

    /** Hosts and host groups have no ids. */
    static ObjectNode toName(String name) {
        return Json.object().put("name", name);
    }

    /** To nothing when there is no name. */
    static ObjectNode toName(Optional<String> name) {
        return Json.object().put("name", name.orElse(null));
    }

    static ObjectNode noName() {
        return Json.object().putNull("name");
    }
}
