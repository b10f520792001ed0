package io.stowage.array.iscsi;

import static org.assertj.core.api.Assertions.assertThat;

import io.stowage.iscsi.login.LoginFailure;
import io.stowage.iscsi.login.Preferences;
import io.stowage.iscsi.pdu.LogoutRequest;
import io.stowage.iscsi.pdu.ReadyToTransfer;
import io.stowage.iscsi.pdu.ScsiCommand;
import io.stowage.iscsi.scsi.Cdb;
import io.stowage.iscsi.scsi.CdbSize;
import io.stowage.iscsi.scsi.PersistentReserve;
import io.stowage.iscsi.scsi.ScsiStatus;
import io.stowage.iscsi.scsi.Sense;
import io.stowage.iscsi.scsi.TransportId;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
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

/** Reservations as three initiators see them. Expectations are those of SPC-4, sections 5.13, 6.15 and 6.16. */
@Timeout(value = 120, unit = TimeUnit.SECONDS, threadMode = ThreadMode.SEPARATE_THREAD)
class ReservationTest {
    private static final String IQN = "iqn.2010-06.com.purestorage:flasharray.test";
    private static final List<String> HOSTS = List.of("iqn.h:a", "iqn.h:b", "iqn.h:c");
    private static final ByteBuffer NOTHING = ByteBuffer.allocate(0);

    private static final int WE = 1;
    private static final int EA = 3;
    private static final int WE_RO = 5;
    private static final int WE_AR = 7;

    @TempDir
    Path folder;

    private final TestUnits units = new TestUnits();
    private final List<TestInitiator> hosts = new ArrayList<>();
    private FileUnit unit;
    private IscsiTarget target;
    private TestInitiator a;
    private TestInitiator b;
    private TestInitiator c;

    @BeforeEach
    void start() throws Exception {
        unit = new FileUnit(folder.resolve("unit"), 1 << 20, 1);
        InetSocketAddress free = new InetSocketAddress(InetAddress.getByName("127.0.0.1"), 0);
        target = IscsiTarget.start(IQN, List.of(free, free), units);
        for (String host : HOSTS) {
            units.connect(host, 1, unit);
        }
        a = login(0, 0);
        b = login(1, 0);
        c = login(2, 0);
    }

    @AfterEach
    void stop() throws IOException {
        for (TestInitiator host : hosts) {
            host.close();
        }
        target.close();
        unit.close();
    }

    /** Letters: what the holder, another registrant and a stranger may do, W write, R only read, - neither. */
    @ParameterizedTest
    @CsvSource({"1,WRR", "3,W--", "5,WWR", "6,WW-", "7,WWR", "8,WW-"})
    void eachTypeKeepsOutWhomItIsMeantTo(int type, String expected) throws Exception {
        register(a, 1);
        register(b, 2);
        good(out(a, PersistentReserve.RESERVE, type, 1, 0));
        StringBuilder seen = new StringBuilder();
        for (TestInitiator each : List.of(a, b, c)) {
            seen.append(mayWrite(each) ? 'W' : mayRead(each) ? 'R' : '-');
            good(each.in(1, new Cdb.TestUnitReady(), 0));
            good(each.in(1, new Cdb.ReadCapacity16(32), 32));
            good(each.in(1, new Cdb.Inquiry(false, 0, 96), 96));
            good(each.in(1, new Cdb.StartStopUnit(false, 0, false, false, true), 0));
            assertThat(each.in(1, new Cdb.ModeSense(CdbSize.SIX, false, 0, 0x3F, 0, 255), 255)
                            .isGood())
                    .isEqualTo(seen.charAt(seen.length() - 1) != '-');
            for (Cdb writing : List.of(
                    Cdb.SynchronizeCache.everything(),
                    new Cdb.StartStopUnit(false, 0, false, false, false),
                    new Cdb.WriteSame(CdbSize.SIXTEEN, 0, 1, 0, false, true, true))) {
                assertThat(each.in(1, writing, 0).isGood()).isEqualTo(seen.charAt(seen.length() - 1) == 'W');
            }
        }
        assertThat(seen).hasToString(expected);
        assertThat(out(b, PersistentReserve.RESERVE, type, 2, 0).isGood())
                .as("only where all hold it may another say so too")
                .isEqualTo(type >= WE_AR);
    }

