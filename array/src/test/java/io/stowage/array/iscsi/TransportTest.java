package io.stowage.array.iscsi;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.stowage.iscsi.login.InitiatorIdentity;
import io.stowage.iscsi.login.KeyText;
import io.stowage.iscsi.login.KeyValue;
import io.stowage.iscsi.login.LoginFailure;
import io.stowage.iscsi.login.Preferences;
import io.stowage.iscsi.login.SessionType;
import io.stowage.iscsi.pdu.DataOut;
import io.stowage.iscsi.pdu.Isid;
import io.stowage.iscsi.pdu.LogoutRequest;
import io.stowage.iscsi.pdu.LogoutResponse;
import io.stowage.iscsi.pdu.NopIn;
import io.stowage.iscsi.pdu.NopOut;
import io.stowage.iscsi.pdu.Pdu;
import io.stowage.iscsi.pdu.ReadyToTransfer;
import io.stowage.iscsi.pdu.Reject;
import io.stowage.iscsi.pdu.ScsiCommand;
import io.stowage.iscsi.pdu.TaskManagementRequest;
import io.stowage.iscsi.pdu.TaskManagementResponse;
import io.stowage.iscsi.pdu.TextRequest;
import io.stowage.iscsi.pdu.TextResponse;
import io.stowage.iscsi.scsi.Cdb;
import io.stowage.iscsi.scsi.Lun;
import io.stowage.iscsi.scsi.Sense;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
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

/** What carries commands: digests, texts, pings, rejects and logouts, on a live session. */
@Timeout(value = 120, unit = TimeUnit.SECONDS, threadMode = ThreadMode.SEPARATE_THREAD)
class TransportTest {
    private static final String IQN = "iqn.2010-06.com.purestorage:flasharray.test";
    private static final String HOST = "iqn.2026-11.io.stowage:host";
    private static final ByteBuffer NOTHING = ByteBuffer.allocate(0);
    private static final int HEADER_AND_DIGEST = 52;
    private static final int UNTOUCHED = 0;

    /** Protocol service CRC error. RFC 7143, section 11.4.7.2. */
    private static final Sense CRC_ERROR = new Sense(Sense.ABORTED_COMMAND, 0x4705);

    @TempDir
    Path folder;

    private final TestUnits units = new TestUnits();
    private final List<TestInitiator> initiators = new ArrayList<>();
    private FileUnit unit;
    private IscsiTarget target;

    @BeforeEach
    void start() throws IOException {
        unit = new FileUnit(folder.resolve("unit"), 16L << 20, 1);
        units.connect(HOST, 1, unit);
        InetSocketAddress any = new InetSocketAddress(InetAddress.getByName("127.0.0.1"), 0);
        target = IscsiTarget.start(IQN, List.of(any, any), units);
    }

    @AfterEach
    void stop() throws IOException {
        unit.openGate();
        for (TestInitiator initiator : initiators) {
            initiator.close();
        }
        target.close();
        unit.close();
    }

    /** Immediate data that is used where it lies, that is collected, and that comes with R2T. */
    @ParameterizedTest
    @CsvSource({"512,true", "65536,true", "4096,false"})
    void damagedDataFailsItsCommandOnly(int length, boolean immediate) throws Exception {
        TestInitiator host = login(withDigests(immediate));
        ScsiCommand write = host.command(1, new Cdb.Write(0, length / 512, false), true, false, true, length);
        if (immediate) {
            host.sendDamaged(write, filled(length, 'x'), HEADER_AND_DIGEST + length / 2);
        } else {
            host.send(write, NOTHING);
            ReadyToTransfer r2t = (ReadyToTransfer) host.receive().pdu();
            DataOut data = new DataOut(true, Lun.encode(1), write.taskTag(), r2t.transferTag(), 1, 0, 0);
            host.sendDamaged(data, filled(length, 'x'), HEADER_AND_DIGEST + 1);
        }
        assertRejected(host, Reject.DATA_DIGEST);
        assertThat(host.outcome(write.taskTag(), NOTHING).sense()).isEqualTo(CRC_ERROR);
        assertThat(host.in(1, new Cdb.Read(0, length / 512), length).data()).isEqualTo(filled(length, UNTOUCHED));
        assertThat(host.out(1, new Cdb.Write(0, length / 512, false), filled(length, 'a'))
                        .isGood())
                .isTrue();
        assertThat(host.in(1, new Cdb.Read(0, length / 512), length).data()).isEqualTo(filled(length, 'a'));
    }

