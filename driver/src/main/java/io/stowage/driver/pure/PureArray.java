package io.stowage.driver.pure;

import io.stowage.driver.ArrayFacts;
import io.stowage.driver.ArrayObject;
import io.stowage.driver.ArraySnapshot;
import io.stowage.driver.ArrayTarget;
import io.stowage.driver.ArrayTraffic;
import io.stowage.driver.ArrayVolume;
import io.stowage.driver.DeviceIdentity;
import io.stowage.driver.Differences;
import io.stowage.driver.Initiator;
import io.stowage.driver.Mapping;
import io.stowage.driver.ObjectMissing;
import io.stowage.driver.PoolSpace;
import io.stowage.driver.Progress;
import io.stowage.driver.RecoveryRecord;
import io.stowage.driver.SnapshotRef;
import io.stowage.driver.StorageArray;
import io.stowage.driver.VolumeRef;
import io.stowage.driver.WrittenRecord;
import io.stowage.driver.rest.Call;
import io.stowage.driver.rest.KnownHosts;
import io.stowage.model.ArrayName;
import io.stowage.model.ByteSize;
import io.stowage.model.Protocol;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** A pool on a FlashArray. */
final class PureArray implements StorageArray {
    private final Rest rest;
    private final Pod pod;
    private final Pods pods;
    private final Volumes volumes;
    private final Snapshots snapshots;
    private final Hosts hosts;
    private final Connections connections;
    private final Ports ports;
    private final Tags volumeTags;
    private final Tags snapshotTags;

    PureArray(String pool, Rest rest, KnownHosts<String> known) {
        this.rest = rest;
        this.pod = new Pod(pool);
        this.pods = new Pods(rest, pod);
        this.volumes = new Volumes(rest, pod);
        this.snapshots = new Snapshots(rest, pod);
        this.hosts = new Hosts(rest, known);
        this.connections = new Connections(rest, pod);
        this.ports = new Ports(rest);
        this.volumeTags = new Tags(rest, "volumes");
        this.snapshotTags = new Tags(rest, "volume-snapshots");
    }

    @Override
    public void reach() {
        rest.reach();
    }

    @Override
    public void enter() {
        rest.enter();
    }

    @Override
    public ArrayFacts facts() {
        var item = rest.made(Call.get("ask for the array's name", "arrays"), Items.Array.class);
        var os = item.os() == null ? "Purity//FA" : item.os();
        var version = item.version() == null ? "" : item.version();
        return new ArrayFacts(
                "pure " + (item.id() == null ? item.name() : item.id()),
                item.name(),
                (os + " " + version).strip(),
                rest.version().toString());
    }

    @Override
    public Optional<ArrayTarget> target(Protocol protocol) {
        return ports.target(protocol);
    }

    @Override
    public boolean createPool(Optional<ByteSize> quota, String owner, RecoveryRecord recovery) {
        return pods.create(quota, owner, recovery);
    }

    @Override
    public boolean poolExists() {
        return pods.exists();
    }

    @Override
    public void setQuota(Optional<ByteSize> quota) {
        pods.setQuota(quota);
    }

    @Override
    public void deletePool(String owner) {
        pods.delete(owner);
    }

    @Override
    public PoolSpace space() {
        return pods.space();
    }

    @Override
    public boolean createVolume(ArrayName name, ByteSize size, RecoveryRecord recovery) {
        return volumes.create(name, size, recovery);
    }

    @Override
    public Optional<ArrayVolume> findVolume(ArrayName name) {
        return volumes.find(name);
    }

    @Override
    public List<ArrayVolume> volumes() {
        return volumes.list();
    }

    @Override
    public void resizeVolume(ArrayName name, ByteSize size, boolean shrink) {
        volumes.resize(name, size, shrink);
    }

    @Override
    public void deleteVolume(ArrayName name) {
        volumes.delete(name, connections);
    }

    @Override
    public boolean copy(ArrayObject source, ArrayName target, RecoveryRecord recovery, Progress progress) {
        return volumes.copy(source, target, recovery);
    }

    @Override
    public void overwrite(ArrayObject source, ArrayName target, Progress progress) {
        volumes.overwrite(source, target);
    }

    @Override
    public Optional<Differences> differences(ArrayObject object, Optional<ArrayObject> base, long from) {
        return volumes.differences(object, base, from);
    }

