package io.stowage.array.core;

import java.util.UUID;

/** One object of the array: immutable; a change puts another one with the same id in its place. */
public sealed interface Entity
        permits Container,
                VolumeGroup,
                Volume,
                Snapshot,
                Host,
                NamedSet,
                Connection,
                SetExport,
                ProtectionGroup,
                ProtectionMember,
                GroupSnapshot,
                SetMember,
                Job,
                Tag,
                Setting,
                Reservation {
    /** Never used again for another object. */
    UUID id();
}
