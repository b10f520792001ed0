package io.stowage.array.nvme;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.stowage.array.ArrayInABox;
import io.stowage.array.ArrayOptions;
import io.stowage.array.fault.ControlClient;
import io.stowage.array.flasharray.Rest;
import io.stowage.nvme.command.AdminOpcode;
import io.stowage.nvme.command.Status;
import io.stowage.nvme.command.SubmissionEntry;
import java.io.IOException;
import java.net.InetAddress;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.Timeout.ThreadMode;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Fault switches against NVMe commands of a whole array. Status codes: Base 2.0, figures 94 to 98. */
@Timeout(value = 120, unit = TimeUnit.SECONDS, threadMode = ThreadMode.SEPARATE_THREAD)
class CommandFaultsTest {
    private static final int BLOCK = 512;

    @TempDir
    Path folder;

    private final List<TestController> controllers = new ArrayList<>();
    private ArrayInABox array;
    private ControlClient control;

    @BeforeEach
    void start() throws Exception {
        var state = folder.resolve("array");
        var loopback = InetAddress.getLoopbackAddress();
        array = ArrayInABox.start(ArrayOptions.loopback(state).withPortals(List.of(loopback, loopback)));
        control = ControlClient.connect(state);
        try (var rest = Rest.login(array.endpoints(), "2.26")) {
            rest.post("volumes?names=one,two", "{'provisioned': 16777216}");
            rest.post("hosts?names=h", "{'nqns': ['" + TestHost.NQN + "']}");
            rest.post("connections?host_names=h&volume_names=one,two", "");
        }
    }

    @AfterEach
    void stop() throws IOException {
        for (var controller : controllers) {
            controller.close();
        }
        if (control != null) {
            control.close();
        }
        if (array != null) {
            array.close();
        }
    }

    private String portal(int number) {
        return array.endpoints().flasharray().nvme().portals().get(number);
    }

    private TestController connect(int portal) throws IOException {
        var controller = TestController.open(
                TestHost.address(portal(portal)),
                Objects.requireNonNull(array.endpoints().flasharray().nvme().nqn()),
                TestHost.NQN);
        controllers.add(controller);
        return controller;
    }

    private static byte[] data(int value, int blocks) {
        var data = new byte[blocks * BLOCK];
        Arrays.fill(data, (byte) value);
        return data;
    }

    /** In its capsule if it is short, when asked for it if it is long; a command that is refused at once isn't asked for. */
    private static Status write(TestHost queue, int namespace, long block, byte[] data) throws IOException {
        boolean isShort = data.length <= 8192;
        var entry = TargetOnTheWire.write(
                        isShort ? SubmissionEntry.IN_CAPSULE : SubmissionEntry.BY_TRANSPORT, block, data.length / BLOCK)
                .namespace(namespace);
        if (isShort) {
            return queue.run(entry, ByteBuffer.wrap(data)).status();
        }
        queue.send(entry);
        if (queue.isCompletionNext()) {
            return queue.current().status();
        }
        var request = queue.currentRequest();
        queue.sendData(request.command(), request.tag(), 0, data, true);
        return queue.status();
    }

    private static byte[] read(TestHost queue, int namespace, long block, int blocks) throws IOException {
        queue.send(TargetOnTheWire.read(block, blocks).namespace(namespace));
        var data = queue.data();
        assertThat(queue.status()).isEqualTo(Status.SUCCESS);
        return data.bytes();
    }