    @Test
    void onlyWithItsKeyMayARegistrantDoAnything() throws Exception {
        conflict(out(a, PersistentReserve.REGISTER, 0, 5, 1));
        register(a, 1);
        conflict(out(a, PersistentReserve.REGISTER, 0, 0, 2));
        conflict(out(a, PersistentReserve.RESERVE, WE, 2, 0));
        conflict(out(b, PersistentReserve.RESERVE, WE, 0, 0));
        good(out(a, PersistentReserve.RESERVE, WE, 1, 0));
        conflict(out(a, PersistentReserve.RESERVE, EA, 1, 0));
        assertThat(out(a, PersistentReserve.RELEASE, EA, 1, 0).sense()).isEqualTo(new Sense(5, 0x2604));
        conflict(out(b, PersistentReserve.CLEAR, 0, 1, 0));
        conflict(out(b, PersistentReserve.PREEMPT, WE, 0, 1));
        register(b, 2);
        good(out(b, PersistentReserve.RELEASE, WE, 2, 0));
        assertThat(mayWrite(b)).as("who doesn't hold it can't release it").isFalse();
        assertThat(out(b, PersistentReserve.PREEMPT, WE, 2, 0).sense().code()).isEqualTo(0x2600);
        conflict(out(b, PersistentReserve.PREEMPT, WE, 2, 77));
    }

    @Test
    void whoIsPreemptedIsToldAndKeptOut() throws Exception {
        register(a, 1);
        register(b, 2);
        register(c, 1);
        good(out(a, PersistentReserve.RESERVE, WE, 1, 0));
        good(out(b, PersistentReserve.PREEMPT, EA, 2, 1));
        conflict(a.in(1, new Cdb.Read(0, 1), 512));
        assertThat(attention(a)).isEqualTo(0x2A05);
        assertThat(attention(c)).isEqualTo(0x2A05);
        assertThat(attention(b)).isZero();
        assertThat(keys(b)).containsExactly(2L);
        assertThat(mayWrite(b)).isTrue();
        assertThat(mayRead(c)).isFalse();
        assertThat(in(b, PersistentReserve.READ_RESERVATION))
                .isEqualTo(hex("00000004 00000010 0000000000000002 00000000 00 03 0000"));
    }

    @Test
    void theEndOfAReservationIsToldToThoseItWasFor() throws Exception {
        register(a, 1);
        register(b, 2);
        good(out(a, PersistentReserve.RESERVE, WE, 1, 0));
        good(out(a, PersistentReserve.RELEASE, WE, 1, 0));
        assertThat(attention(b)).isZero();
        good(out(a, PersistentReserve.RESERVE, WE_RO, 1, 0));
        good(out(a, PersistentReserve.RELEASE, WE_RO, 1, 0));
        assertThat(attention(b)).isEqualTo(0x2A04);
        good(out(a, PersistentReserve.RESERVE, WE_RO, 1, 0));
        good(out(a, PersistentReserve.REGISTER, 0, 1, 0));
        assertThat(attention(b)).isEqualTo(0x2A04);
        assertThat(mayWrite(c)).isTrue();

        register(a, 1);
        good(out(b, PersistentReserve.RESERVE, WE_AR, 2, 0));
        good(out(b, PersistentReserve.REGISTER, 0, 2, 0));
        assertThat(mayWrite(c)).as("the other registrant still holds it").isFalse();
        good(out(a, PersistentReserve.CLEAR, 0, 1, 0));
        register(b, 2);
        register(a, 1);
        good(out(a, PersistentReserve.CLEAR, 0, 1, 0));
        assertThat(attention(b)).isEqualTo(0x2A03);
        assertThat(attention(a)).isZero();
        assertThat(keys(a)).isEmpty();
    }

    @Test
    void theGenerationCountsRegistrationsOnly() throws Exception {
        register(a, 1);
        good(out(a, PersistentReserve.RESERVE, WE, 1, 0));
        good(out(a, PersistentReserve.RELEASE, WE, 1, 0));
        conflict(out(b, PersistentReserve.CLEAR, 0, 9, 0));
        assertThat(in(a, PersistentReserve.READ_KEYS)).isEqualTo(hex("00000001 00000008 0000000000000001"));
        good(out(a, PersistentReserve.REGISTER_AND_IGNORE_KEY, 0, 77, 3));
        good(out(a, PersistentReserve.CLEAR, 0, 3, 0));
        assertThat(in(a, PersistentReserve.READ_KEYS)).isEqualTo(hex("00000003 00000000"));
    }

