package io.stowage.server.api;

import io.stowage.engine.Attachment;
import io.stowage.engine.AttachmentKind;
import io.stowage.engine.AttachmentRequest;
import io.stowage.engine.Attachments;
import io.stowage.engine.Operations;
import io.stowage.engine.Pools;
import io.stowage.engine.Started;
import io.stowage.server.view.AttachmentView;
import io.stowage.server.view.OperationView;
import io.stowage.server.view.Urls;
import io.stowage.web.Response;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * {@code …/attachments} below volumes and snapshots: our addition to LXD's API. Attaching and
 * detaching are operations; the URLs are what {@code used_by} of a volume names.
 */
final class AttachmentResource {
    private static final String VOLUME = "/1.0/storage-pools/{pool}/volumes/{type}/{volume}";
    private static final String MISSING = "Attachment not found";

    private final Pools pools;
    private final Attachments attachments;
    private final Operations operations;

    AttachmentResource(Pools pools, Attachments attachments, Operations operations) {
        this.pools = pools;
        this.attachments = attachments;
        this.operations = operations;
    }

    void addTo(Router router) {
        for (var parent : List.of(VOLUME, VOLUME + "/snapshots/{snapshot}")) {
            router.get(parent + "/attachments", custom(this::list))
                    .post(parent + "/attachments", custom(this::attach))
                    .get(parent + "/attachments/{id}", custom(this::get))
                    .delete(parent + "/attachments/{id}", custom(this::detach));
        }
    }

    private Action custom(Action action) {
        return call -> {
            VolumeTypes.requireCustom(call, pools);
            return action.answer(call);
        };
    }

    private Response list(Call call) {
        var all = attachmentsOf(call).stream();
        return Envelope.sync(
                call.recursive()
                        ? all.map(AttachmentView::of).toList()
                        : all.map(AttachmentResource::url).toList());
    }

    private Response attach(Call call) throws Exception {
        var body = call.body();
        var request = new AttachmentRequest(
                call.volume(),
                snapshot(call),
                AttachmentKind.of(body.text("kind")),
                body.optionalText("path").filter(path -> !path.isEmpty()).orElse(null),
                body.flag("read_only"));
        return accepted(attachments.attach(request));
    }

    private Response get(Call call) {
        return Envelope.sync(AttachmentView.of(find(call)));
    }

    private Response detach(Call call) {
        return accepted(attachments.detach(find(call).id()));
    }

    private Response accepted(Started<?> started) {
        return Envelope.async(OperationView.of(operations.get(started.id())));
    }

    private List<Attachment> attachmentsOf(Call call) {
        return snapshot(call) == null ? attachments.list(call.volume()) : attachments.list(call.snapshot());
    }

    private Attachment find(Call call) {
        var id = call.id("id", MISSING);
        return attachmentsOf(call).stream()
                .filter(attachment -> Objects.equals(attachment.id(), id))
                .findFirst()
                .orElseThrow(() -> ApiError.notFound(MISSING));
    }

    private static @Nullable String snapshot(Call call) {
        return call.path().get("snapshot");
    }

    private static String url(Attachment attachment) {
        var snapshot = attachment.snapshot();
        return snapshot == null
                ? Urls.attachment(attachment.volume(), attachment.id())
                : Urls.attachment(attachment.volume().snapshot(snapshot), attachment.id());
    }
}
