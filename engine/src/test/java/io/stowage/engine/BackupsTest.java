package io.stowage.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.stowage.engine.Refused.Kind;
import io.stowage.engine.fake.World;
import io.stowage.model.ContentType;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Backups, their files, and volumes made from them (lxd-api.md 13). */
class BackupsTest extends EngineTest {
    private static BackupName backup(String name) {
        return new BackupName(V, name);
    }

    private Backup create(String name, boolean volumeOnly, String compression) {
        return engine.backups()
                .create(new BackupCreation(V, name, null, volumeOnly, compression, 0))
                .await();
    }

    private byte[] file(String name) throws IOException {
        ByteArrayOutputStream file = new ByteArrayOutputStream();
        engine.backups().open(backup(name)).writeTo(file);
        return file.toByteArray();
    }

    private Volume restore(byte[] file) {
        return restore(new ByteArrayInputStream(file));
    }

    private Volume restore(InputStream file) {
        return engine.backups()
                .receive(new BackupUpload("default", "p", "w", file))
                .await();
    }

    private void describedSnapshot(String name) {
        engine.snapshots()
                .create(new SnapshotCreation(V, name, "of " + name, new Expiry.Never()))
                .await();
    }

    @ParameterizedTest
    @EnumSource(
            value = ContentType.class,
            names = {"FILESYSTEM", "BLOCK"})
    void aVolumeComesBackWithItsSnapshotsAsItWas(ContentType content) throws Exception {
        Volume volume = World.makeVolume(engine, "v", content, "10MiB");
        world.write(volume, "one");
        describedSnapshot("a");
        world.write(volume, "two, longer");
        describedSnapshot("b");
        world.write(volume, "now");
        create("k", false, "gzip");
        world.write(volume, "later");
        byte[] file = file("k");
        world.check(engine);
        Volume copy = restore(file);
        assertThat(copy.config()).containsEntry("size", "10MiB");
        assertThat(copy.uuid()).isNotEqualTo(volume.uuid());
        assertThat(copy.createdAt()).isEqualTo(volume.createdAt());
        assertThat(text(copy)).isEqualTo("now");
        List<Snapshot> snapshots = engine.snapshots().list(W);
        assertThat(snapshots).extracting(snapshot -> snapshot.name().name()).containsExactly("a", "b");
        assertThat(snapshots).extracting(Snapshot::description).containsExactly("of a", "of b");
        assertThat(snapshots)
                .extracting(Snapshot::createdAt)
                .isEqualTo(engine.snapshots().list(V).stream()
                        .map(Snapshot::createdAt)
                        .toList());
        engine.volumes().restore(W.snapshot("b")).await();
        assertThat(text(copy)).isEqualTo("two, longer");
        engine.volumes().restore(W.snapshot("a")).await();
        assertThat(text(copy)).isEqualTo("one");
        engine.backups().delete(backup("k")).await();
        world.check(engine);
    }

    private String text(Volume volume) {
        return world.content(volume).text().replace("\0", "");
    }

    @Test
    void aBackupIsWhatTheVolumeWasWhenItWasAskedFor() throws Exception {
        Volume volume = World.makeVolume(engine, "v", ContentType.BLOCK, "10MiB");
        world.write(volume, "before");
        describedSnapshot("a");
        create("k", true, "none");
        describedSnapshot("b");
        world.write(volume, "after");
        engine.volumes().rename(V, "x").await();
        ByteArrayOutputStream file = new ByteArrayOutputStream();
        engine.backups().open(new BackupName(VolumeName.of("p", "x"), "k")).writeTo(file);
        // Uncompressed: the index and one image of the whole length.
        assertThat(file.size()).isBetween(10 << 20, (10 << 20) + 10_000);
        Volume copy = restore(file.toByteArray());
        assertThat(text(copy)).isEqualTo("before");
        assertThat(engine.snapshots().list(W)).isEmpty();
    }

    @Test
    void namesAreGivenCheckedAndChanged() {
        make("v");
        assertThat(create("", false, "").name()).isEqualTo(backup("backup0"));
        assertThat(create("", false, "").name()).isEqualTo(backup("backup1"));
        refused(Kind.CONFLICT, "Backup \"v/backup1\" already exists", () -> create("backup1", false, ""));
        refused(Kind.BAD_INPUT, "Backup names may not contain slashes", () -> create("a/b", false, ""));
        refused(Kind.BAD_INPUT, "Invalid compression algorithm \"foo\"", () -> create("k", false, "foo"));
        refused(Kind.BAD_INPUT, "not allowed", () -> create("k", false, "gzip --name /etc/passwd"));
        refused(
                Kind.BAD_INPUT,
                "Invalid backup format version 3",
                () -> engine.backups().create(new BackupCreation(V, "k", null, true, "", 3)));
        assertThat(engine.backups().rename(backup("backup0"), "k").await().name())
                .isEqualTo(backup("k"));
        refused(
                Kind.NOT_FOUND,
                "Storage volume backup not found",
                () -> engine.backups().get(backup("backup0")));
        assertThat(engine.backups().list(V))
                .extracting(each -> each.name().name())
                .containsExactly("k", "backup1");
        engine.volumes().delete(V).await();
        world.check(engine);
    }

