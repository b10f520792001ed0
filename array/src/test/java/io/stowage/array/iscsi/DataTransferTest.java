package io.stowage.array.iscsi;

import static org.assertj.core.api.Assertions.assertThat;

import io.stowage.iscsi.login.Preferences;
import io.stowage.iscsi.pdu.DataOut;
import io.stowage.iscsi.pdu.NopIn;
import io.stowage.iscsi.pdu.NopOut;
import io.stowage.iscsi.pdu.Pdu;
import io.stowage.iscsi.pdu.ReadyToTransfer;
import io.stowage.iscsi.pdu.ScsiCommand;
import io.stowage.iscsi.scsi.Cdb;
import io.stowage.iscsi.scsi.Lun;
import io.stowage.iscsi.scsi.ScsiStatus;
import io.stowage.iscsi.scsi.Sense;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Data on its way in and out, in all the forms that may be negotiated. */
class DataTransferTest extends TargetTest {
    /** All ways for data to come: immediate, unsolicited, by R2T, in pieces of any size, with and without digests. */
    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12})
    void whatIsWrittenIsReadWhateverWasNegotiated(long seed) throws Exception {
        Random random = new Random(seed);
        List<String> digest = List.of(random.nextBoolean() ? "CRC32C" : "None");
        int maxBurst = 512 + random.nextInt(500_000);
        Preferences wishes = new Preferences(
                digest,
                List.of(random.nextBoolean() ? "CRC32C" : "None"),
                512 + random.nextInt(300_000),
                maxBurst,
                512 + random.nextInt(maxBurst - 511),
                random.nextBoolean(),
                random.nextBoolean());
        TestInitiator host = remember(TestInitiator.login(target.addresses().getFirst(), HOST, IQN, seed, wishes));
        byte[] expected = new byte[4 << 20];
        for (int i = 0; i < 12; i++) {
            int blocks = 1 + (random.nextBoolean() ? random.nextInt(2000) : random.nextInt(16));
            int lba = random.nextInt(expected.length / 512 - blocks);
            byte[] data = new byte[blocks * 512];
            random.nextBytes(data);
            System.arraycopy(data, 0, expected, lba * 512, data.length);
            assertThat(host.out(1, new Cdb.Write(lba, blocks, random.nextInt(4) == 0), ByteBuffer.wrap(data))
                            .isGood())
                    .isTrue();
        }
        ByteBuffer all = host.in(1, new Cdb.Read(0, expected.length / 512), expected.length)
                .data();
        assertThat(all.mismatch(ByteBuffer.wrap(expected))).isEqualTo(-1);
    }

    @Test
    void aFullArrayIsWriteProtectedForLackOfSpace() throws Exception {
        TestInitiator host = login(HOST, 1);
        unit.fill();
        TestInitiator.Outcome outcome = host.out(1, new Cdb.Write(0, 8, false), ByteBuffer.allocate(4096));
        assertThat(outcome.status()).isEqualTo(ScsiStatus.CHECK_CONDITION);
        assertThat(outcome.sense()).isEqualTo(Sense.OUT_OF_SPACE);
    }

    @Test
    void pingsAreAnsweredWhileAFlushWaitsForTheDisk() throws Exception {
        TestInitiator host = login(HOST, 1);
        unit.closeGate();
        ScsiCommand flush = host.command(1, Cdb.SynchronizeCache.everything(), true, false, false, 0);
        host.send(flush, NOTHING);
        unit.awaitInside();
        ByteBuffer ping = ByteBuffer.wrap(new byte[] {1, 2, 3});
        host.send(new NopOut(true, 0, 999, Pdu.RESERVED_TAG, 2, 1), ping);
        TestInitiator.Received answer = host.receive();
        assertThat(answer.pdu())
                .isInstanceOfSatisfying(
                        NopIn.class, nop -> assertThat(nop.taskTag()).isEqualTo(999));
        assertThat(answer.data()).isEqualTo(ping);
        unit.openGate();
        assertThat(host.outcome(flush.taskTag(), NOTHING).isGood()).isTrue();
    }

    @Test
    void dataOutOfOrderIsNotWritten() throws Exception {
        TestInitiator host = loginWithR2t();
        ScsiCommand write = host.command(1, new Cdb.Write(0, 8, false), true, false, true, 4096);
        host.send(write, NOTHING);
        ReadyToTransfer r2t = (ReadyToTransfer) host.receive().pdu();
        host.send(new DataOut(true, Lun.encode(1), write.taskTag(), r2t.transferTag(), 1, 27, 0), filled(4096, 'x'));
        assertThat(host.outcome(write.taskTag(), NOTHING).status()).isEqualTo(ScsiStatus.CHECK_CONDITION);
        assertThat(host.in(1, new Cdb.Read(0, 8), 4096).data()).isEqualTo(ByteBuffer.allocate(4096));
    }

    @Test
    void dataBehindTheLastIsPassedOver() throws Exception {
        TestInitiator host = loginWithR2t();
        ScsiCommand write = host.command(1, new Cdb.Write(0, 8, true), true, false, true, 4096);
        host.send(write, NOTHING);
        ReadyToTransfer r2t = (ReadyToTransfer) host.receive().pdu();
        unit.closeGate();
        host.sendData(1, write.taskTag(), r2t.transferTag(), filled(4096, 'a'), 0, 4096);
        unit.awaitInside();
        host.sendData(1, write.taskTag(), r2t.transferTag(), filled(4096, 'x'), 0, 4096);
        host.sendData(1, write.taskTag(), Pdu.RESERVED_TAG, filled(4096, 'x'), 0, 4096);
        ScsiCommand next = host.command(1, new Cdb.Write(8, 8, false), true, false, true, 4096);
        host.send(next, NOTHING);
        assertThat(host.receive().pdu())
                .isInstanceOfSatisfying(
                        ReadyToTransfer.class,
                        other -> assertThat(other.taskTag()).isEqualTo(next.taskTag()));
        unit.openGate();
        assertThat(host.outcome(write.taskTag(), NOTHING).isGood()).isTrue();
        assertThat(host.in(1, new Cdb.Read(0, 8), 4096).data()).isEqualTo(filled(4096, 'a'));
    }

    @Test
    void aCommandOutsideTheWindowIsIgnored() throws Exception {
        TestInitiator host = login(HOST, 1);
        ByteBuffer cdb = new Cdb.TestUnitReady().encode();
        for (int wrong : new int[] {0, -1, 1000, Integer.MIN_VALUE}) {
            host.send(new ScsiCommand(false, true, false, false, 1, Lun.encode(1), 77, 0, wrong, 1, cdb), NOTHING);
        }
        assertThat(host.in(1, new Cdb.TestUnitReady(), 0).isGood()).isTrue();
    }

    @Test
    void moreWriteDataThanThereIsRoomForIsBusyAndNotLost() throws Exception {
        target.close();
        target = start(FAST.with(new Limits.Load(16, 1 << 20, 1 << 20)));
        TestInitiator host = loginWithR2t();
        ScsiCommand first = host.command(1, new Cdb.Write(0, 2048, false), true, false, true, 1 << 20);
        host.send(first, NOTHING);
        ReadyToTransfer r2t = (ReadyToTransfer) host.receive().pdu();
        ScsiCommand second = host.command(1, new Cdb.Write(0, 8, false), true, false, true, 4096);
        host.send(second, NOTHING);
        assertThat(host.outcome(second.taskTag(), NOTHING).status()).isEqualTo(ScsiStatus.BUSY);
        host.sendData(1, first.taskTag(), r2t.transferTag(), ByteBuffer.allocate(1 << 20), 0, 1 << 20);
        assertThat(host.outcome(first.taskTag(), NOTHING).isGood()).isTrue();
        assertThat(host.out(1, new Cdb.Write(0, 8, false), ByteBuffer.allocate(4096))
                        .isGood())
                .isTrue();
    }
}
