package io.stowage.server.stub;

import io.stowage.engine.Backup;
import io.stowage.engine.BackupCreation;
import io.stowage.engine.BackupName;
import io.stowage.engine.BackupUpload;
import io.stowage.engine.Backups;
import io.stowage.engine.Operation;
import io.stowage.engine.OperationKind;
import io.stowage.engine.Refused;
import io.stowage.engine.Started;
import io.stowage.engine.Volume;
import io.stowage.engine.VolumeName;
import io.stowage.model.ContentType;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Backups whose files hold what the request said. */
record StubBackups(StubEngine engine) implements Backups {
    @Override
    public List<Backup> list(VolumeName volume) {
        engine.volume(volume);
        return engine.backups.keySet().stream()
                .filter(backup -> backup.name().volume().equals(volume))
                .toList();
    }

    @Override
    public Backup get(BackupName name) {
        return list(name.volume()).stream()
                .filter(backup -> backup.name().equals(name))
                .findFirst()
                .orElseThrow(() -> Refused.notFound("Storage volume backup not found"));
    }

    private static Operation planned(OperationKind kind, BackupName name) {
        return StubOperations.planned(kind, name.volume().pool(), name.volume(), null, Map.of("backup", name.name()));
    }

    @Override
    public Started<Backup> create(BackupCreation request) {
        engine.volume(request.volume());
        var given = request.name() == null ? "" : request.name();
        var name = new BackupName(request.volume(), given.isEmpty() ? "backup0" : given);
        var backup = new Backup(UUID.randomUUID(), name, Instant.now(), request.expiresAt(), request.volumeOnly());
        return engine.operations.run(planned(OperationKind.BACKUP_CREATE, name), () -> {
            engine.backups.put(backup, request.compression() + " " + request.version());
            return backup;
        });
    }

    @Override
    public Started<Backup> rename(BackupName name, String newName) {
        var old = get(name);
        var renamed = new BackupName(name.volume(), newName);
        var names = Map.of("backup", newName, Operation.OLD_NAME, name.name());
        var volume = name.volume();
        var planned = StubOperations.planned(OperationKind.BACKUP_RENAME, volume.pool(), volume, null, names);
        return engine.operations.run(planned, () -> {
            var backup = new Backup(old.uuid(), renamed, old.createdAt(), old.expiresAt(), old.volumeOnly());
            engine.backups.put(backup, String.valueOf(engine.backups.remove(old)));
            return backup;
        });
    }

    @Override
    public Started<@Nullable Void> delete(BackupName name) {
        var old = get(name);
        return engine.operations.run(planned(OperationKind.BACKUP_DELETE, name), () -> {
            engine.backups.remove(old);
            return null;
        });
    }

    @Override
    public File open(BackupName name) {
        var text = String.valueOf(engine.backups.get(get(name)));
        var bytes = text.getBytes(StandardCharsets.UTF_8);
        return new File() {
            @Override
            public OptionalLong length() {
                return text.startsWith("none") ? OptionalLong.of(bytes.length) : OptionalLong.empty();
            }

            @Override
            public void writeTo(OutputStream target) throws IOException {
                for (var one : bytes) {
                    target.write(one);
                }
            }
        };
    }

    @Override
    public Started<Volume> receive(BackupUpload request) {
        engine.pool(request.pool());
        var name = new VolumeName(request.project(), request.pool(), request.name() == null ? "" : request.name());
        return engine.operations.run(StubOperations.planned(OperationKind.BACKUP_RESTORE, name), () -> {
            try {
                var text = new String(request.content().readAllBytes(), StandardCharsets.UTF_8);
                return new StubVolumes(engine).put(name, ContentType.FILESYSTEM, text, Map.of());
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        });
    }
}
