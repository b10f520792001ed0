package io.stowage.array.namespace;

import static org.assertj.core.api.Assertions.assertThat;

import io.stowage.array.core.Registrant;
import io.stowage.array.namespace.TestHost.Answer;
import io.stowage.array.scsi.DeviceServer;
import io.stowage.array.scsi.Ending;
import io.stowage.array.scsi.Nexus;
import io.stowage.array.scsi.Plan;
import io.stowage.array.scsi.TargetDevice;
import io.stowage.iscsi.scsi.Cdb;
import io.stowage.iscsi.scsi.Lun;
import io.stowage.iscsi.scsi.PersistentReserve;
import io.stowage.iscsi.scsi.ScsiStatus;
import io.stowage.nvme.command.NvmOpcode;
import io.stowage.nvme.command.ReservationReport;
import io.stowage.nvme.command.ReservationReport.Registered;
import io.stowage.nvme.command.SubmissionEntry;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Reservations by hosts. Base 2.0, sections 7.2 to 7.5 and 8.19. */
class ReservationsTest {
    private static final int REGISTER = NvmOpcode.RESERVATION_REGISTER;
    private static final int ACQUIRE = NvmOpcode.RESERVATION_ACQUIRE;
    private static final int RELEASE = NvmOpcode.RESERVATION_RELEASE;

    // Actions, bits 2..0 of dword 10: figures 397, 399, 402.
    private static final int REPLACE = 2;
    private static final int UNREGISTER = 1;
    private static final int PREEMPT = 1;
    private static final int PREEMPT_AND_ABORT = 2;
    private static final int CLEAR = 1;
    private static final int IGNORE_KEY = 1 << 3;

    private static final int INVALID_FIELD = 0x002;
    private static final int HOST_ID_FORMAT = 0x018;
    private static final int CONFLICT = 0x083;

    private static final String ID_A = "0000000000000000000000000000000a";
    private static final String ID_B = "0000000000000000000000000000000b";

    private final TestArray array = new TestArray();
    private final TestHost a = array.hostA();
    private final TestHost b = array.hostB();

    /**
     * Figure 435 of Base 2.0, and the groups of figure 436: what a host may do, by the type of the reservation that another
     * holds.
     */
    @ParameterizedTest
    @CsvSource({
        // type, registered, reads, writes
        "1, false, true, false",
        "1, true, true, false",
        "2, false, false, false",
        "2, true, false, false",
        "3, false, true, false",
        "3, true, true, true",
        "4, false, false, false",
        "4, true, true, true",
        "5, false, true, false",
        "5, true, true, true",
        "6, false, false, false",
        "6, true, true, true",
    })
    void othersDoWhatTheTypeAllows(int type, boolean registered, boolean reads, boolean writes) {
        register(a, 0xA);
        if (registered) {
            register(b, 0xB);
        }
        assertThat(acquire(a, type, 0xA)).isZero();

        int read = reads ? 0 : CONFLICT;
        int write = writes ? 0 : CONFLICT;
        assertThat(b.read(0, 1).code()).isEqualTo(read);
        assertThat(b.compare(0, new byte[512]).code()).isEqualTo(read);
        assertThat(b.io(TestHost.range(NvmOpcode.VERIFY, 0, 1)).code()).isEqualTo(read);
        assertThat(b.write(0, new byte[512]).code()).isEqualTo(write);
        assertThat(b.io(TestHost.range(NvmOpcode.WRITE_ZEROES, 0, 1)).code()).isEqualTo(write);
        assertThat(b.io(TestHost.range(NvmOpcode.DATASET_MANAGEMENT, 0, 1).data(SubmissionEntry.BY_TRANSPORT, 16))
                        .code())
                .isEqualTo(write);
        assertThat(b.io(TestHost.range(NvmOpcode.COPY, 0, 1).dword(12, 0).data(SubmissionEntry.BY_TRANSPORT, 32))
                        .code())
                .isEqualTo(write);
        assertThat(b.io(new SubmissionEntry().opcode(NvmOpcode.FLUSH).namespace(1))
                        .code())
                .isEqualTo(write);
        assertThat(a.read(0, 1).code()).isZero();
        assertThat(a.write(0, new byte[512]).code()).isZero();
    }

