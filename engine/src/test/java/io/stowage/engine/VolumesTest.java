package io.stowage.engine;

import static org.assertj.core.api.Assertions.assertThat;

import io.stowage.driver.ArrayFull;
import io.stowage.engine.Refused.Kind;
import io.stowage.engine.fake.World;
import io.stowage.model.ContentType;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class VolumesTest extends EngineTest {
    private Started<Volume> create(String name, ContentType content, Map<String, String> config) {
        return engine.volumes().create(new VolumeCreation(VolumeName.of("p", name), content, "", config));
    }

    private Started<Volume> resize(String size) {
        Map<String, String> config = new HashMap<>(engine.volumes().get(V).config());
        config.put("size", size);
        return engine.volumes().update(V, "", config);
    }

    private Started<Volume> copy(@Nullable Map<String, String> config) {
        return engine.volumes().copy(new VolumeCopy(V, null, W, true, null, null, config));
    }

    @Test
    void aVolumeIsFormattedAndThenLetGo() {
        Volume volume = make("v");
        assertThat(world.content(volume).type()).isEqualTo("ext4");
        assertThat(volume.config())
                .isEqualTo(Map.of(
                        "size", "10MiB",
                        "block.filesystem", "ext4",
                        "block.mount_options", "discard",
                        "volatile.uuid", volume.uuid().toString()));
        assertThat(world.hosts()).isEmpty();
    }

    @Test
    void sizesAreRoundedUpOnTheArrayAndStoredAsGiven() {
        Volume small = create("v", ContentType.BLOCK, Map.of("size", "1000")).await();
        assertThat(world.size(small)).isEqualTo(MIB);
        assertThat(small.config()).containsEntry("size", "1000");
        Volume odd = create("w", ContentType.BLOCK, Map.of("size", "2000001")).await();
        assertThat(world.size(odd)).isEqualTo(2_000_384);
        Volume usual = create("x", ContentType.BLOCK, Map.of()).await();
        assertThat(world.size(usual)).isEqualTo(10L << 30);
        assertThat(usual.config()).doesNotContainKey("size");
    }

    @Test
    void poolDefaultsAreInheritedAtCreation() {
        Map<String, String> pool = new HashMap<>(World.POOL);
        pool.putAll(Map.of(
                "volume.size", "20MiB",
                "volume.block.filesystem", "btrfs",
                "volume.security.shared", "true",
                "volume.snapshots.pattern", "s%d"));
        engine.pools().update("p", "", pool).await();
        Volume files = make("v", Map.of());
        assertThat(files.config())
                .containsEntry("size", "20MiB")
                .containsEntry("block.filesystem", "btrfs")
                .containsEntry("snapshots.pattern", "s%d")
                .doesNotContainKey("security.shared");
        Volume block = create("w", ContentType.BLOCK, Map.of("size", "5MiB")).await();
        assertThat(block.config())
                .containsEntry("size", "5MiB")
                .containsEntry("security.shared", "true")
                .doesNotContainKey("block.filesystem");
    }

    @Test
    void badInputIsRefusedBeforeAnythingHappens() {
        ContentType files = ContentType.FILESYSTEM;
        refused(
                Kind.NOT_FOUND,
                "pool not found",
                () -> engine.volumes().create(new VolumeCreation(VolumeName.of("nope", "v"), files, "", Map.of())));
        refused(Kind.BAD_INPUT, "\"10q\"", () -> create("v", files, Map.of("size", "10q")));
        refused(Kind.BAD_INPUT, "\"foo\"", () -> create("v", files, Map.of("foo", "1")));
        refused(Kind.BAD_INPUT, "block.filesystem", () -> create("v", files, Map.of("block.filesystem", "zfs")));
        refused(
                Kind.BAD_INPUT,
                "block.filesystem",
                () -> create("v", ContentType.BLOCK, Map.of("block.filesystem", "ext4")));
        refused(
                Kind.BAD_INPUT,
                "xfs needs at least 300MiB",
                () -> create("v", files, Map.of("block.filesystem", "xfs", "size", "100MiB")));
        refused(Kind.BAD_INPUT, "white space", () -> create("a b", files, Map.of()));
        refused(Kind.UNSUPPORTED, "iso", () -> create("v", ContentType.ISO, Map.of()));
        make("v");
        refused(Kind.CONFLICT, "Volume by that name already exists", () -> create("v", files, Map.of()));
        assertThat(engine.volumes().list()).hasSize(1);
    }

    @Test
    void namesFitTheirFolders() {
        refused(Kind.BAD_INPUT, "255 bytes", () -> create("é".repeat(124), ContentType.BLOCK, Map.of()));
        create("é".repeat(123), ContentType.BLOCK, Map.of("size", "1MiB")).await();
    }

    @Test
    void mountOptionsHoldAtOnceWhereTheyCan() {
        make("v");
        Attachment mount = World.mount(engine, "v");
        Map<String, String> config = new HashMap<>(engine.volumes().get(V).config());
        config.put("block.mount_options", "discard,noatime");
        engine.volumes().update(V, "", config).await();
        assertThat(world.mountedAt(String.valueOf(mount.path()))).contains("discard,noatime");
        world.faults().fail("remount", new Refused(Kind.FAILED, "can't be changed"));
        config.put("block.mount_options", "discard");
        assertThat(engine.volumes().update(V, "", config).await().config())
                .containsEntry("block.mount_options", "discard");
        detach(mount);
    }

    @Test
    void aFullArrayLeavesNothing() {
        refused(
                Kind.FULL,
                "Not enough space.",
                () -> create("v", ContentType.BLOCK, Map.of("size", "2PiB")).await());
        world.faults().fail("make", new Refused(Kind.FAILED, "mkfs failed"));
        refused(Kind.FAILED, "mkfs failed", () -> make("v"));
        refused(Kind.NOT_FOUND, "volume not found", () -> engine.volumes().get(V));
        world.check(engine);
        world.faults().heal();
        make("v");
    }

    @Test
    void aCreationUndoneLaterGivesItsNameBackAtOnce() {
        world.faults().cutOff();
        refused(Kind.UNAVAILABLE, "out of reach", () -> make("v"));
        assertThat(engine.volumes().list()).isEmpty();
        world.faults().heal();
        make("v");
    }

    @Test
    void aRenameIsNothingToTheArray() {
        Volume volume = make("v");
        snapshot(V, "s");
        world.faults().takeLog();
        Volume renamed = engine.volumes().rename(V, "w").await();
        engine.settle();

        assertThat(renamed.uuid()).isEqualTo(volume.uuid());
        assertThat(world.faults().takeLog()).containsOnly("writeRecord");
        assertThat(world.records()).containsKey("w").doesNotContainKey("v");
        assertThat(engine.snapshots().list(W)).hasSize(1);
        make("v");
        refused(Kind.CONFLICT, "already exists", () -> engine.volumes().rename(V, "w"));
        refused(Kind.CONFLICT, "already exists", () -> engine.volumes().rename(V, "v"));
    }

    @Test
    void growing() {
        Volume volume = make("v");
        resize("20MiB").await();
        assertThat(world.size(volume)).isEqualTo(20 * MIB);
        assertThat(world.content(volume).fileSystemBytes()).isEqualTo(20 * MIB);
        Attachment mount = attach(V, AttachmentKind.MOUNT);
        refused(Kind.LOCKED, "mounted ext4 cannot be grown", () -> resize("30MiB"));
        assertThat(world.size(volume)).isEqualTo(20 * MIB);
        detach(mount);
    }

    @Test
    void growingWhileMounted() {
        Volume volume = make("v", Map.of("size", "300MiB", "block.filesystem", "xfs"));
        Attachment mount = attach(V, AttachmentKind.MOUNT);
        resize("400MiB").await();
        assertThat(world.content(volume).fileSystemBytes()).isEqualTo(400 * MIB);
        detach(mount);
        refused(Kind.BAD_INPUT, "with xfs cannot be shrunk", () -> resize("300MiB"));
    }

    @Test
    void shrinkingIsForUnmountedExt4AndBtrfsOnly() {
        Volume volume = make("v");
        Attachment mount = attach(V, AttachmentKind.MOUNT);
        refused(Kind.LOCKED, "while it is attached", () -> resize("5MiB"));
        detach(mount);
        world.faults().takeLog();
        resize("5MiB").await();
        assertThat(world.faults().takeLog()).containsSubsequence("shrink", "detach", "resizeVolume");
        assertThat(world.size(volume)).isEqualTo(5 * MIB);
        assertThat(world.content(volume).fileSystemBytes()).isEqualTo(5 * MIB);
    }

    @Test
    void blockVolumesGrowUnattachedAndNeverShrink() {
        Volume volume = makeBlock("v");
        Attachment device = attach(V, AttachmentKind.DEVICE);
        refused(Kind.LOCKED, "while it is attached", () -> resize("20MiB"));
        detach(device);
        resize("20MiB").await();
        assertThat(world.size(volume)).isEqualTo(20 * MIB);
        refused(Kind.BAD_INPUT, "Block volumes cannot be shrunk", () -> resize("5MiB"));
    }

    @Test
    void immutableKeysStay() {
        make("v");
        Map<String, String> config = new HashMap<>(engine.volumes().get(V).config());
        config.put("block.filesystem", "xfs");
        refused(
                Kind.BAD_INPUT,
                "\"block.filesystem\" property cannot be changed",
                () -> engine.volumes().update(V, "", config));
        config.put("block.filesystem", "");
        config.put("volatile.uuid", "6c1b16ce-1c03-4d1c-b974-33405cf8d565");
        refused(
                Kind.BAD_INPUT,
                "\"volatile.uuid\" property cannot be changed",
                () -> engine.volumes().update(V, "", config));
        config.remove("volatile.uuid");
        config.put("user.note", "x");
        Volume updated = engine.volumes().update(V, "about", config).await();
        assertThat(updated.description()).isEqualTo("about");
        assertThat(updated.config()).containsEntry("block.filesystem", "ext4").containsEntry("user.note", "x");
    }

    @Test
    void aCopyTakesSnapshotsAlongOneAfterAnother() {
        Volume volume = make("v");
        for (String text : List.of("one", "two")) {
            world.write(volume, text);
            snapshot(V, text);
        }
        world.write(volume, "three");
        world.faults().takeLog();
        Volume copy = copy(null).await();

        assertThat(world.faults().takeLog().stream().filter(Set.of("copy", "overwrite", "createSnapshot")::contains))
                .containsExactly("copy", "createSnapshot", "overwrite", "createSnapshot", "overwrite");
        assertThat(world.content(copy).text()).isEqualTo("three");
        assertThat(world.content(copy).identity())
                .isNotEqualTo(world.content(volume).identity());
        assertThat(engine.snapshots().list(W))
                .extracting(snapshot -> snapshot.name().name())
                .containsExactly("one", "two");
        assertThat(engine.snapshots().list(W).getFirst().createdAt())
                .isEqualTo(engine.snapshots().list(V).getFirst().createdAt());
        engine.volumes().restore(W.snapshot("one")).await();
        assertThat(world.content(copy).text()).isEqualTo("one");
        assertThat(world.content(volume).text()).isEqualTo("three");
    }

    @Test
    void aCopyCanBeLargerOrOfASnapshot() {
        Volume volume = make("v");
        world.write(volume, "one");
        snapshot(V, "s");
        world.write(volume, "two");
        Volume larger = copy(Map.of("size", "20MiB")).await();
        assertThat(world.size(larger)).isEqualTo(20 * MIB);
        assertThat(world.content(larger).fileSystemBytes()).isEqualTo(20 * MIB);
        engine.volumes().delete(W).await();

        Volume old = engine.volumes()
                .copy(new VolumeCopy(V, "s", W, true, null, "old", null))
                .await();
        assertThat(world.content(old).text()).isEqualTo("one");
        assertThat(old.description()).isEqualTo("old");
        assertThat(engine.snapshots().list(W)).isEmpty();
        refused(Kind.CONFLICT, "already exists", () -> copy(null));
        refused(
                Kind.BAD_INPUT,
                "content type",
                () -> engine.volumes()
                        .copy(new VolumeCopy(V, null, VolumeName.of("p", "x"), true, ContentType.BLOCK, null, null)));
    }

    @Test
    void aFailedCopyLeavesNothing() {
        make("v");
        snapshot(V, "s");
        world.faults().fail("renewIdentity", new Refused(Kind.FAILED, "no identity"));
        refused(Kind.FAILED, "no identity", () -> copy(null).await());
        world.check(engine);
        assertThat(engine.volumes().list()).hasSize(1);
    }

    @Test
    void whatIsAttachedIsNotDeletedOrRestored() {
        make("v");
        snapshot(V, "s");
        Attachment mount = attach(V, AttachmentKind.MOUNT);
        refused(Kind.IN_USE, "still in use", () -> engine.volumes().delete(V));
        refused(Kind.LOCKED, "while it is attached", () -> engine.volumes().restore(V.snapshot("s")));
        refused(Kind.LOCKED, "while it is mounted", () -> engine.volumes().rename(V, "w"));
        detach(mount);
        engine.volumes().delete(V).await();
        assertThat(engine.volumes().list()).isEmpty();
        refused(Kind.NOT_FOUND, "volume not found", () -> engine.volumes().delete(V));
    }

    @Test
    void aDeletionTheArrayRefusesKeepsTheVolume() {
        make("v");
        world.faults().fail("deleteVolume", new ArrayFull("delete", "No."));
        refused(Kind.FULL, "No.", () -> engine.volumes().delete(V).await());
        assertThat(engine.volumes().list()).hasSize(1);
    }

    @Test
    void stateTellsWhatIsUsed() {
        Volume volume = make("v");
        world.write(volume, "12345");
        assertThat(engine.volumes().state(V).usedBytes()).hasValue(5);
        assertThat(engine.volumes().state(V).totalBytes()).isEqualTo(10 * MIB);
        Attachment mount = attach(V, AttachmentKind.MOUNT);
        assertThat(engine.volumes().state(V).usedBytes()).hasValue(3 * MIB);
        detach(mount);
        world.faults().cutOff();
        assertThat(engine.volumes().state(V).usedBytes()).isEmpty();
    }
}
