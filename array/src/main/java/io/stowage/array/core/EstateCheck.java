package io.stowage.array.core;

import io.stowage.array.store.Finding;
import io.stowage.array.store.StoreReport;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import java.util.UUID;
import java.util.function.Function;

/**
 * Compares the objects of an estate with the data of a store that isn't open: each object can be read and has its data,
 * in its size, and what it refers to. What belongs to no estate is found by {@link #strays}.
 */
public final class EstateCheck {
    private final Records records;
    private final StoreReport store;
    private final List<Finding> findings = new ArrayList<>();
    private final Map<UUID, Entity> entities = new HashMap<>();
    private final Map<String, String> settings = new HashMap<>();
    private final Map<Long, String> owners = new HashMap<>();

    private boolean exists;

    private EstateCheck(String name, StoreReport store) {
        this.records = new Records(name);
        this.store = store;
    }

    /**
     * Checks one estate of a store.
     *
     * @param name as for {@link Estate#open}
     * @param own what the personality finds wrong, if the estate exists
     */
    public static EstateCheck of(String name, StoreReport store, Function<EstateCheck, List<Finding>> own) {
        var check = new EstateCheck(name, store);
        check.run();
        if (check.exists) {
            check.findings.addAll(own.apply(check));
        }
        return check;
    }

    /** What is wrong with the store beyond its estates: what none of them, or more than one of them has. */
    public static List<Finding> strays(StoreReport store, List<EstateCheck> estates) {
        var findings = new ArrayList<Finding>();
        for (var key : store.records().keySet()) {
            if (estates.stream().noneMatch(estate -> estate.records.isOwn(key))) {
                findings.add(new Finding(where(key), "it is of no kind that this program knows"));
            }
        }
        for (var stored : new TreeSet<>(store.volumes().keySet())) {
            var owners = estates.stream()
                    .flatMap(estate -> Optional.ofNullable(estate.owners.get(stored)).stream())
                    .toList();
            var where = "volume " + stored + " of the store";
            if (owners.isEmpty()) {
                findings.add(new Finding(where, "no object of the API has it"));
            } else if (owners.size() > 1) {
                findings.add(new Finding(where, "it belongs to " + String.join(" and ", owners)));
            }
        }
        return findings;
    }

    private static String where(byte[] key) {
        return "record " + new String(key, StandardCharsets.UTF_8);
    }

    /** What is wrong, in the order of the records. */
    public List<Finding> findings() {
        return List.copyOf(findings);
    }

    /** The value of a setting, if it is there and could be read. */
    public Optional<String> setting(String name) {
        return Optional.ofNullable(settings.get(name));
    }

    private void run() {
        store.records().forEach(this::read);
        entities.values().stream()
                .sorted((one, other) -> one.id().compareTo(other.id()))
                .forEach(this::check);
    }

    private void read(byte[] key, byte[] value) {
        if (!records.isOwn(key)) {
            return;
        }
        exists = true;
        var where = where(key);
        try {
            records.parse(key, value)
                    .ifPresentOrElse(
                            entity -> {
                                entities.put(entity.id(), entity);
                                if (entity instanceof Setting setting) {
                                    settings.put(setting.name(), setting.value());
                                }
                            },
                            () -> report(where, "it is of no kind that this program knows"));
        } catch (RuntimeException e) { // whatever a parser and a constructor may say about a damaged value
            report(where, "it can't be read: " + e.getMessage());
        }
    }

    private void check(Entity entity) {
        switch (entity) {
            case Volume volume -> {
                var where = "volume " + volume.name() + " (" + volume.id() + ")";
                requireData(where, volume.stored(), volume.sizeBytes(), false);
                volume.container().ifPresent(container -> require(where, Container.class, container));
                volume.group().ifPresent(group -> require(where, VolumeGroup.class, group));
                volume.parent().ifPresent(parent -> require(where, Volume.class, parent));
            }
            case Snapshot snapshot -> {
                var where = "snapshot " + snapshot.name() + " (" + snapshot.id() + ")";
                requireData(where, snapshot.stored(), snapshot.sizeBytes(), true);
                require(where, Volume.class, snapshot.volume());
                snapshot.partOf().ifPresent(whole -> require(where, GroupSnapshot.class, whole));
            }
            case ProtectionGroup group ->
                group.container()
                        .ifPresent(container -> require("protection group " + group.id(), Container.class, container));
            case ProtectionMember member -> {
                var where = "protection member " + member.id();
                require(where, ProtectionGroup.class, member.group());
                require(
                        where,
                        switch (member.kind()) {
                            case VOLUME -> Volume.class;
                            case HOST -> Host.class;
                            case HOST_GROUP -> HostGroup.class;
                        },
                        member.member());
            }
            case GroupSnapshot snapshot ->
                require("group snapshot " + snapshot.id(), ProtectionGroup.class, snapshot.group());
            case SetMember member -> {
                var where = "set member " + member.id();
                require(where, VolumeSet.class, member.set());
                require(where, Volume.class, member.volume());
            }
            case Job job -> {
                if (!job.isOver()) {
                    job.volumes().forEach(volume -> require("job " + job.number(), Volume.class, volume));
                }
            }
            case Host host ->
                host.groups()
                        .forEach(group ->
                                require("host " + host.name() + " (" + host.id() + ")", HostGroup.class, group));
            case Connection connection -> {
                var where = "connection " + connection.id();
                require(where, Volume.class, connection.volume());
                connection.host().ifPresent(host -> require(where, Host.class, host));
                connection.group().ifPresent(group -> require(where, HostGroup.class, group));
                connection.export().ifPresent(export -> require(where, SetExport.class, export));
            }
            case SetExport export -> {
                var where = "set export " + export.id();
                require(where, VolumeSet.class, export.set());
                export.host().ifPresent(host -> require(where, Host.class, host));
                export.group().ifPresent(group -> require(where, HostGroup.class, group));
            }
            default -> {} // stands for itself
        }
    }

    private void requireData(String where, long stored, long size, boolean readOnly) {
        var seen = store.volumes().get(stored);
        var other = owners.putIfAbsent(stored, where);
        if (other != null) {
            report(where, "its data, volume %d of the store, is also that of %s".formatted(stored, other));
        }
        if (seen == null) {
            report(where, "its data, volume %d of the store, is missing".formatted(stored));
        } else if (seen.size() != size) {
            report(where, "it has %d bytes, its data has %d".formatted(size, seen.size()));
        } else if (seen.readOnly() != readOnly) {
            report(where, readOnly ? "its data may be written" : "its data may not be written");
        }
    }

    private void require(String where, Class<? extends Entity> kind, UUID id) {
        if (!kind.isInstance(entities.get(id))) {
            report(where, "it refers to %s, which is missing".formatted(id));
        }
    }

    private void report(String where, String problem) {
        findings.add(new Finding(where, problem));
    }
}