    @Test
    void allControllersOfAHostAreOne() {
        TestHost second = array.hostA();
        register(a, 0xA);
        acquire(a, 2, 0xA);

        assertThat(second.write(0, new byte[512]).code()).isZero();
        assertThat(second.reserve(RELEASE, 2 << 8, 0xA, 0).code()).isZero();
        assertThat(b.write(0, new byte[512]).code()).isZero();
    }

    /** Section 7.4: registering again with another key is a conflict, with the same key it changes nothing. */
    @Test
    void aHostRegistersOneKey() {
        assertThat(register(a, 5)).isZero();
        assertThat(register(a, 5)).isZero();
        assertThat(register(a, 6)).isEqualTo(CONFLICT);
        assertThat(register(b, 5)).as("the same key of another host").isZero();

        assertThat(a.report().all()).extracting(Registered::host).containsExactly(ID_A, ID_B);
        assertThat(a.report().all()).extracting(Registered::key).containsExactly(5L, 5L);
    }

    @Test
    void aKeyIsReplacedByWhoKnowsIt() {
        assertThat(a.reserve(REGISTER, REPLACE, 0, 7).code())
                .as("not registered")
                .isEqualTo(CONFLICT);
        assertThat(a.reserve(REGISTER, REPLACE | IGNORE_KEY, 0, 7).code()).isEqualTo(CONFLICT);
        register(a, 5);

        assertThat(a.reserve(REGISTER, REPLACE, 6, 7).code()).isEqualTo(CONFLICT);
        assertThat(a.reserve(REGISTER, REPLACE, 5, 7).code()).isZero();
        assertThat(a.reserve(REGISTER, REPLACE | IGNORE_KEY, 99, 8).code()).isZero();
        assertThat(a.report().all()).extracting(Registered::key).containsExactly(8L);
    }

    @Test
    void whoUnregistersGivesItsReservationUp() {
        assertThat(a.reserve(REGISTER, UNREGISTER, 0, 0).code()).isEqualTo(CONFLICT);
        register(a, 5);
        acquire(a, 2, 5);

        assertThat(a.reserve(REGISTER, UNREGISTER, 6, 0).code()).isEqualTo(CONFLICT);
        assertThat(b.read(0, 1).code()).isEqualTo(CONFLICT);
        assertThat(a.reserve(REGISTER, UNREGISTER | IGNORE_KEY, 6, 0).code()).isZero();
        assertThat(b.read(0, 1).code()).isZero();
        assertThat(a.report().all()).isEmpty();
        assertThat(a.report().type()).isZero();
    }

    @Test
    void onlyRegistrantsAcquireAndOnlyOneHolds() {
        assertThat(acquire(a, 1, 5)).isEqualTo(CONFLICT);
        register(a, 5);
        register(b, 6);
        assertThat(acquire(a, 1, 6)).as("with another's key").isEqualTo(CONFLICT);

        assertThat(acquire(a, 1, 5)).isZero();
        assertThat(acquire(a, 1, 5)).as("again").isZero();
        assertThat(acquire(a, 2, 5)).as("as another type").isEqualTo(CONFLICT);
        assertThat(acquire(b, 1, 6)).isEqualTo(CONFLICT);
        ReservationReport report = b.report();
        assertThat(report.type()).isEqualTo(1);
        assertThat(report.all()).extracting(Registered::holder).containsExactly(true, false);
    }

