package io.stowage.array.namespace;

import static org.assertj.core.api.Assertions.assertThat;

import io.stowage.array.namespace.TestHost.Answer;
import io.stowage.nvme.command.AdminOpcode;
import io.stowage.nvme.command.NvmOpcode;
import io.stowage.nvme.command.Status;
import io.stowage.nvme.command.SubmissionEntry;
import java.nio.ByteBuffer;
import java.util.HexFormat;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Get Log Page. Base 2.0, section 5.16, by the figures named. */
class LogsTest {
    private static final int INVALID_FIELD = 0x002;
    private static final int GROUPS_ONLY = 1 << 8;

    private final TestArray array = new TestArray();
    private final TestHost host = array.hostA();

    /** Figures 201 and 202. */
    @ParameterizedTest
    @ValueSource(ints = {0x06, 0x0D, 0x70, 0x81, 0xC0, 0xFF})
    void unknownPagesAreRefused(int page) {
        Answer answer = host.log(page, 512);

        assertThat(answer.code()).isEqualTo(0x109);
        assertThat(answer.status().isFinal()).isTrue();
    }

    /** Figures 203 and 204: LSUPP. */
    @Test
    void pagesAreListedThatAreThere() {
        ByteBuffer log = host.log(0x00, 1024).data();

        for (int page = 0; page < 256; page++) {
            assertThat(log.getInt(4 * page))
                    .as("page %02x", page)
                    .isEqualTo(host.log(page, 64).code() == 0 ? 1 : 0);
        }
    }

    /** Section 5.16: an offset beyond the end, or not a multiple of 4. */
    @ParameterizedTest
    @CsvSource({"0x02, 516", "0x02, 2", "0x05, 4100", "0x0c, 16432", "0x80, 68", "0x02, -4", "0x02, 9223372036854775804"
    })
    void offsetsHaveToLieInThePage(String page, long offset) {
        assertThat(host.log(Integer.decode(page), 0, 64, offset).code()).isEqualTo(INVALID_FIELD);
    }

    @ParameterizedTest
    @CsvSource({"0x05, 4", "0x05, 1020", "0x05, 4092", "0x0c, 16", "0x03, 8"})
    void aPartOfAPageIsWhatTheWholeHasThere(String page, int offset) {
        ByteBuffer whole = host.log(Integer.decode(page), 8192).data();

        ByteBuffer part = host.log(Integer.decode(page), 0, 64, offset).data();

        assertThat(part).isEqualTo(whole.slice(offset, 64));
    }

    @Test
    void moreThanMdtsIsTooMuch() {
        assertThat(host.log(0x05, (1 << 20) + 4).code()).isEqualTo(INVALID_FIELD);
        assertThat(host.log(0x05, 1 << 20).code()).isZero();
    }

    @Test
    void aBufferHasToTakeAllOfIt() {
        Answer answer = host.admin(new SubmissionEntry()
                .opcode(AdminOpcode.GET_LOG_PAGE)
                .dword(10, 127 << 16 | 0x02)
                .data(SubmissionEntry.BY_TRANSPORT, 508));

        assertThat(answer.code()).isEqualTo(0x00F);
    }

    /** Figure 213: one group with all namespaces that the host may use, ascending. */
    @Test
    void theAccessLogTellsHowNamespacesAreReached() {
        array.units.connect(TestArray.HOST_A, 9, array.unit(2, 1 << 20));
        array.units.connect(TestArray.HOST_A, 4, array.unit(3, 1 << 20));

        ByteBuffer log = host.log(0x0C, 4096).data();

        assertThat(log.getShort(8)).as("groups").isEqualTo((short) 1);
        assertThat(log.getInt(16)).as("group").isEqualTo(1);
        assertThat(log.getInt(20)).as("namespaces").isEqualTo(3);
        assertThat(log.get(32)).as("optimized").isEqualTo((byte) 1);
        assertThat(new int[] {log.getInt(48), log.getInt(52), log.getInt(56), log.getInt(60)})
                .containsExactly(1, 4, 9, 0);
    }

    /** {@code nvme ana-log} asks for as much as there can be, in pieces of a page. */
    @ParameterizedTest
    @ValueSource(longs = {4096, 8192, 12288, 16384})
    void theAccessLogHasRoomForAllNamespacesThatThereCanBe(long offset) {
        Answer answer = host.log(0x0C, 0, 44, offset);

        assertThat(answer.code()).isZero();
        assertThat(answer.data()).isEqualTo(ByteBuffer.allocate(44));
    }

    /** Figure 211: RGO, return groups only. */
    @Test
    void theAccessLogComesWithoutNamespacesToo() {
        ByteBuffer log = host.log(0x0C, GROUPS_ONLY, 4096, 0).data();

        assertThat(log.getShort(8)).isEqualTo((short) 1);
        assertThat(log.getInt(20)).isZero();
        assertThat(log.get(32)).isEqualTo((byte) 1);
        assertThat(log.getInt(48)).isZero();
    }