    @Test
    void damagedPingsAndTextsAreRejected() throws Exception {
        TestInitiator host = login(withDigests(true));
        host.sendDamaged(new NopOut(true, 0, 7, Pdu.RESERVED_TAG, 1, 1), filled(8, 'x'), HEADER_AND_DIGEST);
        assertRejected(host, Reject.DATA_DIGEST);
        host.sendDamaged(text(8, true, false, Pdu.RESERVED_TAG), bytes("SendTargets=All\0"), HEADER_AND_DIGEST);
        assertRejected(host, Reject.DATA_DIGEST);
        assertAlive(host);
    }

    @Test
    void aDamagedHeaderEndsTheConnection() throws Exception {
        TestInitiator host = login(withDigests(true));
        host.sendDamaged(host.command(1, new Cdb.Write(0, 1, false), true, false, true, 512), filled(512, 'x'), 20);
        assertThatThrownBy(host::receive).isInstanceOf(IOException.class);
        assertThat(login(Preferences.DEFAULT).in(1, new Cdb.Read(0, 1), 512).data())
                .isEqualTo(filled(512, UNTOUCHED));
    }

    /** Longer than what is copied at once, and several of them before the target comes to answer. */
    @Test
    void longPingsComeBackWhole() throws Exception {
        TestInitiator host = login(Preferences.DEFAULT);
        for (int round = 0; round < 20; round++) {
            for (int i = 0; i < 10; i++) {
                host.add(new NopOut(true, 0, i, Pdu.RESERVED_TAG, 1, 1), filled(20_000 + 1000 * i, i));
            }
            host.send(new NopOut(true, 0, 10, Pdu.RESERVED_TAG, 1, 1), NOTHING);
            for (int i = 0; i <= 10; i++) {
                TestInitiator.Received answer = host.receive();
                assertThat(((NopIn) answer.pdu()).taskTag()).isEqualTo(i);
                assertThat(answer.data()).isEqualTo(i == 10 ? NOTHING : filled(20_000 + 1000 * i, i));
            }
        }
    }

    @Test
    void aTextMayBeSpreadOverRequests() throws Exception {
        TestInitiator host = login(Preferences.DEFAULT);
        host.send(text(9, false, true, Pdu.RESERVED_TAG), bytes("SendTar"));
        TextResponse more = (TextResponse) host.receive().pdu();
        assertThat(more.isFinal()).isFalse();
        assertThat(more.transferTag()).isNotEqualTo(Pdu.RESERVED_TAG);
        host.send(text(9, true, false, more.transferTag()), bytes("gets=All\0"));
        TestInitiator.Received answer = host.receive();
        assertThat(((TextResponse) answer.pdu()).isFinal()).isTrue();
        assertThat(((TextResponse) answer.pdu()).transferTag()).isEqualTo(Pdu.RESERVED_TAG);
        assertThat(KeyText.parse(answer.data())).first().isEqualTo(new KeyValue("TargetName", IQN));
    }