    @Test
    void aRegistrationCountsOnItsPathUnlessMadeForAll() throws Exception {
        TestInitiator secondPath = login(0, 1);
        register(a, 1);
        good(out(a, PersistentReserve.RESERVE, WE_RO, 1, 0));
        assertThat(mayWrite(secondPath)).isFalse();
        PersistentReserve all = new PersistentReserve(1, 9, false, true, false);
        good(a.out(1, new Cdb.PersistentReserveOut(PersistentReserve.REGISTER, 0, 0, 24), all.encode()));
        assertThat(mayWrite(secondPath)).isTrue();
        assertThat(keys(a)).containsExactly(9L, 9L);
        // Two of 24 bytes and a TransportID: "iqn.h:a,i,0x800000000001" and its zeros are 28 bytes, the header 4.
        String name = HexFormat.of().formatHex("iqn.h:a,i,0x800000000001".getBytes()) + "00000000";
        assertThat(in(a, PersistentReserve.READ_FULL_STATUS))
                .isEqualTo(hex("00000002 00000070"
                        + "0000000000000009 00000000 01 05 00000000 0001 00000020 4500001c" + name
                        + "0000000000000009 00000000 00 00 00000000 0002 00000020 4500001c" + name));
    }

    @Test
    void aReservationMovesToAnotherPort() throws Exception {
        register(a, 1);
        PersistentReserve.Move move = move(1, "iqn.h:b", 1);
        assertThat(a.out(1, new Cdb.PersistentReserveOut(7, 0, 0, move.encode().remaining()), move.encode())
                        .sense()
                        .code())
                .isEqualTo(0x2400);
        good(out(a, PersistentReserve.RESERVE, EA, 1, 0));
        for (PersistentReserve.Move wrong :
                List.of(move(1, "iqn.h:a", 1), move(1, "iqn.h:b", 3), move(1, "iqn.h:b", 0))) {
            ByteBuffer list = wrong.encode();
            assertThat(a.out(1, new Cdb.PersistentReserveOut(7, 0, 0, list.remaining()), list)
                            .sense()
                            .code())
                    .isEqualTo(0x2600);
        }
        good(a.out(1, new Cdb.PersistentReserveOut(7, 0, 0, move.encode().remaining()), move.encode()));
        assertThat(mayWrite(b)).isTrue();
        assertThat(mayRead(a)).isFalse();
        assertThat(keys(b)).containsExactly(8L);
    }

    @ParameterizedTest
    @ValueSource(ints = {PersistentReserve.PREEMPT, PersistentReserve.PREEMPT_AND_ABORT})
    void whatWasUnderWayWhenItsHostWasPreemptedIsNotWritten(int action) throws Exception {
        register(a, 1);
        register(b, 2);
        good(out(a, PersistentReserve.RESERVE, WE, 1, 0));
        ScsiCommand write = a.command(1, new Cdb.Write(0, 8, false), true, false, true, 4096);
        a.send(write, NOTHING);
        ReadyToTransfer r2t = (ReadyToTransfer) a.receive().pdu();
        good(out(b, action, WE, 2, 1));
        boolean aborts = action == PersistentReserve.PREEMPT_AND_ABORT;
        if (aborts) {
            assertThat(a.outcome(write.taskTag(), NOTHING).status()).isEqualTo(ScsiStatus.TASK_ABORTED);
        }
        a.sendData(1, write.taskTag(), r2t.transferTag(), filled(4096), 0, 4096);
        if (!aborts) {
            conflict(a.outcome(write.taskTag(), NOTHING));
        }
        assertThat(attention(a)).isEqualTo(0x2A05);
        assertThat(b.in(1, new Cdb.Read(0, 8), 4096).data()).isEqualTo(ByteBuffer.allocate(4096));
    }

    @Test
    void whatIsMalformedIsRefused() throws Exception {
        for (int length : new int[] {0, 8, 23, 25, 4096}) {
            assertThat(a.out(1, new Cdb.PersistentReserveOut(0, 0, 0, length), ByteBuffer.allocate(length))
                            .sense())
                    .isEqualTo(Sense.PARAMETER_LIST_LENGTH);
        }
        for (int action = 8; action < 32; action++) {
            assertThat(out(a, action, 0, 0, 0).sense().code()).isEqualTo(0x2400);
        }
        register(a, 1);
        for (int type : new int[] {0, 2, 4, 9, 15}) {
            assertThat(out(a, PersistentReserve.RESERVE, type, 1, 0).sense().code())
                    .isEqualTo(0x2400);
        }
        PersistentReserve specified = new PersistentReserve(1, 2, true, false, false);
        assertThat(a.out(1, new Cdb.PersistentReserveOut(0, 0, 0, 24), specified.encode())
                        .sense())
                .isEqualTo(Sense.invalidFieldInParameters(20));
        assertThat(keys(a)).containsExactly(1L);
    }

