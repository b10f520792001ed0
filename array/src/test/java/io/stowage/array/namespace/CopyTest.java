package io.stowage.array.namespace;

import static org.assertj.core.api.Assertions.assertThat;

import io.stowage.array.namespace.TestHost.Answer;
import io.stowage.nvme.command.SubmissionEntry;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Copy. NVM Command Set 1.0, section 3.2.2, figures 27 to 33. */
class CopyTest {
    private static final int BLOCK = 512;
    private static final int SIZE_LIMIT = 0x183;
    private static final int OUT_OF_RANGE = 0x080;

    private final TestArray array = new TestArray();
    private final TestHost host = array.hostA();
    private byte[] before;

    @BeforeEach
    void fill() {
        new Random(1).nextBytes(array.unit.bytes());
        before = array.unit.bytes().clone();
    }

    @Test
    void rangesAreCopiedOneBehindTheOther() {
        Answer answer = copy(1000, 0, ranges(10, 3, 100, 1, 50, 20));

        assertThat(answer.code()).isZero();
        byte[] expected = before.clone();
        System.arraycopy(before, 10 * BLOCK, expected, 1000 * BLOCK, 3 * BLOCK);
        System.arraycopy(before, 100 * BLOCK, expected, 1003 * BLOCK, BLOCK);
        System.arraycopy(before, 50 * BLOCK, expected, 1004 * BLOCK, 20 * BLOCK);
        assertThat(Arrays.equals(array.unit.bytes(), expected)).isTrue();
    }

    @ParameterizedTest
    @CsvSource({"100, 104", "104, 100", "100, 100"})
    void aRangeMayOverlapItsTarget(int from, int to) {
        assertThat(copy(to, 0, ranges(from, 16)).code()).isZero();

        byte[] expected = before.clone();
        System.arraycopy(before, from * BLOCK, expected, to * BLOCK, 16 * BLOCK);
        assertThat(Arrays.equals(array.unit.bytes(), expected)).isTrue();
    }

    /** MSRC, MSSRL and MCL as Identify Namespace tells them; figure 30: Command Size Limit Exceeded. */
    @Test
    void limitsAreThoseThatIdentifyTells() {
        ByteBuffer namespace = host.identify(0x00, 1).data();
        int perRange = Short.toUnsignedInt(namespace.getShort(74));
        long inAll = Integer.toUnsignedLong(namespace.getInt(76));
        int number = 1 + (namespace.get(80) & 0xFF);
        array.units.connect(TestArray.HOST_A, 1, array.unit(2, (int) (2 * inAll) * BLOCK));

        assertThat(copy(inAll, 0, many(number, 1)).code()).isZero();
        assertThat(copy(inAll, 0, many(number + 1, 1)).code()).isEqualTo(SIZE_LIMIT);
        assertThat(copy(inAll, 0, ranges(0, perRange)).code()).isZero();
        assertThat(copy(inAll, 0, ranges(0, perRange + 1)).code()).isEqualTo(SIZE_LIMIT);
        int full = (int) (inAll / perRange);
        assertThat(copy(inAll, 0, many(full, perRange)).code()).isZero();
        Answer tooMuch = copy(inAll, 0, many(full + 1, perRange));
        assertThat(tooMuch.code()).isEqualTo(SIZE_LIMIT);
        assertThat(tooMuch.status().isFinal()).isTrue();
    }

    @ParameterizedTest
    @CsvSource({"0, 16384, 1", "0, 16380, 5", "16380, 0, 5", "16384, 0, 1", "0, -1, 1", "-1, 0, 1"})
    void sourceAndTargetLieInTheNamespace(long to, long from, int blocks) {
        Answer answer = copy(to, 0, ranges(0, 1, from, blocks));

        assertThat(answer.code()).isEqualTo(OUT_OF_RANGE);
        assertThat(answer.status().isFinal()).isTrue();
        assertThat(Arrays.equals(array.unit.bytes(), before))
                .as("nothing was copied")
                .isTrue();
    }

    /** Dword 0 of the completion: the first range that wasn't copied. */
    @Test
    void aFailedCopyNamesTheRange() {
        assertThat(copy(0, 0, ranges(10, 1, 20, 1, 16384, 1)).result()).isEqualTo(2);
    }

    /** Only descriptor format 0: OCFS. Directives aren't there. */
    @ParameterizedTest
    @ValueSource(ints = {1 << 8, 2 << 8, 15 << 8, 1 << 20})
    void otherFormatsAreRefused(int flags) {
        assertThat(copy(0, flags, ranges(10, 1)).code()).isEqualTo(0x002);
    }

    @ParameterizedTest
    @CsvSource({"1, 31", "2, 32", "1, 0", "1, 8193"})
    void allRangesHaveToCome(int number, int length) {
        assertThat(host.io(entry(0, number, 0, length)).code()).isEqualTo(0x00F);
    }

    @Test
    void forcedUnitAccessIsDurableWhenItIsAnswered() {
        copy(0, 0, ranges(10, 1));
        assertThat(array.unit.flushes()).isZero();
        copy(0, 1 << 30, ranges(10, 1));
        assertThat(array.unit.flushes()).isEqualTo(1);
    }

    @Test
    void aProtectedNamespaceIsNotCopiedTo() {
        array.unit.condition().setReadOnly(true);

        assertThat(copy(0, 0, ranges(10, 1)).code()).isEqualTo(0x020);
        assertThat(Arrays.equals(array.unit.bytes(), before)).isTrue();
    }

    private Answer copy(long to, int flags, byte[] ranges) {
        return host.io(entry(to, ranges.length / 32, flags, ranges.length), ranges);
    }

    private static SubmissionEntry entry(long to, int number, int flags, int length) {
        return new SubmissionEntry()
                .opcode(0x19)
                .namespace(1)
                .dwords(10, to)
                .dword(12, flags | number - 1)
                .data(SubmissionEntry.BY_TRANSPORT, length);
    }

    private static byte[] many(int number, int blocks) {
        long[] pairs = new long[2 * number];
        for (int i = 0; i < number; i++) {
            pairs[2 * i + 1] = blocks;
        }
        return ranges(pairs);
    }

    /** Pairs of first block and number of blocks; figure 33. */
    private static byte[] ranges(long... pairs) {
        ByteBuffer list = ByteBuffer.allocate(16 * pairs.length).order(ByteOrder.LITTLE_ENDIAN);
        for (int i = 0; i < pairs.length; i += 2) {
            list.putLong(16 * i + 8, pairs[i]).putShort(16 * i + 16, (short) (pairs[i + 1] - 1));
        }
        return list.array();
    }
}
