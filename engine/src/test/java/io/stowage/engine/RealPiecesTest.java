package io.stowage.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.stowage.array.ArrayInABox;
import io.stowage.array.ArrayOptions;
import io.stowage.driver.pure.PureDriver;
import io.stowage.host.connector.Connector;
import io.stowage.host.loop.LoopExporter;
import io.stowage.host.userspace.UserspaceConnector;
import io.stowage.model.ContentType;
import io.stowage.system.Command;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.OptionalLong;
import java.util.Random;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The engine on our own array, initiator and block devices, with the file systems of this machine. */
@Timeout(value = 5, unit = TimeUnit.MINUTES, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class RealPiecesTest {
    private static final VolumeName V = VolumeName.of("p", "v");
    /** Devices that a test forgot go by themselves after this. */
    private static final Duration HOLDER = Duration.ofSeconds(10);

    @TempDir
    Path folder;

    private @Nullable ArrayInABox array;
    private @Nullable Engine engine;

    @BeforeEach
    void begin() throws Exception {
        assumeTrue(LoopExporter.refusal().isEmpty(), () -> "can't be tried here: " + LoopExporter.refusal());
        array = ArrayInABox.start(ArrayOptions.loopback(folder.resolve("array")));
    }

    private Engine open() {
        Engine opened = Engine.open(
                EngineOptions.of(folder.resolve("server"), "host01", List.of(new PureDriver()), this::connectors));
        engine = opened;
        return opened;
    }

    private List<Connector> connectors(UUID server) {
        try {
            return UserspaceConnector.open(folder.resolve("server/userspace"), server, HOLDER);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @AfterEach
    void end() throws IOException {
        for (String line : Files.readAllLines(Path.of("/proc/self/mountinfo"))) {
            String mountPoint = line.split(" ", -1)[4];
            if (mountPoint.startsWith(folder + "/server/storage-pools/")) {
                Command.of("umount", "--lazy", "--", mountPoint)
                        .withDeadline(Duration.ofSeconds(20))
                        .run();
            }
        }
        try {
            if (engine != null) {
                try (Engine open = engine) {
                    open.detachAll();
                }
            }
        } finally {
            if (array != null) {
                array.close();
            }
        }
    }

    private Map<String, String> pool(String mode) throws IOException {
        var endpoint = Objects.requireNonNull(array).endpoints().flasharray();
        return Map.of(
                "pure.gateway", endpoint.management(),
                "pure.gateway.ca", Files.readString(Path.of(endpoint.certificate())),
                "pure.api.token", endpoint.apiToken(),
                "pure.mode", mode);
    }

    @ParameterizedTest
    @CsvSource({"ext4, 64MiB, 96MiB, iscsi", "xfs, 320MiB, 400MiB, nvme/tcp"})
    void filesSurviveSnapshotRestoreCopyAndGrowth(String type, String size, String larger, String mode)
            throws IOException {
        Engine stowage = open();
        stowage.pools().create("p", "pure", "", pool(mode)).await();
        stowage.volumes()
                .create(new VolumeCreation(
                        V, ContentType.FILESYSTEM, "", Map.of("size", size, "block.filesystem", type)))
                .await();
        Attachment mount = mount(V, null);
        Path file = Path.of(String.valueOf(mount.path()), "file");
        Files.writeString(file, "first");
        stowage.snapshots()
                .create(new SnapshotCreation(V, "s", null, new Expiry.Never()))
                .await();
        Files.writeString(file, "second");

        // a copy with its snapshots, and the snapshot itself, beside the mounted origin
        VolumeName copy = VolumeName.of("p", "w");
        stowage.volumes()
                .copy(new VolumeCopy(V, null, copy, true, null, null, Map.of("size", larger)))
                .await();
        Attachment copyMount = mount(copy, null);
        assertThat(Path.of(String.valueOf(copyMount.path()), "file")).hasContent("second");
        Attachment snapshotMount = mount(V, "s");
        Path old = Path.of(String.valueOf(snapshotMount.path()), "file");
        assertThat(old).hasContent("first");
        assertThatThrownBy(() -> Files.writeString(old, "third")).isInstanceOf(IOException.class);
        long space =
                Files.getFileStore(Path.of(String.valueOf(copyMount.path()))).getTotalSpace();
        assertThat(space)
                .isGreaterThan(Files.getFileStore(Path.of(String.valueOf(mount.path())))
                        .getTotalSpace());

        detach(snapshotMount);
        detach(copyMount);
        detach(mount);
        stowage.volumes().restore(V.snapshot("s")).await();
        stowage.volumes().update(V, "", Map.of("size", larger)).await();
        Attachment again = mount(V, null);
        assertThat(Path.of(String.valueOf(again.path()), "file")).hasContent("first");
        detach(again);
        stowage.volumes().delete(V).await();
        stowage.volumes().delete(copy).await();
        stowage.pools().delete("p").await();
        assertThat(stowage.pools().list()).isEmpty();
    }

    /** A smaller copy, and one in another kind of file system, with snapshots, refreshed afterwards. */
    @ParameterizedTest
    @CsvSource({"ext4, 64MiB", "xfs, 320MiB"})
    void filesGoOneByOneWhereBlocksCanNot(String type, String size) throws IOException {
        Engine stowage = open();
        stowage.pools().create("p", "pure", "", pool("iscsi")).await();
        stowage.volumes()
                .create(new VolumeCreation(V, ContentType.FILESYSTEM, "", Map.of("size", "128MiB")))
                .await();
        Attachment mount = mount(V, null);
        Path origin = Path.of(String.valueOf(mount.path()));
        Files.writeString(origin.resolve("file"), "first");
        Files.writeString(origin.resolve("gone"), "later");
        Files.createLink(origin.resolve("link"), origin.resolve("file"));
        Command.of("setfattr", "-n", "user.k", "-v", "v", origin.resolve("file").toString())
                .runOrThrow();
        snapshot("s");
        Files.delete(origin.resolve("gone"));
        Files.writeString(origin.resolve("file"), "second");

        VolumeName copy = VolumeName.of("p", "w");
        stowage.volumes()
                .copy(new VolumeCopy(V, null, copy, true, null, null, Map.of("size", size, "block.filesystem", type)))
                .await();
        look(copy, null, folder -> {
            assertThat(folder.resolve("file")).hasContent("second");
            assertThat(folder.resolve("gone")).doesNotExist();
            assertThat(Files.isSameFile(folder.resolve("file"), folder.resolve("link")))
                    .isTrue();
            assertThat(Files.getFileStore(folder).type()).isEqualTo(type);
            assertThat(Command.of(
                                    "getfattr",
                                    "-n",
                                    "user.k",
                                    "--only-values",
                                    folder.resolve("file").toString())
                            .runOrThrow()
                            .output())
                    .isEqualTo("v");
        });
        look(copy, "s", folder -> {
            assertThat(folder.resolve("file")).hasContent("first");
            assertThat(folder.resolve("gone")).hasContent("later");
        });

        Files.writeString(origin.resolve("file"), "third!");
        snapshot("t");
        Files.writeString(origin.resolve("new"), "new");
        stowage.volumes()
                .copy(new VolumeCopy(V, null, copy, true, null, null, null, true))
                .await();
        look(copy, null, folder -> {
            assertThat(folder.resolve("file")).hasContent("third!");
            assertThat(folder.resolve("new")).hasContent("new");
        });
        look(copy, "t", folder -> assertThat(folder.resolve("new")).doesNotExist());

        Files.write(origin.resolve("large"), new byte[1 << 20]);
        VolumeName tiny = VolumeName.of("p", "tiny");
        assertThatThrownBy(() -> stowage.volumes()
                        .copy(new VolumeCopy(V, null, tiny, true, null, null, Map.of("size", "1MiB")))
                        .await())
                .isInstanceOf(Refused.class);
        assertThat(stowage.volumes().list()).hasSize(2);
        detach(mount);
        stowage.volumes().delete(V).await();
        stowage.volumes().delete(copy).await();
        stowage.pools().delete("p").await();
    }

    private void snapshot(String name) {
        Objects.requireNonNull(engine)
                .snapshots()
                .create(new SnapshotCreation(V, name, null, new Expiry.Never()))
                .await();
    }

    private interface Look {
        void at(Path folder) throws IOException;
    }

    private void look(VolumeName volume, @Nullable String snapshot, Look look) throws IOException {
        Attachment mount = mount(volume, snapshot);
        try {
            look.at(Path.of(String.valueOf(mount.path())));
        } finally {
            detach(mount);
        }
    }

    /** The volume begins too small and grows under the open device; nobody can write to the image afterwards. */
    @Test
    void anImageIsReadBackExactlyAndNobodyWritesToIt() throws IOException {
        byte[] image = new byte[(3 << 20) + 777];
        new Random(7).nextBytes(image);
        Engine stowage = open();
        stowage.pools().create("p", "pure", "", pool("iscsi")).await();
        Volume volume = stowage.volumes()
                .upload(new IsoUpload(V, OptionalLong.of(1), new ByteArrayInputStream(image)))
                .await();
        assertThat(volume.config()).containsEntry("size", Long.toString((3 << 20) + 1024));
        Attachment attached = stowage.attachments()
                .attach(new AttachmentRequest(V, null, AttachmentKind.DEVICE, null, false))
                .await();
        Path device = Path.of(attached.device());
        byte[] read = Files.readAllBytes(device);
        assertThat(read).hasSize((3 << 20) + 1024).startsWith(image);
        assertThat(Arrays.copyOfRange(read, image.length, read.length)).containsOnly(0);
        assertThatThrownBy(() -> {
                    try (FileChannel channel = FileChannel.open(device, StandardOpenOption.WRITE)) {
                        channel.write(ByteBuffer.wrap(new byte[4096]), 0);
                        channel.force(true);
                    }
                })
                .isInstanceOf(IOException.class);
        detach(attached);
        stowage.volumes().delete(V).await();
        stowage.pools().delete("p").await();
    }

    private Attachment mount(VolumeName name, @Nullable String snapshot) {
        return Objects.requireNonNull(engine)
                .attachments()
                .attach(new AttachmentRequest(name, snapshot, AttachmentKind.MOUNT, null, false))
                .await();
    }

    private void detach(Attachment attachment) {
        Objects.requireNonNull(engine).attachments().detach(attachment.id()).await();
    }
}
