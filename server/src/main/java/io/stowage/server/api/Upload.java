package io.stowage.server.api;

import io.stowage.engine.BackupUpload;
import io.stowage.engine.Backups;
import io.stowage.engine.IsoUpload;
import io.stowage.engine.Operations;
import io.stowage.engine.TarUpload;
import io.stowage.engine.VolumeName;
import io.stowage.engine.Volumes;
import io.stowage.server.view.OperationView;
import io.stowage.web.Response;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.time.Duration;
import java.util.OptionalLong;

/**
 * {@code POST …/volumes/custom} with a file instead of JSON: the header {@code X-LXD-type} says what it is. It is read to
 * its end before it is answered, also when it is refused: clients send all of it before they read.
 */
final class Upload {
    private static final String CONTENT_TYPE = "application/octet-stream";
    /** Larger than any volume of an array. Bytes. */
    private static final long LIMIT = 1L << 50;

    /** It ends with the last byte, or when the client has been silent for too long. */
    private static final Duration PATIENCE = Duration.ofDays(365);

    private final Volumes volumes;
    private final Backups backups;
    private final Operations operations;

    Upload(Volumes volumes, Backups backups, Operations operations) {
        this.volumes = volumes;
        this.backups = backups;
        this.operations = operations;
    }

    static boolean isOne(Call call) {
        return call.request().header("Content-Type").orElse("").equals(CONTENT_TYPE);
    }

    Response answer(Call call) throws IOException {
        try (var body = call.request().bodyStream(LIMIT)) {
            try {
                return switch (call.request().header("X-LXD-type").orElse("")) {
                    case "iso" -> image(call, body);
                    case "", "backup" -> backup(call, body);
                    case "tar" -> tarball(call, body);
                    default ->
                        throw ApiError.badRequest("Invalid value for header X-LXD-type: must be iso, tar or backup");
                };
            } finally {
                body.transferTo(OutputStream.nullOutputStream());
            }
        }
    }

    private Response image(Call call, InputStream body) {
        var name = new VolumeName(call.project(), call.path("pool"), name(call));
        var started = volumes.upload(new IsoUpload(name, length(call), body));
        operations.await(started.id(), PATIENCE);
        return Envelope.async(OperationView.of(operations.get(started.id())));
    }

    private Response tarball(Call call, InputStream body) {
        var name = new VolumeName(call.project(), call.path("pool"), name(call));
        var started = volumes.upload(new TarUpload(name, body));
        operations.await(started.id(), PATIENCE);
        return Envelope.async(OperationView.of(operations.get(started.id())));
    }

    private Response backup(Call call, InputStream body) {
        var name = call.request().header("X-LXD-name").orElse("");
        var started = backups.receive(new BackupUpload(call.project(), call.path("pool"), name, body));
        operations.await(started.id(), PATIENCE);
        return Envelope.async(OperationView.of(operations.get(started.id())));
    }

    private static String name(Call call) {
        var name = call.request().header("X-LXD-name").orElse("");
        if (name.isEmpty()) {
            throw ApiError.badRequest("Missing volume name");
        }
        return name;
    }

    /** Most clients send their files in chunks and don't tell. */
    private static OptionalLong length(Call call) {
        var length = call.request().header("Content-Length").orElse("");
        return length.matches("[0-9]{1,18}") ? OptionalLong.of(Long.parseLong(length)) : OptionalLong.empty();
    }
}
