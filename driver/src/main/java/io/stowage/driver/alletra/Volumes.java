package io.stowage.driver.alletra;

import io.stowage.driver.ArrayException;
import io.stowage.driver.ArrayRefused;
import io.stowage.driver.ArraySnapshot;
import io.stowage.driver.ArrayUnreachable;
import io.stowage.driver.ArrayVolume;
import io.stowage.driver.DeviceIdentity;
import io.stowage.driver.ObjectExists;
import io.stowage.driver.ObjectMissing;
import io.stowage.driver.RecoveryRecord;
import io.stowage.driver.SnapshotRef;
import io.stowage.driver.rest.Call;
import io.stowage.driver.rest.Identities;
import io.stowage.model.ArrayName;
import io.stowage.model.ByteSize;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Volumes and their snapshots, which are volumes too. */
final class Volumes {
    static final String PATH = "volumes";
    private static final int GROW = 3;

    private final Wsapi wsapi;
    private final VolumeSet set;
    private final Vluns vluns;
    private final Tasks tasks;
    private final Identities identities;

    Volumes(Wsapi wsapi, VolumeSet set, Vluns vluns, Tasks tasks, Identities identities) {
        this.wsapi = wsapi;
        this.set = set;
        this.vluns = vluns;
        this.tasks = tasks;
        this.identities = identities;
    }

    /** Whether it has been made with the record, and not before. */
    boolean create(ArrayName volume, ByteSize asked, RecoveryRecord recovery) {
        var name = Names.volume(volume);
        var size = mebibytes(AlletraDriver.CAPABILITIES.round(asked));
        var body = new LinkedHashMap<String, Object>();
        body.put("name", name);
        body.put("cpg", set.group());
        body.put("sizeMiB", size);
        body.put("tpvv", true);
        body.put("comment", RecordComments.write(recovery, RecordComments.OF_VOLUME));
        var call = Call.post("create volume \"%s\"".formatted(name), PATH).body(body);
        var answer = wsapi.send(call, Code.VOLUME_EXISTS, Code.NO_CPG);
        if (answer.code() == Code.NO_CPG) throw set.noGroup(answer);
        if (!answer.isFine()
                && item(name).filter(item -> item.sizeMiB() == size).isEmpty())
            throw new ObjectExists(call.doing(), answer.words());
        set.add(name);
        return answer.isFine();
    }

    Optional<ArrayVolume> find(ArrayName volume) {
        return item(Names.volume(volume)).map(item -> volume(volume, item));
    }

    /**
     * The identity of a volume; asks the array if it hasn't told it yet.
     *
     * @throws ObjectMissing if there is no such volume
     */
    DeviceIdentity identity(ArrayName volume) {
        return identities.find(volume).orElseGet(() -> require(Names.volume(volume), volume));
    }

    private DeviceIdentity require(String name, ArrayName volume) {
        return volume(
                        volume,
                        item(name)
                                .orElseThrow(() -> new ObjectMissing(
                                        "look at volume \"%s\"".formatted(name), "volume does not exist")))
                .identity();
    }

    Optional<Items.Volume> item(String name) {
        return wsapi.find(
                Call.get("look at volume \"%s\"".formatted(name), PATH).below(name),
                Items.Volume.class,
                Code.NO_VOLUME);
    }

    /** The volumes of these names that there are, in one look. */
    Map<String, Items.Volume> items(String... names) {
        var tests = new ArrayList<String>();
        for (var name : names) tests.add("name EQ " + name);
        var call = Call.get("look at volumes \"%s\"".formatted(String.join("\", \"", names)), PATH)
                .with("query", "\"" + String.join(" OR ", tests) + "\"");
        Map<String, Items.Volume> found = new HashMap<>();
        for (var item : wsapi.members(call, Items.Volume.class, Code.NO_VOLUME)) found.put(item.name(), item);
        return found;
    }

