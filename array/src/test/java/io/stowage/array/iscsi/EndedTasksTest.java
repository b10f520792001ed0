package io.stowage.array.iscsi;

import static org.assertj.core.api.Assertions.assertThat;

import io.stowage.iscsi.pdu.NopIn;
import io.stowage.iscsi.pdu.NopOut;
import io.stowage.iscsi.pdu.Pdu;
import io.stowage.iscsi.pdu.ReadyToTransfer;
import io.stowage.iscsi.pdu.ScsiCommand;
import io.stowage.iscsi.pdu.TaskManagementRequest;
import io.stowage.iscsi.pdu.TaskManagementResponse;
import io.stowage.iscsi.scsi.Cdb;
import io.stowage.iscsi.scsi.Lun;
import io.stowage.iscsi.scsi.ScsiStatus;
import io.stowage.iscsi.scsi.Sense;
import java.io.IOException;
import java.nio.ByteBuffer;
import org.junit.jupiter.api.Test;

/** Commands that end before they are done: aborted, reset, or because their unit is gone. */
class EndedTasksTest extends TargetTest {
    @Test
    void anAbortedWriteGetsNoResponseAndItsDataIsPassedOver() throws Exception {
        TestInitiator host = loginWithR2t();
        ScsiCommand write = host.command(1, new Cdb.Write(0, 8, false), true, false, true, 4096);
        host.send(write, NOTHING);
        ReadyToTransfer r2t = (ReadyToTransfer) host.receive().pdu();
        assertThat(manage(host, TaskManagementRequest.ABORT_TASK, 1, write.taskTag()))
                .isEqualTo(TaskManagementResponse.COMPLETE);
        assertThat(manage(host, TaskManagementRequest.ABORT_TASK, 1, write.taskTag()))
                .isEqualTo(TaskManagementResponse.NO_SUCH_TASK);
        host.sendData(1, write.taskTag(), r2t.transferTag(), filled(4096, 'x'), 0, 4096);
        assertThat(host.in(1, new Cdb.Read(0, 8), 4096).data()).isEqualTo(ByteBuffer.allocate(4096));
    }

    @Test
    void aWriteEndsWhenItsUnitIsDisconnectedWhileDataIsUnderWay() throws Exception {
        TestInitiator host = loginWithR2t();
        ScsiCommand write = host.command(1, new Cdb.Write(0, 8, false), true, false, true, 4096);
        host.send(write, NOTHING);
        ReadyToTransfer r2t = (ReadyToTransfer) host.receive().pdu();
        units.disconnect(HOST, 1);
        units.connect(OTHER, 1, unit);
        host.sendData(1, write.taskTag(), r2t.transferTag(), filled(4096, 'x'), 0, 4096);
        assertThat(host.outcome(write.taskTag(), NOTHING).sense()).isEqualTo(Sense.UNIT_NOT_SUPPORTED);
        ByteBuffer stored = ByteBuffer.allocate(4096);
        unit.read(0, stored);
        assertThat(stored.flip()).isEqualTo(ByteBuffer.allocate(4096));
    }

    @Test
    void aRunningWriteIsWaitedForBeforeTheAbortIsAnswered() throws Exception {
        TestInitiator host = login(HOST, 1);
        unit.closeGate();
        ScsiCommand flush = host.command(1, Cdb.SynchronizeCache.everything(), true, false, false, 0);
        host.send(flush, NOTHING);
        unit.awaitInside();
        host.send(
                new TaskManagementRequest(
                        true, TaskManagementRequest.ABORT_TASK, Lun.encode(1), 5000, flush.taskTag(), 2, 1, 1, 0),
                NOTHING);
        host.send(new NopOut(true, 0, 999, Pdu.RESERVED_TAG, 2, 1), NOTHING);
        assertThat(host.receive().pdu()).isInstanceOf(NopIn.class);
        unit.openGate();
        assertThat(host.receive().pdu())
                .isInstanceOfSatisfying(
                        TaskManagementResponse.class,
                        response -> assertThat(response.response()).isEqualTo(TaskManagementResponse.COMPLETE));
        assertThat(unit.inside()).isZero();
    }

    @Test
    void aResetEndsOthersCommandsAndIsToldToAll() throws Exception {
        TestInitiator other =
                remember(TestInitiator.login(target.addresses().getFirst(), OTHER, IQN, 1, withoutUnaskedData()));
        ScsiCommand write = other.command(7, new Cdb.Write(0, 8, false), true, false, true, 4096);
        other.send(write, NOTHING);
        ReadyToTransfer r2t = (ReadyToTransfer) other.receive().pdu();
        TestInitiator host = login(HOST, 1);
        assertThat(host.in(1, new Cdb.TestUnitReady(), 0).isGood()).isTrue();

        assertThat(manage(host, TaskManagementRequest.LOGICAL_UNIT_RESET, 1, Pdu.RESERVED_TAG))
                .isEqualTo(TaskManagementResponse.COMPLETE);
        assertThat(other.outcome(write.taskTag(), NOTHING).status()).isEqualTo(ScsiStatus.TASK_ABORTED);
        other.sendData(7, write.taskTag(), r2t.transferTag(), filled(4096, 'x'), 0, 4096);
        assertThat(other.in(7, new Cdb.TestUnitReady(), 0).sense()).isEqualTo(Sense.UNIT_RESET);
        assertThat(host.in(1, new Cdb.TestUnitReady(), 0).sense()).isEqualTo(Sense.UNIT_RESET);
        assertThat(host.in(1, new Cdb.Read(0, 8), 4096).data()).isEqualTo(ByteBuffer.allocate(4096));
        assertThat(manage(host, TaskManagementRequest.LOGICAL_UNIT_RESET, 3, Pdu.RESERVED_TAG))
                .isEqualTo(TaskManagementResponse.NO_SUCH_LUN);
    }

    private static int manage(TestInitiator initiator, int function, int lun, int referenced) throws IOException {
        int tag = initiator.nextTag();
        initiator.send(
                new TaskManagementRequest(true, function, Lun.encode(lun), tag, referenced, 0, 1, 0, 0), NOTHING);
        return ((TaskManagementResponse) initiator.receive().pdu()).response();
    }
}
