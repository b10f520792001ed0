package io.stowage.server.stub;

import io.stowage.engine.Migrations;
import io.stowage.engine.Refused;
import io.stowage.engine.Started;
import io.stowage.engine.Volume;
import io.stowage.engine.VolumeReceiving;
import io.stowage.engine.VolumeSending;
import org.jspecify.annotations.Nullable;

/** Volumes stay where they are. */
final class StubMigrations implements Migrations {
    @Override
    public Started<@Nullable Void> send(VolumeSending request) {
        request.peer().close();
        throw Refused.unsupported("sends nothing");
    }

    @Override
    public Started<Volume> receive(VolumeReceiving request) {
        request.peer().close();
        throw Refused.unsupported("receives nothing");
    }
}
