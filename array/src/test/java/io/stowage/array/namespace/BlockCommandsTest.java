package io.stowage.array.namespace;

import static org.assertj.core.api.Assertions.assertThat;

import io.stowage.array.core.LogicalUnit;
import io.stowage.array.core.MemoryUnit;
import io.stowage.array.namespace.TestHost.Answer;
import io.stowage.nvme.command.NvmOpcode;
import io.stowage.nvme.command.SubmissionEntry;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Read, Write, Compare, Write Zeroes, Verify and Flush. NVM Command Set 1.0, section 3.2; Base 2.0, section 7.1. */
class BlockCommandsTest {
    private static final int BLOCK = 512;
    private static final int FUA = 1 << 30;
    private static final int DEALLOCATE = 1 << 25;

    private static final int INVALID_OPCODE = 0x001;
    private static final int INVALID_FIELD = 0x002;
    private static final int INVALID_NAMESPACE = 0x00B;
    private static final int SGL_LENGTH = 0x00F;
    private static final int WRITE_PROTECTED = 0x020;
    private static final int OUT_OF_RANGE = 0x080;
    private static final int COMPARE_FAILURE = 0x285;

    private final TestArray array = new TestArray();
    private final TestHost host = array.hostA();
    private final MemoryUnit unit = array.unit;

    @Test
    void whatIsWrittenIsRead() {
        assertThat(host.write(3, filled(7, 5)).code()).isZero();

        assertThat(host.read(3, 5).data()).isEqualTo(ByteBuffer.wrap(filled(7, 5)));
        assertThat(Arrays.equals(unit.bytes(), 3 * BLOCK, 8 * BLOCK, filled(7, 5), 0, 5 * BLOCK))
                .isTrue();
        assertThat(unit.bytes()[3 * BLOCK - 1]).isZero();
        assertThat(unit.bytes()[8 * BLOCK]).isZero();
    }

    /** NLB has no 0: one block is the least, MDTS the most. Base 2.0, figure 275, MDTS. */
    @Test
    void aTransferIsAtMostMdts() {
        int most = (4096 << 8) / BLOCK;

        assertThat(host.read(0, most).code()).isZero();
        assertThat(host.read(0, most + 1).code()).isEqualTo(INVALID_FIELD);
        assertThat(host.write(0, new byte[(most + 1) * BLOCK]).code()).isEqualTo(INVALID_FIELD);
    }

    @ParameterizedTest
    @CsvSource({
        "0, 1, 0",
        "16383, 1, 0",
        "16376, 8, 0",
        "16384, 1, 0x80",
        "16377, 8, 0x80",
        "-1, 1, 0x80",
        "-8, 8, 0x80",
        "9223372036854775807, 2, 0x80",
        "36028797018963968, 1, 0x80", // its offset in bytes would be 0 again
    })
    void rangesEndWithTheNamespace(long first, int blocks, String expected) {
        int code = Integer.decode(expected);
        assertThat(TestArray.BLOCKS).isEqualTo(16384);

        assertThat(host.read(first, blocks).code()).isEqualTo(code);
        assertThat(host.write(first, new byte[blocks * BLOCK]).code()).isEqualTo(code);
        assertThat(host.compare(first, new byte[blocks * BLOCK]).code()).isEqualTo(code);
        assertThat(host.io(TestHost.range(NvmOpcode.WRITE_ZEROES, first, blocks))
                        .code())
                .isEqualTo(code);
        assertThat(host.io(TestHost.range(NvmOpcode.VERIFY, first, blocks)).code())
                .isEqualTo(code);
        if (code != 0) {
            assertThat(host.read(first, blocks).status().isFinal()).as("DNR").isTrue();
        }
    }

