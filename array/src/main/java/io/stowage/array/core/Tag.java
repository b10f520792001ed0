package io.stowage.array.core;

import java.time.Instant;
import java.util.Optional;
import java.util.UUID;

/**
 * A note on an object; it is eradicated with it.
 *
 * @param resource id of the object
 * @param key unique per resource and namespace
 * @param copyable whether copies of the resource get it too
 * @param created where the personality tells that
 */
public record Tag(
        UUID id, UUID resource, String namespace, String key, String value, boolean copyable, Optional<Instant> created)
        implements Entity {
    public Tag(UUID id, UUID resource, String namespace, String key, String value, boolean copyable) {
        this(id, resource, namespace, key, value, copyable, Optional.empty());
    }
}
