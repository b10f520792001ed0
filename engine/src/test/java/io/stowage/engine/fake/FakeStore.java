package io.stowage.engine.fake;

import io.stowage.driver.ArrayObject;
import io.stowage.driver.DeviceIdentity;
import io.stowage.driver.ForeignRef;
import io.stowage.driver.RecoveryRecord;
import io.stowage.driver.SnapshotRef;
import io.stowage.driver.VolumeRef;
import io.stowage.model.ArrayName;
import io.stowage.model.ByteSize;
import java.util.Comparator;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** What the array in memory has; it outlives every server. */
public final class FakeStore {
    static final Comparator<ArrayName> BY_TEXT = Comparator.comparing(ArrayName::toString);

    final Map<String, Pod> pods = new TreeMap<>();
    /** Initiator to what it sees. */
    final Map<String, Map<ArrayName, Integer>> mappings = new TreeMap<>();

    /** Whether the arrays tell where their objects differ. */
    boolean tellsDifferences = true;

    private int units;

    static final class Pod {
        final String owner;
        final Map<ArrayName, Unit> volumes = new TreeMap<>(BY_TEXT);
        final Map<ArrayObject, RecoveryRecord> records = new HashMap<>();
        /** Which array it is on. */
        String gateway = "";

        Optional<ByteSize> quota;
        Optional<RecoveryRecord> record = Optional.empty();

        Pod(String owner, Optional<ByteSize> quota) {
            this.owner = owner;
            this.quota = quota;
        }

        Pod copy(Units copies) {
            Pod copy = new Pod(owner, quota);
            volumes.forEach((name, unit) -> copy.volumes.put(name, copies.of(unit)));
            copy.records.putAll(records);
            copy.gateway = gateway;
            copy.record = record;
            return copy;
        }
    }

    static final class Unit {
        final int number;
        final Map<ArrayName, Picture> snapshots = new TreeMap<>(BY_TEXT);
        ByteSize size;
        Content content = Content.EMPTY;

        Unit(int number, ByteSize size) {
            this.number = number;
            this.size = size;
        }

        Unit copy() {
            Unit copy = new Unit(number, size);
            copy.snapshots.putAll(snapshots);
            copy.content = content;
            return copy;
        }

        DeviceIdentity identity() {
            return new DeviceIdentity("%032x".formatted(number), "%032x".formatted(number));
        }
    }

    record Picture(ByteSize size, Content content) {
        Unit asUnit() {
            Unit unit = new Unit(0, size);
            unit.content = content;
            return unit;
        }
    }

    /** Becomes what another is; from then on neither sees the other's changes. */
    void become(FakeStore other, Units copies) {
        pods.clear();
        other.pods.forEach((name, pod) -> pods.put(name, pod.copy(copies)));
        mappings.clear();
        other.mappings.forEach((initiator, seen) -> {
            Map<ArrayName, Integer> copy = new TreeMap<>(BY_TEXT);
            copy.putAll(seen);
            mappings.put(initiator, copy);
        });
        tellsDifferences = other.tellsDifferences;
        units = other.units;
    }

    /** Copies of volumes, each made once, so that array and host mean the same one. */
    static final class Units {
        private final Map<Unit, Unit> copies = new IdentityHashMap<>();

        Unit of(Unit unit) {
            return copies.computeIfAbsent(unit, Unit::copy);
        }
    }

    Unit newUnit(ByteSize size) {
        return new Unit(++units, size);
    }

    void dropEmptyHosts() {
        mappings.values().removeIf(Map::isEmpty);
    }

    static boolean belongs(ArrayObject object, ArrayName volume) {
        return switch (object) {
            case VolumeRef ref -> ref.name().equals(volume);
            case SnapshotRef ref -> ref.volume().equals(volume);
            case ForeignRef foreign -> false;
        };
    }

    @Nullable
    Unit find(ArrayName name) {
        return pods.values().stream()
                .map(pod -> pod.volumes.get(name))
                .filter(unit -> unit != null)
                .findFirst()
                .orElse(null);
    }

    @Nullable
    Unit find(String initiator, int number) {
        return mappings.getOrDefault(initiator, Map.of()).entrySet().stream()
                .filter(entry -> entry.getValue() == number)
                .map(entry -> find(entry.getKey()))
                .findFirst()
                .orElse(null);
    }

    /** A pool that somebody else made. */
    public void addForeignPool(String name) {
        pods.put(name, new Pod("somebody else", Optional.empty()));
    }

    public void removePool(String name) {
        pods.remove(name);
    }
}
