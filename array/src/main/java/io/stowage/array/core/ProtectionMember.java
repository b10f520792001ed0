package io.stowage.array.core;

import java.util.UUID;

/**
 * Makes something part of a protection group.
 *
 * @param member id of a volume, a host or a host group, as the kind says
 */
public record ProtectionMember(UUID id, UUID group, Kind kind, UUID member) implements Entity {
    /** What a member is; all members of one group are of one kind. */
    public enum Kind {
        VOLUME,
        HOST,
        HOST_GROUP
    }
}