    private static int firstByte(TestHost queue, int namespace, long block) throws IOException {
        return read(queue, namespace, block, 1)[0];
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 8, 1024})
    void anErrorHasTheGivenStatusAndNothingIsWritten(int blocks) throws Exception {
        var queue = connect(0).io();
        control.ok("{'on': 'NVMe Write', 'do': 'error', 'times': 1}");
        assertThat(write(queue, 1, 0, data(7, blocks))).isEqualTo(new Status(0x4006)); // internal error, final
        assertThat(firstByte(queue, 1, 0)).isZero();
        control.ok("{'on': 'nvme 0x02', 'do': 'error', 'status': '0x281', 'times': 1}");
        assertThat(queue.run(TargetOnTheWire.read(0, blocks)).status()).isEqualTo(Status.READ_ERROR);
        assertThat(write(queue, 1, 0, data(7, blocks))).isEqualTo(Status.SUCCESS);
        assertThat(firstByte(queue, 1, blocks - 1)).isEqualTo(7);
    }

    /** As arrays say it: capacity exceeded, and a namespace that isn't ready, to be tried again. */
    @ParameterizedTest
    @CsvSource({"full, 0x81", "busy, 0x82"})
    void fullAndBusyAreTheArraysOwn(String kind, String code) throws Exception {
        var queue = connect(0).io();
        control.ok("{'on': 'NVMe Write*', 'do': '%s', 'times': 1}".formatted(kind));
        var status = write(queue, 1, 0, data(7, 8));
        assertThat(status.type()).isZero();
        assertThat(status.code()).isEqualTo(Integer.decode(code));
        assertThat(firstByte(queue, 1, 0)).isZero();
        assertThat(write(queue, 1, 0, data(7, 8))).isEqualTo(Status.SUCCESS);
    }

    @ParameterizedTest
    @ValueSource(ints = {8, 1024})
    void droppedBeforeThereIsNoEffectDroppedAfterThereIs(int blocks) throws Exception {
        var bystander = connect(1).io();
        var before = connect(0).io();
        control.ok("{'on': 'NVMe Write', 'do': 'drop-before', 'times': 1}");
        assertThatThrownBy(() -> write(before, 1, 0, data(7, blocks))).isInstanceOf(IOException.class);
        var after = connect(0).io();
        control.ok("{'on': 'NVMe Write', 'do': 'drop-after', 'times': 1}");
        assertThatThrownBy(() -> write(after, 1, 4096, data(8, blocks))).isInstanceOf(IOException.class);
        var reader = connect(0).io();
        control.ok("{'on': 'NVMe Read', 'do': 'drop-after', 'times': 1}");
        assertThatThrownBy(() -> read(reader, 1, 0, blocks)).isInstanceOf(IOException.class);
        assertThat(firstByte(bystander, 1, 0)).isZero();
        assertThat(firstByte(bystander, 1, 4096 + blocks - 1)).isEqualTo(8);
    }

    @ParameterizedTest
    @ValueSource(ints = {8, 1024})
    void aDelayedCommandIsCarriedOut(int blocks) throws Exception {
        var queue = connect(0).io();
        control.ok("{'on': 'NVMe Write', 'do': 'delay', 'ms': 100, 'times': 1}");
        control.ok("{'on': 'NVMe Read', 'do': 'delay', 'ms': 100, 'times': 1}");
        control.ok("{'on': 'NVMe Flush', 'do': 'error', 'ms': 100, 'times': 1}");
        assertThat(write(queue, 1, 0, data(7, blocks))).isEqualTo(Status.SUCCESS);
        assertThat(read(queue, 1, 0, blocks)).isEqualTo(data(7, blocks));
        assertThat(queue.run(TargetOnTheWire.flush()).status().isSuccess()).isFalse();
        assertThat(queue.run(TargetOnTheWire.flush()).status()).isEqualTo(Status.SUCCESS);
    }

    @Test
    void aDelayedCommandHoldsUpNobodyAndCanBeAborted() throws Exception {
        var controller = connect(0);
        var queue = controller.io();
        control.ok("{'on': 'NVMe Write', 'volume': 'one', 'do': 'delay', 'ms': 600000}");
        var late = queue.send(TargetOnTheWire.write(SubmissionEntry.IN_CAPSULE, 0, 8), ByteBuffer.wrap(data(7, 8)));
        assertThat(write(queue, 2, 0, data(8, 8))).isEqualTo(Status.SUCCESS);
        assertThat(firstByte(queue, 1, 0)).isZero();
        var abort = new SubmissionEntry().opcode(AdminOpcode.ABORT).dword(10, 1 | late << 16);
        assertThat(controller.admin().run(abort).result())
                .as("bit 0: not aborted")
                .isZero();
        // The array ends at once although a command waits: see the end of this test.
    }

    @Test
    void commandsOfAdminQueuesAreHitToo() throws Exception {
        var admin = connect(0).admin();
        control.ok("{'on': 'NVMe Identify', 'do': 'error', 'status': '0x4002', 'times': 1}");
        var identify = new SubmissionEntry()
                .opcode(AdminOpcode.IDENTIFY)
                .data(SubmissionEntry.BY_TRANSPORT, 4096)
                .dword(10, 1);
        assertThat(admin.run(identify).status()).isEqualTo(Status.INVALID_FIELD);
        admin.send(identify);
        assertThat(admin.data().bytes()).hasSize(4096);
    }

    @Test
    void switchesMatchByVolumeHostPortalAndNamespace() throws Exception {
        var first = connect(0).io();
        var second = connect(1).io();
        var block = data(1, 1);
        control.ok("{'on': 'NVMe *', 'volume': 'two', 'host': 'h', 'portal': '%s', 'do': 'full'}".formatted(portal(1)));
        assertThat(write(second, 2, 0, block)).isEqualTo(Status.CAPACITY_EXCEEDED);
        assertThat(write(second, 1, 0, block)).isEqualTo(Status.SUCCESS);
        assertThat(write(first, 2, 0, block)).isEqualTo(Status.SUCCESS);
        control.ok("{'clear': 'NVMe *'}");
        control.ok("{'on': 'NVMe *', 'host': 'other', 'do': 'full'}");
        control.ok("{'on': 'NVMe *', 'namespace': 1, 'host': '%s', 'do': 'full'}".formatted(TestHost.NQN));
        assertThat(write(second, 2, 0, block)).isEqualTo(Status.SUCCESS);
        assertThat(write(second, 1, 0, block)).isEqualTo(Status.CAPACITY_EXCEEDED);
        control.ok("{'clear': true}");
        assertThat(write(second, 1, 0, block)).isEqualTo(Status.SUCCESS);
    }

    @Test
    void whatNvmeHasNotIsRefused() {
        assertThat(control.refused("{'on': 'NVMe Format', 'do': 'error'}")).contains("No NVMe command is called");
        assertThat(control.refused("{'on': 'NVMe Read', 'do': 'expire'}")).contains("NVMe has no sessions");
        assertThat(control.refused("{'on': 'NVMe Read', 'do': 'error', 'status': '0x800'}"))
                .contains("Invalid value \"0x800\" for \"status\"");
    }

    /** The states have nvme-cli's names. */
    @Test
    void theWayToNamespacesCanBeSet() throws Exception {
        var queue = connect(0).io();
        var block = data(1, 1);
        control.ok("{'set': 'nvme-access', 'to': {'%s': 'inaccessible'}}".formatted(portal(0)));
        assertThat(write(queue, 1, 0, block)).isEqualTo(Status.ANA_INACCESSIBLE);
        assertThat(write(connect(1).io(), 1, 0, block)).isEqualTo(Status.SUCCESS);
        var settings = control.ok("{'list': true}").path("settings").path("nvme-access");
        assertThat(settings.path(portal(0)).asString()).isEqualTo("inaccessible");
        assertThat(settings.path(portal(1)).asString()).isEqualTo("optimized");
        control.ok("{'set': 'nvme-access', 'to': {'%s': 'non-optimized'}}".formatted(portal(1)));
        assertThat(write(queue, 1, 0, block)).isEqualTo(Status.SUCCESS);
        control.ok("{'set': 'nvme-access', 'to': null}");
        assertThat(control.refused("{'set': 'nvme-access', 'to': {'%s': 'lost'}}".formatted(portal(0))))
                .contains("must be one of optimized, non-optimized, inaccessible, persistent-loss, change");
        assertThat(control.refused("{'set': 'nvme-access', 'to': {'192.0.2.1:4420': 'optimized'}}"))
                .contains("192.0.2.1:4420", "must be a portal: one of", portal(0));
    }
}
