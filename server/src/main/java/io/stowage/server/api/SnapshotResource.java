package io.stowage.server.api;

import io.stowage.engine.Expiry;
import io.stowage.engine.Operations;
import io.stowage.engine.Pools;
import io.stowage.engine.Snapshot;
import io.stowage.engine.SnapshotCreation;
import io.stowage.engine.SnapshotDetails;
import io.stowage.engine.Snapshots;
import io.stowage.engine.Started;
import io.stowage.server.view.GoTime;
import io.stowage.server.view.OperationView;
import io.stowage.server.view.SnapshotView;
import io.stowage.server.view.Urls;
import io.stowage.web.Response;
import java.time.DateTimeException;
import java.time.OffsetDateTime;
import java.util.Optional;
import java.util.function.Function;

/** {@code …/volumes/custom/NAME/snapshots}. Creating, renaming and deleting are operations. */
final class SnapshotResource {
    private static final String LIST = "/1.0/storage-pools/{pool}/volumes/{type}/{volume}/snapshots";
    private static final String ONE = LIST + "/{snapshot}";

    /** Where the client of LXD 5.0 asks for a snapshot on its way to another server. */
    private static final String UNESCAPED = "/1.0/storage-pools/{pool}/volumes/{type}/{volume}/{snapshot}";

    private final Pools pools;
    private final Snapshots snapshots;
    private final Operations operations;
    private final Migrating migrating;
    private final Turns turns = new Turns();

    SnapshotResource(Pools pools, Snapshots snapshots, Operations operations, Migrating migrating) {
        this.pools = pools;
        this.snapshots = snapshots;
        this.operations = operations;
        this.migrating = migrating;
    }

    void addTo(Router router) {
        router.get(LIST, custom(this::list))
                .post(LIST, custom(this::create))
                .get(ONE, custom(this::get))
                .put(ONE, custom(this::put))
                .patch(ONE, custom(this::patch))
                .post(ONE, custom(this::rename))
                .delete(ONE, custom(this::delete))
                .postKindly(UNESCAPED, custom(this::send));
    }

    private Action custom(Action action) {
        return call -> {
            VolumeTypes.requireCustom(call, pools);
            return action.answer(call);
        };
    }

    private Response list(Call call) {
        var all = snapshots.list(call.volume()).stream();
        return Envelope.sync(
                call.recursive()
                        ? all.map(SnapshotView::inList).toList()
                        : all.map(snapshot -> Urls.snapshot(snapshot.name())).toList());
    }

    private Response create(Call call) throws Exception {
        var body = call.body();
        var name = body.text("name");
        if (name.contains("/")) {
            throw ApiError.badRequest("Storage name cannot contain \"/\"");
        }
        var expiry = body.optionalText("expires_at")
                .map(text -> time(text).<Expiry>map(Expiry.At::new).orElseGet(Expiry.Never::new))
                .orElseGet(Expiry.ByVolume::new);
        return accepted(snapshots.create(new SnapshotCreation(call.volume(), name, body.text("description"), expiry)));
    }

    private Response get(Call call) {
        var snapshot = snapshots.get(call.snapshot());
        return Envelope.sync(SnapshotView.of(snapshot), etag(snapshot));
    }

    /** Replaces the expiry: none means never. */
    private Response put(Call call) throws Exception {
        var body = call.body();
        var expiry = expiry(body);
        return update(call, body, _ -> expiry);
    }

    /** Keeps what isn't given. */
    private Response patch(Call call) throws Exception {
        var body = call.body();
        var given = body.has("expires_at");
        var expiry = expiry(body);
        return update(call, body, snapshot -> given ? expiry : Optional.ofNullable(snapshot.expiresAt()));
    }

    private Response update(Call call, Body body, Function<Snapshot, Optional<OffsetDateTime>> expiry)
            throws Exception {
        var name = call.snapshot();
        var description = body.optionalText("description");
        return turns.with(name, () -> {
            snapshots
                    .update(name, snapshot -> {
                        call.requireMatch(etag(snapshot));
                        return new SnapshotDetails(
                                description.orElse(snapshot.description()),
                                expiry.apply(snapshot).orElse(null));
                    })
                    .await();
            return Envelope.done();
        });
    }

    private static Optional<OffsetDateTime> expiry(Body body) {
        return body.optionalText("expires_at").flatMap(SnapshotResource::time);
    }

    private Response rename(Call call) throws Exception {
        var body = call.body();
        if (body.flag("migration")) {
            return migrating.send(body, call.volume(), call.path("snapshot"));
        }
        var name = body.text("name");
        if (name.isEmpty()) {
            throw ApiError.badRequest("No name provided");
        }
        if (name.contains("/")) {
            throw ApiError.badRequest("Storage name cannot contain \"/\"");
        }
        return accepted(snapshots.rename(call.snapshot(), name));
    }

    private Response send(Call call) throws Exception {
        var body = call.body();
        if (!body.flag("migration")) {
            throw ApiError.notFound("not found");
        }
        return migrating.send(body, call.volume(), call.path("snapshot"));
    }

    private Response delete(Call call) {
        return accepted(snapshots.delete(call.snapshot()));
    }

    private Response accepted(Started<?> started) {
        return Envelope.async(OperationView.of(operations.get(started.id())));
    }

    static Optional<OffsetDateTime> time(String text) {
        try {
            return GoTime.read(text);
        } catch (DateTimeException e) {
            throw ApiError.badRequest("Invalid expires_at \"%s\": must be a time as in RFC 3339".formatted(text));
        }
    }

    private static String etag(Snapshot snapshot) {
        return Etag.of(snapshot.description(), GoTime.write(snapshot.expiresAt()));
    }
}
