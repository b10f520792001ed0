package io.stowage.server.api;

import io.stowage.engine.BackupCreation;
import io.stowage.engine.BackupName;
import io.stowage.engine.Backups;
import io.stowage.engine.Operations;
import io.stowage.engine.Pools;
import io.stowage.engine.Refused;
import io.stowage.engine.Started;
import io.stowage.server.settings.ServerSettings;
import io.stowage.server.view.BackupView;
import io.stowage.server.view.OperationView;
import io.stowage.server.view.Urls;
import io.stowage.web.Response;
import java.io.IOException;
import java.time.OffsetDateTime;

/** {@code …/volumes/custom/NAME/backups}. Creating, renaming and deleting are operations; the file is made when it is read. */
final class BackupResource {
    private static final String LIST = "/1.0/storage-pools/{pool}/volumes/{type}/{volume}/backups";
    private static final String ONE = LIST + "/{backup}";

    private final Pools pools;
    private final Backups backups;
    private final Operations operations;
    private final ServerSettings settings;

    BackupResource(Pools pools, Backups backups, Operations operations, ServerSettings settings) {
        this.pools = pools;
        this.backups = backups;
        this.operations = operations;
        this.settings = settings;
    }

    void addTo(Router router) {
        router.get(LIST, custom(this::list))
                .post(LIST, custom(this::create))
                .get(ONE, custom(this::get))
                .post(ONE, custom(this::rename))
                .delete(ONE, custom(this::delete))
                .get(ONE + "/export", custom(this::export));
    }

    private Action custom(Action action) {
        return call -> {
            VolumeTypes.requireCustom(call, pools);
            return action.answer(call);
        };
    }

    private static BackupName name(Call call) {
        return new BackupName(call.volume(), call.path("backup"));
    }

    private Response list(Call call) {
        var all = backups.list(call.volume()).stream();
        return Envelope.sync(
                call.recursive()
                        ? all.map(BackupView::of).toList()
                        : all.map(backup -> Urls.backup(backup.name())).toList());
    }

    private Response get(Call call) {
        return Envelope.sync(BackupView.of(backups.get(name(call))));
    }

    private Response create(Call call) throws IOException {
        var body = call.body();
        return accepted(backups.create(new BackupCreation(
                call.volume(),
                body.text("name"),
                body.optionalText("expires_at")
                        .flatMap(SnapshotResource::time)
                        .map(OffsetDateTime::toInstant)
                        .orElse(null),
                body.flag("volume_only"),
                compression(body),
                body.number("version"))));
    }

    private String compression(Body body) {
        var wished = body.text("compression_algorithm");
        return wished.isEmpty() ? settings.get(ServerSettings.COMPRESSION).orElse("") : wished;
    }

    private Response rename(Call call) throws IOException {
        var newName = call.body().text("name");
        if (newName.isEmpty()) {
            throw ApiError.badRequest("No name provided");
        }
        return accepted(backups.rename(name(call), newName));
    }

    private Response delete(Call call) {
        return accepted(backups.delete(name(call)));
    }

    private Response accepted(Started<?> started) {
        return Envelope.async(OperationView.of(operations.get(started.id())));
    }

    private Response export(Call call) {
        var file = backups.open(name(call));
        return Download.of(call.request(), file.length(), out -> {
            try {
                file.writeTo(out);
            } catch (Refused e) {
                throw new IOException("The backup can't be read: " + e.getMessage(), e);
            }
        });
    }
}
