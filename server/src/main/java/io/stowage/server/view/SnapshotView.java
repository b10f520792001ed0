package io.stowage.server.view;

import io.stowage.engine.Snapshot;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.PropertyNamingStrategies.SnakeCaseStrategy;
import tools.jackson.databind.annotation.JsonNaming;

/** A snapshot, as {@code GET …/snapshots/NAME} shows it. */
@JsonNaming(SnakeCaseStrategy.class)
public record SnapshotView(
        String name,
        String description,
        String contentType,
        String createdAt,
        @Nullable String expiresAt,
        Map<String, String> config) {

    /** By itself, where it has its own name only. */
    public static SnapshotView of(Snapshot snapshot) {
        return of(snapshot.name().name(), snapshot, GoTime.write(snapshot.expiresAt()));
    }

    /**
     * In a list, where it is called {@code VOLUME/SNAPSHOT}, and where never is null: {@code lxc storage volume info} prints
     * each time that is there.
     */
    public static SnapshotView inList(Snapshot snapshot) {
        var expiresAt = snapshot.expiresAt();
        return of(
                snapshot.name().volume().name() + "/" + snapshot.name().name(),
                snapshot,
                expiresAt == null ? null : GoTime.write(expiresAt));
    }

    private static SnapshotView of(String name, Snapshot snapshot, @Nullable String expiresAt) {
        return new SnapshotView(
                name,
                snapshot.description(),
                snapshot.content().word(),
                GoTime.write(snapshot.createdAt()),
                expiresAt,
                new TreeMap<>(snapshot.config()));
    }
}
