package io.stowage.engine;

import static org.assertj.core.api.Assertions.assertThat;

import io.stowage.engine.Refused.Kind;
import io.stowage.model.ContentType;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;

/** Volumes with ISO images: uploaded, read-only, shared, and otherwise left alone. */
class ImagesTest extends EngineTest {
    private Started<Volume> upload(String text, OptionalLong length) {
        return upload(new ByteArrayInputStream(text.getBytes(StandardCharsets.ISO_8859_1)), length);
    }

    private Started<Volume> upload(InputStream content, OptionalLong length) {
        return engine.volumes().upload(new IsoUpload(V, length, content));
    }

    private static final OptionalLong UNKNOWN = OptionalLong.empty();

    @Test
    void anImageIsStoredExactlyInAVolumeOfRoundedSize() {
        String text = "image".repeat(300_000);
        Volume volume = upload(text, OptionalLong.of(text.length())).await();
        assertThat(volume.content()).isEqualTo(ContentType.ISO);
        assertThat(world.content(volume).text()).isEqualTo(text);
        // driver-semantics.md 3.2: the size is the next multiple of 512, and that is what the record says.
        assertThat(world.size(volume)).isEqualTo(1_500_160);
        assertThat(volume.config())
                .isEqualTo(
                        Map.of("size", "1500160", "volatile.uuid", volume.uuid().toString()));
        assertThat(world.hosts()).isEmpty();
        world.check(engine);
    }

    @Test
    void aVolumeGrowsWithAnImageOfUnknownLength() {
        String text = "0123456789abcdef".repeat(200_000);
        Volume volume = upload(text, OptionalLong.of(1)).await();
        assertThat(world.content(volume).text()).isEqualTo(text);
        assertThat(world.size(volume)).isEqualTo(3_200_000);
        engine.volumes().delete(V).await();
        assertThat(world.size(upload("x", UNKNOWN).await())).isEqualTo(MIB);
    }

    @Test
    void whatDoesNotArriveWhollyLeavesNothing() {
        refused(Kind.BAD_INPUT, "empty", () -> upload("", UNKNOWN).await());
        InputStream broken = new InputStream() {
            private int left = 100;

            @Override
            public int read() throws IOException {
                if (left-- > 0) {
                    return 'x';
                }
                throw new IOException("the client went away");
            }
        };
        refused(
                Kind.BAD_INPUT,
                "cut short: the client went away",
                () -> upload(broken, UNKNOWN).await());
        assertThat(engine.volumes().list()).isEmpty();
        world.check(engine);
    }

    @Test
    void namesAreCheckedBeforeAnythingIsRead() {
        make("v");
        InputStream untouched = new InputStream() {
            @Override
            public int read() {
                throw new AssertionError("read");
            }
        };
        refused(Kind.CONFLICT, "Volume by that name already exists", () -> upload(untouched, UNKNOWN));
    }

    @Test
    void onlyTheDescriptionOfAnImageChanges() {
        upload("x", UNKNOWN).await();
        Map<String, String> config = new HashMap<>(engine.volumes().get(V).config());
        assertThat(engine.volumes().update(V, "Debian", config).await().description())
                .isEqualTo("Debian");
        config.put("size", "1GiB");
        refused(
                Kind.BAD_INPUT,
                "Custom ISO volume config cannot be changed",
                () -> engine.volumes().update(V, "", config));
        config.remove("size");
        refused(
                Kind.BAD_INPUT,
                "Custom ISO volume config cannot be changed",
                () -> engine.volumes().update(V, "", config));
        refused(
                Kind.BAD_INPUT,
                "Volume of content type \"iso\" does not support snapshots",
                () -> engine.snapshots().create(new SnapshotCreation(V, "s", null, new Expiry.Never())));
    }

    @Test
    void imagesAreAttachedReadOnly() {
        upload("x", UNKNOWN).await();
        Attachment device = attach(V, AttachmentKind.DEVICE);
        assertThat(device.readOnly()).isTrue();
        assertThat(world.isReadOnly(device.device())).isTrue();
        refused(Kind.BAD_INPUT, "no file system to mount", () -> attach(V, AttachmentKind.MOUNT));
        world.restartMachine();
        restart();
        assertThat(world.isReadOnly(engine.attachments().get(device.id()).device()))
                .isTrue();
        detach(device);
        engine.volumes().delete(V).await();
        world.check(engine);
    }
}
