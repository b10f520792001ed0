package io.stowage.array.iscsi;

import io.stowage.array.core.Estate;
import io.stowage.array.core.Host;
import io.stowage.array.core.LogicalUnits;
import io.stowage.array.core.UnitIdentity;
import io.stowage.array.core.Volume;
import io.stowage.array.store.DiskStore;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/** Volumes of a real store. */
final class StoredUnits implements AutoCloseable {
    private final DiskStore store;
    private final Estate estate;

    StoredUnits(Path folder, long capacity) {
        this.store = DiskStore.open(folder.resolve("store"), capacity);
        this.estate = Estate.open("test", store, InstantSource.fixed(Instant.parse("2026-11-21T12:00:00Z")));
    }

    /** Makes a volume and connects it to these initiators. */
    void add(int lun, long size, String... initiators) {
        estate.change(draft -> {
            Volume volume = draft.createVolume(Optional.empty(), "v" + lun, size, identity(lun));
            for (String initiator : initiators) {
                Host host = draft.objects().host(initiator).orElseGet(() -> {
                    Host added = new Host(UUID.randomUUID(), initiator, List.of(initiator), Optional.empty(), Map.of());
                    draft.put(added);
                    return added;
                });
                draft.connect(host, volume, lun);
            }
            return volume;
        });
    }

    LogicalUnits units() {
        return estate.units();
    }

    DiskStore store() {
        return store;
    }

    static UnitIdentity identity(int lun) {
        String serial = "%024X".formatted(lun);
        return new UnitIdentity("PURE", "FlashArray", "8888", serial, "624a9370" + serial.toLowerCase(Locale.ROOT));
    }

    @Override
    public void close() {
        store.close();
    }
}