    /** All volumes and snapshots of the pool, by name. A snapshot is not in the set, but what it was taken of is. */
    Map<String, Items.Volume> all() {
        var members = Set.copyOf(set.members());
        Map<String, Items.Volume> everything = new LinkedHashMap<>();
        if (members.isEmpty()) return everything;
        for (var item : wsapi.members(Call.get("list the volumes", PATH), Items.Volume.class))
            everything.put(item.name(), item);
        Map<String, Items.Volume> ours = new LinkedHashMap<>();
        everything.forEach((name, item) -> {
            if (members.contains(origin(item, everything))) ours.put(name, item);
        });
        return ours;
    }

    /** The name of the volume that a snapshot, or the temporary volume of one, goes back to. */
    private static String origin(Items.Volume item, Map<String, Items.Volume> everything) {
        var at = item;
        while (Names.parseVolume(at.name()).filter(name -> !name.snapshot()).isEmpty()) {
            var parent = at.copyOf() == null ? null : everything.get(at.copyOf());
            if (parent == null || parent.equals(at)) break;
            at = parent;
        }
        return at.name();
    }

    List<ArrayVolume> list() {
        return all().values().stream()
                .flatMap(item -> Names.parseVolume(item.name()).map(name -> volume(name, item)).stream())
                .toList();
    }

    void resize(ArrayName volume, ByteSize asked) {
        var name = Names.volume(volume);
        var call = Call.put("resize volume \"%s\"".formatted(name), PATH).below(name);
        var item = item(name).orElseThrow(() -> new ObjectMissing(call.doing(), "volume does not exist"));
        grow(call, item, mebibytes(AlletraDriver.CAPABILITIES.round(asked)));
    }

    /** Makes a volume this large. */
    void grow(Items.Volume item, long size) {
        grow(Call.put("grow volume \"%s\"".formatted(item.name()), PATH).below(item.name()), item, size);
    }

    private void grow(Call call, Items.Volume item, long size) {
        if (size < item.sizeMiB())
            throw new ArrayRefused(
                    call.doing(),
                    "it has %d MiB, and the array does not make volumes smaller".formatted(item.sizeMiB()));
        if (size == item.sizeMiB()) return;
        // What is added is told, so a late second one would add it again.
        var body = Map.of("action", GROW, "sizeMiB", size - item.sizeMiB());
        try {
            wsapi.send(call.body(body).once());
        } catch (ArrayUnreachable e) {
            // What has taken its effect already has none later.
            if (!hasGrown(item.name(), size)) throw e;
        }
    }

    private boolean hasGrown(String name, long size) {
        try {
            return item(name).filter(now -> now.sizeMiB() == size).isPresent();
        } catch (ArrayException e) {
            return false; // it still doesn't answer
        }
    }

    /** Deletes a volume with its snapshots, whatever still goes on with it. */
    void delete(ArrayName volume) {
        var name = Names.volume(volume);
        identities.forget(volume);
        if (volume.snapshot()) {
            remove(name);
            return;
        }
        set.remove(name);
        try {
            remove(name);
        } catch (ArrayRefused e) {
            putBack(name, e);
            throw e;
        }
    }

    /** What the array doesn't delete stays a volume of the pool. */
    private void putBack(String name, ArrayRefused because) {
        try {
            set.add(name);
        } catch (ArrayException e) {
            because.addSuppressed(e);
        }
    }

    private void remove(String name) {
        var call = Call.delete("delete volume \"%s\"".formatted(name), PATH)
                .below(name)
                .with("cascade", "true");
        var answer = wsapi.send(call, Code.NO_VOLUME, Code.EXPORTED, Code.IN_USE, Code.OTHER, Code.BUSY);
        if (answer.isFine() || answer.code() == Code.NO_VOLUME) return;
        if (answer.code() == Code.BUSY) endTasks(name);
        else dropExports(name);
        wsapi.send(call, Code.NO_VOLUME);
    }

    /** Ends what is under way with a volume and with what was taken of it. */
    private void endTasks(String name) {
        tasks.endAll(name);
        for (var child : children(name)) tasks.endAll(child.name());
    }

    /** Ends the exports of a volume and of what was taken of it. */
    private void dropExports(String name) {
        vluns.dropAll(name);
        for (var child : children(name)) dropExports(child.name());
    }

