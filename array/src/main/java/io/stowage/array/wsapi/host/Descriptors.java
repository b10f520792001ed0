package io.stowage.array.wsapi.host;

import io.stowage.array.core.Host;
import io.stowage.array.wsapi.rest.Input;
import io.stowage.web.json.Json;
import java.util.List;
import java.util.Map;
import tools.jackson.databind.node.ObjectNode;

/** What people may note about a host; kept as attributes of it. */
final class Descriptors {
    private static final List<String> NAMES = List.of("location", "IPAddr", "os", "model", "contact", "comment");
    private static final String PREFIX = "descriptor.";
    private static final int LONGEST = 254;

    private Descriptors() {}

    /** Puts those of a request in; an empty text takes one away. */
    static void put(Input input, Map<String, String> attributes) {
        input.object("descriptors").ifPresent(given -> {
            given.allow(NAMES.toArray(String[]::new));
            for (var name : NAMES) {
                given.anyText(name, LONGEST).ifPresent(text -> {
                    if (text.isEmpty()) {
                        attributes.remove(PREFIX + name);
                    } else {
                        attributes.put(PREFIX + name, text);
                    }
                });
            }
        });
    }

    static ObjectNode json(Host host) {
        var json = Json.object();
        for (var name : NAMES) {
            var text = host.attributes().get(PREFIX + name);
            if (text != null) {
                json.put(name, text);
            }
        }
        return json;
    }
}
