package io.stowage.server.view;

import io.stowage.engine.Snapshot;
import java.util.Map;
import java.util.TreeMap;
import tools.jackson.databind.PropertyNamingStrategies.SnakeCaseStrategy;
import tools.jackson.databind.annotation.JsonNaming;

/** A snapshot, as {@code GET …/snapshots/NAME} shows it. */
@JsonNaming(SnakeCaseStrategy.class)
public record SnapshotView(
        String name,
        String description,
        String contentType,
        String createdAt,
        String expiresAt,
        Map<String, String> config) {

    /** By itself, where it has its own name only. */
    public static SnapshotView of(Snapshot snapshot) {
        return of(snapshot.name().name(), snapshot);
    }

    /** In a list, where it is called {@code VOLUME/SNAPSHOT}. */
    public static SnapshotView inList(Snapshot snapshot) {
        return of(snapshot.name().volume().name() + "/" + snapshot.name().name(), snapshot);
    }

    private static SnapshotView of(String name, Snapshot snapshot) {
        return new SnapshotView(
                name,
                snapshot.description(),
                snapshot.content().word(),
                GoTime.write(snapshot.createdAt()),
                GoTime.write(snapshot.expiresAt()),
                new TreeMap<>(snapshot.config()));
    }
}
