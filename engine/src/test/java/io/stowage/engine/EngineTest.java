package io.stowage.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.stowage.engine.fake.InMemory;
import io.stowage.engine.fake.World;
import io.stowage.model.ContentType;
import java.nio.file.Path;
import java.util.Map;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;

/** A pool on an array in memory, and a server for it. */
abstract class EngineTest {
    static final VolumeName V = VolumeName.of("p", "v");
    static final VolumeName W = VolumeName.of("p", "w");
    static final long MIB = 1 << 20;

    @TempDir(factory = InMemory.class)
    Path folder;

    World world;
    Engine engine;

    @BeforeEach
    void begin() {
        world = new World(folder);
        engine = world.open();
        World.makePool(engine);
    }

    /** Whatever a test did, array and host are in the end as the engine says. */
    @AfterEach
    void end() {
        try {
            world.faults().heal();
            engine.settle();
            world.check(engine);
        } finally {
            world.close();
        }
    }

    /** Another server in the place of this one, which was ended orderly. */
    void restart() {
        engine = world.reopen();
    }

    Volume make(String name) {
        return World.makeVolume(engine, name, ContentType.FILESYSTEM, "10MiB");
    }

    Volume makeBlock(String name) {
        return World.makeVolume(engine, name, ContentType.BLOCK, "10MiB");
    }

    Volume make(String name, Map<String, String> config) {
        return engine.volumes()
                .create(new VolumeCreation(VolumeName.of("p", name), ContentType.FILESYSTEM, "", config))
                .await();
    }

    Snapshot snapshot(VolumeName volume, String name) {
        return engine.snapshots()
                .create(new SnapshotCreation(volume, name, null, new Expiry.Never()))
                .await();
    }

    Attachment attach(VolumeName volume, AttachmentKind kind) {
        return engine.attachments()
                .attach(new AttachmentRequest(volume, null, kind, null, false))
                .await();
    }

    Attachment attachSnapshot(VolumeName volume, String snapshot) {
        return engine.attachments()
                .attach(new AttachmentRequest(volume, snapshot, AttachmentKind.MOUNT, null, false))
                .await();
    }

    void detach(Attachment attachment) {
        engine.attachments().detach(attachment.id()).await();
    }

    static void refused(Refused.Kind kind, String message, ThrowingCallable call) {
        assertThatThrownBy(call)
                .isInstanceOf(Refused.class)
                .hasMessageContaining(message)
                .satisfies(failure -> assertThat(((Refused) failure).kind()).isEqualTo(kind));
    }
}
