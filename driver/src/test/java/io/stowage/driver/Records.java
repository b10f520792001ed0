package io.stowage.driver;

import java.time.Instant;
import java.util.Map;
import java.util.Optional;

/** Recovery records for tests. */
public final class Records {
    /** For objects of whose record nothing is asked. */
    public static final RecoveryRecord ANY = of("volume", "");

    private Records() {}

    public static RecoveryRecord of(String kind, String description) {
        return new RecoveryRecord(
                kind,
                "default",
                "name",
                description,
                "custom",
                "block",
                Instant.parse("2026-11-21T07:00:00Z"),
                Optional.empty(),
                Map.of("size", "1GiB", "volatile.uuid", "6c1b16ce-1c03-4d1c-b974-33405cf8d565"));
    }

    /** Pools have no project, type and content, and an array may have little room for what they do have. */
    public static RecoveryRecord ofPool() {
        var config = Map.of("volume.size", "20GiB", "user.a", "b");
        var created = Instant.parse("2026-11-21T07:00:00Z");
        return new RecoveryRecord("pool", "", "pool", "p", "", "", created, Optional.empty(), config);
    }
}
