package io.stowage.array.flasharray;

import io.stowage.web.json.Json;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import tools.jackson.databind.node.ObjectNode;

/** The {@code qos} of a volume or of a volume group: kept and shown, not enforced. */
final class Qos {
    private static final String QOS = "qos";
    private static final String IOPS = "iops_limit";
    private static final String BANDWIDTH = "bandwidth_limit";

    private Qos() {}

    /** The attributes with what the body asks for. */
    static Map<String, String> applied(Map<String, String> attributes, Body body) {
        var qos = body.object(QOS);
        if (qos.isEmpty()) {
            return attributes;
        }
        var changed = new HashMap<>(attributes);
        limit(qos.get(), IOPS, 100, 100_000_000, changed);
        limit(qos.get(), BANDWIDTH, 1L << 20, 512L << 30, changed);
        return changed;
    }

    private static void limit(Body qos, String key, long least, long most, Map<String, String> attributes) {
        if (!qos.has(key)) {
            return;
        }
        var limit = qos.number(key);
        if (limit.filter(value -> value < least || value > most).isPresent()) {
            throw Refusal.of(Wording.invalidAttribute(key));
        }
        limit.ifPresentOrElse(value -> attributes.put(key, value.toString()), () -> attributes.remove(key));
    }

    static ObjectNode describe(Map<String, String> attributes) {
        return Json.object()
                .put(BANDWIDTH, of(attributes, BANDWIDTH).orElse(null))
                .put(IOPS, of(attributes, IOPS).orElse(null));
    }

    private static Optional<Long> of(Map<String, String> attributes, String key) {
        return Optional.ofNullable(attributes.get(key)).map(Long::valueOf);
    }
}
