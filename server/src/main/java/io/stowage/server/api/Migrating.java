package io.stowage.server.api;

import io.stowage.engine.Migrations;
import io.stowage.engine.Operations;
import io.stowage.engine.VolumeName;
import io.stowage.engine.VolumeReceiving;
import io.stowage.engine.VolumeSending;
import io.stowage.model.ContentType;
import io.stowage.server.migration.Peers;
import io.stowage.server.migration.RemoteOperation;
import io.stowage.server.migration.Rendezvous;
import io.stowage.server.view.OperationView;
import io.stowage.web.Response;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Requests about volumes on their way between servers. Where the other side is to connect, the answer, and nothing else,
 * has the secrets for that.
 */
final class Migrating {
    private final Migrations migrations;
    private final Operations operations;
    private final Peers peers;

    Migrating(Migrations migrations, Operations operations, Peers peers) {
        this.migrations = migrations;
        this.operations = operations;
        this.peers = peers;
    }

    /** {@code "migration": true}: with a target the volume is pushed there, else somebody pulls it. */
    Response send(Body body, VolumeName volume, @Nullable String snapshot) {
        var withSnapshots = snapshot == null && !body.flag("volume_only");
        var target = body.object("target");
        if (!target.text("operation").isEmpty()) {
            var peer = peers.target(remote(target));
            return started(migrations
                    .send(new VolumeSending(volume, snapshot, withSnapshots, peer))
                    .id());
        }
        var here = new Rendezvous();
        var started = migrations.send(new VolumeSending(volume, snapshot, withSnapshots, peers.target(here)));
        return waiting(started.id(), here);
    }

    /** {@code "type": "migration"}: with mode {@code push} somebody connects, else this server does. */
    Response receive(VolumeName name, ContentType content, Body body, Body source) {
        var mode = source.text("mode");
        return switch (mode) {
            case "", "pull" ->
                started(migrations
                        .receive(receiving(name, content, body, source, Optional.empty()))
                        .id());
            case "push" -> {
                var here = new Rendezvous();
                yield waiting(
                        migrations
                                .receive(receiving(name, content, body, source, Optional.of(here)))
                                .id(),
                        here);
            }
            default -> throw ApiError.notImplemented("Mode \"%s\" not implemented".formatted(mode));
        };
    }

    private VolumeReceiving receiving(
            VolumeName name, ContentType content, Body body, Body source, Optional<Rendezvous> here) {
        return new VolumeReceiving(
                name,
                content,
                body.text("description"),
                new TreeMap<>(body.config()),
                !source.flag("volume_only"),
                source.flag("refresh"),
                here.map(peers::source).orElseGet(() -> peers.source(remote(source))));
    }

    private static RemoteOperation remote(Body place) {
        return RemoteOperation.of(place.text("operation"), secrets(place.object("secrets")), place.text("certificate"));
    }

    /** Clients send along whatever else was in the metadata. */
    private static Map<String, String> secrets(Body secrets) {
        return Map.of("control", secrets.text("control"), "fs", secrets.text("fs"));
    }

    private Response started(UUID operation) {
        return Envelope.async(OperationView.of(operations.get(operation)));
    }

    private Response waiting(UUID operation, Rendezvous here) {
        peers.expect(operation, here);
        return Envelope.async(OperationView.of(operations.get(operation)).forPeers(here.secrets()));
    }
}