    /** As a real LXD 5.0.2 does, seen on a pool of type dir: a renamed volume keeps them, a moved one has none. */
    @Test
    void aVolumeKeepsItsBackupsInItsPoolOnly() {
        make("v");
        create("k", false, "");
        VolumeName renamed = VolumeName.of("p", "v2");
        engine.volumes().rename(V, "v2").await();
        assertThat(engine.backups().list(renamed))
                .extracting(Backup::name)
                .containsExactly(new BackupName(renamed, "k"));

        World.makeNearPool(engine, "near");
        World.makeDistantPool(engine, "far");
        VolumeName near = VolumeName.of("near", "v2");
        engine.volumes().move(renamed, near).await();
        assertThat(engine.backups().list(near)).isEmpty();
        engine.backups()
                .create(new BackupCreation(near, "l", null, true, "", 0))
                .await();
        VolumeName far = VolumeName.of("far", "v2");
        engine.volumes().move(near, far).await();
        assertThat(engine.backups().list(far)).isEmpty();
        engine.volumes().delete(far).await();
    }

    @Test
    void aSnapshotStaysAsLongAsABackupNeedsIt() {
        make("v");
        describedSnapshot("a");
        create("k", false, "");
        refused(
                Kind.IN_USE,
                "needed by the backup \"k\"",
                () -> engine.snapshots().delete(V.snapshot("a")).await());
        engine.backups().delete(backup("k")).await();
        engine.snapshots().delete(V.snapshot("a")).await();
        world.check(engine);
    }

    @Test
    void whatHasExpiredGoesByItself() {
        make("v");
        engine.backups()
                .create(new BackupCreation(V, "old", Instant.now().minusSeconds(1), true, "", 0))
                .await();
        create("kept", true, "");
        engine.settle();
        assertThat(engine.backups().list(V))
                .extracting(each -> each.name().name())
                .containsExactly("kept");
    }

    @Test
    void anImageLargerThanTheConfigSaysHasRoom() throws Exception {
        World.makeVolume(engine, "v", ContentType.BLOCK, "10MiB");
        create("k", true, "none");
        byte[] file = file("k");
        int at = new String(file, 0, 4000, StandardCharsets.ISO_8859_1).indexOf("10MiB");
        System.arraycopy("11KiB".getBytes(StandardCharsets.ISO_8859_1), 0, file, at, 5);
        assertThat(world.size(restore(file))).isEqualTo(10 * MIB);
    }

    @ParameterizedTest
    @ValueSource(doubles = {0.0, 0.3, 0.6, 0.999})
    void aFileThatIsCutShortLeavesNothing(double part) throws Exception {
        Volume volume = World.makeVolume(engine, "v", ContentType.FILESYSTEM, "10MiB");
        world.write(volume, "text".repeat(100_000));
        describedSnapshot("a");
        create("k", false, "gzip");
        byte[] file = file("k");
        byte[] cut = Arrays.copyOf(file, (int) (file.length * part));
        assertThatThrownBy(() -> restore(cut)).isInstanceOf(Refused.class);
        engine.backups().delete(backup("k")).await();
        assertThat(engine.volumes().list()).hasSize(1);
        world.check(engine);
    }

    @Test
    void namesThatLeadOutAreRefused() throws Exception {
        World.makeVolume(engine, "v", ContentType.BLOCK, "1MiB");
        describedSnapshot("abc");
        create("k", false, "none");
        String text = new String(file("k"), StandardCharsets.ISO_8859_1);
        byte[] bad = text.replaceFirst("(?s)(snapshots:\n- )abc", "$1'..'")
                .replaceFirst("(?s)name: abc", "name: '..'")
                .getBytes(StandardCharsets.ISO_8859_1);
        refused(Kind.BAD_INPUT, "", () -> restore(bad));
        engine.backups().delete(backup("k")).await();
        world.check(engine);
    }

    @Test
    void aTakenNameIsRefusedBeforeAnythingIsMade() throws Exception {
        make("v");
        make("w");
        create("k", true, "");
        byte[] file = file("k");
        refused(Kind.CONFLICT, "Volume by that name already exists", () -> restore(file));
    }

    @Test
    void whatIsNoBackupIsRefused() {
        refused(Kind.BAD_INPUT, "Unsupported compression", () -> restore(new byte[5000]));
    }

    /** Sizes of volumes that are no multiple of a tar block's are rounded up by it: the sum is not simply theirs. */
    @Test
    void theLengthOfBlocksIsToldBeforeTheyAreRead() throws Exception {
        Volume volume = World.makeVolume(engine, "v", ContentType.BLOCK, "10MiB");
        world.write(volume, "one");
        describedSnapshot("a");
        engine.volumes().update(V, "", Map.of("size", "12MiB")).await();
        create("whole", false, "none");
        create("alone", true, "none");
        create("packed", false, "gzip");
        assertThat(engine.backups().open(backup("whole")).length()).hasValue(file("whole").length);
        assertThat(engine.backups().open(backup("alone")).length()).hasValue(file("alone").length);
        assertThat(file("whole").length - file("alone").length).isGreaterThan(10 << 20);
        assertThat(engine.backups().open(backup("packed")).length()).isEmpty();
    }

    @Test
    void theLengthOfFilesIsNotKnown() {
        World.makeVolume(engine, "v", ContentType.FILESYSTEM, "10MiB");
        create("k", false, "none");
        assertThat(engine.backups().open(backup("k")).length()).isEmpty();
    }
}
