package io.stowage.array.wsapi.system;

import io.stowage.array.store.Space;
import io.stowage.web.json.Json;
import tools.jackson.databind.node.ObjectNode;

/** The figures of {@code /capacity} for one kind of drive. */
final class Capacity {
    private static final long MIB = 1 << 20;

    private Capacity() {}

    /** There are no such drives. */
    static ObjectNode none() {
        return of(new Space(0, 0, 0, 0, 0));
    }

    static ObjectNode of(Space space) {
        long used = Math.ceilDiv(space.used(), MIB);
        long provisioned = Math.ceilDiv(space.provisioned(), MIB);
        var volumes = Json.object()
                .put("totalVolumesMiB", used)
                .put("nonCPGsMiB", 0)
                .put("nonCPGUserMiB", 0)
                .put("nonCPGSnapshotMiB", 0)
                .put("nonCPGAdminMiB", 0)
                .put("CPGsMiB", used)
                .put("CPGUserMiB", used)
                .put("CPGUserUsedMiB", used)
                .put("CPGUserUnusedMiB", 0)
                .put("CPGSnapshotMiB", 0)
                .put("CPGSnapshotUsedMiB", 0)
                .put("CPGSnapshotUnusedMiB", 0)
                .put("CPGAdminMiB", 0)
                .put("CPGAdminUsedMiB", 0)
                .put("CPGAdminUnusedMiB", 0)
                .put("unmappedMiB", 0);
        volumes.putObject("capacityEfficiency").put("compaction", used == 0 ? 0 : (double) provisioned / used);
        var allocated = Json.object().put("totalAllocatedMiB", used);
        allocated.set("volumes", volumes);
        allocated
                .putObject("system")
                .put("totalSystemMiB", 0)
                .put("internalMiB", 0)
                .put("spareMiB", 0)
                .put("spareUsedMiB", 0)
                .put("spareUnusedMiB", 0);
        var json = Json.object().put("totalMiB", space.capacity() / MIB);
        json.set("allocated", allocated);
        return json.put("freeMiB", space.free() / MIB)
                .put("freeInitializedMiB", space.free() / MIB)
                .put("freeUninitializedMiB", 0)
                .put("unavailableCapacityMiB", 0)
                .put("failedCapacityMiB", 0)
                .put("overProvisionedVirtualSizeMiB", provisioned)
                .put("overProvisionedUsedMiB", used)
                .put("overProvisionedAllocatedMiB", used)
                .put("overProvisionedFreeMiB", space.free() / MIB);
    }
}
