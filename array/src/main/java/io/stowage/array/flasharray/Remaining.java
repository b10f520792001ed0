package io.stowage.array.flasharray;

import io.stowage.array.core.Destructible;
import java.time.Duration;
import java.time.Instant;
import tools.jackson.databind.node.ObjectNode;

/** The members that tell of an object's destruction. */
final class Remaining {
    private Remaining() {}

    static void describe(Destructible object, Instant now, ObjectNode item) {
        item.put("destroyed", object.isDestroyed());
        object.eradicateAt()
                .ifPresentOrElse(
                        end -> item.put(
                                "time_remaining",
                                Math.max(0, Duration.between(now, end).toMillis())),
                        () -> item.putNull("time_remaining"));
    }
}
