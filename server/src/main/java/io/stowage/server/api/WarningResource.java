package io.stowage.server.api;

import io.stowage.engine.Warning;
import io.stowage.engine.Warnings;
import io.stowage.server.view.Urls;
import io.stowage.server.view.WarningView;
import io.stowage.web.Response;
import java.util.Locale;
import java.util.UUID;

/** {@code /1.0/warnings}, for administrators. */
final class WarningResource {
    private static final String ONE = "/1.0/warnings/{id}";
    private static final String MISSING = "Warning not found";

    private final Warnings warnings;
    private final Events events;

    WarningResource(Warnings warnings, Events events) {
        this.warnings = warnings;
        this.events = events;
    }

    void addTo(Router router) {
        router.get("/1.0/warnings", this::list)
                .get(ONE, this::get)
                .put(ONE, this::put)
                .patch(ONE, this::put)
                .delete(ONE, this::delete);
    }

    private Response list(Call call) {
        var filter = ListFilter.parse(call.query("filter"));
        var shown = warnings.list().stream().map(WarningView::of).filter(filter::acceptsView);
        return Envelope.sync(
                call.recursive()
                        ? shown.toList()
                        : shown.map(warning -> Urls.warning(warning.uuid())).toList());
    }

    private static UUID id(Call call) {
        return call.id("id", MISSING);
    }

    private static String etag(Warning warning) {
        return Etag.of(WarningView.of(warning).status());
    }

    private Response get(Call call) {
        var warning = warnings.get(id(call));
        return Envelope.sync(WarningView.of(warning), etag(warning));
    }

    /** Only the status is people's to change. */
    private Response put(Call call) throws Exception {
        var id = id(call);
        var status = status(call.body().text("status"));
        warnings.mark(id, status, present -> call.requireMatch(etag(present)));
        var action = status == Warning.Status.ACKNOWLEDGED ? "warning-acknowledged" : "warning-reset";
        events.lifecycle(call, action, Urls.warning(id.toString()), id.toString());
        return Envelope.done();
    }

    private static Warning.Status status(String word) {
        for (var status : Warning.Status.values()) {
            if (status.name().toLowerCase(Locale.ROOT).equals(word)) {
                return status;
            }
        }
        throw ApiError.badRequest("Invalid warning status \"%s\" (not one of [new acknowledged])".formatted(word));
    }

    private Response delete(Call call) {
        var id = id(call);
        warnings.delete(id);
        events.lifecycle(call, "warning-deleted", Urls.warning(id.toString()), id.toString());
        return Envelope.done();
    }
}
