package io.stowage.driver.alletra;

import io.stowage.driver.ArrayFacts;
import io.stowage.driver.ArrayLacks;
import io.stowage.driver.ArrayObject;
import io.stowage.driver.ArraySnapshot;
import io.stowage.driver.ArrayTarget;
import io.stowage.driver.ArrayTraffic;
import io.stowage.driver.ArrayVolume;
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
import io.stowage.driver.rest.Identities;
import io.stowage.driver.rest.KnownHosts;
import io.stowage.model.ArrayName;
import io.stowage.model.ByteSize;
import io.stowage.model.Protocol;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** A pool on an Alletra. */
final class AlletraArray implements StorageArray {
    private final String pool;
    private final Wsapi wsapi;
    private final VolumeSet set;
    private final Vluns vluns;
    private final Volumes volumes;
    private final Copies copies;
    private final Hosts hosts;
    private final Ports ports;

    AlletraArray(String pool, String group, Wsapi wsapi, KnownHosts<Hosts.Host> known) {
        this.pool = pool;
        this.wsapi = wsapi;
        this.set = new VolumeSet(wsapi, pool, group);
        this.vluns = new Vluns(wsapi);
        var tasks = new Tasks(wsapi);
        this.volumes = new Volumes(wsapi, set, vluns, tasks, new Identities());
        this.copies = new Copies(wsapi, set, volumes, tasks);
        this.hosts = new Hosts(wsapi, known);
        this.ports = new Ports(wsapi);
    }

    @Override
    public void reach() {
        wsapi.reach();
    }

    @Override
    public void enter() {
        wsapi.enter();
    }

    @Override
    public ArrayFacts facts() {
        var facts = wsapi.get(Call.get("ask for the array's name", "system"), Items.SystemFacts.class);
        var model = facts.model() == null ? "HPE Alletra" : facts.model();
        var version = facts.systemVersion() == null ? "" : facts.systemVersion();
        var identity = facts.serialNumber() == null ? facts.name() : facts.serialNumber();
        return new ArrayFacts(
                "alletra " + identity, facts.name() == null ? "" : facts.name(), (model + " " + version).strip(), "1");
    }

    @Override
    public Optional<ArrayTarget> target(Protocol protocol) {
        return ports.target(protocol);
    }

    @Override
    public boolean createPool(Optional<ByteSize> quota, String owner, RecoveryRecord recovery) {
        refuse(quota);
        return set.create(owner, recovery);
    }

    @Override
    public boolean poolExists() {
        return set.find().isPresent();
    }

    @Override
    public void setQuota(Optional<ByteSize> quota) {
        refuse(quota);
    }

    private void refuse(Optional<ByteSize> quota) {
        if (quota.isPresent())
            throw new ArrayLacks("Volume set \"%s\" can't have a quota: the array has none for sets".formatted(pool));
    }

    @Override
    public void deletePool(String owner) {
        var there = set.find();
        if (there.isEmpty()) return;
        set.requireOwner(there.get(), owner);
        for (var member : there.get().members()) Names.parseVolume(member).ifPresent(volumes::delete);
        set.delete();
    }

    @Override
    public PoolSpace space() {
        return set.space();
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
        volumes.resize(name, size);
    }

    @Override
    public void deleteVolume(ArrayName name) {
        volumes.delete(name);
    }

    @Override
    public boolean copy(ArrayObject source, ArrayName target, RecoveryRecord recovery, Progress progress) {
        copies.copy(source, target, progress);
        return false; // a copy can't be made with a comment
    }

    @Override
    public void overwrite(ArrayObject source, ArrayName target, Progress progress) {
        copies.overwrite(source, target, progress);
    }

    /** The WSAPI has nothing for it. */
    @Override
    public Optional<Differences> differences(ArrayObject object, Optional<ArrayObject> base, long from) {
        return Optional.empty();
    }

    @Override
    public void restore(SnapshotRef snapshot, Progress progress) {
        copies.restore(snapshot, progress);
    }

    @Override
    public boolean createSnapshot(SnapshotRef snapshot, RecoveryRecord recovery) {
        return volumes.createSnapshot(snapshot, recovery);
    }

