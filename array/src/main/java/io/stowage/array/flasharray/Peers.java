package io.stowage.array.flasharray;

import io.stowage.array.core.Estate;
import io.stowage.web.json.Json;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import tools.jackson.databind.node.ObjectNode;

/** {@code /array-connections}: this array has no peers and reaches none. */
final class Peers {
    private static final Duration KEY_LIFE = Duration.ofHours(1);

    private final Estate estate;

    /** Guarded by this. */
    private ObjectNode key = Json.object();

    Peers(Estate estate) {
        this.estate = estate;
    }

    List<Endpoint> endpoints() {
        return List.of(
                new Endpoint("GET", "array-connections", 0, this::list),
                new Endpoint("POST", "array-connections", 0, Peers::connect),
                new Endpoint("PATCH", "array-connections", 0, this::change),
                new Endpoint("DELETE", "array-connections", 0, this::change),
                new Endpoint("GET", "array-connections/connection-key", 0, this::showKey),
                new Endpoint("POST", "array-connections/connection-key", 0, this::makeKey));
    }

    private Answer list(Call call) {
        return page(call, List.of());
    }

    private Answer page(Call call, List<ObjectNode> items) {
        return estate.read(objects -> Listing.page(new Rows(() -> items, Wording.PEER_MISSING), objects, call));
    }

    /** What an array says that gets no answer from the address. */
    private static Answer connect(Call call) {
        for (var attribute : List.of("management_address", "connection_key", "type")) {
            if (call.body().text(attribute).isEmpty()) {
                throw Refusal.of(Wording.missingAttribute(attribute));
            }
        }
        var address = call.body().text("management_address").orElseThrow();
        var type = call.body().text("type").orElseThrow();
        if (!type.equals("async-replication") && !type.equals("sync-replication")) {
            throw Refusal.of(Wording.invalidAttribute("type"));
        }
        throw Refusal.of(address, Wording.PEER_UNREACHABLE);
    }

    private Answer change(Call call) {
        estate.read(objects -> Listing.required(new Rows(List::of, Wording.PEER_MISSING), objects, call));
        return new Answer.Empty();
    }

    /** The key that a peer would have to show; an hour old at most. */
    private Answer showKey(Call call) {
        return page(call, List.of(currentKey()));
    }

    private Answer makeKey(Call call) {
        return new Answer.Items(List.of(freshKey()));
    }

    private synchronized ObjectNode currentKey() {
        var now = estate.time().millis();
        return key.path("expires").asLong(0) > now ? key.deepCopy() : freshKey();
    }

    private synchronized ObjectNode freshKey() {
        var now = estate.time().millis();
        key = Json.object()
                .put("connection_key", UUID.randomUUID().toString())
                .put("created", now)
                .put("expires", now + KEY_LIFE.toMillis());
        return key.deepCopy();
    }
}
