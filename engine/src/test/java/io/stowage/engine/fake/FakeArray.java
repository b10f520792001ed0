package io.stowage.engine.fake;

import io.stowage.driver.ArrayFacts;
import io.stowage.driver.ArrayFull;
import io.stowage.driver.ArrayObject;
import io.stowage.driver.ArrayRefused;
import io.stowage.driver.ArraySnapshot;
import io.stowage.driver.ArrayTarget;
import io.stowage.driver.ArrayTraffic;
import io.stowage.driver.ArrayVolume;
import io.stowage.driver.DeviceIdentity;
import io.stowage.driver.Differences;
import io.stowage.driver.ForeignRef;
import io.stowage.driver.Initiator;
import io.stowage.driver.Mapping;
import io.stowage.driver.ObjectExists;
import io.stowage.driver.ObjectMissing;
import io.stowage.driver.PoolSettings;
import io.stowage.driver.PoolSpace;
import io.stowage.driver.Progress;
import io.stowage.driver.RecoveryRecord;
import io.stowage.driver.SnapshotRef;
import io.stowage.driver.StorageArray;
import io.stowage.driver.VolumeRef;
import io.stowage.driver.WrittenRecord;
import io.stowage.engine.fake.FakeStore.Unit;
import io.stowage.model.ArrayName;
import io.stowage.model.ByteSize;
import io.stowage.model.Extent;
import io.stowage.model.Portal;
import io.stowage.model.Protocol;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** One pool of an array in memory, with the outcomes that the SPI promises. */
final class FakeArray implements StorageArray {
    private static final ByteSize TOTAL = ByteSize.ofGiB(1 << 10);

    private final FakeStore store;
    private final Faults faults;
    private final String pool;
    private final String gateway;
    private final boolean shrinks;

    FakeArray(FakeStore store, Faults faults, PoolSettings settings, boolean shrinks) {
        this(store, faults, settings.pool(), settings.value("fake.gateway"), shrinks);
    }

    private FakeArray(FakeStore store, Faults faults, String pool, String gateway, boolean shrinks) {
        this.store = store;
        this.faults = faults;
        this.pool = pool;
        this.gateway = gateway;
        this.shrinks = shrinks;
    }

    private FakeStore.Pod pod(String doing) {
        FakeStore.@Nullable Pod pod = store.pods.get(pool);
        if (pod == null) {
            throw new ObjectMissing(doing, "Pod does not exist.");
        }
        return pod;
    }

    @Override
    public void reach() {
        faults.array("reach", () -> pool);
    }

    @Override
    public void enter() {
        faults.array("enter", () -> pool);
    }

    @Override
    public ArrayFacts facts() {
        return faults.array("facts", () -> new ArrayFacts("fake " + gateway, "fake", "Fake 1", "1"));
    }

    @Override
    public Optional<ArrayTarget> target(Protocol protocol) {
        return faults.array(
                "target",
                () -> protocol == Protocol.ISCSI
                        ? Optional.of(new ArrayTarget(
                                protocol, Optional.of("iqn.2010-06.test:fake"), List.of(new Portal("127.0.0.1", 3260))))
                        : Optional.empty());
    }

    @Override
    public boolean createPool(Optional<ByteSize> quota, String owner, RecoveryRecord recovery) {
        return faults.array("createPool", () -> {
            FakeStore.@Nullable Pod there = store.pods.get(pool);
            if (there != null && !there.owner.equals(owner)) {
                throw new ObjectExists("create pod \"" + pool + "\"", "Pod already exists.");
            }
            if (there != null) {
                return false;
            }
            FakeStore.Pod pod = new FakeStore.Pod(owner, quota);
            pod.gateway = gateway;
            pod.record = Optional.of(recovery);
            store.pods.put(pool, pod);
            return true;
        });
    }

    @Override
    public boolean poolExists() {
        return faults.array("poolExists", () -> store.pods.containsKey(pool));
    }

    @Override
    public void setQuota(Optional<ByteSize> quota) {
        faults.array("setQuota", () -> pod("set the quota").quota = quota);
    }

    @Override
    public void deletePool(String owner) {
        faults.array("deletePool", () -> {
            FakeStore.@Nullable Pod there = store.pods.get(pool);
            if (there != null && !there.owner.equals(owner)) {
                throw new ArrayRefused("delete pod \"" + pool + "\"", "It is not ours.");
            }
            store.pods.remove(pool);
            return pool;
        });
    }

    @Override
    public PoolSpace space() {
        return faults.array(
                "space", () -> new PoolSpace(pod("tell the space").quota.orElse(TOTAL), ByteSize.ofMiB(1)));
    }

    private static ArrayVolume show(ArrayName name, Unit unit) {
        return new ArrayVolume(name, unit.size, new ByteSize(unit.content.text().length()), unit.identity());
    }