    @Test
    void aLongAnswerComesInPieces() throws Exception {
        TestInitiator host = login(Preferences.DEFAULT);
        StringBuilder keys = new StringBuilder();
        for (int i = 0; i < 1000; i++) {
            keys.append("X-com.example.").append(i).append("=1\0");
        }
        host.send(text(9, true, false, Pdu.RESERVED_TAG), bytes(keys.toString()));
        StringBuilder all = new StringBuilder();
        TestInitiator.Received piece = host.receive();
        while (!((TextResponse) piece.pdu()).isFinal()) {
            assertThat(piece.data().remaining()).isLessThanOrEqualTo(8192);
            assertThat(((TextResponse) piece.pdu()).continued()).isTrue();
            all.append(StandardCharsets.UTF_8.decode(piece.data()));
            host.send(text(9, true, false, ((TextResponse) piece.pdu()).transferTag()), NOTHING);
            piece = host.receive();
        }
        all.append(StandardCharsets.UTF_8.decode(piece.data()));
        assertThat(all.toString()).isEqualTo(keys.toString().replace("=1\0", "=NotUnderstood\0"));
    }

    @Test
    void aTextHasAnEnd() throws Exception {
        TestInitiator host = login(Preferences.DEFAULT);
        host.send(text(9, false, true, Pdu.RESERVED_TAG), filled(8192, 'k'));
        for (int i = 1; i < 8; i++) {
            TextResponse more = (TextResponse) host.receive().pdu();
            host.send(text(9, false, true, more.transferTag()), filled(8192, 'k'));
        }
        TextResponse more = (TextResponse) host.receive().pdu();
        host.send(text(9, true, false, more.transferTag()), filled(1, 'k'));
        assertRejected(host, Reject.PROTOCOL_ERROR);
        host.send(text(9, true, false, more.transferTag()), NOTHING);
        assertRejected(host, Reject.INVALID_FIELD);
        assertAlive(host);
    }