    @Override
    public Optional<ArraySnapshot> findSnapshot(SnapshotRef snapshot) {
        return volumes.findSnapshot(snapshot);
    }

    @Override
    public List<ArraySnapshot> snapshots(ArrayName volume) {
        return volumes.snapshots(volume);
    }

    @Override
    public void deleteSnapshot(SnapshotRef snapshot) {
        volumes.deleteSnapshot(snapshot);
    }

    @Override
    public void createTemporary(SnapshotRef snapshot, ArrayName name) {
        volumes.createTemporary(snapshot, name);
    }

    @Override
    public Mapping map(Initiator initiator, ArrayName name) {
        try {
            return connect(initiator, name);
        } catch (ObjectMissing e) {
            // The host went before it was connected, with its last volume, or the volume did. While the lock is held
            // only the latter can happen again.
            try (var _ = hosts.known().hold(initiator)) {
                hosts.known().forget(initiator);
                return connectOrLeave(initiator, name);
            }
        }
    }

    private Mapping connectOrLeave(Initiator initiator, ArrayName name) {
        try {
            return connect(initiator, name);
        } catch (ObjectMissing e) {
            hosts.known().find(initiator).ifPresent(host -> hosts.deleteUnused(initiator, host));
            throw e;
        }
    }

    private Mapping connect(Initiator initiator, ArrayName name) {
        var volume = Names.volume(name);
        var host = hosts.ensure(initiator);
        var unit = vluns.connect(host.name(), volume, initiator.protocol());
        return new Mapping(host.name(), name, unit, volumes.identity(name), Optional.empty());
    }

    @Override
    public void unmap(Initiator initiator, ArrayName name) {
        try (var _ = hosts.known().hold(initiator)) {
            var host = hosts.find(initiator);
            if (host.isEmpty()) return;
            vluns.disconnect(host.get().name(), Names.volume(name));
            if (!vluns.knowsMoreOf(host.get().name())) hosts.deleteUnused(initiator, host.get());
        }
    }

    @Override
    public List<Mapping> mappings(Initiator initiator) {
        var host = hosts.find(initiator);
        if (host.isEmpty()) return List.of();
        Map<ArrayName, Items.Vlun> seen = new HashMap<>();
        for (var vlun : vluns.ofHost(host.get().name()))
            Names.parseVolume(vlun.volumeName()).ifPresent(name -> seen.put(name, vlun));
        if (seen.isEmpty()) return List.of();
        var mappings = new ArrayList<Mapping>();
        for (var volume : volumes.list()) {
            var vlun = seen.get(volume.name());
            if (vlun != null)
                mappings.add(new Mapping(
                        host.get().name(),
                        volume.name(),
                        vlun.lun(),
                        volume.identity(),
                        initiator.protocol() == Protocol.ISCSI ? Optional.empty() : vlun.nqn()));
        }
        return mappings;
    }

    @Override
    public void writeRecord(ArrayObject object, RecoveryRecord recovery) {
        var name = Names.object(object);
        wsapi.send(Call.put("write the record of \"%s\"".formatted(name), Volumes.PATH)
                .below(name)
                .body("comment", RecordComments.write(recovery, RecordComments.OF_VOLUME)));
    }

    @Override
    public List<WrittenRecord> records() {
        var records = new ArrayList<WrittenRecord>();
        for (var item : volumes.all().values())
            RecordComments.read(item.comment())
                    .flatMap(recovery -> object(item).map(object -> new WrittenRecord(object, recovery)))
                    .ifPresent(records::add);
        return records;
    }

    private static Optional<ArrayObject> object(Items.Volume item) {
        var of = item.copyOf() == null ? "" : item.copyOf();
        var snapshot = Names.parseSnapshot(item.name());
        return snapshot.isPresent()
                ? Names.parseVolume(of).map(volume -> new SnapshotRef(volume, snapshot.get()))
                : Names.parseVolume(item.name()).map(VolumeRef::new);
    }

    @Override
    public void writePoolRecord(RecoveryRecord recovery) {
        set.write(recovery);
    }

    @Override
    public Optional<RecoveryRecord> poolRecord() {
        return set.record();
    }

    @Override
    public ArrayTraffic traffic() {
        return wsapi.traffic();
    }

    @Override
    public void close() {
        wsapi.close();
    }
}
