package io.stowage.array.core;

import java.util.UUID;

/**
 * A note on a volume or a snapshot; it is eradicated with it.
 *
 * @param resource id of the volume or snapshot
 * @param key unique per resource and namespace
 * @param copyable whether copies of the resource get it too
 */
public record Tag(UUID id, UUID resource, String namespace, String key, String value, boolean copyable)
        implements Entity {}