    private Unit unit(ArrayName name, String doing) {
        @Nullable Unit unit = pod(doing).volumes.get(name);
        if (unit == null) {
            throw new ObjectMissing(doing, "Volume " + name + " does not exist.");
        }
        return unit;
    }

    @Override
    public boolean createVolume(ArrayName name, ByteSize size, RecoveryRecord recovery) {
        return faults.array("createVolume", () -> {
            FakeStore.Pod pod = pod("create volume");
            if (size.compareTo(TOTAL) > 0) {
                throw new ArrayFull("create volume \"" + name + "\"", "Not enough space.");
            }
            @Nullable Unit there = pod.volumes.get(name);
            if (there != null && !there.size.equals(size)) {
                throw new ObjectExists("create volume \"" + name + "\"", "Volume already exists.");
            }
            if (there != null) {
                return false;
            }
            pod.volumes.put(name, store.newUnit(size));
            pod.records.put(new VolumeRef(name), recovery);
            return true;
        });
    }

    @Override
    public Optional<ArrayVolume> findVolume(ArrayName name) {
        return faults.array(
                "findVolume",
                () -> Optional.ofNullable(store.pods.get(pool))
                        .flatMap(pod -> Optional.ofNullable(pod.volumes.get(name)))
                        .map(unit -> show(name, unit)));
    }

    @Override
    public List<ArrayVolume> volumes() {
        return faults.array(
                "volumes",
                () -> pod("list volumes").volumes.entrySet().stream()
                        .map(entry -> show(entry.getKey(), entry.getValue()))
                        .toList());
    }

    @Override
    public void resizeVolume(ArrayName name, ByteSize size, boolean shrink) {
        faults.array("resizeVolume", () -> {
            Unit unit = unit(name, "resize volume");
            if (size.compareTo(unit.size) < 0 && !shrink) {
                throw new ArrayRefused("resize volume \"" + name + "\"", "It would be truncated.");
            }
            unit.size = size;
            return show(name, unit);
        });
    }

    @Override
    public void deleteVolume(ArrayName name) {
        faults.array("deleteVolume", () -> {
            Optional.ofNullable(store.pods.get(pool)).ifPresent(pod -> {
                pod.volumes.remove(name);
                pod.records.keySet().removeIf(object -> FakeStore.belongs(object, name));
                store.mappings.values().forEach(seen -> seen.remove(name));
                store.dropEmptyHosts();
            });
            return name;
        });
    }

    private Unit source(ArrayObject source) {
        return switch (source) {
            case ForeignRef foreign -> {
                FakeStore.@Nullable Pod pod = store.pods.get(foreign.pool());
                if (pod == null || !pod.gateway.equals(gateway)) {
                    throw new ObjectMissing("copy", foreign + " does not exist.");
                }
                yield new FakeArray(store, faults, foreign.pool(), gateway, shrinks).source(foreign.object());
            }
            case VolumeRef volume -> unit(volume.name(), "copy volume");
            case SnapshotRef snapshot -> {
                FakeStore.@Nullable Picture picture =
                        unit(snapshot.volume(), "copy snapshot").snapshots.get(snapshot.name());
                if (picture == null) {
                    throw new ObjectMissing("copy snapshot", "Snapshot " + snapshot.name() + " does not exist.");
                }
                yield picture.asUnit();
            }
        };
    }

    @Override
    public boolean copy(ArrayObject source, ArrayName target, RecoveryRecord recovery, Progress progress) {
        return faults.array("copy", () -> {
            put(source, target);
            return false; // as with an array that has nowhere to put it
        });
    }

    @Override
    public void overwrite(ArrayObject source, ArrayName target, Progress progress) {
        faults.array("overwrite", () -> put(source, target));
    }

    private ArrayVolume put(ArrayObject source, ArrayName target) {
        Unit from = source(source);
        Unit to = pod("copy").volumes.computeIfAbsent(target, absent -> store.newUnit(from.size));
        to.size = shrinks || from.size.compareTo(to.size) > 0 ? from.size : to.size;
        to.content = from.content;
        return show(target, to);
    }

    @Override
    public Optional<Differences> differences(ArrayObject object, Optional<ArrayObject> base, long from) {
        return faults.array("differences", () -> {
            Unit one = source(object);
            Content other = base.map(this::source).map(unit -> unit.content).orElse(Content.EMPTY);
            if (!store.tellsDifferences) {
                return Optional.<Differences>empty();
            }
            boolean differs = from < 512 && !one.content.equals(other);
            return Optional.of(
                    new Differences(differs ? List.of(new Extent(0, 512)) : List.of(), differs ? 512 : Long.MAX_VALUE));
        });
    }

    @Override
    public void restore(SnapshotRef snapshot, Progress progress) {
        faults.array("restore", () -> put(snapshot, snapshot.volume()));
    }