    private List<Items.Volume> children(String name) {
        var call = Call.get("list what was taken of \"%s\"".formatted(name), PATH)
                .with("query", "\"copyOf EQ " + name + "\"");
        return wsapi.members(call, Items.Volume.class, Code.NO_VOLUME).stream()
                .filter(item -> name.equals(item.copyOf()))
                .filter(item -> Names.parseVolume(item.name())
                        .map(ArrayName::snapshot)
                        .orElse(Names.parseSnapshot(item.name()).isPresent()))
                .toList();
    }

    /** Whether it has been made with the record, and not before. */
    boolean createSnapshot(SnapshotRef snapshot, RecoveryRecord recovery) {
        var of = Names.volume(snapshot.volume());
        var name = Names.snapshot(snapshot);
        var comment = RecordComments.write(recovery, RecordComments.OF_VOLUME);
        var call = snapshotCall(
                "create snapshot \"%s\" of volume \"%s\"".formatted(name, of),
                of,
                Map.of("name", name, "readOnly", true, "comment", comment));
        var answer = wsapi.send(call, Code.VOLUME_EXISTS, Code.BUSY);
        if (answer.code() == Code.BUSY) {
            tasks.awaitAll(of);
            answer = wsapi.send(call, Code.VOLUME_EXISTS);
        }
        if (!answer.isFine()
                && item(name).filter(item -> of.equals(item.copyOf())).isEmpty())
            throw new ObjectExists(call.doing(), answer.words());
        return answer.isFine();
    }

    /**
     * A snapshot of a snapshot that can be written to, in no time and without taking room. The snapshot itself is never
     * shown to a host: file systems write even when they are only read.
     */
    void createTemporary(SnapshotRef snapshot, ArrayName target) {
        var of = Names.snapshot(snapshot);
        var name = Names.volume(target);
        identities.forget(target);
        wsapi.send(snapshotCall(
                "create volume \"%s\" of snapshot \"%s\"".formatted(name, of),
                of,
                Map.of("name", name, "readOnly", false)));
    }

    private static Call snapshotCall(String doing, String of, Map<String, Object> parameters) {
        return Call.post(doing, PATH).below(of).body(Map.of("action", "createSnapshot", "parameters", parameters));
    }

    Optional<ArraySnapshot> findSnapshot(SnapshotRef snapshot) {
        return item(Names.snapshot(snapshot)).map(item -> snapshot(snapshot, item));
    }

    /** The volume's snapshots with names of our form, oldest first. */
    List<ArraySnapshot> snapshots(ArrayName volume) {
        return children(Names.volume(volume)).stream()
                .sorted(Comparator.comparingLong(Items.Volume::creationTimeSec).thenComparingLong(Items.Volume::id))
                .flatMap(item ->
                        Names.parseSnapshot(item.name())
                                .map(name -> snapshot(new SnapshotRef(volume, name), item))
                                .stream())
                .toList();
    }

    void deleteSnapshot(SnapshotRef snapshot) {
        identities.forget(snapshot.name());
        remove(Names.snapshot(snapshot));
    }

    private ArrayVolume volume(ArrayName name, Items.Volume item) {
        try {
            return new ArrayVolume(
                    name,
                    ByteSize.ofMiB(item.sizeMiB()),
                    ByteSize.ofMiB(Math.max(0, item.totalUsedMiB())),
                    identities.put(name, item.identity()));
        } catch (IllegalArgumentException e) {
            throw wsapi.strange(
                    Call.get("look at volume \"%s\"".formatted(item.name()), PATH), "a volume with " + e.getMessage());
        }
    }

    private static ArraySnapshot snapshot(SnapshotRef ref, Items.Volume item) {
        return new ArraySnapshot(
                ref,
                ByteSize.ofMiB(item.sizeMiB()),
                ByteSize.ofMiB(Math.max(0, item.totalUsedMiB())),
                Instant.ofEpochSecond(item.creationTimeSec()));
    }

    private static long mebibytes(ByteSize size) {
        return size.bytes() >> 20;
    }
}
