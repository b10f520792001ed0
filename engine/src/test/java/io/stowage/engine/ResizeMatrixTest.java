package io.stowage.engine;

import static org.assertj.core.api.Assertions.assertThat;

import io.stowage.engine.Refused.Kind;
import io.stowage.engine.fake.World;
import io.stowage.model.ContentType;
import java.io.ByteArrayInputStream;
import java.util.HashMap;
import java.util.Map;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * The decision table for sizes that are changed (driver-semantics.md 3.4), each row on an array whose volumes can be made
 * smaller in steps of 512 bytes, and on one whose volumes only grow, by multiples of 256 MiB.
 */
class ResizeMatrixTest extends EngineTest {
    private static final String POOL_THAT_ONLY_GROWS = "grows";

    /** How a volume is used meanwhile. */
    enum Use {
        IDLE,
        MOUNTED,
        ATTACHED
    }

    private Started<Volume> resize(VolumeName name, String size) {
        Map<String, String> config = new HashMap<>(engine.volumes().get(name).config());
        config.put("size", size);
        return engine.volumes().update(name, "", config);
    }

    private VolumeName make(boolean shrinks, String type, long bytes) {
        String pool = shrinks ? "p" : POOL_THAT_ONLY_GROWS;
        if (!shrinks) {
            World.makePoolThatOnlyGrows(engine, pool);
        }
        VolumeName name = VolumeName.of(pool, "v");
        Map<String, String> config = new HashMap<>(Map.of("size", Long.toString(bytes)));
        boolean block = type.equals("block");
        if (!block) {
            config.put("block.filesystem", type);
        }
        engine.volumes()
                .create(new VolumeCreation(name, block ? ContentType.BLOCK : ContentType.FILESYSTEM, "", config))
                .await();
        return name;
    }

    /** Mounted ext4 grows in the kernel where the process may; the files of this world say that it may not. */
    @ParameterizedTest
    @CsvSource({
        // type, in use, to MiB from 512, its answer where volumes shrink, and where they don't
        "ext4,  IDLE,     1024, done,                       done",
        "xfs,   IDLE,     1024, done,                       done",
        "btrfs, IDLE,     1024, done,                       done",
        "block, IDLE,     1024, done,                       done",
        "ext4,  MOUNTED,  1024, LOCKED mounted ext4,        LOCKED mounted ext4",
        "xfs,   MOUNTED,  1024, done,                       done",
        "btrfs, MOUNTED,  1024, done,                       done",
        "ext4,  ATTACHED, 1024, LOCKED as a device,         LOCKED as a device",
        "block, ATTACHED, 1024, LOCKED while it is attached, LOCKED while it is attached",
        "ext4,  IDLE,     256,  done,                       BAD_INPUT cannot be shrunk",
        "btrfs, IDLE,     256,  done,                       BAD_INPUT cannot be shrunk",
        "xfs,   IDLE,     256,  BAD_INPUT with xfs cannot be shrunk, BAD_INPUT cannot be shrunk",
        "block, IDLE,     256,  BAD_INPUT Block volumes cannot be shrunk, BAD_INPUT Block volumes cannot be shrunk",
        "ext4,  MOUNTED,  256,  LOCKED while it is attached, BAD_INPUT cannot be shrunk",
        "btrfs, MOUNTED,  256,  LOCKED while it is attached, BAD_INPUT cannot be shrunk",
        "xfs,   MOUNTED,  256,  BAD_INPUT cannot be shrunk, BAD_INPUT cannot be shrunk",
        "ext4,  ATTACHED, 256,  LOCKED while it is attached, BAD_INPUT cannot be shrunk",
        "block, ATTACHED, 256,  BAD_INPUT Block volumes cannot be shrunk, BAD_INPUT Block volumes cannot be shrunk",
        // the same size, however it is written, and none: nothing happens, in use or not
        "ext4,  MOUNTED,  512,  same,                       same",
        "block, ATTACHED, 512,  same,                       same",
        "ext4,  MOUNTED,  0,    same,                       same",
        "block, ATTACHED, 0,    same,                       same",
    })
    void theTable(String type, Use use, long mib, String whereTheyShrink, String whereTheyGrow) {
        for (boolean shrinks : new boolean[] {true, false}) {
            VolumeName name = make(shrinks, type, 512 * MIB);
            Volume volume = engine.volumes().get(name);
            snapshotAndAttach(name, use);
            world.faults().takeLog();
            String expected = shrinks ? whereTheyShrink : whereTheyGrow;
            String size = mib == 0 ? "" : mib + "MiB";
            long before = 512 * MIB;
            switch (expected) {
                case "done" -> {
                    resize(name, size).await();
                    before = mib * MIB;
                    if (!type.equals("block")) {
                        assertThat(world.content(volume).fileSystemBytes()).isEqualTo(mib * MIB);
                    }
                }
                case "same" -> {
                    resize(name, size).await();
                    assertThat(world.faults().takeLog()).doesNotContain("resizeVolume", "grow", "shrink");
                    assertThat(engine.volumes().get(name).config().getOrDefault("size", ""))
                            .isEqualTo(size);
                }
                default -> {
                    String[] parts = expected.split(" ", 2);
                    refused(Kind.valueOf(parts[0]), parts[1], () -> resize(name, size));
                    assertThat(world.faults().takeLog()).isEmpty();
                }
            }
            assertThat(world.size(volume)).as("%s, shrinks: %s", type, shrinks).isEqualTo(before);
            engine.attachments().list().forEach(this::detach);
            restoreToSnapshot(name, volume);
        }
    }

