package io.stowage.array.core;

import io.stowage.array.store.DiskStore;
import io.stowage.array.store.StoreTransaction;
import io.stowage.web.json.Json;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * The objects of one estate as records of the store: key {@code core/ESTATE/KIND/ID}, value JSON. A field that a later
 * version adds is empty when an older record is read, so new components of the entities have to allow for that.
 */
final class Records {
    private static final Map<Class<? extends Entity>, String> KINDS = new LinkedHashMap<>();

    static {
        KINDS.put(Container.class, "container");
        KINDS.put(VolumeGroup.class, "volume-group");
        KINDS.put(Volume.class, "volume");
        KINDS.put(Snapshot.class, "snapshot");
        KINDS.put(Host.class, "host");
        KINDS.put(HostGroup.class, "host-group");
        KINDS.put(Connection.class, "connection");
        KINDS.put(ProtectionGroup.class, "protection-group");
        KINDS.put(ProtectionMember.class, "protection-member");
        KINDS.put(GroupSnapshot.class, "group-snapshot");
        KINDS.put(VolumeSet.class, "volume-set");
        KINDS.put(SetMember.class, "set-member");
        KINDS.put(SetExport.class, "set-export");
        KINDS.put(Job.class, "job");
        KINDS.put(Tag.class, "tag");
        KINDS.put(Setting.class, "setting");
        KINDS.put(Reservation.class, "reservation");
    }

    private final String prefix;

    Records(String estate) {
        this.prefix = "core/" + estate + "/";
    }

    void put(StoreTransaction store, Entity entity) {
        store.put(key(entity), Json.write(entity));
    }

    void remove(StoreTransaction store, Entity entity) {
        store.remove(key(entity));
    }

    void load(DiskStore store, Objects into) {
        load(store, Container.class, into.containers::put);
        load(store, VolumeGroup.class, into.volumeGroups::put);
        load(store, Volume.class, into.volumes::put);
        load(store, Snapshot.class, into.snapshots::put);
        load(store, Host.class, into.hosts::put);
        load(store, HostGroup.class, into.hostGroups::put);
        load(store, Connection.class, into.connections::put);
        load(store, ProtectionGroup.class, into.protectionGroups::put);
        load(store, ProtectionMember.class, into.protectionMembers::put);
        load(store, GroupSnapshot.class, into.groupSnapshots::put);
        load(store, VolumeSet.class, into.volumeSets::put);
        load(store, SetMember.class, into.setMembers::put);
        load(store, SetExport.class, into.setExports::put);
        load(store, Job.class, into.jobs::put);
        load(store, Tag.class, into.tags::put);
        load(store, Setting.class, into.settings::put);
        load(store, Reservation.class, into.reservations::put);
    }

    /**
     * The object that a record holds; empty if it isn't one of this estate.
     *
     * @throws RuntimeException it can't be read
     */
    Optional<Entity> parse(byte[] key, byte[] value) {
        var name = new String(key, StandardCharsets.UTF_8);
        for (var kind : KINDS.entrySet()) {
            if (name.startsWith(prefix + kind.getValue() + "/")) {
                Entity entity = Json.read(value, kind.getKey());
                if (!Arrays.equals(key(entity), key)) {
                    throw new IllegalArgumentException("it holds the object " + entity.id());
                }
                return Optional.of(entity);
            }
        }
        return Optional.empty();
    }

    private <T extends Entity> void load(DiskStore store, Class<T> kind, Consumer<T> put) {
        var records = store.scan((prefix + KINDS.get(kind) + "/").getBytes(StandardCharsets.UTF_8));
        records.values().forEach(value -> put.accept(Json.read(value, kind)));
    }

    /** Whether a record with this key is one of this estate. */
    boolean isOwn(byte[] key) {
        return new String(key, StandardCharsets.UTF_8).startsWith(prefix);
    }

    private byte[] key(Entity entity) {
        return (prefix + KINDS.get(entity.getClass()) + "/" + entity.id()).getBytes(StandardCharsets.UTF_8);
    }
}
