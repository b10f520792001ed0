package io.stowage.array.iscsi;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.stowage.array.core.Logins.Login;
import io.stowage.iscsi.login.InitiatorIdentity;
import io.stowage.iscsi.login.KeyText;
import io.stowage.iscsi.login.KeyValue;
import io.stowage.iscsi.login.LoginFailure;
import io.stowage.iscsi.login.Preferences;
import io.stowage.iscsi.login.SendTargets;
import io.stowage.iscsi.login.SessionType;
import io.stowage.iscsi.pdu.AsyncMessage;
import io.stowage.iscsi.pdu.DataOut;
import io.stowage.iscsi.pdu.Isid;
import io.stowage.iscsi.pdu.LoginStatus;
import io.stowage.iscsi.pdu.LogoutRequest;
import io.stowage.iscsi.pdu.LogoutResponse;
import io.stowage.iscsi.pdu.NopIn;
import io.stowage.iscsi.pdu.NopOut;
import io.stowage.iscsi.pdu.Pdu;
import io.stowage.iscsi.pdu.ReadyToTransfer;
import io.stowage.iscsi.pdu.Residual;
import io.stowage.iscsi.pdu.ScsiCommand;
import io.stowage.iscsi.pdu.TaskManagementRequest;
import io.stowage.iscsi.pdu.TaskManagementResponse;
import io.stowage.iscsi.scsi.Capacity;
import io.stowage.iscsi.scsi.Cdb;
import io.stowage.iscsi.scsi.Designator;
import io.stowage.iscsi.scsi.InquiryData;
import io.stowage.iscsi.scsi.Lun;
import io.stowage.iscsi.scsi.LunList;
import io.stowage.iscsi.scsi.ScsiStatus;
import io.stowage.iscsi.scsi.Sense;
import io.stowage.iscsi.scsi.VpdPage;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
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

/** The target through a socket, by an initiator that can also misbehave. */
@Timeout(value = 120, unit = TimeUnit.SECONDS, threadMode = ThreadMode.SEPARATE_THREAD)
class IscsiTargetTest {
    private static final String IQN = "iqn.2010-06.com.purestorage:flasharray.test";
    private static final String HOST = "iqn.2026-11.io.stowage:host";
    private static final String OTHER = "iqn.2026-11.io.stowage:other";
    private static final long SIZE = 64L << 20;
    /** Tests needn't wait for initiators to say goodbye. */
    private static final Limits FAST = Limits.DEFAULT.with(new Limits.Patience(
            Duration.ofSeconds(60), Duration.ofSeconds(60), Duration.ofSeconds(5), Duration.ofMillis(100)));

    /** Waits for initiators to say goodbye as long as a test may take. */
    private static final Limits PATIENT = Limits.DEFAULT.with(new Limits.Patience(
            Duration.ofSeconds(60), Duration.ofSeconds(60), Duration.ofSeconds(5), Duration.ofSeconds(120)));

    private static final ByteBuffer NOTHING = ByteBuffer.allocate(0);

    @TempDir
    Path folder;

    private final TestUnits units = new TestUnits();
    private final List<TestInitiator> initiators = new ArrayList<>();
    private FileUnit unit;
    private IscsiTarget target;