    /** iSCSISendTargets.Simple and .Invalid of libiscsi's newer suites. */
    @Test
    void nonsenseIsNoSendTargets() throws Exception {
        TestInitiator host = login(Preferences.DEFAULT);
        for (String wrong :
                List.of("SendTargets=Alle", "SendTargets=A", "sendtargets=All", "Send=All", "SendTargets=iqn.x")) {
            assertThat(KeyText.parse(host.text(wrong)))
                    .noneMatch(pair -> pair.key().startsWith("Target"));
        }
        for (String right : List.of("SendTargets=All", "SendTargets=", "SendTargets=" + IQN)) {
            assertThat(KeyText.parse(host.text(right)))
                    .extracting(KeyValue::toString)
                    .containsExactly(
                            "TargetName=" + IQN,
                            "TargetAddress=127.0.0.1:"
                                    + target.addresses().get(0).getPort() + ",1",
                            "TargetAddress=127.0.0.1:"
                                    + target.addresses().get(1).getPort() + ",2");
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {0x10, 0x1C, 0x1F, 0x3F, 0x07, 0x20})
    void whatNobodyKnowsIsRejectedWithItsHeader(int opcode) throws Exception {
        TestInitiator host = login(Preferences.DEFAULT);
        byte[] header = new byte[Pdu.HEADER_LENGTH];
        header[0] = (byte) opcode;
        header[16] = 77;
        host.channel().write(ByteBuffer.wrap(header));
        TestInitiator.Received answer = host.receive();
        assertThat(((Reject) answer.pdu()).reason()).isEqualTo(opcode == 0x10 ? Reject.SNACK : Reject.NOT_SUPPORTED);
        assertThat(answer.data()).isEqualTo(ByteBuffer.wrap(header));
        assertAlive(host);
    }

    @ParameterizedTest
    @CsvSource({"2,0,2", "1,9,1"})
    void aLogoutThatCantBeIsAnsweredAndTheSessionLives(int reason, int cid, int response) throws Exception {
        TestInitiator host = login(Preferences.DEFAULT);
        host.send(new LogoutRequest(true, reason, 5, cid, 1, 1), NOTHING);
        assertThat(((LogoutResponse) host.receive().pdu()).response()).isEqualTo(response);
        assertAlive(host);
    }

    /** iSCSITMF.LogoutDuringIOAsync of libiscsi's newer suites. */
    @Test
    void aLogoutEndsWritesThatAreUnderWay() throws Exception {
        TestInitiator host = login(withR2t());
        for (int i = 0; i < 9; i++) {
            host.send(host.command(1, new Cdb.Write(i, 1, false), true, false, true, 512), NOTHING);
            assertThat(host.receive().pdu()).isInstanceOf(ReadyToTransfer.class);
        }
        host.send(new LogoutRequest(true, LogoutRequest.CLOSE_CONNECTION, 5, 0, 1, 1), NOTHING);
        assertThat(((LogoutResponse) host.receive().pdu()).response()).isEqualTo(LogoutResponse.CLOSED);
        assertThatThrownBy(host::receive).isInstanceOf(IOException.class);
    }

    @ParameterizedTest
    @CsvSource({"3,5", "7,5", "8,4", "9,5", "1,1", "2,0", "4,0", "5,0", "6,0"})
    void everyTaskManagementFunctionIsAnswered(int function, int response) throws Exception {
        TestInitiator host = login(Preferences.DEFAULT);
        host.send(new TaskManagementRequest(true, function, Lun.encode(1), 5, 4711, 1, 1, 0, 0), NOTHING);
        assertThat(((TaskManagementResponse) host.receive().pdu()).response()).isEqualTo(response);
        host.in(1, new Cdb.TestUnitReady(), 0);
        assertAlive(host);
    }

    @Test
    void aSecondConnectionOfASessionIsRefused() throws Exception {
        TestInitiator host = login(Preferences.DEFAULT);
        InitiatorIdentity joining =
                new InitiatorIdentity(HOST, IQN, SessionType.NORMAL, new Isid(0x800000000001L), 1, 1);
        assertThatThrownBy(() -> TestInitiator.login(target.addresses().getFirst(), joining, Preferences.DEFAULT))
                .isInstanceOfSatisfying(
                        LoginFailure.class, e -> assertThat(e.status().code()).isEqualTo(0x0206));
        assertAlive(host);
        InitiatorIdentity unknown =
                new InitiatorIdentity(HOST, IQN, SessionType.NORMAL, new Isid(0x800000000001L), 99, 1);
        assertThatThrownBy(() -> TestInitiator.login(target.addresses().getFirst(), unknown, Preferences.DEFAULT))
                .isInstanceOfSatisfying(
                        LoginFailure.class, e -> assertThat(e.status().code()).isEqualTo(0x020A));
    }

    private static void assertRejected(TestInitiator host, int reason) throws IOException {
        TestInitiator.Received answer = host.receive();
        assertThat(answer.pdu())
                .isInstanceOfSatisfying(
                        Reject.class, reject -> assertThat(reject.reason()).isEqualTo(reason));
        assertThat(answer.data().remaining()).isEqualTo(Pdu.HEADER_LENGTH);
    }

    private static void assertAlive(TestInitiator host) throws IOException {
        assertThat(host.in(1, new Cdb.TestUnitReady(), 0).isGood()).isTrue();
    }

    private static TextRequest text(int taskTag, boolean isFinal, boolean continued, int transferTag) {
        return new TextRequest(true, isFinal, continued, 0, taskTag, transferTag, 1, 1);
    }

    private static Preferences withDigests(boolean immediate) {
        return new Preferences(List.of("CRC32C"), List.of("CRC32C"), 262144, 1 << 20, 262144, !immediate, immediate);
    }

    private static Preferences withR2t() {
        return new Preferences(List.of("None"), List.of("None"), 262144, 1 << 20, 65536, true, false);
    }

    private TestInitiator login(Preferences wishes) throws IOException, LoginFailure {
        TestInitiator initiator = TestInitiator.login(target.addresses().getFirst(), HOST, IQN, 1, wishes);
        initiators.add(initiator);
        return initiator;
    }

    private static ByteBuffer bytes(String text) {
        return ByteBuffer.wrap(text.getBytes(StandardCharsets.UTF_8));
    }

    private static ByteBuffer filled(int length, int with) {
        ByteBuffer buffer = ByteBuffer.allocate(length);
        Arrays.fill(buffer.array(), (byte) with);
        return buffer;
    }
}
