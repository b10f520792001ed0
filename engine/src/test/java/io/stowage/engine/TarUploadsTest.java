package io.stowage.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.stowage.engine.Refused.Kind;
import io.stowage.host.archive.Compression;
import io.stowage.host.archive.TarEntry;
import io.stowage.host.archive.TarWriter;
import io.stowage.model.ContentType;
import io.stowage.model.InvalidValue;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Volumes made from any tar archive (lxd-api.md 13.4). */
class TarUploadsTest extends EngineTest {
    private static byte[] archive(String compression, String text) throws IOException {
        ByteArrayOutputStream file = new ByteArrayOutputStream();
        try (OutputStream out = Compression.parse(compression).to(file)) {
            TarWriter archive = new TarWriter(out);
            byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
            archive.put(TarEntry.file("./notes/one.txt", bytes.length, 0), content -> content.write(bytes));
            archive.end();
        }
        return file.toByteArray();
    }

    private Volume upload(byte[] file) {
        return upload(new ByteArrayInputStream(file));
    }

    private Volume upload(InputStream file) {
        return engine.volumes().upload(new TarUpload(V, file)).await();
    }

    @ParameterizedTest
    @ValueSource(strings = {"none", "gzip", "xz", "bzip2", "lzma", "zstd", "pzstd", "zstd --long=27"})
    void theFilesOfAnArchiveAreInANewVolume(String compression) throws IOException {
        Volume volume = upload(archive(compression, "hello"));
        assertThat(volume.content()).isEqualTo(ContentType.FILESYSTEM);
        assertThat(world.content(volume).text()).isEqualTo("hello");
        assertThat(volume.config()).containsEntry("block.filesystem", "ext4");
        assertThat(world.hosts()).isEmpty();
        world.check(engine);
    }

    /** zstd itself refuses to read what was written with a longer window. */
    @Test
    void whatCouldNotBeReadBackIsNotWritten() {
        assertThatThrownBy(() -> Compression.parse("zstd --long=31"))
                .isInstanceOf(InvalidValue.class)
                .hasMessageContaining("\"--long=31\" is not allowed");
    }

    @Test
    void itIsAsThePoolHasIt() throws IOException {
        engine.pools()
                .update("p", "", withKey(engine.pools().get("p").config(), "volume.size", "20MiB"))
                .await();
        assertThat(world.size(upload(archive("gzip", "x")))).isEqualTo(20 * MIB);
    }

    private static Map<String, String> withKey(Map<String, String> config, String key, String value) {
        Map<String, String> all = new java.util.HashMap<>(config);
        all.put(key, value);
        return all;
    }

    @Test
    void whatIsNoArchiveIsRefusedBeforeAVolumeIsMade() {
        refused(Kind.BAD_INPUT, "Unsupported compression", () -> upload(new byte[5000]));
        assertThat(engine.volumes().list()).isEmpty();
        assertThat(engine.operations().list()).extracting(Operation::kind).doesNotContain(OperationKind.VOLUME_UPLOAD);
    }

    @Test
    void whatDoesNotArriveWhollyLeavesNothing() throws IOException {
        byte[] whole = archive("gzip", "hello".repeat(1000));
        refused(
                Kind.FAILED,
                "Failed creating custom volume from tar archive: ",
                () -> upload(Arrays.copyOf(whole, whole.length / 2)));
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
        refused(Kind.CONFLICT, "Volume by that name already exists", () -> upload(untouched));
    }
}
