package io.stowage.engine;

import static org.assertj.core.api.Assertions.assertThat;

import io.stowage.engine.fake.InMemory;
import io.stowage.engine.fake.World;
import io.stowage.model.ContentType;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A thin thread through everything. */
class ThreadTest {
    @TempDir(factory = InMemory.class)
    Path folder;

    private World world;

    @BeforeEach
    void begin() {
        world = new World(folder);
    }

    @AfterEach
    void end() {
        world.close();
    }

    @Test
    void poolVolumeMountSnapshotCopyDelete() {
        Engine engine = world.open();
        World.makePool(engine);
        Volume volume = World.makeVolume(engine, "v", ContentType.FILESYSTEM, "100MiB");
        Attachment mount = World.mount(engine, "v");
        world.write(volume, "first");
        engine.snapshots()
                .create(new SnapshotCreation(volume.name(), null, null, new Expiry.ByVolume()))
                .await();
        world.write(volume, "second");
        Volume copy = engine.volumes()
                .copy(new VolumeCopy(volume.name(), null, VolumeName.of("p", "w"), true, null, null, null))
                .await();
        world.check(engine);

        assertThat(world.content(copy).text()).isEqualTo("second");
        assertThat(engine.snapshots().list(copy.name())).hasSize(1);
        engine.attachments().detach(mount.id()).await();
        engine.volumes().restore(volume.name().snapshot("snap0")).await();
        assertThat(world.content(volume).text()).isEqualTo("first");
        engine.volumes().delete(volume.name()).await();
        engine.volumes().delete(copy.name()).await();
        engine.pools().delete("p").await();
        world.check(engine);
        assertThat(world.pods()).isEmpty();
        assertThat(world.hosts()).isEmpty();
    }
}
