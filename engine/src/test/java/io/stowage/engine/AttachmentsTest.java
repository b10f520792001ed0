package io.stowage.engine;

import static org.assertj.core.api.Assertions.assertThat;

import io.stowage.engine.Refused.Kind;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class AttachmentsTest extends EngineTest {
    private Started<Attachment> mountAt(@Nullable String path, boolean readOnly) {
        return engine.attachments().attach(new AttachmentRequest(V, null, AttachmentKind.MOUNT, path, readOnly));
    }

    @Test
    void attachmentsAreCounted() {
        make("v");
        Attachment first = mountAt(null, false).await();
        Attachment second = mountAt(null, false).await();
        Attachment elsewhere = mountAt("/mnt/elsewhere", false).await();
        assertThat(first.path())
                .isEqualTo(folder.resolve("storage-pools/p/custom/default_v").toString());
        assertThat(first.device()).isEqualTo(second.device()).isEqualTo(elsewhere.device());
        assertThat(engine.volumes().get(V).attachments())
                .containsExactlyInAnyOrder(first.id(), second.id(), elsewhere.id());
        assertThat(world.hosts()).hasSize(1);

        detach(first);
        assertThat(world.mountedAt(String.valueOf(first.path()))).contains("discard");
        detach(second);
        assertThat(world.mountedAt(String.valueOf(first.path()))).isEmpty();
        assertThat(world.hosts()).hasSize(1);
        detach(elsewhere);
        assertThat(world.hosts())
                .as("the host object goes with the last connection")
                .isEmpty();
        refused(
                Kind.NOT_FOUND,
                "Attachment not found",
                () -> engine.attachments().detach(first.id()));
    }

    @Test
    void theOperationTellsDeviceAndPath() {
        make("v");
        Started<Attachment> started = mountAt(null, false);
        Attachment mount = started.await();
        assertThat(engine.operations().get(started.id()).metadata())
                .containsEntry("id", mount.id().toString())
                .containsEntry("device", mount.device())
                .containsEntry("path", String.valueOf(mount.path()));
        detach(mount);
    }

    @Test
    void badInputIsRefusedBeforeAnythingHappens() {
        makeBlock("w");
        make("v");
        refused(Kind.BAD_INPUT, "no file system to mount", () -> attach(W, AttachmentKind.MOUNT));
        refused(Kind.BAD_INPUT, "must be absolute", () -> mountAt("here", false));
        refused(
                Kind.BAD_INPUT,
                "A device has no path",
                () -> engine.attachments()
                        .attach(new AttachmentRequest(V, null, AttachmentKind.DEVICE, "/mnt", false)));
        refused(Kind.NOT_FOUND, "volume not found", () -> attach(VolumeName.of("p", "x"), AttachmentKind.DEVICE));
        refused(Kind.NOT_FOUND, "snapshot not found", () -> attachSnapshot(V, "x"));
        Attachment mount = mountAt("/mnt/a", false).await();
        refused(Kind.LOCKED, "mounted read-write at /mnt/a", () -> mountAt("/mnt/b", true));
        make("x");
        refused(
                Kind.CONFLICT,
                "Another volume is mounted at /mnt/a",
                () -> engine.attachments()
                        .attach(new AttachmentRequest(
                                VolumeName.of("p", "x"), null, AttachmentKind.MOUNT, "/mnt/a", false)));
        detach(mount);
        assertThat(engine.attachments().list()).isEmpty();
    }

    @Test
    void aSnapshotIsReadThroughATemporaryVolume() {
        Volume volume = make("v");
        world.write(volume, "first");
        snapshot(V, "s");
        world.write(volume, "second");
        Attachment origin = mountAt(null, false).await();
        Attachment mount = attachSnapshot(V, "s");
        Attachment again = attachSnapshot(V, "s");

        assertThat(mount.readOnly()).isTrue();
        assertThat(mount.device()).isNotEqualTo(origin.device()).isEqualTo(again.device());
        assertThat(world.mountedAt(String.valueOf(mount.path()))).contains("discard,ro");
        assertThat(world.contentAt(mount.device()).text()).isEqualTo("first");
        assertThat(world.contentAt(mount.device()).identity())
                .isNotEqualTo(world.content(volume).identity());
        assertThat(engine.snapshots().get(V.snapshot("s")).attachments()).hasSize(2);
        assertThat(engine.volumes().get(V).attachments()).containsExactly(origin.id());
        detach(mount);
        assertThat(world.contentAt(again.device()).text()).isEqualTo("first");
        detach(again);
        detach(origin);
    }

    @Test
    void whatIsBusyStaysAttached() {
        make("v");
        Attachment mount = mountAt(null, false).await();
        world.faults().fail("unmount", Refused.inUse("Cannot unmount: files on it are open"));
        refused(Kind.IN_USE, "files on it are open", () -> detach(mount));
        world.faults().heal();
        assertThat(engine.attachments().get(mount.id()).device()).isNotEmpty();
        detach(mount);
    }
}