    @BeforeEach
    void start() throws IOException {
        unit = new FileUnit(folder.resolve("unit"), SIZE, 1);
        units.connect(HOST, 1, unit);
        units.connect(OTHER, 7, unit);
        target = start(FAST);
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

    @Test
    void onlyConnectedUnitsAreVisible() throws Exception {
        TestInitiator host = login(HOST, 1);
        assertThat(luns(host)).containsExactly(1);
        assertThat(InquiryData.parse(
                        host.in(1, new Cdb.Inquiry(false, 0, 96), 96).data()))
                .isEqualTo(new InquiryData("PURE", "FlashArray", "8888"));
        assertThat(luns(login("iqn.2026-11.io.stowage:stranger", 1))).isEmpty();
        assertThat(luns(login(OTHER.toUpperCase(Locale.ROOT), 1))).containsExactly(7);

        assertThat(host.in(7, new Cdb.TestUnitReady(), 0).sense()).isEqualTo(Sense.UNIT_NOT_SUPPORTED);
        assertThat(InquiryData.isDisk(
                        host.in(7, new Cdb.Inquiry(false, 0, 96), 96).data()))
                .isFalse();
    }

    @Test
    void whoIsLoggedInIsToldWithItsPortal() throws Exception {
        assertThat(target.now()).isEmpty();
        TestInitiator host = login(HOST, 1);
        TestInitiator second =
                remember(TestInitiator.login(target.addresses().get(1), HOST, IQN, 2, Preferences.DEFAULT));
        assertThat(luns(host)).isEqualTo(luns(second));
        assertThat(target.now()).extracting(Login::initiator).containsExactly(HOST, HOST);
        assertThat(target.now()).extracting(Login::portal).containsExactlyInAnyOrderElementsOf(target.addresses());
    }

    @Test
    void eachPortalShowsItsOwnPortAndTheSameUnit() throws Exception {
        for (int portal = 0; portal < 2; portal++) {
            TestInitiator host =
                    remember(TestInitiator.login(target.addresses().get(portal), HOST, IQN, 1, Preferences.DEFAULT));
            ByteBuffer page = host.in(1, new Cdb.Inquiry(true, VpdPage.DEVICE_IDENTIFICATION, 512), 512)
                    .data();
            List<Designator> names = Designator.parse(VpdPage.body(VpdPage.DEVICE_IDENTIFICATION, page));
            assertThat(names)
                    .contains(
                            Designator.naa(HexFormat.of().parseHex("624a9370a1b2c3d4e5f6071800000001")),
                            Designator.relativePort(portal + 1),
                            Designator.portName(IQN, portal + 1));
        }
    }

    @Test
    void discoveryNamesThePortalAskedFirst() throws Exception {
        for (int portal = 0; portal < 2; portal++) {
            InetSocketAddress asked = target.addresses().get(portal);
            InitiatorIdentity who =
                    new InitiatorIdentity(HOST, "", SessionType.DISCOVERY, new Isid(0x800000000005L), 0, 0);
            TestInitiator discovery = remember(TestInitiator.login(asked, who, Preferences.DEFAULT));
            SendTargets targets = SendTargets.of(KeyText.parse(discovery.text("SendTargets=All")));
            assertThat(targets.targets()).hasSize(1);
            assertThat(targets.targets().getFirst().name()).isEqualTo(IQN);
            assertThat(targets.targets().getFirst().portals()).hasSize(2);
            assertThat(targets.targets().getFirst().portals().getFirst())
                    .hasToString("127.0.0.1:" + asked.getPort() + "," + (portal + 1));
            assertThat(KeyText.parse(discovery.text("SendTargets=iqn.else"))).hasToString("[SendTargets=Reject]");
        }
    }

    @Test
    void anUnknownTargetIsRefused() {
        assertThatThrownBy(() ->
                        TestInitiator.login(target.addresses().getFirst(), HOST, "iqn.else", 1, Preferences.DEFAULT))
                .isInstanceOfSatisfying(
                        LoginFailure.class, e -> assertThat(e.status()).isEqualTo(LoginStatus.TARGET_NOT_FOUND));
    }

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
    void aNewConnectionIsToldOnceThroughAKnownUnit() throws Exception {
        TestInitiator host = login(HOST, 1);
        assertThat(host.in(1, new Cdb.TestUnitReady(), 0).isGood()).isTrue();
        units.connect(HOST, 2, unit);
        assertThat(host.in(1, new Cdb.TestUnitReady(), 0).sense()).isEqualTo(Sense.REPORTED_LUNS_CHANGED);
        assertThat(host.in(1, new Cdb.TestUnitReady(), 0).isGood()).isTrue();

        units.disconnect(HOST, 2);
        assertThat(luns(host)).containsExactly(1);
        assertThat(host.in(1, new Cdb.TestUnitReady(), 0).isGood())
                .as("who has asked for the list needn't be told that it changed")
                .isTrue();
        assertThat(host.in(2, new Cdb.TestUnitReady(), 0).sense()).isEqualTo(Sense.UNIT_NOT_SUPPORTED);
    }

    @Test
    void aResizeIsToldAndSeen() throws Exception {
        TestInitiator host = login(HOST, 1);
        assertThat(host.in(1, new Cdb.TestUnitReady(), 0).isGood()).isTrue();
        unit.resize(2 * SIZE);
        units.sizeChanged(HOST, 1);
        TestInitiator.Outcome outcome = host.in(1, new Cdb.ReadCapacity16(32), 32);
        assertThat(outcome.sense()).isEqualTo(Sense.CAPACITY_CHANGED);
        assertThat(outcome.residual()).isEqualTo(Residual.of(32, 0));
        assertThat(Capacity.parse16(host.in(1, new Cdb.ReadCapacity16(32), 32).data())
                        .bytes())
                .isEqualTo(2 * SIZE);
    }

    @Test
    void anotherUnitBehindTheSameLunIsTold() throws Exception {
        TestInitiator host = login(HOST, 1);
        assertThat(host.in(1, new Cdb.TestUnitReady(), 0).isGood()).isTrue();
        try (FileUnit second = new FileUnit(folder.resolve("second"), SIZE, 2)) {
            units.disconnect(HOST, 1);
            units.connect(HOST, 1, second);
            assertThat(luns(host)).containsExactly(1);
            assertThat(host.in(1, new Cdb.TestUnitReady(), 0).sense()).isEqualTo(Sense.INQUIRY_DATA_CHANGED);
            assertThat(host.in(1, new Cdb.TestUnitReady(), 0).isGood()).isTrue();
        }
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

    /** The fence: a write that still sits in the array must not land after the initiator has come back. */
    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void aSessionIsReinstatedOnlyWhenTheOldTasksAreQuiet(boolean throughCache) throws Exception {
        TestInitiator old = login(HOST, 9);
        unit.closeGate();
        old.startOut(1, new Cdb.Write(0, 1, throughCache), filled(512, 'a'), 512);
        unit.awaitInside();
        CompletableFuture<Integer> stillInside = CompletableFuture.supplyAsync(
                () -> {
                    try {
                        TestInitiator again = login(HOST, 9);
                        int inside = unit.inside();
                        assertThat(again.in(1, new Cdb.TestUnitReady(), 0).sense())
                                .as("it hears that the old nexus was lost")
                                .isEqualTo(Sense.NEXUS_LOSS);
                        assertThat(again.out(1, new Cdb.Write(0, 1, false), filled(512, 'b'))
                                        .isGood())
                                .isTrue();
                        return inside;
                    } catch (IOException | LoginFailure e) {
                        throw new IllegalStateException(e);
                    }
                },
                work -> Thread.ofPlatform().daemon().start(work)); // not the common pool: it may have one thread only
        assertThatThrownBy(() -> {
                    while (true) {
                        old.receive();
                    }
                })
                .as("the old connection ends as soon as the new one is known")
                .isInstanceOf(IOException.class);
        assertThat(stillInside).isNotDone();
        unit.openGate();
        assertThat(stillInside.get()).isZero();
        assertThat(login(HOST, 10).in(1, new Cdb.Read(0, 1), 512).data()).isEqualTo(filled(512, 'b'));
    }

    @Test
    void aSessionThatIsNeverQuietLetsTheLoginFail() throws Exception {
        target.close();
        target = start(patience(Duration.ofSeconds(60), Duration.ofMillis(1), Duration.ofSeconds(5)));
        TestInitiator old = login(HOST, 9);
        unit.closeGate();
        old.startOut(1, new Cdb.Write(0, 1, false), filled(512, 'a'), 512);
        unit.awaitInside();
        assertThatThrownBy(() -> login(HOST, 9))
                .isInstanceOfSatisfying(
                        LoginFailure.class, e -> assertThat(e.status()).isEqualTo(LoginStatus.SERVICE_UNAVAILABLE));
    }

    @Test
    void sessionsOfOtherIsidsPortalsAndInitiatorsLiveSideBySide() throws Exception {
        List<TestInitiator> all = List.of(
                login(HOST, 1),
                login(HOST, 2),
                login(OTHER, 1),
                remember(TestInitiator.login(target.addresses().get(1), HOST, IQN, 1, Preferences.DEFAULT)));
        for (TestInitiator each : all) {
            assertThat(luns(each)).hasSize(1);
        }
    }

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

    @Test
    void logoutEndsTheSessionInPeace() throws Exception {
        TestInitiator host = login(HOST, 1);
        host.send(new LogoutRequest(true, LogoutRequest.CLOSE_SESSION, 5, 0, 1, 1), NOTHING);
        assertThat(host.receive().pdu())
                .isInstanceOfSatisfying(
                        LogoutResponse.class,
                        response -> assertThat(response.response()).isEqualTo(LogoutResponse.CLOSED));
        assertThatThrownBy(host::receive).isInstanceOf(IOException.class);
    }

    @Test
    void whoNeverLogsInIsClosed() throws Exception {
        target.close();
        target = start(patience(Duration.ofMillis(1), Duration.ofSeconds(60), Duration.ofSeconds(5)));
        assertThatThrownBy(connect()::receive).isInstanceOf(IOException.class);
    }

    @ParameterizedTest
    @CsvSource({"1,9", "9,1"})
    void connectionsBeyondTheLimitAreRefused(int connections, int throughPortal) throws Exception {
        target.close();
        target = start(FAST.with(new Limits.Crowd(connections, throughPortal, 9)));
        TestInitiator first = login(HOST, 1);
        assertThatThrownBy(() -> login(HOST, 2))
                .isInstanceOfSatisfying(
                        LoginFailure.class, e -> assertThat(e.status()).isEqualTo(LoginStatus.OUT_OF_RESOURCES));
        assertThat(luns(first)).containsExactly(1);
    }

    @Test
    void onlySoManyMayHesitateAtTheDoor() throws Exception {
        target.close();
        target = start(FAST.with(new Limits.Crowd(9, 9, 2)));
        TestInitiator first = login(HOST, 1);
        TestInitiator hesitating = connect();
        connect();
        assertThatThrownBy(connect()::receive).isInstanceOf(IOException.class);
        hesitating.close();
        assertThat(luns(first)).containsExactly(1);
    }

    @Test
    void aSilentInitiatorIsAskedWithoutDataOrANumber() throws Exception {
        target.close();
        target = start(patience(Duration.ofSeconds(60), Duration.ofSeconds(60), Duration.ofSeconds(2)));
        TestInitiator host = login(HOST, 1);
        TestInitiator.Received asked = host.receiveAny();
        assertThat(asked.data().remaining())
                .as("Linux drops the session over data")
                .isZero();
        NopIn ping = (NopIn) asked.pdu();
        assertThat(ping.taskTag()).isEqualTo(Pdu.RESERVED_TAG);
        assertThat(ping.transferTag()).isNotEqualTo(Pdu.RESERVED_TAG);
        assertThat(ping.counters().statSn()).isEqualTo(host.statSn() + 1);
        host.send(new NopOut(true, 0, Pdu.RESERVED_TAG, ping.transferTag(), 1, 1), NOTHING);
        assertThat(luns(host)).as("the answer itself is not answered").containsExactly(1);
    }

    @Test
    void anInitiatorThatDoesNotAnswerLosesItsSession() throws Exception {
        target.close();
        target = start(patience(Duration.ofSeconds(60), Duration.ofSeconds(60), Duration.ofMillis(5)));
        TestInitiator host = login(HOST, 1);
        assertThatThrownBy(() -> {
                    while (true) {
                        assertThat(host.receiveAny().pdu()).isInstanceOf(NopIn.class);
                    }
                })
                .isInstanceOf(IOException.class);
        while (!target.now().isEmpty()) {
            Thread.sleep(1);
        }
    }

    /** Its responses fill the socket's buffers; nobody else is held up. */
    @Test
    void anInitiatorThatTakesNothingLosesItsSession() throws Exception {
        target.close();
        target = start(patience(Duration.ofSeconds(60), Duration.ofSeconds(60), Duration.ofMillis(20)));
        TestInitiator greedy = login(HOST, 1);
        assertThatThrownBy(() -> {
                    while (true) {
                        greedy.send(greedy.command(1, new Cdb.Read(0, 2048), true, true, false, 1 << 20), NOTHING);
                    }
                })
                .isInstanceOf(IOException.class);
        while (!target.now().isEmpty()) {
            Thread.sleep(1);
        }
    }

    @Test
    void whoGoesOutOfServiceAsksForALogoutFirst() throws Exception {
        target.close();
        target = start(PATIENT);
        InetSocketAddress leaving = target.addresses().get(0);
        InetSocketAddress staying = target.addresses().get(1);
        TestInitiator host = login(HOST, 1);
        assertThat(luns(host)).as("served, not only logged in").containsExactly(1);
        TestInitiator elsewhere = remember(TestInitiator.login(staying, HOST, IQN, 1, Preferences.DEFAULT));
        Thread out = Thread.ofPlatform().daemon().start(() -> target.takeOutOfService(leaving));
        assertThat(host.receive().pdu())
                .isInstanceOfSatisfying(
                        AsyncMessage.class,
                        message -> assertThat(message.event()).isEqualTo(AsyncMessage.LOGOUT_REQUESTED));
        host.send(new LogoutRequest(true, LogoutRequest.CLOSE_SESSION, 5, 0, 1, 1), NOTHING);
        assertThat(host.receive().pdu()).isInstanceOf(LogoutResponse.class);
        out.join();

        assertThat(target.isInService(leaving)).isFalse();
        assertThatThrownBy(() -> login(HOST, 1)).isInstanceOf(IOException.class);
        assertThat(luns(elsewhere)).containsExactly(1);
        assertThat(KeyText.parse(elsewhere.text("SendTargets=All")))
                .extracting(KeyValue::toString)
                .containsExactly("TargetName=" + IQN, "TargetAddress=127.0.0.1:" + staying.getPort() + ",2");

        target.putIntoService(leaving);
        assertThat(luns(login(HOST, 1))).containsExactly(1);
    }

    @Test
    void whoIgnoresTheRequestIsThrownOut() throws Exception {
        TestInitiator host = login(HOST, 1);
        assertThat(luns(host)).as("served, not only logged in").containsExactly(1);
        target.takeOutOfService(target.addresses().getFirst());
        assertEnds(host);
    }

    @Test
    void closingEndsSessionsAndLetsGoOfTheUnits() throws Exception {
        TestInitiator host = login(HOST, 1);
        assertThat(luns(host)).as("served, not only logged in").containsExactly(1);
        target.close();
        assertEnds(host);
        assertThat(units.watchers()).isZero();
        assertThatThrownBy(() -> login(HOST, 1)).isInstanceOf(IOException.class);
    }

    @Test
    void anAddressInUseIsNamed() {
        assertThatThrownBy(() -> IscsiTarget.start(IQN, target.addresses(), units))
                .isInstanceOf(IOException.class)
                .hasMessageContaining(
                        String.valueOf(target.addresses().getFirst().getPort()));
        assertThat(units.watchers()).isEqualTo(1);
    }

    private static Limits patience(Duration login, Duration reinstatement, Duration heartbeat) {
        return FAST.with(new Limits.Patience(login, reinstatement, heartbeat, Duration.ofMillis(100)));
    }

    private TestInitiator connect() throws IOException {
        return remember(TestInitiator.connect(target.addresses().getFirst(), Preferences.DEFAULT));
    }

    /** A request for a logout may come before: with no time for a farewell the end may overtake it. */
    private static void assertEnds(TestInitiator host) {
        assertThatThrownBy(() -> {
                    while (true) {
                        assertThat(host.receive().pdu()).isInstanceOf(AsyncMessage.class);
                    }
                })
                .isInstanceOf(IOException.class);
    }

    private IscsiTarget start(Limits limits) throws IOException {
        InetSocketAddress free = new InetSocketAddress(InetAddress.getByName("127.0.0.1"), 0);
        return IscsiTarget.start(IQN, List.of(free, free), units, Preferences.DEFAULT, limits);
    }

    private TestInitiator login(String name, long isid) throws IOException, LoginFailure {
        return remember(TestInitiator.login(target.addresses().getFirst(), name, IQN, isid, Preferences.DEFAULT));
    }

    private TestInitiator loginWithR2t() throws IOException, LoginFailure {
        return remember(TestInitiator.login(target.addresses().getFirst(), HOST, IQN, 1, withoutUnaskedData()));
    }

    private static Preferences withoutUnaskedData() {
        return new Preferences(List.of("None"), List.of("None"), 262144, 1 << 20, 65536, true, false);
    }

    private TestInitiator remember(TestInitiator initiator) {
        synchronized (initiators) {
            initiators.add(initiator);
        }
        return initiator;
    }

    private static List<Integer> luns(TestInitiator initiator) throws IOException {
        return LunList.parse(initiator.in(0, new Cdb.ReportLuns(0, 4096), 4096).data())
                .luns();
    }

    private static int manage(TestInitiator initiator, int function, int lun, int referenced) throws IOException {
        int tag = initiator.nextTag();
        initiator.send(
                new TaskManagementRequest(true, function, Lun.encode(lun), tag, referenced, 0, 1, 0, 0), NOTHING);
        return ((TaskManagementResponse) initiator.receive().pdu()).response();
    }

    private static ByteBuffer filled(int length, char with) {
        ByteBuffer buffer = ByteBuffer.allocate(length);
        Arrays.fill(buffer.array(), (byte) with);
        return buffer;
    }
}
