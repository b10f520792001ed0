package io.stowage.array.iscsi;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.Timeout.ThreadMode;
import org.junit.jupiter.api.io.TempDir;

/** libiscsi and QEMU against the target, through a socket. */
@Timeout(value = 180, unit = TimeUnit.SECONDS, threadMode = ThreadMode.SEPARATE_THREAD)
class RealPeersTest {
    private static final String IQN = "iqn.2010-06.com.purestorage:flasharray.test";
    private static final String INITIATOR = "iqn.2026-11.io.stowage:peer";
    private static final long SIZE = 64L << 20;

    @TempDir
    Path folder;

    private final TestUnits units = new TestUnits();
    private FileUnit unit;
    private IscsiTarget target;

    @BeforeEach
    void start() throws IOException {
        unit = new FileUnit(folder.resolve("unit"), SIZE, 1);
        units.connect(INITIATOR, 3, unit);
        InetAddress loopback = InetAddress.getByName("127.0.0.1");
        target = IscsiTarget.start(
                IQN, List.of(new InetSocketAddress(loopback, 0), new InetSocketAddress(loopback, 0)), units);
    }

    @AfterEach
    void stop() throws IOException {
        target.close();
        unit.close();
    }

    @Test
    void libiscsiListsTargetsPortalsAndUnits() throws Exception {
        assumeTrue(Tool.isInstalled("iscsi-ls"));
        Tool.Result result = Tool.run(folder, "iscsi-ls", "-s", "-i", INITIATOR, "iscsi://" + portal(0));
        assertThat(result.output())
                .contains("Target:" + IQN + " Portal:" + portal(0) + ",1", IQN + " Portal:" + portal(1) + ",2")
                .contains("Lun:3    Type:DIRECT_ACCESS");
        assertThat(result.status()).isZero();
    }

    @Test
    void libiscsiReadsIdentityFromTheVitalProductData() throws Exception {
        assumeTrue(Tool.isInstalled("iscsi-inq"));
        assertThat(Tool.run(folder, "iscsi-inq", "-i", INITIATOR, url(0)).output())
                .contains("Vendor:PURE", "Product:FlashArray", "Revision:8888");
        assertThat(Tool.run(folder, "iscsi-inq", "-i", INITIATOR, "-e", "1", "-c", "131", url(1))
                        .output())
                .contains("NAA", "PURE    A1B2C3D4E5F6071800000001", IQN + ",t,0x0002");
    }

    @Test
    void qemuCopiesAnImageThereAndBack() throws Exception {
        assumeTrue(qemuKnowsIscsi());
        Path image = folder.resolve("image");
        byte[] content = new byte[8 << 20];
        new Random(7).nextBytes(content);
        Arrays.fill(content, 1 << 20, 3 << 20, (byte) 0);
        Files.write(image, content);

        Tool.Result there =
                Tool.run(folder, "qemu-img", "convert", "-n", "-f", "raw", "-O", "raw", image.toString(), option(0));
        assertThat(there.output()).isEmpty();
        Path back = folder.resolve("back");
        Tool.Result result =
                Tool.run(folder, "qemu-img", "convert", "-f", "raw", "-O", "raw", option(1), back.toString());
        assertThat(result.output()).isEmpty();
        assertThat(Files.size(back)).isEqualTo(SIZE);
        byte[] read = Files.readAllBytes(back);
        assertThat(Arrays.mismatch(Arrays.copyOf(read, content.length), content))
                .isEqualTo(-1);
    }

    @Test
    void qemuWritesDiscardsZeroesAndFlushes() throws Exception {
        assumeTrue(qemuKnowsIscsi());
        Tool.Result result = Tool.run(
                folder,
                "qemu-io",
                "-f",
                "raw",
                "-d",
                "unmap",
                "-c",
                "write -P 0xa5 0 4M",
                "-c",
                "write -f -P 0x5a 1M 512",
                "-c",
                "discard 2M 64k",
                "-c",
                "write -z 3M 1M",
                "-c",
                "flush",
                "-c",
                "read -P 0xa5 0 1M",
                "-c",
                "read -P 0x5a 1M 512",
                "-c",
                "read -P 0 2M 64k",
                "-c",
                "read -P 0 3M 1M",
                option(0));
        assertThat(result.output()).doesNotContain("failed", "rror").contains("wrote 4194304/4194304");
        assertThat(result.status()).isZero();
        assertThat(unit.flushes()).isPositive();
    }

    @Test
    void aFullArrayIsNoSpaceToQemu() throws Exception {
        assumeTrue(qemuKnowsIscsi());
        unit.fill();
        Tool.Result result = Tool.run(folder, "qemu-io", "-f", "raw", "-c", "write -P 1 0 64k", option(0));
        assertThat(result.output()).contains("No space left on device");
    }

    @Test
    void anotherInitiatorSeesNothing() throws Exception {
        assumeTrue(Tool.isInstalled("iscsi-ls"));
        Tool.Result result =
                Tool.run(folder, "iscsi-ls", "-s", "-i", "iqn.2026-11.io.stowage:stranger", "iscsi://" + portal(0));
        assertThat(result.output()).contains("Target:" + IQN).doesNotContain("Lun:3");
    }

    /** Debian brings the driver for iSCSI in a package of its own. */
    private boolean qemuKnowsIscsi() throws Exception {
        return Tool.isInstalled("qemu-img")
                && Tool.isInstalled("qemu-io")
                && !Tool.run(folder, "qemu-img", "info", url(0)).output().contains("Unknown protocol");
    }

    private String portal(int index) {
        InetSocketAddress address = target.addresses().get(index);
        return address.getAddress().getHostAddress() + ":" + address.getPort();
    }

    private String url(int index) {
        return "iscsi://" + portal(index) + "/" + IQN + "/3";
    }

    /** QEMU takes the initiator's name only in this form. */
    private String option(int index) {
        return "json:{\"driver\":\"raw\",\"file\":{\"driver\":\"iscsi\",\"transport\":\"tcp\",\"portal\":\"%s\",\"target\":\"%s\",\"lun\":3,\"initiator-name\":\"%s\"}}"
                .formatted(portal(index), IQN, INITIATOR);
    }
}
