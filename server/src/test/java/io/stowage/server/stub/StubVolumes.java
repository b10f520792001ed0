package io.stowage.server.stub;

import io.stowage.database.Transaction;
import io.stowage.engine.Described;
import io.stowage.engine.IsoUpload;
import io.stowage.engine.OperationKind;
import io.stowage.engine.Refused;
import io.stowage.engine.Snapshot;
import io.stowage.engine.SnapshotName;
import io.stowage.engine.Started;
import io.stowage.engine.TarUpload;
import io.stowage.engine.Volume;
import io.stowage.engine.VolumeCopy;
import io.stowage.engine.VolumeCreation;
import io.stowage.engine.VolumeName;
import io.stowage.engine.VolumeState;
import io.stowage.engine.Volumes;
import io.stowage.model.ContentType;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.TreeMap;
import java.util.UUID;
import java.util.function.Consumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

record StubVolumes(StubEngine engine) implements Volumes {
    @Override
    public List<Volume> list() {
        return engine.volumes.values().stream()
                .sorted(Comparator.comparing(
                        volume -> volume.name().pool() + "/" + volume.name().name()))
                .map(this::withAttachments)
                .toList();
    }

    @Override
    public List<Volume> list(String pool) {
        engine.pool(pool);
        return list().stream()
                .filter(volume -> volume.name().pool().equals(pool))
                .toList();
    }

    @Override
    public Volume get(VolumeName name) {
        return withAttachments(engine.volume(name));
    }

    private Volume withAttachments(Volume volume) {
        var ids = engine.attachments.values().stream()
                .filter(attachment -> attachment.volume().equals(volume.name()) && attachment.snapshot() == null)
                .map(attachment -> attachment.id())
                .toList();
        return new Volume(
                volume.uuid(),
                volume.name(),
                volume.content(),
                volume.description(),
                volume.config(),
                volume.createdAt(),
                ids);
    }

    @Override
    public VolumeState state(VolumeName name) {
        engine.volume(name);
        return new VolumeState(OptionalLong.of(16384), 100L << 20);
    }

    @Override
    public Started<Volume> create(VolumeCreation request) {
        engine.pool(request.name().pool());
        return engine.operations.run(
                StubOperations.planned(OperationKind.VOLUME_CREATE, request.name()),
                () -> put(request.name(), request.content(), request.description(), request.config()));
    }

    Volume put(VolumeName name, ContentType content, String description, Map<String, String> config) {
        if (engine.volumes.containsKey(name)) {
            throw Refused.conflict("Volume by that name already exists");
        }
        var uuid = UUID.randomUUID();
        var stored = new TreeMap<>(StubEngine.present(config));
        stored.put("volatile.uuid", uuid.toString());
        var volume = new Volume(uuid, name, content, description, stored, Instant.now(), List.of());
        engine.volumes.put(name, volume);
        return volume;
    }

    private void refuseTaken(VolumeName name) {
        engine.pool(name.pool());
        if (engine.volumes.containsKey(name)) {
            throw Refused.conflict("Volume by that name already exists");
        }
    }