    @Test
    void eachRegistrantHoldsWhatIsForAll() {
        register(a, 5);
        register(b, 6);
        acquire(a, 6, 5);

        assertThat(acquire(b, 6, 6)).isZero();
        assertThat(a.report().all()).extracting(Registered::holder).containsExactly(true, true);
        a.reserve(REGISTER, UNREGISTER, 5, 0);
        assertThat(a.report().type()).as("until the last has gone").isEqualTo(6);
        b.reserve(REGISTER, UNREGISTER, 6, 0);
        assertThat(a.report().type()).isZero();
    }

    /** Section 8.19.6: the type has to be named rightly; who holds nothing releases nothing. */
    @Test
    void onlyTheHolderReleases() {
        register(a, 5);
        register(b, 6);
        acquire(a, 3, 5);

        assertThat(b.reserve(RELEASE, 3 << 8, 6, 0).code()).isZero();
        assertThat(a.report().type()).isEqualTo(3);
        assertThat(a.reserve(RELEASE, 3 << 8, 6, 0).code())
                .as("with another key")
                .isEqualTo(CONFLICT);
        assertThat(a.reserve(RELEASE, 1 << 8, 5, 0).code()).as("another type").isEqualTo(INVALID_FIELD);
        assertThat(a.reserve(RELEASE, 3 << 8, 5, 0).code()).isZero();
        assertThat(a.report().type()).isZero();
        assertThat(a.report().all()).hasSize(2);
    }

    @Test
    void clearingLeavesNothing() {
        register(a, 5);
        register(b, 6);
        acquire(a, 2, 5);

        assertThat(b.reserve(RELEASE, CLEAR, 5, 0).code()).isEqualTo(CONFLICT);
        assertThat(b.reserve(RELEASE, CLEAR, 6, 0).code()).isZero();
        assertThat(b.report().all()).isEmpty();
        assertThat(b.read(0, 1).code()).isZero();
    }

    /** Section 8.19.7. */
    @Test
    void preemptingTakesTheReservationOver() {
        register(a, 5);
        register(b, 6);
        acquire(a, 1, 5);

        assertThat(b.reserve(ACQUIRE, PREEMPT | 2 << 8, 6, 5).code()).isZero();
        ReservationReport report = b.report();
        assertThat(report.type()).isEqualTo(2);
        assertThat(report.all()).extracting(Registered::host).containsExactly(ID_B);
        assertThat(a.read(0, 1).code()).isEqualTo(CONFLICT);
        assertThat(array.aborted).isEmpty();
    }

    @Test
    void preemptingAlsoAborts() {
        register(a, 5);
        register(b, 6);

        assertThat(b.reserve(ACQUIRE, PREEMPT_AND_ABORT | 1 << 8, 6, 5).code()).isZero();
        assertThat(array.aborted).containsExactly(new Registrant(ID_A, 0));
        assertThat(b.report().all()).extracting(Registered::host).containsExactly(ID_B);
        assertThat(b.report().type()).as("nobody held it").isZero();
    }

    @Test
    void preemptingWantsSomebodyToPreempt() {
        register(a, 5);
        register(b, 6);
        acquire(a, 1, 5);

        assertThat(b.reserve(ACQUIRE, PREEMPT | 1 << 8, 6, 77).code()).isEqualTo(CONFLICT);
        assertThat(b.reserve(ACQUIRE, PREEMPT | 1 << 8, 6, 0).code()).isEqualTo(INVALID_FIELD);
    }

    /** The key 0 stands for all others where each registrant holds. */
    @Test
    void preemptingAllHolders() {
        register(a, 5);
        register(b, 6);
        acquire(a, 5, 5);

        assertThat(b.reserve(ACQUIRE, PREEMPT | 2 << 8, 6, 0).code()).isZero();
        assertThat(b.report().type()).isEqualTo(2);
        assertThat(b.report().all()).extracting(Registered::host).containsExactly(ID_B);
    }

