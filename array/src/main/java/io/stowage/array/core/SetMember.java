package io.stowage.array.core;

import java.util.UUID;

/**
 * Makes a volume part of a volume set.
 *
 * @param place members of a set are told in the ascending order of this number, which is unique within it
 */
public record SetMember(UUID id, UUID set, UUID volume, long place) implements Entity {}