    /** Base 2.0, figure 94: Data SGL Length Invalid. */
    @ParameterizedTest
    @CsvSource({"1, 0", "1, 511", "1, 513", "2, 512", "1, 1024"})
    void dataAreAsLongAsTheRange(int blocks, int length) {
        for (int opcode : new int[] {NvmOpcode.READ, NvmOpcode.WRITE, NvmOpcode.COMPARE}) {
            SubmissionEntry entry = TestHost.range(opcode, 0, blocks).data(SubmissionEntry.BY_TRANSPORT, length);
            assertThat(host.io(entry).code()).isEqualTo(SGL_LENGTH);
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 2, 4095, 4096, 0x7FFF_FFFF, -2, -1})
    void thereAreNoOtherNamespaces(int id) {
        for (int opcode : new int[] {0x01, 0x02, 0x05, 0x08, 0x09, 0x0C, 0x0D, 0x0E, 0x11, 0x15, 0x19}) {
            Answer answer = host.io(TestHost.range(opcode, 0, 1).namespace(id));
            assertThat(answer.code()).as("%02x", opcode).isEqualTo(INVALID_NAMESPACE);
            assertThat(answer.status().isFinal()).as("DNR").isTrue();
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {0x03, 0x04, 0x0A, 0x10, 0x1D, 0x20, 0x79, 0x7F, 0x80, 0xFF})
    void otherCommandsAreUnknown(int opcode) {
        assertThat(host.io(TestHost.range(opcode, 0, 1)).code()).isEqualTo(INVALID_OPCODE);
        assertThat(host.io(TestHost.range(opcode, 0, 1).namespace(77)).code()).isEqualTo(INVALID_OPCODE);
    }

    @Test
    void comparingTellsWhetherAllOfItIsAlike() {
        byte[] data = filled(5, 600); // longer than what is compared at once
        host.write(10, data);

        assertThat(host.compare(10, data).code()).isZero();
        data[data.length - 1]++;
        Answer answer = host.compare(10, data);
        assertThat(answer.code()).isEqualTo(COMPARE_FAILURE);
        assertThat(host.read(10, 600).data()).as("unchanged").isEqualTo(ByteBuffer.wrap(filled(5, 600)));
    }

    @ParameterizedTest
    @ValueSource(ints = {0, FUA, DEALLOCATE, FUA | DEALLOCATE})
    void zeroesAreWritten(int flags) {
        host.write(0, filled(9, 32));
        SubmissionEntry entry = TestHost.range(NvmOpcode.WRITE_ZEROES, 8, 16);

        assertThat(host.io(entry.dword(12, entry.dword(12) | flags)).code()).isZero();

        assertThat(host.read(0, 8).data()).isEqualTo(ByteBuffer.wrap(filled(9, 8)));
        assertThat(host.read(8, 16).data()).isEqualTo(ByteBuffer.wrap(new byte[16 * BLOCK]));
        assertThat(host.read(24, 8).data()).isEqualTo(ByteBuffer.wrap(filled(9, 8)));
    }

    /** NLB has 16 bits: MDTS doesn't bind commands that move no data. */
    @Test
    void zeroesAndVerificationAreNotBoundByMdts() {
        host.write(TestArray.BLOCKS - 1, filled(9, 1));

        assertThat(host.io(TestHost.range(NvmOpcode.VERIFY, 0, TestArray.BLOCKS))
                        .code())
                .isZero();
        assertThat(host.io(TestHost.range(NvmOpcode.WRITE_ZEROES, 0, TestArray.BLOCKS))
                        .code())
                .isZero();
        assertThat(unit.bytes()).containsOnly(0);
    }

    @Test
    void verifyingReadsWhatIsStored() {
        unit.fail(new LogicalUnit.Damaged("torn", new IllegalStateException()));

        Answer answer = host.io(TestHost.range(NvmOpcode.VERIFY, 0, 1));

        assertThat(answer.code()).as("Unrecovered Read Error").isEqualTo(0x281);
    }

    /** Of one namespace, or with FFFFFFFFh of all: VWC says so. */
    @Test
    void flushingReachesAllUnits() {
        MemoryUnit second = array.unit(2, 1 << 20);
        array.units.connect(TestArray.HOST_A, 2, second);

        assertThat(flush(2).code()).isZero();
        assertThat(second.flushes()).isEqualTo(1);
        assertThat(unit.flushes()).isZero();
        assertThat(flush(0xFFFF_FFFF).code()).isZero();
        assertThat(second.flushes()).isEqualTo(2);
        assertThat(unit.flushes()).isEqualTo(1);
        assertThat(flush(3).code()).isEqualTo(INVALID_NAMESPACE);
    }

    @Test
    void forcedUnitAccessIsDurableWhenItIsAnswered() {
        host.write(0, filled(1, 1));
        assertThat(unit.flushes()).isZero();
        host.write(0, filled(1, 1), FUA);
        assertThat(unit.flushes()).isEqualTo(1);
    }

    /** Feature 06h off: Base 2.0, section 5.27.1.4. */
    @Test
    void withoutVolatileCacheEachWriteIsDurable() {
        host.setFeature(0x06, 0, 0);
        host.write(0, filled(1, 1));
        host.io(TestHost.range(NvmOpcode.WRITE_ZEROES, 0, 1));
        assertThat(unit.flushes()).isEqualTo(2);

        host.setFeature(0x06, 0, 1);
        host.write(0, filled(1, 1));
        assertThat(unit.flushes()).isEqualTo(2);
    }

    @Test
    void aProtectedNamespaceIsOnlyRead() {
        host.write(0, filled(3, 1));
        unit.condition().setReadOnly(true);

        assertThat(host.read(0, 1).code()).isZero();
        assertThat(host.compare(0, filled(3, 1)).code()).isZero();
        assertThat(flush(1).code()).isZero();
        Answer answer = host.write(0, filled(4, 1));
        assertThat(answer.code()).isEqualTo(WRITE_PROTECTED);
        assertThat(answer.status().isFinal()).isTrue();
        assertThat(host.io(TestHost.range(NvmOpcode.WRITE_ZEROES, 0, 1)).code()).isEqualTo(WRITE_PROTECTED);
        assertThat(host.read(0, 1).data()).isEqualTo(ByteBuffer.wrap(filled(3, 1)));
    }

    /** Linux makes ENOSPC of it, and with DNR at once. */
    @Test
    void aFullArrayIsToldAsCapacityExceeded() {
        unit.fail(new LogicalUnit.OutOfSpace("full", new IllegalStateException()));

        Answer answer = host.write(0, filled(4, 1));

        assertThat(answer.code()).isEqualTo(0x081);
        assertThat(answer.status().isFinal()).isTrue();
    }

    /** What failed for no reason of the host's may be tried again. */
    @Test
    void anyOtherFailureMayBeTriedAgain() {
        unit.fail(new IOException("no disk"));

        Answer answer = host.write(0, filled(4, 1));

        assertThat(answer.code()).isEqualTo(0x006);
        assertThat(answer.status().isFinal()).isFalse();
    }

    /** Base 2.0, section 3.4.2: only two are planned together, so a half is refused by itself. */
    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3})
    void aHalfIsNothing(int part) {
        SubmissionEntry entry = TestHost.range(NvmOpcode.COMPARE, 0, 1).fused(part);

        assertThat(host.io(entry.data(SubmissionEntry.BY_TRANSPORT, BLOCK), new byte[BLOCK])
                        .code())
                .isEqualTo(INVALID_FIELD);
    }

    /** Directives aren't supported. NVM Command Set 1.0, figure 67, DTYPE. */
    @Test
    void directivesAreRefused() {
        assertThat(host.write(0, filled(4, 1), 1 << 20).code()).isEqualTo(INVALID_FIELD);
    }

    /** The data may take long; by then the unit may be another host's. */
    @Test
    void aUnitThatIsTakenAwayBeforeTheDataComeIsNotWritten() {
        Plan plan = array.server.io(
                host.viewer(), TestHost.range(NvmOpcode.WRITE, 0, 1).data(SubmissionEntry.BY_TRANSPORT, BLOCK));
        array.units.disconnect(TestArray.HOST_A, 1);

        assertThat(TestHost.run(plan, filled(8, 1)).code()).isEqualTo(INVALID_NAMESPACE);
        assertThat(unit.bytes()[0]).isZero();
    }

    private Answer flush(int id) {
        return host.io(new SubmissionEntry().opcode(NvmOpcode.FLUSH).namespace(id));
    }

    private static byte[] filled(int seed, int blocks) {
        byte[] data = new byte[blocks * BLOCK];
        for (int i = 0; i < data.length; i++) {
            data[i] = (byte) (seed + i % BLOCK);
        }
        return data;
    }
}
