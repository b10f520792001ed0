package io.stowage.server.stub;

import io.stowage.engine.Attachment;
import io.stowage.engine.AttachmentKind;
import io.stowage.engine.AttachmentRequest;
import io.stowage.engine.Attachments;
import io.stowage.engine.OperationKind;
import io.stowage.engine.Refused;
import io.stowage.engine.SnapshotName;
import io.stowage.engine.Started;
import io.stowage.engine.VolumeName;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

record StubAttachments(StubEngine engine) implements Attachments {
    static final String DEVICE = "/dev/loop7";

    @Override
    public List<Attachment> list() {
        return List.copyOf(engine.attachments.values());
    }

    @Override
    public List<Attachment> list(VolumeName volume) {
        engine.volume(volume);
        return list().stream()
                .filter(attachment -> attachment.volume().equals(volume) && attachment.snapshot() == null)
                .toList();
    }

    @Override
    public List<Attachment> list(SnapshotName snapshot) {
        engine.snapshot(snapshot);
        return list().stream()
                .filter(attachment -> attachment.volume().equals(snapshot.volume())
                        && snapshot.name().equals(attachment.snapshot()))
                .toList();
    }

    @Override
    public Attachment get(UUID id) {
        var attachment = engine.attachments.get(id);
        if (attachment == null) {
            throw Refused.notFound("Attachment not found");
        }
        return attachment;
    }

    @Override
    public Started<Attachment> attach(AttachmentRequest request) {
        engine.volume(request.volume());
        var id = UUID.randomUUID();
        var given = request.path() == null ? "/default" : request.path();
        var path = request.kind() == AttachmentKind.MOUNT ? given : null;
        var attachment = new Attachment(
                id,
                request.volume(),
                request.snapshot(),
                request.kind(),
                DEVICE,
                path,
                request.readOnly(),
                "host01",
                Instant.now());
        var snapshot = request.snapshot() == null ? null : request.volume().snapshot(request.snapshot());
        var metadata = path == null
                ? Map.of("id", id.toString(), "device", DEVICE)
                : Map.of("id", id.toString(), "device", DEVICE, "path", path);
        var pool = request.volume().pool();
        var planned = StubOperations.planned(OperationKind.ATTACH, pool, request.volume(), snapshot, metadata);
        return engine.operations.run(planned, () -> {
            engine.attachments.put(id, attachment);
            return attachment;
        });
    }

    @Override
    public Started<@Nullable Void> detach(UUID id) {
        var attachment = get(id);
        return engine.operations.run(StubOperations.planned(OperationKind.DETACH, attachment.volume()), () -> {
            engine.attachments.remove(id);
            return null;
        });
    }
}
