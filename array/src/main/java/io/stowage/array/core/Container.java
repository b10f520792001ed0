package io.stowage.array.core;

import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/**
 * What groups volumes and limits them (FlashArray: pod).
 *
 * @param name unique among the personality's containers, destroyed ones included, without regard to case
 * @param quota bytes that its live volumes may have provisioned together; empty for no limit
 * @param attributes what only the personality knows the meaning of
 */
public record Container(
        UUID id,
        String name,
        Instant created,
        Optional<Long> quota,
        Optional<Instant> eradicateAt,
        Map<String, String> attributes)
        implements Entity, Destructible {
    public Container {
        attributes = Map.copyOf(attributes);
    }

    public Container withName(String other) {
        return new Container(id, other, created, quota, eradicateAt, attributes);
    }

    public Container withQuota(Optional<Long> other) {
        return new Container(id, name, created, other, eradicateAt, attributes);
    }

    public Container withEradicateAt(Optional<Instant> other) {
        return new Container(id, name, created, quota, other, attributes);
    }

    public Container withAttributes(Map<String, String> others) {
        return new Container(id, name, created, quota, eradicateAt, others);
    }
}