    @Override
    public Started<Volume> upload(TarUpload request) {
        refuseTaken(request.name());
        return engine.operations.run(StubOperations.planned(OperationKind.VOLUME_UPLOAD, request.name()), () -> {
            try {
                var text = new String(request.content().readAllBytes(), StandardCharsets.UTF_8);
                return put(request.name(), ContentType.FILESYSTEM, text, Map.of());
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        });
    }

    @Override
    public Started<Volume> upload(IsoUpload request) {
        refuseTaken(request.name());
        return engine.operations.run(StubOperations.planned(OperationKind.VOLUME_UPLOAD, request.name()), () -> {
            try {
                var size = Integer.toString(request.content().readAllBytes().length);
                return put(request.name(), ContentType.ISO, "", Map.of("size", size));
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        });
    }

    @Override
    public Started<Volume> copy(VolumeCopy request) {
        var source = engine.volume(request.source());
        if (request.snapshot() != null) {
            engine.snapshot(request.source().snapshot(request.snapshot()));
        }
        if (request.refresh() && engine.volumes.containsKey(request.target())) {
            return engine.operations.run(
                    StubOperations.planned(OperationKind.VOLUME_REFRESH, request.target()),
                    () -> engine.volume(request.target()));
        }
        var planned = StubOperations.planned(OperationKind.VOLUME_COPY, request.target());
        return engine.operations.run(planned, () -> {
            var config = request.config() == null ? source.config() : request.config();
            var description = request.description() == null ? source.description() : request.description();
            var copy = put(request.target(), source.content(), description, config);
            if (request.withSnapshots()) {
                new StubSnapshots(engine).list(request.source()).forEach(snapshot -> {
                    var name = request.target().snapshot(snapshot.name().name());
                    engine.snapshots.put(name, StubSnapshots.named(snapshot, name));
                });
            }
            return copy;
        });
    }

    @Override
    public Started<Volume> update(VolumeName name, Function<Volume, Described> change) {
        var old = engine.volume(name);
        var wanted = change.apply(old);
        return engine.operations.run(StubOperations.planned(OperationKind.VOLUME_UPDATE, name), () -> {
            var present = StubEngine.present(wanted.config());
            var volume = new Volume(
                    old.uuid(), name, old.content(), wanted.description(), present, old.createdAt(), old.attachments());
            engine.volumes.put(name, volume);
            return volume;
        });
    }

    @Override
    public Started<Volume> rename(VolumeName name, String newName) {
        return move(name, new VolumeName(name.project(), name.pool(), newName));
    }

    @Override
    public Started<Volume> move(VolumeName name, VolumeName renamed) {
        var old = engine.volume(name);
        if (engine.volumes.containsKey(renamed)) {
            throw Refused.conflict("Volume by that name already exists");
        }
        var moves = !renamed.pool().equals(name.pool()) || !renamed.project().equals(name.project());
        var kind = moves ? OperationKind.VOLUME_MOVE : OperationKind.VOLUME_RENAME;
        var names = moves ? Map.<String, String>of() : StubOperations.renaming(name.name(), renamed.name());
        return engine.operations.run(StubOperations.planned(kind, name.pool(), name, null, names), () -> {
            var volume = new Volume(
                    old.uuid(),
                    renamed,
                    old.content(),
                    old.description(),
                    old.config(),
                    old.createdAt(),
                    old.attachments());
            for (Snapshot snapshot : new StubSnapshots(engine).list(name)) {
                engine.snapshots.remove(snapshot.name());
                var moved = renamed.snapshot(snapshot.name().name());
                engine.snapshots.put(moved, StubSnapshots.named(snapshot, moved));
            }
            engine.volumes.remove(name);
            engine.volumes.put(renamed, volume);
            return volume;
        });
    }

    @Override
    public Started<Volume> restore(SnapshotName snapshot, Consumer<Volume> check) {
        var volume = get(snapshot.volume());
        check.accept(volume);
        engine.snapshot(snapshot);
        if (!volume.attachments().isEmpty()) {
            throw Refused.locked("The volume is mounted");
        }
        return engine.operations.run(
                StubOperations.planned(OperationKind.VOLUME_RESTORE, snapshot.volume()), () -> volume);
    }

    @Override
    public Started<@Nullable Void> delete(VolumeName name, Consumer<Transaction> check) {
        engine.check(check);
        if (!get(name).attachments().isEmpty()) {
            throw Refused.inUse("The storage volume is still in use");
        }
        return engine.operations.run(StubOperations.planned(OperationKind.VOLUME_DELETE, name), () -> {
            engine.volumes.remove(name);
            engine.snapshots.keySet().removeIf(snapshot -> snapshot.volume().equals(name));
            return null;
        });
    }
}
