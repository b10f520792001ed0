package io.stowage.server.view;

import com.fasterxml.jackson.annotation.JsonIgnore;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import io.stowage.engine.BackupName;
import io.stowage.engine.Operation;
import io.stowage.engine.OperationProgress;
import io.stowage.engine.Requestor;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.PropertyNamingStrategies.SnakeCaseStrategy;
import tools.jackson.databind.annotation.JsonNaming;

/**
 * An operation, as {@code GET /1.0/operations/ID} shows it.
 *
 * @param resources URLs of what it works on, by kind
 * @param metadata what it found out; {@code entity_url}; and while it runs one key that ends in
 *     {@code _progress}, which clients show. Strings only, but for tokens.
 * @param errCode HTTP status that the same failure has for a synchronous request; 0 without failure
 */
@JsonNaming(SnakeCaseStrategy.class)
public record OperationView(
        String id,
        @JsonProperty("class") String kind,
        String description,
        String createdAt,
        String updatedAt,
        String status,
        int statusCode,
        @Nullable Map<String, List<String>> resources,
        @Nullable Map<String, ?> metadata,
        boolean mayCancel,
        String err,
        int errCode,
        String location,
        @Nullable @JsonInclude(JsonInclude.Include.NON_NULL) Requestor requestor) {
    private static final String BACKUP = "backup";
    private static final String WEBSOCKET = "websocket";

    public static OperationView of(Operation operation) {
        var status = OperationStatus.of(operation);
        var error = operation.state().settled() ? operation.error() : "";
        var kind = operation.errorKind();
        return new OperationView(
                operation.id().toString(),
                operation.metadata().containsKey(Operation.CONNECTED_TO) ? WEBSOCKET : "task",
                operation.kind().description(),
                GoTime.write(operation.createdAt()),
                GoTime.write(operation.updatedAt()),
                status.text(),
                status.code(),
                resources(operation),
                metadata(operation),
                operation.mayCancel() && !operation.state().settled(),
                error,
                error.isEmpty() || kind == null ? 0 : HttpStatus.of(kind),
                "none",
                operation.requestor());
    }

    /** The same with what others need to connect to it, and nothing else, in the metadata. */
    public OperationView forPeers(Map<String, String> secrets) {
        return new OperationView(
                id,
                WEBSOCKET,
                description,
                createdAt,
                updatedAt,
                status,
                statusCode,
                resources,
                secrets,
                mayCancel,
                err,
                errCode,
                location,
                requestor);
    }

    /** Whether nothing will change any more. */
    @JsonIgnore
    public boolean isOver() {
        return statusCode >= OperationStatus.SUCCESS.code();
    }

    private static Map<String, List<String>> resources(Operation operation) {
        var resources = new TreeMap<String, List<String>>();
        var volume = operation.volume();
        var snapshot = operation.snapshot();
        if (volume == null) {
            resources.put("storage_pools", List.of(Urls.pool(operation.pool())));
        } else {
            resources.put("storage_volumes", List.of(Urls.volume(volume)));
        }
        // LXD's own old form, which its 5.0 client takes the name from.
        backup(operation).ifPresent(backup -> resources.put("backups", List.of("/1.0/backups/" + backup.name())));
        if (snapshot != null) {
            resources.put("storage_volume_snapshots", List.of(Urls.snapshot(snapshot)));
        }
        return resources;
    }

    /** The backup that it works on; clients take its name from the resources, or from {@code entity_url}. */
    static Optional<BackupName> backup(Operation operation) {
        var volume = operation.volume();
        var name = operation.metadata().get(BACKUP);
        return volume == null || name == null ? Optional.empty() : Optional.of(new BackupName(volume, name));
    }

    private static @Nullable Map<String, String> metadata(Operation operation) {
        var metadata = new TreeMap<>(operation.metadata());
        var volume = operation.volume();
        var snapshot = operation.snapshot();
        backup(operation).ifPresent(backup -> metadata.putIfAbsent("entity_url", Urls.backup(backup)));
        // Known already to who asked; others hear it in the lifecycle event.
        List.of(BACKUP, Operation.CONNECTED_TO, Operation.OLD_NAME, Operation.NEW_NAME)
                .forEach(metadata::remove);
        if (snapshot != null) {
            metadata.putIfAbsent("entity_url", Urls.snapshot(snapshot));
        } else if (volume != null) {
            metadata.putIfAbsent("entity_url", Urls.volume(volume));
        }
        if (!operation.progress().isEmpty() && !operation.state().settled()) {
            OperationProgress progress = OperationProgress.parse(operation.progress());
            metadata.put(progress.stage().key(), progress.text());
        }
        return metadata.isEmpty() ? null : metadata;
    }
}
