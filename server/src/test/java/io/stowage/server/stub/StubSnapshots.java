package io.stowage.server.stub;

import io.stowage.engine.Expiry;
import io.stowage.engine.OperationKind;
import io.stowage.engine.Refused;
import io.stowage.engine.Snapshot;
import io.stowage.engine.SnapshotCreation;
import io.stowage.engine.SnapshotDetails;
import io.stowage.engine.SnapshotName;
import io.stowage.engine.Snapshots;
import io.stowage.engine.Started;
import io.stowage.engine.VolumeName;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.UUID;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

record StubSnapshots(StubEngine engine) implements Snapshots {
    /** What {@code snapshots.expiry} of every volume comes to here. */
    static final OffsetDateTime BY_VOLUME = OffsetDateTime.parse("2030-01-01T00:00:00Z");

    static Snapshot named(Snapshot snapshot, SnapshotName name) {
        return new Snapshot(
                snapshot.uuid(),
                name,
                snapshot.content(),
                snapshot.description(),
                snapshot.config(),
                snapshot.createdAt(),
                snapshot.expiresAt(),
                snapshot.attachments());
    }

    @Override
    public List<Snapshot> list(VolumeName volume) {
        engine.volume(volume);
        return engine.snapshots.values().stream()
                .filter(snapshot -> snapshot.name().volume().equals(volume))
                .toList();
    }

    @Override
    public List<Snapshot> list(String pool) {
        engine.pool(pool);
        return engine.snapshots.values().stream()
                .filter(snapshot -> snapshot.name().volume().pool().equals(pool))
                .toList();
    }

    @Override
    public Snapshot get(SnapshotName name) {
        return engine.snapshot(name);
    }

    @Override
    public Started<Snapshot> create(SnapshotCreation request) {
        var volume = engine.volume(request.volume());
        var given = request.name() == null ? "" : request.name();
        var name = request.volume()
                .snapshot(given.isEmpty() ? "snap" + list(request.volume()).size() : given);
        if (engine.snapshots.containsKey(name)) {
            throw Refused.conflict("Snapshot \"" + name.name() + "\" already in use");
        }
        var expiry = switch (request.expiry()) {
            case Expiry.ByVolume() -> BY_VOLUME;
            case Expiry.Never() -> null;
            case Expiry.At(var time) -> time;
        };
        var description = request.description() == null || request.description().isEmpty()
                ? volume.description()
                : request.description();
        var snapshot = new Snapshot(
                UUID.randomUUID(),
                name,
                volume.content(),
                description,
                volume.config(),
                Instant.now(),
                expiry,
                List.of());
        return engine.operations.run(StubOperations.planned(OperationKind.SNAPSHOT_CREATE, name), () -> {
            engine.snapshots.put(name, snapshot);
            return snapshot;
        });
    }

    @Override
    public Started<Snapshot> update(SnapshotName name, Function<Snapshot, SnapshotDetails> change) {
        var old = engine.snapshot(name);
        var wanted = change.apply(old);
        return engine.operations.run(StubOperations.planned(OperationKind.SNAPSHOT_UPDATE, name), () -> {
            var snapshot = new Snapshot(
                    old.uuid(),
                    name,
                    old.content(),
                    wanted.description(),
                    old.config(),
                    old.createdAt(),
                    wanted.expiresAt(),
                    old.attachments());
            engine.snapshots.put(name, snapshot);
            return snapshot;
        });
    }

    @Override
    public Started<Snapshot> rename(SnapshotName name, String newName) {
        var old = engine.snapshot(name);
        var renamed = name.volume().snapshot(newName);
        var names = StubOperations.renaming(name.name(), newName);
        var volume = name.volume();
        var planned = StubOperations.planned(OperationKind.SNAPSHOT_RENAME, volume.pool(), volume, name, names);
        return engine.operations.run(planned, () -> {
            var snapshot = named(old, renamed);
            engine.snapshots.remove(name);
            engine.snapshots.put(renamed, snapshot);
            return snapshot;
        });
    }

    @Override
    public Started<@Nullable Void> delete(SnapshotName name) {
        engine.snapshot(name);
        return engine.operations.run(StubOperations.planned(OperationKind.SNAPSHOT_DELETE, name), () -> {
            engine.snapshots.remove(name);
            return null;
        });
    }
}