    @ParameterizedTest
    @ValueSource(
            ints = {
                REGISTER << 24 | 3, // unknown action
                REGISTER << 24 | 7,
                ACQUIRE << 24 | 1 << 8 | 3,
                ACQUIRE << 24, // no type
                ACQUIRE << 24 | 7 << 8,
                ACQUIRE << 24 | 1 << 8 | IGNORE_KEY, // as of NVMe 1.3
                RELEASE << 24 | 1 << 8 | 2,
                RELEASE << 24,
                RELEASE << 24 | 1 << 8 | IGNORE_KEY
            })
    void fieldsWithoutMeaningAreRefused(int command) {
        Answer answer = a.reserve(command >>> 24, command & 0xFF_FFFF, 5, 5);

        assertThat(answer.code()).isEqualTo(INVALID_FIELD);
        assertThat(answer.status().isFinal()).isTrue();
    }

    /** CPTPL and feature 83h. */
    @Test
    void whetherItOutlivesALossOfPowerIsAHostsChoice() {
        assertThat(a.reserve(REGISTER, 1 << 30, 0, 5).code()).as("reserved").isEqualTo(INVALID_FIELD);
        a.reserve(REGISTER, 3 << 30, 0, 5);
        assertThat(a.report().persists()).isTrue();
        register(b, 6);
        assertThat(a.report().persists()).as("unchanged").isTrue();
        assertThat(a.getFeature(0x83, 1, 0).result()).isEqualTo(1);
        a.setFeature(0x83, 1, 0);
        assertThat(a.report().persists()).isFalse();
        b.reserve(REGISTER, 3 << 30 | REPLACE, 6, 7);
        assertThat(a.getFeature(0x83, 1, 0).result()).isEqualTo(1);
        b.reserve(REGISTER, 2 << 30 | REPLACE, 7, 8);
        assertThat(a.getFeature(0x83, 1, 0).result()).isZero();
    }

    /** Figures 407 and 410, byte by byte. */
    @Test
    void theReportLooksAsTheFigureSays() {
        register(a, 0x1122334455667788L);
        acquire(a, 4, 0x1122334455667788L);

        ByteBuffer data = a.io(report(1, 128 / 4, 128)).data();

        assertThat(data.limit()).isEqualTo(128);
        assertThat(data.getInt(0)).as("generation").isEqualTo(1);
        assertThat(data.get(4)).as("type").isEqualTo((byte) 4);
        assertThat(data.getShort(5)).as("registrants").isEqualTo((short) 1);
        assertThat(data.get(9)).as("PTPLS").isZero();
        assertThat(data.getShort(64)).as("CNTLID: dynamic").isEqualTo((short) 0xFFFF);
        assertThat(data.get(66)).as("RCSTS").isEqualTo((byte) 1);
        assertThat(data.getLong(72)).as("RKEY").isEqualTo(0x1122334455667788L);
        assertThat(data.get(80 + 15)).as("HOSTID").isEqualTo((byte) 0xA);
    }

    @Test
    void theReportIsCutToWhatWasAskedFor() {
        register(a, 5);
        register(b, 6);

        Answer answer = a.io(report(1, 20, 80));

        assertThat(answer.code()).isZero();
        assertThat(answer.data().limit()).isEqualTo(80);
        assertThat(answer.data().getShort(5)).as("all are counted").isEqualTo((short) 2);
        assertThat(a.io(report(1, 21, 80)).code()).as("a shorter buffer").isEqualTo(0x00F);
        assertThat(a.io(report(1, 1 << 30, 80)).code()).as("more than MDTS").isEqualTo(INVALID_FIELD);
    }

    /** Section 7.5: hosts with identifiers of 128 bits get no report without them. */
    @Test
    void theReportHasLongHostIdentifiers() {
        assertThat(a.io(report(0, 32, 128)).code()).isEqualTo(HOST_ID_FORMAT);
    }

    @Test
    void keysHaveToCome() {
        for (int opcode : new int[] {REGISTER, ACQUIRE}) {
            assertThat(a.io(new SubmissionEntry()
                                    .opcode(opcode)
                                    .namespace(1)
                                    .dword(10, 1 << 8)
                                    .data(SubmissionEntry.BY_TRANSPORT, 15))
                            .code())
                    .isEqualTo(0x00F);
        }
    }

