package io.stowage.array.iscsi;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.stowage.array.ArrayInABox;
import io.stowage.array.ArrayOptions;
import io.stowage.array.fault.ControlClient;
import io.stowage.array.flasharray.Rest;
import io.stowage.iscsi.login.Preferences;
import io.stowage.iscsi.pdu.NopIn;
import io.stowage.iscsi.pdu.NopOut;
import io.stowage.iscsi.pdu.Pdu;
import io.stowage.iscsi.pdu.TaskManagementRequest;
import io.stowage.iscsi.pdu.TaskManagementResponse;
import io.stowage.iscsi.scsi.Cdb;
import io.stowage.iscsi.scsi.CdbSize;
import io.stowage.iscsi.scsi.Lun;
import io.stowage.iscsi.scsi.ScsiStatus;
import io.stowage.iscsi.scsi.Sense;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.Timeout.ThreadMode;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Fault switches against SCSI commands of a whole array. */
@Timeout(value = 120, unit = TimeUnit.SECONDS, threadMode = ThreadMode.SEPARATE_THREAD)
class CommandFaultsTest {
    private static final String HOST = "iqn.2026-11.io.stowage:host";
    private static final ByteBuffer NOTHING = ByteBuffer.allocate(0);

    @TempDir
    Path folder;

    private final List<TestInitiator> initiators = new ArrayList<>();
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
            rest.post("hosts?names=h", "{'iqns': ['" + HOST + "']}");
            rest.post("connections?host_names=h&volume_names=one", "{'lun': 1}");
            rest.post("connections?host_names=h&volume_names=two", "{'lun': 2}");
        }
    }

    @AfterEach
    void stop() throws IOException {
        for (var initiator : initiators) {
            initiator.close();
        }
        if (control != null) {
            control.close();
        }
        if (array != null) {
            array.close();
        }
    }

    private String portal(int number) {
        return array.endpoints().flasharray().iscsi().portals().get(number);
    }

    private TestInitiator login(int portal) throws Exception {
        var address = portal(portal);
        var colon = address.lastIndexOf(':');
        var initiator = TestInitiator.login(
                new InetSocketAddress(address.substring(0, colon), Integer.parseInt(address.substring(colon + 1))),
                HOST,
                array.endpoints().flasharray().iscsi().iqn(),
                initiators.size() + 1,
                Preferences.DEFAULT);
        initiators.add(initiator);
        return initiator;
    }

    private static ByteBuffer data(int value, int blocks) {
        var data = ByteBuffer.allocate(blocks * 512);
        while (data.hasRemaining()) {
            data.put((byte) value);
        }
        return data.flip();
    }

    private static Cdb write(long lba, int blocks) {
        return new Cdb.Write(CdbSize.TEN, lba, blocks, 0, false, false);
    }

    private static Cdb read(long lba, int blocks) {
        return new Cdb.Read(CdbSize.TEN, lba, blocks, 0, false, false);
    }

    private static int firstByte(TestInitiator host, int lun, long lba) throws IOException {
        return host.in(lun, read(lba, 1), 512).data().get(0);
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 256, 8192})
    void anErrorHasTheGivenSenseAndNothingIsWritten(int blocks) throws Exception {
        var host = login(0);
        control.ok("{'on': 'WRITE(10)', 'do': 'error', 'times': 1}");
        var refused = host.out(1, write(0, blocks), data(7, blocks));
        assertThat(refused.status()).isEqualTo(ScsiStatus.CHECK_CONDITION);
        assertThat(refused.sense().toString()).isEqualTo("4/44/00");
        assertThat(refused.residual().count()).isEqualTo(blocks * 512);
        assertThat(firstByte(host, 1, 0)).isZero();
        control.ok("{'on': '0x28', 'do': 'error', 'sense': '3/11/00', 'times': 1}");
        assertThat(host.in(1, read(0, blocks), blocks * 512).sense()).isEqualTo(Sense.READ_ERROR);
        assertThat(host.out(1, write(0, blocks), data(7, blocks)).isGood()).isTrue();
        assertThat(firstByte(host, 1, blocks - 1)).isEqualTo(7);
    }

    @Test
    void fullAndBusyAreTheArraysOwn() throws Exception {
        var host = login(0);
        control.ok("{'on': 'WRITE(*)', 'do': 'full', 'times': 1}");
        assertThat(host.out(1, write(0, 8), data(7, 8)).sense()).isEqualTo(Sense.OUT_OF_SPACE);
        control.ok("{'on': 'WRITE(*)', 'do': 'busy', 'times': 1}");
        assertThat(host.out(1, write(0, 8), data(7, 8)).status()).isEqualTo(ScsiStatus.BUSY);
        control.ok("{'on': 'TEST UNIT READY', 'do': 'busy', 'status': 'TASK SET FULL', 'times': 1}");
        assertThat(host.in(1, new Cdb.TestUnitReady(), 0).status()).isEqualTo(ScsiStatus.TASK_SET_FULL);
        assertThat(host.in(1, new Cdb.TestUnitReady(), 0).isGood()).isTrue();
        assertThat(firstByte(host, 1, 0)).isZero();
    }

    @ParameterizedTest
    @ValueSource(ints = {8, 1024})
    void droppedBeforeThereIsNoEffectDroppedAfterThereIs(int blocks) throws Exception {
        var bystander = login(1);
        var before = login(0);
        control.ok("{'on': 'WRITE(10)', 'do': 'drop-before', 'times': 1}");
        assertThatThrownBy(() -> before.out(1, write(0, blocks), data(7, blocks)))
                .isInstanceOf(IOException.class);
        var after = login(0);
        control.ok("{'on': 'WRITE(10)', 'do': 'drop-after', 'times': 1}");
        assertThatThrownBy(() -> after.out(1, write(4096, blocks), data(8, blocks)))
                .isInstanceOf(IOException.class);
        var reader = login(0);
        control.ok("{'on': 'READ(10)', 'do': 'drop-after', 'times': 1}");
        assertThatThrownBy(() -> reader.in(1, read(0, blocks), blocks * 512)).isInstanceOf(IOException.class);
        assertThat(firstByte(bystander, 1, 0)).isZero();
        assertThat(firstByte(bystander, 1, 4096 + blocks - 1)).isEqualTo(8);
    }

    @Test
    void nothingBehindADroppedCommandIsCarriedOut() throws Exception {
        var host = login(0);
        control.ok("{'on': 'WRITE(10)', 'do': 'drop-before', 'times': 1}");
        host.startOut(1, write(0, 1), data(7, 1), 512);
        try {
            host.startOut(1, write(1, 1), data(7, 1), 512);
        } catch (IOException closed) {
            // the target was quicker
        }
        assertThatThrownBy(host::receive).isInstanceOf(IOException.class);
        assertThat(firstByte(login(0), 1, 1)).isZero();
    }

    @ParameterizedTest
    @ValueSource(ints = {8, 1024})
    void aDelayedCommandIsCarriedOut(int blocks) throws Exception {
        var host = login(0);
        control.ok("{'on': 'WRITE(10)', 'do': 'delay', 'ms': 100, 'times': 1}");
        control.ok("{'on': 'READ(10)', 'do': 'delay', 'ms': 100, 'times': 1}");
        control.ok("{'on': 'SYNCHRONIZE CACHE(10)', 'do': 'error', 'ms': 100, 'times': 1}");
        assertThat(host.out(1, write(0, blocks), data(7, blocks)).isGood()).isTrue();
        assertThat(host.in(1, read(0, blocks), blocks * 512).data()).isEqualTo(data(7, blocks));
        var flush = new Cdb.SynchronizeCache(CdbSize.TEN, 0, 0, false);
        assertThat(host.in(1, flush, 0).status()).isEqualTo(ScsiStatus.CHECK_CONDITION);
        assertThat(host.in(1, flush, 0).isGood()).isTrue();
    }

    @Test
    void aDelayedCommandHoldsUpNeitherPingsNorOthersAndCanBeAborted() throws Exception {
        var host = login(0);
        control.ok("{'on': 'WRITE(10)', 'volume': 'one', 'do': 'delay', 'ms': 600000}");
        var late = host.startOut(1, write(0, 8), data(7, 8), 8 * 512);
        host.send(new NopOut(true, 0, host.nextTag(), Pdu.RESERVED_TAG, 0, 1), NOTHING);
        assertThat(host.receive().pdu()).isInstanceOf(NopIn.class);
        assertThat(host.out(2, write(0, 8), data(8, 8)).isGood()).isTrue();
        assertThat(firstByte(host, 1, 0)).isZero();
        host.send(
                new TaskManagementRequest(
                        true, TaskManagementRequest.ABORT_TASK, Lun.encode(1), host.nextTag(), late, 0, 1, 0, 0),
                NOTHING);
        assertThat(host.receive().pdu())
                .isInstanceOfSatisfying(
                        TaskManagementResponse.class,
                        response -> assertThat(response.response()).isEqualTo(TaskManagementResponse.COMPLETE));
        host.startOut(1, write(0, 8), data(7, 8), 8 * 512);
        // The array ends at once although a command waits: see the end of this test.
    }

    @Test
    void switchesMatchByVolumeHostPortalAndLun() throws Exception {
        var first = login(0);
        var second = login(1);
        control.ok("{'on': 'SCSI', 'volume': 'two', 'host': 'h', 'portal': '%s', 'do': 'busy'}".formatted(portal(1)));
        assertThat(second.in(2, new Cdb.TestUnitReady(), 0).status()).isEqualTo(ScsiStatus.BUSY);
        assertThat(second.in(1, new Cdb.TestUnitReady(), 0).isGood()).isTrue();
        assertThat(first.in(2, new Cdb.TestUnitReady(), 0).isGood()).isTrue();
        control.ok("{'clear': 'SCSI'}");
        control.ok("{'on': 'SCSI', 'host': 'other', 'do': 'busy'}");
        control.ok("{'on': 'SCSI', 'lun': 1, 'host': '%s', 'do': 'busy'}".formatted(HOST));
        assertThat(second.in(2, new Cdb.TestUnitReady(), 0).isGood()).isTrue();
        assertThat(second.in(1, new Cdb.TestUnitReady(), 0).status()).isEqualTo(ScsiStatus.BUSY);
        control.ok("{'clear': true}");
        assertThat(second.in(1, new Cdb.TestUnitReady(), 0).isGood()).isTrue();
    }
}
