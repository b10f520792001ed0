package io.stowage.array.namespace;

import static org.assertj.core.api.Assertions.assertThat;

import io.stowage.array.namespace.TestHost.Answer;
import io.stowage.nvme.command.SubmissionEntry;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Dataset Management. NVM Command Set 1.0, section 3.2.3, figures 39 to 41. */
class DatasetTest {
    private static final int DEALLOCATE = 4;

    private final TestArray array = new TestArray();
    private final TestHost host = array.hostA();

    @BeforeEach
    void fill() {
        Arrays.fill(array.unit.bytes(), (byte) 1);
    }

    /** The number of blocks isn't 0-based here, that of ranges is. */
    @Test
    void rangesAreGivenUp() {
        Answer answer = manage(DEALLOCATE, 2, ranges(2, 3, 100, 1), 32);

        assertThat(answer.code()).isZero();
        assertThat(zeroed()).isEqualTo("2-5 100-101");
    }

    /** {@code nvme_setup_discard} of Linux: one page always. */
    @Test
    void linuxSendsAPageHoweverFewRangesThereAre() {
        assertThat(manage(DEALLOCATE, 1, ranges(8, 8, 50, 8), 4096).code()).isZero();
        assertThat(zeroed()).as("only the first range counts").isEqualTo("8-16");
    }

    @Test
    void hintsChangeNothing() {
        assertThat(manage(3, 1, ranges(0, 8), 16).code()).isZero();
        assertThat(zeroed()).isEmpty();
    }

    @Test
    void aRangeOfNothingIsPassedOver() {
        assertThat(manage(DEALLOCATE, 2, ranges(5, 0, 6, 1), 32).code()).isZero();
        assertThat(zeroed()).isEqualTo("6-7");
    }

    @ParameterizedTest
    @CsvSource({"16384, 1", "16380, 5", "0, 16385", "-1, 1", "0, 4294967295", "9223372036854775807, 1"})
    void aRangeBeyondTheEndKeepsAllFromBeingGivenUp(long first, long blocks) {
        Answer answer = manage(DEALLOCATE, 2, ranges(0, 8, first, blocks), 32);

        assertThat(answer.code()).isEqualTo(0x080);
        assertThat(answer.status().isFinal()).isTrue();
        assertThat(zeroed()).isEmpty();
    }

    @Test
    void asManyRangesAsFitAreTaken() {
        long[] pairs = new long[512];
        for (int i = 0; i < 256; i++) {
            pairs[2 * i] = 4 * i;
            pairs[2 * i + 1] = 1;
        }

        assertThat(manage(DEALLOCATE, 256, ranges(pairs), 4096).code()).isZero();
        assertThat(zeroed().split(" ")).hasSize(256);
    }

    /** Base 2.0, figure 94: Data SGL Length Invalid. */
    @ParameterizedTest
    @CsvSource({"1, 0", "1, 15", "2, 16", "256, 4095", "1, 4097"})
    void allRangesHaveToCome(int number, int length) {
        assertThat(manage(DEALLOCATE, number, new byte[length], length).code()).isEqualTo(0x00F);
    }

    @Test
    void aProtectedNamespaceGivesNothingUp() {
        array.unit.condition().setWriteProtected(true);

        assertThat(manage(DEALLOCATE, 1, ranges(0, 8), 16).code()).isEqualTo(0x020);
        assertThat(zeroed()).isEmpty();
    }

    private Answer manage(int attributes, int number, byte[] ranges, int length) {
        return host.io(
                new SubmissionEntry()
                        .opcode(0x09)
                        .namespace(1)
                        .dword(10, number - 1)
                        .dword(11, attributes)
                        .data(SubmissionEntry.BY_TRANSPORT, length),
                ranges);
    }

    /** Pairs of first block and number of blocks; figure 40. */
    private static byte[] ranges(long... pairs) {
        ByteBuffer list = ByteBuffer.allocate(8 * pairs.length).order(ByteOrder.LITTLE_ENDIAN);
        for (int i = 0; i < pairs.length; i += 2) {
            list.putInt(0).putInt((int) pairs[i + 1]).putLong(pairs[i]);
        }
        return list.array();
    }

    /** Which blocks are zero: first and end. */
    private String zeroed() {
        StringBuilder found = new StringBuilder();
        byte[] bytes = array.unit.bytes();
        int start = -1;
        for (int block = 0; block <= TestArray.BLOCKS; block++) {
            boolean zero = block < TestArray.BLOCKS && bytes[block * 512] == 0 && bytes[block * 512 + 511] == 0;
            if (zero && start < 0) {
                start = block;
            } else if (!zero && start >= 0) {
                found.append(found.isEmpty() ? "" : " ")
                        .append(start)
                        .append('-')
                        .append(block);
                start = -1;
            }
        }
        return found.toString();
    }
}