    @ParameterizedTest
    @CsvSource({"NON_OPTIMIZED, 2, 0", "INACCESSIBLE, 3, 0x302", "PERSISTENT_LOSS, 4, 0x301", "CHANGE, 15, 0x303"})
    void aPathWithoutAccessEndsCommandsSoThatAnotherIsTried(Path.Access access, int state, String code) {
        TestHost there = array.host(TestArray.HOST_A, 0xA, path(access));

        ByteBuffer log = there.log(0x0C, 4096).data();
        Answer answer = there.read(0, 1);

        assertThat(log.get(32)).isEqualTo((byte) state);
        assertThat(log.getLong(0)).as("changes").isEqualTo(3);
        assertThat(answer.code()).isEqualTo(Integer.decode(code));
        assertThat(answer.status().isFinal()).as("DNR").isFalse();
    }

    /** Figures 210 and 211 of commands and their effects: what the page says is there is there, and nothing else. */
    @Test
    void theEffectsLogTellsWhichCommandsThereAre() {
        ByteBuffer log = host.log(0x05, 4096).data();
        // Those that belong to the transport.
        Set<Integer> elsewhere = Set.of(AdminOpcode.ABORT, AdminOpcode.ASYNC_EVENT_REQUEST, AdminOpcode.KEEP_ALIVE);

        for (int opcode = 0; opcode < 256; opcode++) {
            boolean admin = host.admin(new SubmissionEntry().opcode(opcode)).code() != 0x001;
            assertThat((log.getInt(4 * opcode) & 1) != 0)
                    .as("admin command %02x", opcode)
                    .isEqualTo(admin || elsewhere.contains(opcode));
            boolean io = host.io(new SubmissionEntry().opcode(opcode)).code() != 0x001;
            assertThat((log.getInt(1024 + 4 * opcode) & 1) != 0)
                    .as("I/O command %02x", opcode)
                    .isEqualTo(io);
        }
        for (int writes : new int[] {0x01, 0x08, 0x09, 0x19}) {
            assertThat(log.getInt(1024 + 4 * writes) & 2)
                    .as("LBCC of %02x", writes)
                    .isEqualTo(2);
        }
        assertThat(log.getInt(1024 + 4 * NvmOpcode.READ)).isEqualTo(1);
    }

    /** Figure 207: data units are thousands of 512 bytes, rounded up. */
    @Test
    void theHealthLogCountsWhatWasReadAndWritten() {
        array.unit.traffic().read(512_001, 1);
        array.unit.traffic().wrote(512, 1);
        array.unit.traffic().wrote(512, 1);

        ByteBuffer log = host.log(0x02, 512).data();

        assertThat(log.get(0)).as("critical warnings").isZero();
        assertThat(Short.toUnsignedInt(log.getShort(1))).as("kelvin").isBetween(273, 343);
        assertThat(log.get(3)).as("spare").isEqualTo((byte) 100);
        assertThat(log.getLong(32)).as("units read").isEqualTo(2);
        assertThat(log.getLong(48)).as("units written").isEqualTo(1);
        assertThat(log.getLong(64)).as("reads").isEqualTo(1);
        assertThat(log.getLong(80)).as("writes").isEqualTo(2);
    }

    /** Figure 209. */
    @Test
    void theFirmwareLogHasTheRevisionThatIdentifyTells() {
        ByteBuffer log = host.log(0x03, 512).data();

        assertThat(log.get(0)).isEqualTo((byte) 1);
        byte[] revision = new byte[8];
        log.get(8, revision);
        assertThat(revision).isEqualTo("6.6.2   ".getBytes(java.nio.charset.StandardCharsets.US_ASCII));
    }

    /** Figure 206: the newest first, the status with the place of a phase tag. */
    @Test
    void theErrorLogHasTheLastCommandsThatFailed() {
        host.viewer().failed(0, new FailedCommand(5, 0, 0, Status.INVALID_FIELD));
        host.viewer().failed(3, new FailedCommand(0x1234, 1, 77, Status.LBA_OUT_OF_RANGE));

        ByteBuffer log = host.log(0x01, 64 * 64).data();

        assertThat(HexFormat.of().formatHex(bytes(log, 0, 28)))
                .isEqualTo("0200000000000000" + "0300" + "3412" + "0081" + "ffff" + "4d00000000000000" + "01000000");
        assertThat(log.getLong(64)).isEqualTo(1);
        assertThat(log.getLong(128)).as("not used").isZero();
        assertThat(host.log(0x02, 512).data().getLong(176))
                .as("entries, in the health log")
                .isEqualTo(2);
    }

    @Test
    void theErrorLogKeepsAsManyAsIdentifySays() {
        for (int i = 0; i < 70; i++) {
            host.viewer().failed(1, new FailedCommand(i, 1, 0, Status.LBA_OUT_OF_RANGE));
        }
        int entries = 1 + (host.identify(0x01, 0).data().get(262) & 0xFF); // ELPE

        ByteBuffer log = host.log(0x01, 64 * entries).data();

        assertThat(log.getLong(0)).isEqualTo(70);
        assertThat(log.getLong(64 * (entries - 1))).isEqualTo(70 - entries + 1);
    }

    private static byte[] bytes(ByteBuffer data, int at, int length) {
        byte[] bytes = new byte[length];
        data.get(at, bytes);
        return bytes;
    }

    private static Path path(Path.Access access) {
        return new Path() {
            @Override
            public int port() {
                return 2;
            }

            @Override
            public Access access() {
                return access;
            }

            @Override
            public long changes() {
                return 3;
            }
        };
    }
}
