package io.stowage.array.flasharray;

import io.stowage.array.core.Volume;
import io.stowage.web.json.Json;
import java.util.HashMap;
import java.util.Optional;
import tools.jackson.databind.node.ObjectNode;

/** The {@code qos} of a volume: kept and shown, not enforced. */
final class Qos {
    private static final String IOPS = "iops_limit";
    private static final String BANDWIDTH = "bandwidth_limit";

    private Qos() {}

    static Volume applied(Volume volume, Body body) {
        var qos = body.object("qos");
        if (qos.isEmpty()) {
            return volume;
        }
        var attributes = new HashMap<>(volume.attributes());
        limit(qos.get(), IOPS, 100, 100_000_000, attributes);
        limit(qos.get(), BANDWIDTH, 1L << 20, 512L << 30, attributes);
        return volume.withAttributes(attributes);
    }

    private static void limit(Body qos, String key, long least, long most, HashMap<String, String> attributes) {
        if (!qos.has(key)) {
            return;
        }
        var limit = qos.number(key);
        if (limit.filter(value -> value < least || value > most).isPresent()) {
            throw Refusal.of(Wording.invalidAttribute(key));
        }
        limit.ifPresentOrElse(value -> attributes.put(key, value.toString()), () -> attributes.remove(key));
    }

    static ObjectNode describe(Volume volume) {
        return Json.object()
                .put(BANDWIDTH, of(volume, BANDWIDTH).orElse(null))
                .put(IOPS, of(volume, IOPS).orElse(null));
    }

    private static Optional<Long> of(Volume volume, String key) {
        return Optional.ofNullable(volume.attributes().get(key)).map(Long::valueOf);
    }
}