    @Override
    public void createTemporary(SnapshotRef snapshot, ArrayName name) {
        faults.array("createTemporary", () -> {
            if (pod("copy").volumes.containsKey(name)) {
                throw new ObjectExists("copy snapshot \"" + snapshot.name() + "\"", "Volume already exists.");
            }
            return put(snapshot, name);
        });
    }

    @Override
    public boolean createSnapshot(SnapshotRef snapshot, RecoveryRecord recovery) {
        return faults.array("createSnapshot", () -> {
            Unit unit = unit(snapshot.volume(), "create snapshot");
            if (unit.snapshots.containsKey(snapshot.name())) {
                return false;
            }
            unit.snapshots.put(snapshot.name(), new FakeStore.Picture(unit.size, unit.content));
            pod("tag").records.put(snapshot, recovery);
            return true;
        });
    }

    private static ArraySnapshot show(SnapshotRef snapshot, Unit unit) {
        return new ArraySnapshot(snapshot, unit.size, ByteSize.ZERO, Instant.EPOCH);
    }

    @Override
    public Optional<ArraySnapshot> findSnapshot(SnapshotRef snapshot) {
        return faults.array(
                "findSnapshot",
                () -> Optional.ofNullable(pod("find snapshot").volumes.get(snapshot.volume()))
                        .filter(unit -> unit.snapshots.containsKey(snapshot.name()))
                        .map(unit -> show(snapshot, unit)));
    }

    @Override
    public List<ArraySnapshot> snapshots(ArrayName volume) {
        return faults.array("snapshots", () -> {
            Unit unit = unit(volume, "list snapshots");
            return unit.snapshots.keySet().stream()
                    .map(name -> show(new SnapshotRef(volume, name), unit))
                    .toList();
        });
    }

    @Override
    public void deleteSnapshot(SnapshotRef snapshot) {
        faults.array("deleteSnapshot", () -> {
            Optional.ofNullable(store.pods.get(pool)).ifPresent(pod -> {
                Optional.ofNullable(pod.volumes.get(snapshot.volume()))
                        .ifPresent(unit -> unit.snapshots.remove(snapshot.name()));
                pod.records.remove(snapshot);
            });
            return snapshot;
        });
    }

    @Override
    public Mapping map(Initiator initiator, ArrayName volume) {
        return faults.array("map", () -> {
            Unit unit = unit(volume, "connect volume");
            store.mappings
                    .computeIfAbsent(initiator.qualifiedName(), host -> new TreeMap<>(FakeStore.BY_TEXT))
                    .put(volume, unit.number);
            return mapping(initiator, volume, unit.number, unit.identity());
        });
    }

    private static Mapping mapping(Initiator initiator, ArrayName volume, int number, DeviceIdentity identity) {
        return new Mapping(initiator.server() + "-iscsi", volume, number, identity, Optional.empty());
    }

    @Override
    public void unmap(Initiator initiator, ArrayName volume) {
        faults.array("unmap", () -> {
            store.mappings
                    .getOrDefault(initiator.qualifiedName(), new TreeMap<>(FakeStore.BY_TEXT))
                    .remove(volume);
            store.dropEmptyHosts();
            return volume;
        });
    }

    @Override
    public List<Mapping> mappings(Initiator initiator) {
        return faults.array("mappings", () -> {
            Map<ArrayName, Unit> volumes = pod("list connections").volumes;
            List<Mapping> seen = new ArrayList<>();
            volumes.forEach((name, unit) -> {
                if (store.mappings
                        .getOrDefault(initiator.qualifiedName(), Map.of())
                        .containsKey(name)) {
                    seen.add(mapping(initiator, name, unit.number, unit.identity()));
                }
            });
            return seen;
        });
    }

    @Override
    public void writeRecord(ArrayObject object, RecoveryRecord recovery) {
        faults.array("writeRecord", () -> {
            switch (object) {
                case VolumeRef volume -> unit(volume.name(), "tag volume");
                case SnapshotRef snapshot -> source(snapshot);
                case ForeignRef foreign -> throw new IllegalArgumentException(foreign + " is another pool's");
            }
            return Optional.ofNullable(pod("tag").records.put(object, recovery));
        });
    }

    @Override
    public List<WrittenRecord> records() {
        return pod("list tags").records.entrySet().stream()
                .map(entry -> new WrittenRecord(entry.getKey(), entry.getValue()))
                .toList();
    }

    @Override
    public void writePoolRecord(RecoveryRecord recovery) {
        faults.array("writePoolRecord", () -> pod("tag pod").record = Optional.of(recovery));
    }

    @Override
    public Optional<RecoveryRecord> poolRecord() {
        return pod("read tag").record;
    }

    @Override
    public ArrayTraffic traffic() {
        return ArrayTraffic.NONE;
    }

    @Override
    public void close() {}
}
