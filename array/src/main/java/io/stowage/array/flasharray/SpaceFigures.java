package io.stowage.array.flasharray;

import io.stowage.web.json.Json;
import tools.jackson.databind.node.ObjectNode;

/**
 * The {@code space} of an object. Nothing is compressed or deduplicated, so written and physical bytes are the same.
 *
 * @param provisioned bytes that hosts could write
 * @param usedProvisioned what counts against a quota: the sizes of live volumes
 * @param written bytes that hold data
 * @param snapshots bytes that only snapshots hold
 */
record SpaceFigures(long provisioned, long usedProvisioned, long written, long snapshots) {
    static final SpaceFigures NONE = new SpaceFigures(0, 0, 0, 0);

    ObjectNode json(ApiVersion version) {
        var physical = written + snapshots;
        var space = Json.object()
                .put("data_reduction", 1.0)
                .putNull("shared")
                .put("snapshots", snapshots)
                .putNull("system")
                .put("thin_provisioning", provisioned == 0 ? 1.0 : 1.0 - (double) written / provisioned)
                .put("total_physical", physical)
                .put("total_provisioned", provisioned)
                .put("total_reduction", physical == 0 ? 1.0 : (double) Math.max(provisioned, physical) / physical)
                .put("unique", written)
                .put("virtual", written)
                .put("unique_effective", written)
                .put("snapshots_effective", snapshots)
                .put("total_effective", physical)
                .put("replication", 0);
        if (version.isAtLeast(23)) {
            space.put("used_provisioned", usedProvisioned);
        }
        if (version.isAtLeast(26)) {
            space.put("total_used", physical);
        }
        return space;
    }

    static SpaceFigures parse(ObjectNode space) {
        return new SpaceFigures(
                space.path("total_provisioned").asLong(0),
                space.path("used_provisioned").asLong(0),
                space.path("virtual").asLong(0),
                space.path("snapshots").asLong(0));
    }

    SpaceFigures plus(SpaceFigures other) {
        return new SpaceFigures(
                provisioned + other.provisioned,
                usedProvisioned + other.usedProvisioned,
                written + other.written,
                snapshots + other.snapshots);
    }
}
