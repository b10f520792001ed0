package io.stowage.array.nvme;

import static org.assertj.core.api.Assertions.assertThat;

import io.stowage.array.ArrayInABox;
import io.stowage.array.ArrayOptions;
import io.stowage.array.flasharray.Rest;
import io.stowage.nvme.command.AdminOpcode;
import io.stowage.nvme.command.Feature;
import io.stowage.nvme.command.NvmOpcode;
import io.stowage.nvme.command.Status;
import io.stowage.nvme.command.SubmissionEntry;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Path;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.Timeout.ThreadMode;
import org.junit.jupiter.api.io.TempDir;

/** What namespaces of a whole array keep, and tell of what they hold. */
@Timeout(value = 120, unit = TimeUnit.SECONDS, threadMode = ThreadMode.SEPARATE_THREAD)
class NamespaceStateTest {
    private static final int SIZE = 16 << 20;
    private static final int BLOCK = 512;

    @TempDir
    Path folder;

    private ArrayInABox array;
    private TestController controller;

    @BeforeEach
    void start() throws Exception {
        array = ArrayInABox.start(ArrayOptions.loopback(folder.resolve("array")));
        try (var rest = Rest.login(array.endpoints(), "2.26")) {
            rest.post("volumes?names=one", "{'provisioned': %d}".formatted(SIZE));
            rest.post("hosts?names=h", "{'nqns': ['" + TestHost.NQN + "']}");
            rest.post("connections?host_names=h&volume_names=one", "");
        }
        controller = connect();
    }

    @AfterEach
    void stop() throws IOException {
        if (controller != null) {
            controller.close();
        }
        if (array != null) {
            array.close();
        }
    }

    private TestController connect() throws IOException {
        var nvme = array.endpoints().flasharray().nvme();
        return TestController.open(
                TestHost.address(nvme.portals().getFirst()), Objects.requireNonNull(nvme.nqn()), TestHost.NQN);
    }

    private void restart() throws Exception {
        controller.close();
        array.close();
        array = ArrayInABox.start(ArrayOptions.loopback(folder.resolve("array")));
        controller = connect();
    }

    private Status write(int blocks) throws IOException {
        return controller
                .io()
                .run(
                        TargetOnTheWire.write(SubmissionEntry.IN_CAPSULE, 0, blocks),
                        ByteBuffer.wrap(TargetOnTheWire.noise(blocks * BLOCK)))
                .status();
    }

    private Status protect(int state) throws IOException {
        return controller
                .admin()
                .run(TargetOnTheWire.setFeature(Feature.WRITE_PROTECTION, state).namespace(1))
                .status();
    }

    private ByteBuffer identify() throws IOException {
        controller
                .admin()
                .send(new SubmissionEntry()
                        .opcode(AdminOpcode.IDENTIFY)
                        .namespace(1)
                        .data(SubmissionEntry.BY_TRANSPORT, 4096));
        var data = controller.admin().data().bytes();
        assertThat(controller.admin().status()).isEqualTo(Status.SUCCESS);
        return ByteBuffer.wrap(data).order(ByteOrder.LITTLE_ENDIAN);
    }

    /** Base 2.0, section 8.12: Write Protect, unlike Write Protect Until Power Cycle, outlives a loss of power. */
    @Test
    void writeProtectionOutlivesARestart() throws Exception {
        assertThat(write(8)).isEqualTo(Status.SUCCESS);
        assertThat(protect(1)).isEqualTo(Status.SUCCESS);
        assertThat(write(8)).isEqualTo(Status.WRITE_PROTECTED);
        restart();
        assertThat(write(8)).isEqualTo(Status.WRITE_PROTECTED);
        assertThat(identify().get(99)).as("NSATTR: write protected").isEqualTo((byte) 1);
        assertThat(protect(0)).isEqualTo(Status.SUCCESS);
        assertThat(write(8)).isEqualTo(Status.SUCCESS);
        restart();
        assertThat(write(8)).isEqualTo(Status.SUCCESS);
        assertThat(identify().get(99)).isZero();
    }

    /** NUSE: NVM Command Set 1.0, figure 97. Thin: it is what was written and not given up. */
    @Test
    void namespacesTellHowMuchTheyHold() throws Exception {
        assertThat(identify().getLong(0)).as("NSZE").isEqualTo(SIZE / BLOCK);
        assertThat(identify().getLong(16)).as("NUSE").isZero();
        assertThat(write(16)).isEqualTo(Status.SUCCESS);
        assertThat(identify().getLong(16)).isEqualTo(16);
        var zeroes = TargetOnTheWire.read(0, 8).opcode(NvmOpcode.WRITE_ZEROES).data(SubmissionEntry.BY_TRANSPORT, 0);
        assertThat(controller.io().run(zeroes).status()).isEqualTo(Status.SUCCESS);
        assertThat(identify().getLong(16)).isEqualTo(8);
    }
}
