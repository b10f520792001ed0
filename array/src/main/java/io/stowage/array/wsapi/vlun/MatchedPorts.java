package io.stowage.array.wsapi.vlun;

import io.stowage.array.core.Connection;
import io.stowage.array.core.Draft;
import io.stowage.array.core.Objects;
import io.stowage.array.core.Tag;
import io.stowage.array.wsapi.port.PortPosition;
import java.util.List;
import java.util.UUID;

/**
 * The ports by which a volume was exported, when they were named (to a host: "matched set"): notes on the connection. Hosts
 * see it through the others too.
 */
final class MatchedPorts {
    private static final String NAMESPACE = "vlun.port";

    private MatchedPorts() {}

    /** Empty for a connection that was made without ports. */
    static List<PortPosition> of(Objects objects, Connection connection) {
        return tags(objects, connection).stream()
                .map(Tag::key)
                .map(PortPosition::parse)
                .toList();
    }

    private static List<Tag> tags(Objects objects, Connection connection) {
        return objects.tagsOf(connection.id()).stream()
                .filter(tag -> tag.namespace().equals(NAMESPACE))
                .toList();
    }

    static void add(Draft draft, Connection connection, PortPosition port) {
        draft.put(new Tag(UUID.randomUUID(), connection.id(), NAMESPACE, port.toString(), "", false));
    }

    static void remove(Draft draft, Connection connection, PortPosition port) {
        tags(draft.objects(), connection).stream()
                .filter(tag -> tag.key().equals(port.toString()))
                .forEach(draft::remove);
    }
}