    @Override
    public void restore(SnapshotRef snapshot, Progress progress) {
        volumes.overwrite(snapshot, snapshot.volume());
    }

    @Override
    public boolean createSnapshot(SnapshotRef snapshot, RecoveryRecord recovery) {
        return snapshots.create(snapshot, recovery);
    }

    @Override
    public Optional<ArraySnapshot> findSnapshot(SnapshotRef snapshot) {
        return snapshots.find(snapshot);
    }

    @Override
    public List<ArraySnapshot> snapshots(ArrayName volume) {
        return snapshots.list(volume);
    }

    @Override
    public void deleteSnapshot(SnapshotRef snapshot) {
        snapshots.delete(snapshot);
    }

    @Override
    public void createTemporary(SnapshotRef snapshot, ArrayName name) {
        volumes.createTemporary(snapshot, name);
    }

    @Override
    public Mapping map(Initiator initiator, ArrayName name) {
        var identity = volumes.identity(name);
        try {
            return connect(initiator, name, identity);
        } catch (ObjectMissing e) {
            // The host went between finding and connecting it, with its last volume, or the volume did. While the lock
            // is held only the latter can happen again.
            try (var _ = hosts.known().hold(initiator)) {
                hosts.known().forget(initiator);
                return connect(initiator, name, identity);
            }
        }
    }

    private Mapping connect(Initiator initiator, ArrayName name, DeviceIdentity identity) {
        var host = hosts.ensure(initiator);
        return new Mapping(host, name, connections.connect(host, name), identity, Optional.empty());
    }

    @Override
    public void unmap(Initiator initiator, ArrayName name) {
        try (var _ = hosts.known().hold(initiator)) {
            var known = hosts.known().find(initiator);
            if (known.isPresent()
                    && connections.isOneOfOurs(known.get(), name)
                    && connections.disconnect(known.get(), name)) return;
            var host = hosts.find(initiator);
            if (host.isEmpty()) return;
            connections.disconnect(host.get().name(), name);
            // Counted before: this one, if it was there. The array doesn't delete a host that still has connections.
            var before = host.get().connections();
            if (before == null || before <= 1) hosts.deleteUnused(initiator, host.get());
        }
    }

    @Override
    public List<Mapping> mappings(Initiator initiator) {
        var host = hosts.find(initiator);
        if (host.isEmpty()) return List.of();
        Map<ArrayName, Integer> units = new HashMap<>();
        for (var connection : connections.of(host.get().name()))
            pod.parseVolume(Items.Reference.nameOf(connection.volume()))
                    .ifPresent(name -> units.put(name, Connections.unit(connection)));
        if (units.isEmpty()) return List.of();
        var mappings = new ArrayList<Mapping>();
        for (var volume : volumes.list()) {
            var unit = units.get(volume.name());
            if (unit != null)
                mappings.add(new Mapping(host.get().name(), volume.name(), unit, volume.identity(), Optional.empty()));
        }
        return mappings;
    }

    @Override
    public void writeRecord(ArrayObject object, RecoveryRecord recovery) {
        var tags = object instanceof SnapshotRef ? snapshotTags : volumeTags;
        tags.put(pod.object(object), RecordTags.write(recovery));
    }

    @Override
    public List<WrittenRecord> records() {
        var records = new ArrayList<WrittenRecord>();
        volumeTags
                .all()
                .forEach((name, tags) ->
                        pod.parseVolume(name).ifPresent(volume -> add(records, new VolumeRef(volume), tags)));
        snapshotTags
                .all()
                .forEach((name, tags) -> pod.parseSnapshot(name).ifPresent(snapshot -> add(records, snapshot, tags)));
        return records;
    }

    private static void add(List<WrittenRecord> records, ArrayObject object, Map<String, String> tags) {
        RecordTags.read(tags).ifPresent(recovery -> records.add(new WrittenRecord(object, recovery)));
    }

    @Override
    public void writePoolRecord(RecoveryRecord recovery) {
        pods.write(recovery);
    }

    @Override
    public Optional<RecoveryRecord> poolRecord() {
        return pods.record();
    }

    @Override
    public ArrayTraffic traffic() {
        return rest.traffic();
    }

    @Override
    public void close() {
        rest.close();
    }
}
