package io.stowage.array.core;

import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/**
 * Volumes that belong together and have a name space of their own.
 *
 * @param container the container it is in, with its volumes; empty when it is in none
 * @param name unique within its container (or outside of all), destroyed ones included, without regard to case
 * @param attributes what only the personality knows the meaning of
 */
public record VolumeGroup(
        UUID id, Optional<UUID> container, String name, Optional<Instant> eradicateAt, Map<String, String> attributes)
        implements Entity, Destructible {
    public VolumeGroup {
        attributes = Map.copyOf(attributes);
    }

    public VolumeGroup withName(String other) {
        return new VolumeGroup(id, container, other, eradicateAt, attributes);
    }

    public VolumeGroup withAttributes(Map<String, String> others) {
        return new VolumeGroup(id, container, name, eradicateAt, others);
    }

    VolumeGroup withEradicateAt(Optional<Instant> other) {
        return new VolumeGroup(id, container, name, other, attributes);
    }
}
