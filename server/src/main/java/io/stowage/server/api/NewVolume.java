package io.stowage.server.api;

import io.stowage.engine.Backups;
import io.stowage.engine.Operations;
import io.stowage.engine.Pools;
import io.stowage.engine.Volume;
import io.stowage.engine.VolumeCopy;
import io.stowage.engine.VolumeCreation;
import io.stowage.engine.VolumeName;
import io.stowage.engine.Volumes;
import io.stowage.model.ContentType;
import io.stowage.model.VolumeType;
import io.stowage.server.view.OperationView;
import io.stowage.web.Response;
import java.util.Optional;
import java.util.TreeMap;

/** {@code POST …/volumes/custom}: an empty volume is answered when it is there, a copy is an operation. */
final class NewVolume {
    private final Pools pools;
    private final Volumes volumes;
    private final Operations operations;
    private final Migrating migrating;
    private final Upload uploads;

    NewVolume(Pools pools, Volumes volumes, Backups backups, Operations operations, Migrating migrating) {
        this.pools = pools;
        this.volumes = volumes;
        this.operations = operations;
        this.migrating = migrating;
        this.uploads = new Upload(volumes, backups, operations);
    }

    void addTo(Router router) {
        router.post("/1.0/storage-pools/{pool}/volumes", call -> create(call, Optional.empty()))
                .post(
                        "/1.0/storage-pools/{pool}/volumes/{type}",
                        call -> create(call, Optional.of(VolumeTypes.of(call))));
    }

    /** The new name in a request, checked as far as LXD has sentences of its own for it. */
    static String name(Body body) {
        var name = body.text("name");
        if (name.isEmpty()) {
            throw ApiError.badRequest("No name provided");
        }
        if (name.contains("/")) {
            throw ApiError.badRequest("Invalid volume name \"%s\": Cannot contain slashes".formatted(name));
        }
        return name;
    }

    private Response create(Call call, Optional<VolumeType> typeInPath) throws Exception {
        if (Upload.isOne(call)) {
            return uploads.answer(call);
        }
        var body = call.body();
        var name = new VolumeName(call.project(), call.path("pool"), name(body));
        var type = typeInPath.map(VolumeType::word).orElse(body.text("type"));
        if (!type.isEmpty() && !type.equals(VolumeType.CUSTOM.word())) {
            throw ApiError.badRequest("Currently not allowed to create storage volumes of type \"%s\"".formatted(type));
        }
        pools.get(name.pool());
        var source = body.object("source");
        if (!source.flag("refresh")) {
            requireFree(name);
        }
        var content = content(body);
        return switch (source.text("type")) {
            case "" -> empty(name, content, body);
            case "copy" -> copy(call, name, content, body, source);
            case "migration" -> migrating.receive(name, content, body, source);
            default -> throw ApiError.badRequest("Unknown source type \"%s\"".formatted(source.text("type")));
        };
    }

    /** Before anything else about the request, as in LXD; the engine checks again when it takes the name. */
    private void requireFree(VolumeName name) {
        if (Gone.orElse(Optional.<Volume>empty(), () -> Optional.of(volumes.get(name)))
                .isPresent()) {
            throw new ApiError(409, "Volume by that name already exists");
        }
    }

    private static ContentType content(Body body) {
        var word = body.text("content_type");
        var content = ContentType.of(word.isEmpty() ? "filesystem" : word)
                .orElseThrow(() -> ApiError.badRequest("Invalid volume content type name"));
        return content;
    }

    private Response empty(VolumeName name, ContentType content, Body body) {
        if (content == ContentType.ISO) {
            throw ApiError.badRequest("Creation of empty iso volumes is not allowed, either copy or import");
        }
        volumes.create(new VolumeCreation(name, content, body.text("description"), body.config()))
                .await();
        return Envelope.done();
    }

    private Response copy(Call call, VolumeName target, ContentType content, Body body, Body source) {
        var named = source.text("name");
        if (named.isEmpty()) {
            throw ApiError.badRequest("No source volume name supplied");
        }
        var asked = source.text("project");
        var project = asked.isEmpty() ? target.project() : call.volumesOf(asked);
        var slash = named.indexOf('/');
        var pool = source.text("pool").isEmpty() ? target.pool() : source.text("pool");
        var from = new VolumeName(project, pool, slash < 0 ? named : named.substring(0, slash));
        var snapshot = slash < 0 ? null : named.substring(slash + 1);
        var started = volumes.copy(new VolumeCopy(
                from,
                snapshot,
                target,
                snapshot == null && !source.flag("volume_only"),
                body.has("content_type") ? content : null,
                body.optionalText("description").orElse(null),
                body.has("config") ? new TreeMap<>(body.config()) : null,
                source.flag("refresh")));
        return Envelope.async(OperationView.of(operations.get(started.id())));
    }
}