    private void snapshotAndAttach(VolumeName name, Use use) {
        snapshot(name, "s");
        if (use != Use.IDLE) {
            attach(name, use == Use.MOUNTED ? AttachmentKind.MOUNT : AttachmentKind.DEVICE);
        }
    }

    /** The snapshot from before is as it was, and whoever goes back to it finds volume and file system in agreement. */
    private void restoreToSnapshot(VolumeName name, Volume volume) {
        engine.volumes().restore(name.snapshot("s")).await();
        if (volume.content() == ContentType.FILESYSTEM) {
            assertThat(world.content(volume).fileSystemBytes()).isLessThanOrEqualTo(world.size(volume));
        }
    }

    @ParameterizedTest
    @CsvSource({
        // to bytes, from 512 MiB, what it comes to on an array with steps of 512 bytes, and on one with steps of 256
        // MiB
        "600000001, 600000512, 805306368",
        "536870913, 536871424, 805306368",
        "536870911, 536870912, 536870912",
        "700MB,     700000256, 805306368",
    })
    void oddSizesAreRoundedUpAndKeptAsWritten(String size, long fine, long coarse) {
        for (boolean shrinks : new boolean[] {true, false}) {
            VolumeName name = make(shrinks, "block", 512 * MIB);
            Volume changed = resize(name, size).await();
            assertThat(world.size(changed)).isEqualTo(shrinks ? fine : coarse);
            assertThat(changed.config()).containsEntry("size", size);
        }
    }

    /** What is below the least size of a volume is that size; what a file system can't be made in is refused. */
    @Test
    void belowTheMinimum() {
        VolumeName files = make(true, "ext4", 4 * MIB);
        resize(files, "1").await();
        assertThat(world.size(engine.volumes().get(files))).isEqualTo(MIB);
        engine.volumes().delete(files).await();

        VolumeName block = make(true, "block", MIB);
        resize(block, "1").await();
        assertThat(world.size(engine.volumes().get(block))).isEqualTo(MIB);
    }

    @Test
    void sizesThatAreNone() {
        VolumeName name = make(true, "ext4", 512 * MIB);
        for (String size : new String[] {"10 GiB", "1.5GiB", "10gib", "10G", "1e3", "-1", "10q", "99999999999GiB"}) {
            refused(Kind.BAD_INPUT, "\"" + size + "\"", () -> resize(name, size));
        }
    }

    /** Any change of an image's config is refused, in use or not (driver-semantics.md 2.6). */
    @Test
    void imagesKeepTheirSize() {
        engine.volumes()
                .upload(new IsoUpload(V, OptionalLong.of(100), new ByteArrayInputStream(new byte[100])))
                .await();
        for (Use use : new Use[] {Use.IDLE, Use.ATTACHED}) {
            if (use == Use.ATTACHED) {
                attach(V, AttachmentKind.DEVICE);
            }
            for (String size : new String[] {"2GiB", "1", ""}) {
                refused(Kind.BAD_INPUT, "Custom ISO volume config cannot be changed", () -> resize(V, size));
            }
        }
        engine.attachments().list().forEach(this::detach);
    }
}
