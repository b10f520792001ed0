package io.stowage.engine;

import static org.assertj.core.api.Assertions.assertThat;

import io.stowage.engine.Refused.Kind;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;

class SnapshotsTest extends EngineTest {
    @Test
    void aMountedFileSystemStandsStillMeanwhile() {
        make("v");
        Attachment mount = attach(V, AttachmentKind.MOUNT);
        world.faults().takeLog();
        snapshot(V, "s");
        assertThat(world.faults().takeLog()).containsSubsequence("freeze", "createSnapshot", "thaw");
        detach(mount);
        snapshot(V, "t");
        assertThat(world.faults().takeLog()).doesNotContain("freeze");
    }

    @Test
    void namesFollowThePatternAndAreUnique() {
        make("v", Map.of("size", "10MiB", "snapshots.pattern", "at%d", "snapshots.expiry", "1d"));
        Snapshot first = engine.snapshots()
                .create(new SnapshotCreation(V, "", "", new Expiry.ByVolume()))
                .await();
        assertThat(first.name().name()).isEqualTo("at0");
        assertThat(first.expiresAt())
                .isEqualTo(first.createdAt().plusSeconds(86_400).atOffset(ZoneOffset.UTC));
        OffsetDateTime expiry = OffsetDateTime.parse("2030-01-01T00:00:00+02:00");
        Snapshot second = engine.snapshots()
                .create(new SnapshotCreation(V, null, "about", new Expiry.At(expiry)))
                .await();
        assertThat(second.name().name()).isEqualTo("at1");
        assertThat(second.expiresAt()).isEqualTo(expiry);
        assertThat(second.description()).isEqualTo("about");
        refused(Kind.CONFLICT, "Snapshot \"at1\" already in use", () -> snapshot(V, "at1"));
        refused(Kind.BAD_INPUT, "slash", () -> snapshot(V, "a/b"));
        refused(Kind.NOT_FOUND, "volume not found", () -> snapshot(W, "s"));
    }

    @Test
    void renameAndUpdateAreNothingToTheArrayButItsRecord() {
        make("v");
        snapshot(V, "s");
        snapshot(V, "t");
        world.faults().takeLog();
        Instant expiry = Instant.parse("2030-01-01T00:00:00Z");
        engine.snapshots().rename(V.snapshot("s"), "u").await();
        engine.snapshots()
                .update(V.snapshot("u"), "about", expiry.atOffset(ZoneOffset.ofHours(-5)))
                .await();
        engine.settle();
        assertThat(world.faults().takeLog()).containsOnly("writeRecord");
        assertThat(world.record("u").expires()).contains(expiry);
        assertThat(engine.snapshots().get(V.snapshot("u")).description()).isEqualTo("about");
        engine.volumes()
                .copy(new VolumeCopy(V, null, W, true, null, null, null))
                .await();
        engine.snapshots().rename(W.snapshot("u"), "x").await();
        assertThat(String.valueOf(engine.snapshots().get(W.snapshot("x")).expiresAt()))
                .isEqualTo("2029-12-31T19:00-05:00");
        refused(Kind.CONFLICT, "already in use", () -> engine.snapshots().rename(V.snapshot("u"), "t"));
        refused(Kind.NOT_FOUND, "snapshot not found", () -> engine.snapshots().rename(V.snapshot("s"), "x"));
    }

    @Test
    void restoreBringsContentAndSizeBackAndKeepsNewerSnapshots() {
        Volume volume = make("v");
        world.write(volume, "first");
        snapshot(V, "s");
        Map<String, String> config = new HashMap<>(volume.config());
        config.put("size", "20MiB");
        engine.volumes().update(V, "", config).await();
        world.write(volume, "second");
        snapshot(V, "t");

        Volume restored = engine.volumes().restore(V.snapshot("s")).await();
        assertThat(world.content(volume).text()).isEqualTo("first");
        assertThat(world.size(volume)).isEqualTo(10 * MIB);
        assertThat(restored.config()).containsEntry("size", "10MiB");
        assertThat(engine.snapshots().list(V)).hasSize(2);
        engine.volumes().restore(V.snapshot("t")).await();
        assertThat(world.content(volume).text()).isEqualTo("second");
        refused(Kind.NOT_FOUND, "snapshot not found", () -> engine.volumes().restore(V.snapshot("x")));
    }

    @Test
    void aSnapshotInUseStays() {
        make("v");
        snapshot(V, "s");
        Attachment mount = attachSnapshot(V, "s");
        refused(Kind.IN_USE, "still in use", () -> engine.snapshots().delete(V.snapshot("s")));
        refused(Kind.IN_USE, "still in use", () -> engine.volumes().delete(V));
        detach(mount);
        engine.snapshots().delete(V.snapshot("s")).await();
        assertThat(engine.snapshots().list("p")).isEmpty();
    }
}
