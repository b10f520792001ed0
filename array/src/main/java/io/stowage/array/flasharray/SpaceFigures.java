package io.stowage.array.flasharray;

import io.stowage.array.core.Objects;
import io.stowage.array.core.Snapshot;
import io.stowage.array.core.Usage;
import io.stowage.array.core.Volume;
import io.stowage.web.json.Json;
import java.util.List;
import java.util.Optional;
import tools.jackson.databind.node.ObjectNode;

/**
 * The {@code space} of an object. Nothing is compressed; what snapshots and copies share is stored once.
 *
 * @param provisioned bytes that hosts could write
 * @param usedProvisioned what counts against a quota: the sizes of live volumes
 * @param written bytes that hosts have written and that are still there
 * @param unique bytes of the array that nothing but this volume, or its own snapshots, holds
 * @param snapshots bytes of the array that only snapshots hold
 * @param shared bytes of the array that several volumes hold; empty where the array doesn't tell
 */
record SpaceFigures(
        long provisioned, long usedProvisioned, long written, long unique, long snapshots, Optional<Long> shared) {
    static final SpaceFigures NONE = new SpaceFigures(0, 0, 0, 0, 0, Optional.empty());

    /** Of a volume with its snapshots. */
    static SpaceFigures of(Objects objects, Usage usage, Volume volume) {
        return of(usage, volume, objects.snapshotsOf(volume.id()));
    }

    private static SpaceFigures of(Usage usage, Volume volume, List<Snapshot> snapshots) {
        var size = volume.sizeBytes();
        var written = usage.written(volume);
        // What it shares with its own snapshots alone is its own too. Who else shares it isn't counted: a copy does.
        var isAlone = snapshots.isEmpty() || volume.origin().isPresent();
        var unique = isAlone ? usage.exclusive(volume) : Math.max(usage.exclusive(volume), written);
        return new SpaceFigures(
                size,
                volume.isDestroyed() ? 0 : size,
                written,
                unique,
                snapshots.stream().mapToLong(usage::exclusive).sum(),
                Optional.empty());
    }

    static SpaceFigures of(Usage usage, Snapshot snapshot) {
        return new SpaceFigures(
                snapshot.sizeBytes(), 0, usage.written(snapshot), 0, usage.exclusive(snapshot), Optional.empty());
    }

    /** Of the whole array: what is unique, shared and held by snapshots is exactly what is used. */
    static SpaceFigures ofArray(Objects objects, Usage usage) {
        var space = usage.ofArray();
        var live = objects.volumes().stream().filter(volume -> !volume.isDestroyed());
        var unique = objects.volumes().stream().mapToLong(usage::exclusive).sum();
        return new SpaceFigures(
                objects.volumes().stream().mapToLong(Volume::sizeBytes).sum(),
                live.mapToLong(Volume::sizeBytes).sum(),
                objects.volumes().stream().mapToLong(usage::written).sum(),
                unique,
                Math.max(0, space.exclusive() - unique),
                Optional.of(space.shared()));
    }

    ObjectNode json(ApiVersion version) {
        var physical = unique + snapshots + shared.orElse(0L);
        var space = Json.object()
                .put("data_reduction", shared.isEmpty() ? 1.0 : ratio(written, physical))
                .put("shared", shared.orElse(null))
                .put("snapshots", snapshots)
                .putNull("system")
                .put("thin_provisioning", provisioned == 0 ? 1.0 : 1.0 - (double) written / provisioned)
                .put("total_physical", physical)
                .put("total_provisioned", provisioned)
                .put("total_reduction", ratio(Math.max(provisioned, physical), physical))
                .put("unique", unique)
                .put("virtual", written)
                .put("unique_effective", unique)
                .put("snapshots_effective", snapshots)
                .put("total_effective", physical)
                .put("replication", 0);
        if (version.isAtLeast(23)) {
            space.put("used_provisioned", usedProvisioned);
        }
        if (version.isAtLeast(26)) {
            space.put("total_used", physical);
        }
        if (version.isAtLeast(34)) {
            space.put("footprint", physical);
        }
        return space;
    }

    private static double ratio(long logical, long physical) {
        return physical == 0 ? 1.0 : (double) logical / physical;
    }

    static SpaceFigures parse(ObjectNode space) {
        return new SpaceFigures(
                space.path("total_provisioned").asLong(0),
                space.path("used_provisioned").asLong(0),
                space.path("virtual").asLong(0),
                space.path("unique").asLong(0),
                space.path("snapshots").asLong(0),
                Optional.of(space.path("shared"))
                        .filter(node -> node.isIntegralNumber())
                        .map(node -> node.longValue()));
    }

    SpaceFigures plus(SpaceFigures other) {
        return new SpaceFigures(
                provisioned + other.provisioned,
                usedProvisioned + other.usedProvisioned,
                written + other.written,
                unique + other.unique,
                snapshots + other.snapshots,
                shared.isEmpty() ? other.shared : Optional.of(shared.get() + other.shared.orElse(0L)));
    }

    /** With other figures of what could be written. */
    SpaceFigures provisioned(long bytes, long usedBytes) {
        return new SpaceFigures(bytes, usedBytes, written, unique, snapshots, shared);
    }

    /** What the objects share with each other or with others, at most. */
    SpaceFigures sharing(long limit) {
        return new SpaceFigures(
                provisioned,
                usedProvisioned,
                written,
                unique,
                snapshots,
                Optional.of(Math.min(Math.max(0, written - unique), limit)));
    }
}
