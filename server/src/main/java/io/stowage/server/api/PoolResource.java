package io.stowage.server.api;

import io.stowage.engine.Described;
import io.stowage.engine.Pool;
import io.stowage.engine.Pools;
import io.stowage.engine.Snapshot;
import io.stowage.engine.Snapshots;
import io.stowage.engine.Volume;
import io.stowage.engine.Volumes;
import io.stowage.server.settings.Profiles;
import io.stowage.server.view.PoolResourcesView;
import io.stowage.server.view.PoolView;
import io.stowage.server.view.Urls;
import io.stowage.web.Response;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.function.Predicate;

/** {@code /1.0/storage-pools}. Changes are answered when they are done. */
final class PoolResource {
    private final Pools pools;
    private final Volumes volumes;
    private final Snapshots snapshots;
    private final Profiles profiles;
    private final Turns turns = new Turns();

    PoolResource(Pools pools, Volumes volumes, Snapshots snapshots, Profiles profiles) {
        this.pools = pools;
        this.volumes = volumes;
        this.snapshots = snapshots;
        this.profiles = profiles;
    }

    void addTo(Router router) {
        router.get("/1.0/storage-pools", this::list)
                .post("/1.0/storage-pools", this::create)
                .get("/1.0/storage-pools/{pool}", this::get)
                .put("/1.0/storage-pools/{pool}", this::put)
                .patch("/1.0/storage-pools/{pool}", this::patch)
                .delete("/1.0/storage-pools/{pool}", this::delete)
                .get("/1.0/storage-pools/{pool}/resources", this::resources);
    }

    private Response list(Call call) {
        var all = pools.list().stream();
        return Envelope.sync(
                call.recursive()
                        ? all.map(pool -> view(pool, call)).toList()
                        : all.map(pool -> Urls.pool(pool.name())).toList());
    }

    private Response create(Call call) throws Exception {
        var body = call.body();
        var name = body.text("name");
        if (name.isEmpty()) {
            throw ApiError.badRequest("No name provided");
        }
        if (name.contains("/")) {
            throw ApiError.badRequest("Storage pool names may not contain slashes");
        }
        if (body.text("driver").isEmpty()) {
            throw ApiError.badRequest("No driver provided");
        }
        pools.create(name, body.text("driver"), body.text("description"), body.config())
                .await();
        return Envelope.created(Urls.pool(name));
    }

    private Response get(Call call) {
        var pool = pools.get(call.path("pool"));
        return Envelope.sync(view(pool, call), etag(pool));
    }

    private Response put(Call call) throws Exception {
        var body = call.body();
        var config = body.config();
        return update(call, body, pool -> pool.described().replaced(config));
    }

    private Response patch(Call call) throws Exception {
        var body = call.body();
        var config = body.config();
        return update(call, body, pool -> pool.described().merged(config));
    }

    /** A description that isn't given stays, where LXD would clear it: forgetful clients lose nothing. */
    private Response update(Call call, Body body, Function<Pool, Described> change) throws Exception {
        var name = call.path("pool");
        var description = body.optionalText("description");
        return turns.with(name, () -> {
            pools.update(name, pool -> {
                        call.requireMatch(etag(pool));
                        return change.apply(pool).with(description);
                    })
                    .await();
            return Envelope.done();
        });
    }

    private Response delete(Call call) {
        var name = call.path("pool");
        pools.delete(name, tx -> Profiles.refuseUsed(tx, name)).await();
        return Envelope.done();
    }

    private Response resources(Call call) {
        return Envelope.sync(PoolResourcesView.of(pools.resources(call.path("pool"))));
    }

    /** Restricted clients see no config, in which the keys to the array are, and no volumes of others. */
    private PoolView view(Pool pool, Call call) {
        var usedBy = Gone.orElse(List.<String>of(), () -> usedBy(pool.name(), call.openProjects()));
        return PoolView.of(pool, call.caller().administers(), usedBy);
    }

    private List<String> usedBy(String pool, Predicate<String> projects) {
        var users = profiles.list().stream()
                .filter(profile -> projects.test(profile.project()))
                .toList();
        var urls = new ArrayList<>(Urls.usingProfiles(users, pool));
        volumes.list(pool).stream()
                .map(Volume::name)
                .filter(volume -> projects.test(volume.project()))
                .map(Urls::volume)
                .forEach(urls::add);
        snapshots.list(pool).stream()
                .map(Snapshot::name)
                .filter(snapshot -> projects.test(snapshot.volume().project()))
                .map(Urls::snapshot)
                .forEach(urls::add);
        urls.sort(Comparator.naturalOrder());
        return List.copyOf(urls);
    }

    private static String etag(Pool pool) {
        return Etag.of(pool.name(), pool.driver(), pool.description(), new TreeMap<>(pool.config()));
    }
}