    /** Section 8.19.3 and figure 239: log page 80h, one notification at a time. */
    @Test
    void whoLosesItsRegistrationIsToldThroughAllItsControllers() {
        TestHost second = array.hostA();
        register(a, 5);
        register(b, 6);
        b.reserve(ACQUIRE, PREEMPT | 1 << 8, 6, 5);

        for (TestHost each : List.of(a, second)) {
            assertThat(each.viewer().nextEvent().map(AsyncEvent::result)).contains(0x0080_0006L);
            ByteBuffer log = each.log(0x80, 64).data();
            assertThat(log.getLong(0)).as("count").isEqualTo(1);
            assertThat(log.get(8)).as("registration preempted").isEqualTo((byte) 1);
            assertThat(log.get(9)).as("further ones").isZero();
            assertThat(log.getInt(12)).as("namespace").isEqualTo(1);
            assertThat(each.log(0x80, 64).data().getLong(0)).as("none left").isZero();
        }
        assertThat(b.viewer().nextEvent()).as("who did it").isEmpty();
    }

    @Test
    void releasingAndClearingAreToldToRegistrants() {
        register(a, 5);
        register(b, 6);
        acquire(a, 3, 5);
        a.reserve(RELEASE, 3 << 8, 5, 0);
        a.reserve(RELEASE, CLEAR, 5, 0);

        assertThat(b.viewer().nextEvent()).isPresent();
        ByteBuffer released = b.log(0x80, 64).data();
        assertThat(released.get(8)).isEqualTo((byte) 2);
        assertThat(released.get(9)).isEqualTo((byte) 1);
        assertThat(b.viewer().nextEvent()).as("the next is told too").isPresent();
        assertThat(b.log(0x80, 64).data().get(8)).as("reservation preempted").isEqualTo((byte) 3);
    }

    /** Feature 82h: bits 1, 2 and 3. */
    @Test
    void maskedNotificationsAreNotTold() {
        assertThat(a.setFeature(0x82, 1, 1 << 1).code()).isZero();
        register(a, 5);
        register(b, 6);
        b.reserve(ACQUIRE, PREEMPT | 1 << 8, 6, 5);

        assertThat(a.viewer().nextEvent()).isEmpty();
        assertThat(a.log(0x80, 64).data().getLong(0)).isZero();
        assertThat(a.getFeature(0x82, 1, 0).result()).isEqualTo(2);
        assertThat(a.setFeature(0x82, 0xFFFF_FFFF, 0).code()).isZero();
        assertThat(a.getFeature(0x82, 1, 0).result()).isZero();
        assertThat(a.setFeature(0x82, 1, 1).code()).isEqualTo(INVALID_FIELD);
    }

    /** A reservation made between a write's plan and its data. */
    @Test
    void aWriteUnderWayIsKeptOutToo() {
        io.stowage.array.namespace.Plan plan = array.server.io(
                b.viewer(), TestHost.range(NvmOpcode.WRITE, 0, 1).data(SubmissionEntry.BY_TRANSPORT, 512));
        register(a, 5);
        acquire(a, 1, 5);

        assertThat(TestHost.run(plan, new byte[] {1}).code()).isEqualTo(CONFLICT);
        assertThat(array.unit.bytes()[0]).isZero();
    }

