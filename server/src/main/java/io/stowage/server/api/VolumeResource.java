package io.stowage.server.api;

import io.stowage.engine.Operations;
import io.stowage.engine.Pools;
import io.stowage.engine.Volume;
import io.stowage.engine.VolumeName;
import io.stowage.engine.Volumes;
import io.stowage.server.settings.Profiles;
import io.stowage.server.view.OperationView;
import io.stowage.server.view.Urls;
import io.stowage.server.view.VolumeStateView;
import io.stowage.server.view.VolumeView;
import io.stowage.web.Response;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** {@code …/volumes/custom/NAME}: one volume. Changes are answered when they are done. */
final class VolumeResource {
    private static final String PATH = "/1.0/storage-pools/{pool}/volumes/{type}/{volume}";

    private final Pools pools;
    private final Volumes volumes;
    private final Operations operations;
    private final Profiles profiles;
    private final Migrating migrating;
    private final Turns turns = new Turns();

    VolumeResource(Pools pools, Volumes volumes, Operations operations, Profiles profiles, Migrating migrating) {
        this.pools = pools;
        this.volumes = volumes;
        this.operations = operations;
        this.profiles = profiles;
        this.migrating = migrating;
    }

    void addTo(Router router) {
        router.get(PATH, custom(this::get))
                .put(PATH, custom(this::put))
                .patch(PATH, custom(this::patch))
                .post(PATH, custom(this::rename))
                .delete(PATH, custom(this::delete))
                .get(PATH + "/state", custom(this::state));
    }

    private Action custom(Action action) {
        return call -> {
            VolumeTypes.requireCustom(call, pools);
            return action.answer(call);
        };
    }

    private Response get(Call call) {
        var volume = volumes.get(call.volume());
        var users = Urls.usingProfiles(profiles.list(), volume.name());
        return Envelope.sync(VolumeView.of(volume).usedAlsoBy(users), etag(volume));
    }

    private Response put(Call call) throws Exception {
        var body = call.body();
        var name = call.volume();
        var snapshot = body.text("restore");
        var description = body.optionalText("description");
        var config = body.has("config") ? Optional.of(body.config()) : Optional.<Map<String, String>>empty();
        return turns.with(name, () -> {
            if (!snapshot.isEmpty()) {
                volumes.restore(name.snapshot(snapshot), volume -> call.requireMatch(etag(volume)))
                        .await();
            }
            // A restore without config is just that; its empty description means nothing.
            if (snapshot.isEmpty() || config.isPresent()) {
                volumes.update(name, volume -> {
                            if (snapshot.isEmpty()) {
                                call.requireMatch(etag(volume));
                            }
                            return VolumeConfig.replacing(volume, config).with(description);
                        })
                        .await();
            }
            return Envelope.done();
        });
    }

    private Response patch(Call call) throws Exception {
        var body = call.body();
        var name = call.volume();
        var description = body.optionalText("description");
        var config = body.config();
        return turns.with(name, () -> {
            volumes.update(name, volume -> {
                        call.requireMatch(etag(volume));
                        return VolumeConfig.merging(volume, config).with(description);
                    })
                    .await();
            return Envelope.done();
        });
    }

    /** A new name is answered when it is there; a move to another pool or project is an operation, as clients expect. */
    private Response rename(Call call) throws Exception {
        var body = call.body();
        var name = call.volume();
        if (body.flag("migration")) {
            return migrating.send(body, name, null);
        }
        var pool = body.optionalText("pool").filter(text -> !text.isEmpty()).orElse(name.pool());
        var project = body.optionalText("project")
                .filter(text -> !text.isEmpty())
                .map(call::volumesOf)
                .orElse(name.project());
        var renamed = new VolumeName(project, pool, NewVolume.name(body));
        if (!pool.equals(name.pool()) || !project.equals(name.project())) {
            var started = volumes.move(name, renamed);
            return Envelope.async(OperationView.of(operations.get(started.id())));
        }
        volumes.rename(name, renamed.name()).await();
        return Envelope.created(Urls.volume(renamed));
    }

    private Response delete(Call call) {
        var name = call.volume();
        volumes.delete(name, tx -> Profiles.refuseUsed(tx, name)).await();
        return Envelope.done();
    }

    private Response state(Call call) {
        return Envelope.sync(VolumeStateView.of(volumes.state(call.volume())));
    }

    private static String etag(Volume volume) {
        return Etag.of(volume.name().name(), "custom", volume.description(), new TreeMap<>(volume.config()));
    }
}
