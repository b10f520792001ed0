package io.stowage.database;

import java.time.Instant;
import java.util.UUID;

/** Rows for tests. */
final class Rows {
    static final Instant NOW = Instant.parse("2026-11-21T06:00:00.123456789Z");

    private Rows() {}

    static PoolRow pool(String name) {
        return new PoolRow(UUID.randomUUID(), name, "pure", "", RowState.CREATING, NOW);
    }

    static VolumeRow volume(PoolRow pool, String name) {
        return new VolumeRow(
                UUID.randomUUID(),
                pool.id(),
                "default",
                "custom",
                name,
                "filesystem",
                "",
                1L << 40,
                RowState.CREATING,
                NOW);
    }

    static SnapshotRow snapshot(VolumeRow volume, String name, Instant createdAt) {
        return new SnapshotRow(
                UUID.randomUUID(), volume.id(), name, "", volume.size(), RowState.READY, createdAt, null);
    }

    static OperationRow operation(MemberRow member) {
        return new OperationRow(
                UUID.randomUUID(),
                "VOLUME_CREATE",
                member.id(),
                member.epoch(),
                NOW.plusSeconds(60),
                "RUNNING",
                0,
                1,
                "p",
                "default",
                "v",
                null,
                "",
                true,
                null,
                "",
                NOW,
                NOW,
                "root",
                "unix",
                "@");
    }
}