    @Test
    void bothKindsOfReservationsExcludeOneAnother() throws Exception {
        good(a.in(1, new Cdb.Reserve(0), 0));
        good(a.in(1, new Cdb.Reserve(0), 0));
        conflict(b.in(1, new Cdb.Reserve(0), 0));
        conflict(b.in(1, new Cdb.TestUnitReady(), 0));
        conflict(b.in(1, new Cdb.Read(0, 1), 512));
        good(b.in(1, new Cdb.Release(0), 0));
        conflict(out(a, PersistentReserve.REGISTER, 0, 0, 1));
        assertThat(mayWrite(a)).isTrue();
        good(a.in(1, new Cdb.Release(0), 0));
        register(b, 1);
        conflict(a.in(1, new Cdb.Reserve(0), 0));
        good(out(b, PersistentReserve.CLEAR, 0, 1, 0));

        good(a.in(1, new Cdb.Reserve(0), 0));
        a.send(new LogoutRequest(true, LogoutRequest.CLOSE_SESSION, 5, 0, 1, 1), NOTHING);
        a.receive();
        assertThat(mayWrite(b)).as("it ends with its session").isTrue();
    }

    private static PersistentReserve.Move move(long key, String initiator, int port) {
        return new PersistentReserve.Move(
                key, 8, true, false, port, Optional.of(TransportId.of(initiator, 0x800000000001L)));
    }

    private static void register(TestInitiator host, long key) throws IOException {
        good(out(host, PersistentReserve.REGISTER_AND_IGNORE_KEY, 0, 0, key));
    }

    private static TestInitiator.Outcome out(TestInitiator host, int action, int type, long key, long actionKey)
            throws IOException {
        return host.out(
                1,
                new Cdb.PersistentReserveOut(action, 0, type, PersistentReserve.LENGTH),
                new PersistentReserve(key, actionKey, false, false, false).encode());
    }

    private static ByteBuffer in(TestInitiator host, int action) throws IOException {
        return host.in(1, new Cdb.PersistentReserveIn(action, 4096), 4096).data();
    }

    private static List<Long> keys(TestInitiator host) throws IOException {
        ByteBuffer data = in(host, PersistentReserve.READ_KEYS);
        List<Long> keys = new ArrayList<>();
        for (int at = 8; at < data.remaining(); at += Long.BYTES) {
            keys.add(data.getLong(at));
        }
        return keys;
    }

    /** The code of a pending unit attention, or 0. */
    private static int attention(TestInitiator host) throws IOException {
        return host.in(1, new Cdb.TestUnitReady(), 0).sense().code();
    }

    private static boolean mayRead(TestInitiator host) throws IOException {
        return granted(host.in(1, new Cdb.Read(0, 1), 512));
    }

    private static boolean mayWrite(TestInitiator host) throws IOException {
        return granted(host.out(1, new Cdb.Write(0, 1, false), ByteBuffer.allocate(512)));
    }

    private static boolean granted(TestInitiator.Outcome outcome) {
        assertThat(outcome.status()).isIn(ScsiStatus.GOOD, ScsiStatus.RESERVATION_CONFLICT);
        return outcome.isGood();
    }

    private static void good(TestInitiator.Outcome outcome) {
        assertThat(outcome.status()).as("%s", outcome).isEqualTo(ScsiStatus.GOOD);
    }

    private static void conflict(TestInitiator.Outcome outcome) {
        assertThat(outcome.status()).as("%s", outcome).isEqualTo(ScsiStatus.RESERVATION_CONFLICT);
    }

    private static ByteBuffer hex(String digits) {
        return ByteBuffer.wrap(HexFormat.of().parseHex(digits.replace(" ", "")));
    }

    private static ByteBuffer filled(int length) {
        ByteBuffer buffer = ByteBuffer.allocate(length);
        while (buffer.hasRemaining()) {
            buffer.put((byte) 'x');
        }
        return buffer.flip();
    }

    private TestInitiator login(int host, int portal) throws IOException, LoginFailure {
        Preferences wishes = new Preferences(List.of("None"), List.of("None"), 262144, 1 << 20, 65536, true, false);
        TestInitiator initiator = TestInitiator.login(target.addresses().get(portal), HOSTS.get(host), IQN, 1, wishes);
        hosts.add(initiator);
        return initiator;
    }
}