    /** One volume, both protocols: SPC-4, section 5.13, and Base 2.0, section 8.19, know the same reservations. */
    @Test
    void scsiAndNvmeKeepOneAnotherOut() throws IOException {
        Scsi scsi = new Scsi();
        register(a, 5);
        acquire(a, 1, 5);
        assertThat(scsi.write()).isEqualTo(ScsiStatus.RESERVATION_CONFLICT);

        assertThat(scsi.reserveOut(PersistentReserve.REGISTER, 0, 0, 9)).isEqualTo(ScsiStatus.GOOD);
        assertThat(scsi.reserveOut(PersistentReserve.PREEMPT, 3, 9, 5)).isEqualTo(ScsiStatus.GOOD);
        assertThat(scsi.write()).isEqualTo(ScsiStatus.GOOD);
        assertThat(a.read(0, 1).code()).isEqualTo(CONFLICT);
        assertThat(a.viewer().nextEvent()).as("is told").isPresent();
        ReservationReport report = a.report();
        assertThat(report.type()).as("exclusive access: 3 there, 2 here").isEqualTo(2);
        assertThat(report.all()).singleElement().satisfies(each -> {
            assertThat(each.key()).isEqualTo(9);
            assertThat(each.holder()).isTrue();
            assertThat(each.host()).matches("[0-9a-f]{32}");
        });
        register(a, 6);
        assertThat(scsi.readFullStatus().remaining()).as("both can be listed").isGreaterThan(8 + 2 * 24);
    }

    /** SPC-2's RESERVE(6) excludes all of this. */
    @Test
    void aUnitReservedForASessionIsOutOfReach() throws IOException {
        Scsi scsi = new Scsi();
        assertThat(scsi.run(new Cdb.Reserve(0), new byte[0])).isEqualTo(ScsiStatus.GOOD);

        assertThat(a.read(0, 1).code()).isEqualTo(CONFLICT);
        assertThat(register(a, 5)).isEqualTo(CONFLICT);
        assertThat(scsi.run(new Cdb.Release(0), new byte[0])).isEqualTo(ScsiStatus.GOOD);
        assertThat(register(a, 5)).isZero();
    }

    private static int register(TestHost host, long key) {
        return host.reserve(REGISTER, 0, 0, key).code();
    }

    private static int acquire(TestHost host, int type, long key) {
        return host.reserve(ACQUIRE, type << 8, key, 0).code();
    }

    private static SubmissionEntry report(int flags, int dwords, int length) {
        return new SubmissionEntry()
                .opcode(NvmOpcode.RESERVATION_REPORT)
                .namespace(1)
                .dword(10, dwords - 1)
                .dword(11, flags)
                .data(SubmissionEntry.BY_TRANSPORT, length);
    }

    /** An iSCSI initiator that uses the same unit. */
    private final class Scsi {
        private static final String NAME = "iqn.2026-11.test:scsi";

        private final DeviceServer server = new DeviceServer(
                array.units, new TargetDevice("iqn.t", List.of(1)), array.nexuses, (unit, whose) -> {});
        private final Nexus nexus = array.nexuses.enter(NAME, 1, 1);

        private Scsi() {
            array.units.connect(NAME, 1, array.unit);
        }

        int write() throws IOException {
            return run(new Cdb.Write(0, 1, false), new byte[512]);
        }

        int reserveOut(int action, int type, long key, long other) throws IOException {
            byte[] list = new PersistentReserve(key, other, false, false, false)
                    .encode()
                    .array();
            return run(new Cdb.PersistentReserveOut(action, 0, type, list.length), list);
        }

        ByteBuffer readFullStatus() {
            Cdb command = new Cdb.PersistentReserveIn(PersistentReserve.READ_FULL_STATUS, 4096);
            Plan plan = server.plan(nexus, Lun.encode(1), command);
            if (plan instanceof Plan.Refuse) {
                plan = server.plan(nexus, Lun.encode(1), command); // the first one tells of a change
            }
            return ((Plan.Send) plan).data();
        }

        int run(Cdb command, byte[] data) throws IOException {
            return switch (server.plan(nexus, Lun.encode(1), command)) {
                case Plan.Conflict() -> ScsiStatus.RESERVATION_CONFLICT;
                case Plan.Send sent -> ScsiStatus.GOOD;
                case Plan.Run run -> {
                    Ending ending = run.action().run(ByteBuffer.wrap(data));
                    yield ending.status();
                }
                default -> ScsiStatus.CHECK_CONDITION;
            };
        }
    }
}
