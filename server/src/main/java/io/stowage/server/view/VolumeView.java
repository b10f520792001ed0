package io.stowage.server.view;

import io.stowage.engine.Snapshot;
import io.stowage.engine.Volume;
import io.stowage.engine.VolumeName;
import io.stowage.model.ContentType;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import tools.jackson.databind.PropertyNamingStrategies.SnakeCaseStrategy;
import tools.jackson.databind.annotation.JsonNaming;

/**
 * A volume, or in lists also a snapshot, as {@code GET …/volumes/custom/NAME} shows it.
 *
 * @param location empty, as LXD has it for pools that every host reaches
 */
@JsonNaming(SnakeCaseStrategy.class)
public record VolumeView(
        String name,
        String description,
        String type,
        String pool,
        String contentType,
        String project,
        String location,
        String createdAt,
        Map<String, String> config,
        List<String> usedBy) {

    /** The same, used by these as well. */
    public VolumeView usedAlsoBy(List<String> urls) {
        if (urls.isEmpty()) {
            return this;
        }
        var all = Stream.concat(usedBy.stream(), urls.stream()).toList();
        return new VolumeView(name, description, type, pool, contentType, project, location, createdAt, config, all);
    }

    public static VolumeView of(Volume volume) {
        var name = volume.name();
        var usedBy = volume.attachments().stream()
                .map(id -> Urls.attachment(name, id))
                .toList();
        return of(
                name.name(), name, volume.content(), volume.description(), volume.createdAt(), volume.config(), usedBy);
    }

    /** A snapshot in a list of volumes, where it is called {@code VOLUME/SNAPSHOT}. */
    public static VolumeView of(Snapshot snapshot) {
        var name = snapshot.name();
        var usedBy = snapshot.attachments().stream()
                .map(id -> Urls.attachment(name, id))
                .toList();
        return of(
                name.volume().name() + "/" + name.name(),
                name.volume(),
                snapshot.content(),
                snapshot.description(),
                snapshot.createdAt(),
                snapshot.config(),
                usedBy);
    }

    private static VolumeView of(
            String shown,
            VolumeName name,
            ContentType content,
            String description,
            Instant createdAt,
            Map<String, String> config,
            List<String> usedBy) {
        return new VolumeView(
                shown,
                description,
                "custom",
                name.pool(),
                content.word(),
                name.project(),
                "",
                GoTime.write(createdAt),
                new TreeMap<>(config),
                usedBy);
    }
}
