package io.stowage.server.view;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.stowage.engine.Operation;
import io.stowage.engine.OperationKind;
import io.stowage.engine.OperationState;
import io.stowage.engine.Requestor;
import io.stowage.engine.VolumeName;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What happened to an object, as {@code lifecycle} events tell it.
 *
 * @param source URL of the object
 * @param requestor null when the server acted by itself
 * @param project null for what belongs to none
 */
@JsonInclude(JsonInclude.Include.NON_EMPTY)
public record LifecycleView(
        String action,
        String source,
        Map<String, String> context,
        @Nullable Requestor requestor,
        String name,
        @Nullable String project) {

    /** What the end of an operation means for its object; empty while it runs, when it failed, or LXD has no word. */
    public static Optional<LifecycleView> of(Operation operation) {
        if (operation.state() != OperationState.DONE) {
            return Optional.empty();
        }
        return action(operation.kind()).map(action -> {
            var volume = operation.volume();
            var requestor = operation.requestor();
            var snapshot = operation.snapshot();
            var newName = operation.metadata().get(Operation.NEW_NAME);
            if (snapshot != null) {
                var present = newName == null ? snapshot : snapshot.volume().snapshot(newName);
                return new LifecycleView(
                        action,
                        Urls.snapshot(present),
                        context(operation, Map.of()),
                        requestor,
                        present.name(),
                        snapshot.volume().project());
            }
            var backup = OperationView.backup(operation);
            if (backup.isPresent()) {
                var name = backup.get();
                var project = name.volume().project();
                var context = context(operation, Map.of("type", "custom"));
                return new LifecycleView(action, Urls.backup(name), context, requestor, name.name(), project);
            }
            if (volume != null) {
                var present = newName == null ? volume : new VolumeName(volume.project(), volume.pool(), newName);
                var context = context(operation, Map.of("type", "custom"));
                return new LifecycleView(
                        action, Urls.volume(present), context, requestor, present.name(), volume.project());
            }
            return new LifecycleView(action, Urls.pool(operation.pool()), Map.of(), requestor, operation.pool(), null);
        });
    }

    /** Of a renaming: what it was called before, and nothing else. */
    private static Map<String, String> context(Operation operation, Map<String, String> otherwise) {
        var oldName = operation.metadata().get(Operation.OLD_NAME);
        return oldName == null ? otherwise : Map.of("old_name", oldName);
    }

    private static Optional<String> action(OperationKind kind) {
        return switch (kind) {
            case POOL_CREATE -> Optional.of("storage-pool-created");
            case POOL_UPDATE -> Optional.of("storage-pool-updated");
            case POOL_DELETE -> Optional.of("storage-pool-deleted");
            case VOLUME_CREATE, VOLUME_UPLOAD, VOLUME_COPY, VOLUME_RECEIVE -> Optional.of("storage-volume-created");
            case VOLUME_UPDATE, VOLUME_REFRESH, VOLUME_RECEIVE_REFRESH -> Optional.of("storage-volume-updated");
            case VOLUME_RENAME, VOLUME_MOVE -> Optional.of("storage-volume-renamed");
            case VOLUME_RESTORE -> Optional.of("storage-volume-restored");
            case VOLUME_DELETE -> Optional.of("storage-volume-deleted");
            case SNAPSHOT_CREATE -> Optional.of("storage-volume-snapshot-created");
            case SNAPSHOT_UPDATE -> Optional.of("storage-volume-snapshot-updated");
            case SNAPSHOT_RENAME -> Optional.of("storage-volume-snapshot-renamed");
            case SNAPSHOT_DELETE -> Optional.of("storage-volume-snapshot-deleted");
            case BACKUP_CREATE -> Optional.of("storage-volume-backup-created");
            case BACKUP_RENAME -> Optional.of("storage-volume-backup-renamed");
            case BACKUP_DELETE -> Optional.of("storage-volume-backup-deleted");
            case BACKUP_RESTORE -> Optional.of("storage-volume-created");
            case VOLUME_SEND, SNAPSHOT_SEND, ATTACH, DETACH -> Optional.empty();
        };
    }
}
