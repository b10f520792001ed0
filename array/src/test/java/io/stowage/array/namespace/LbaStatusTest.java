package io.stowage.array.namespace;

import static org.assertj.core.api.Assertions.assertThat;

import io.stowage.array.namespace.TestHost.Answer;
import io.stowage.nvme.command.AdminOpcode;
import io.stowage.nvme.command.LbaStatus;
import io.stowage.nvme.command.SubmissionEntry;
import java.nio.ByteBuffer;
import java.util.Arrays;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Get LBA Status. NVM Command Set 1.0, section 4.2.1; action type 02h of 1.1. */
class LbaStatusTest {
    private static final int ALL = 4096;

    private final TestArray array = new TestArray();
    private final TestHost host = array.hostA();

    /** Blocks 8 to 24 and 160 to 168. */
    @BeforeEach
    void fill() {
        Arrays.fill(array.unit.bytes(), 4096, 3 * 4096, (byte) 1);
        Arrays.fill(array.unit.bytes(), 20 * 4096, 21 * 4096, (byte) 1);
    }

    /** The figure of the descriptor list: NLSD, CMPC 2 (all of it was told), then DSLBA and NLB of each. */
    @Test
    void allocatedRangesAreTold() {
        ByteBuffer data = status(0x02, 0, 0, ALL).data();

        assertThat(data.limit()).isEqualTo(8 + 2 * 16);
        assertThat(data.getInt(0)).as("NLSD").isEqualTo(2);
        assertThat(data.getInt(4)).as("CMPC").isEqualTo(2);
        assertThat(data.getLong(8)).as("DSLBA").isEqualTo(8);
        assertThat(data.getInt(16)).as("NLB").isEqualTo(16);
        assertThat(data.getInt(20)).as("status").isZero();
        assertThat(data.getLong(24)).isEqualTo(160);
        assertThat(data.getInt(32)).isEqualTo(8);
    }

    @ParameterizedTest
    @CsvSource({"0, 8, ''", "0, 9, 8+1", "10, 4, 10+4", "23, 138, 23+1 160+1", "168, 0, ''", "24, 0, 160+8"})
    void whatLiesOutsideOfTheRangeIsCutOff(long first, int blocks, String told) {
        LbaStatus status = parsed(status(0x02, first, blocks, ALL));

        assertThat(status.complete()).isTrue();
        assertThat(written(status)).isEqualTo(told);
    }

    /** MNDW is 0-based; CMPC 1: more descriptors are there than could be told. */
    @ParameterizedTest
    @CsvSource({"4, ''", "8, ''", "20, ''", "24, 8+16", "36, 8+16"})
    void hostsGoOnBehindWhatTheirBufferTook(int bytes, String told) {
        Answer answer = status(0x02, 0, 0, bytes);

        assertThat(answer.data().limit()).isLessThanOrEqualTo(bytes);
        assertThat(parsed(answer).complete()).isFalse();
        assertThat(written(parsed(answer))).isEqualTo(told);
        assertThat(written(parsed(status(0x02, 24, 0, bytes)))).isEqualTo(told.isEmpty() ? "" : "160+8");
    }

    @ParameterizedTest
    @CsvSource({"16", "17"})
    void noBlockIsLost(int action) {
        ByteBuffer data = status(action, 0, 0, ALL).data();

        assertThat(data.limit()).isEqualTo(8);
        assertThat(data.getLong(0)).as("NLSD 0, CMPC 2").isEqualTo(2L << 32);
    }

    @ParameterizedTest
    @CsvSource({"16384, 0", "16383, 2", "-1, 0", "0, 16385"})
    void whatIsBeyondTheEndIsRefused(long first, int blocks) {
        assertThat(status(0x02, first, blocks, ALL).code()).isEqualTo(0x080);
    }

    @Test
    void otherActionsAndOtherNamespacesAreRefused() {
        assertThat(status(0x00, 0, 0, ALL).code()).isEqualTo(0x002);
        assertThat(host.admin(entry(0x02, 0, 0, ALL).namespace(2)).code()).isEqualTo(0x00B);
        assertThat(host.admin(entry(0x02, 0, 0, ALL).namespace(-1)).code()).isEqualTo(0x00B);
    }

    /** MNDW beyond MDTS, and beyond the buffer: Base 2.0, figure 94. */
    @Test
    void whatDoesNotFitIsRefused() {
        assertThat(host.admin(entry(0x02, 0, 0, ALL).dword(12, -1)).code()).isEqualTo(0x002);
        assertThat(host.admin(entry(0x02, 0, 0, ALL).dword(12, ALL / 4)).code()).isEqualTo(0x00F);
    }

    private Answer status(int action, long first, int blocks, int bytes) {
        return host.admin(entry(action, first, blocks, bytes));
    }

    private static SubmissionEntry entry(int action, long first, int blocks, int bytes) {
        return new SubmissionEntry()
                .opcode(AdminOpcode.GET_LBA_STATUS)
                .namespace(1)
                .dwords(10, first)
                .dword(12, bytes / 4 - 1)
                .dword(13, action << 24 | blocks)
                .data(SubmissionEntry.BY_TRANSPORT, bytes);
    }

    private static LbaStatus parsed(Answer answer) {
        assertThat(answer.code()).isZero();
        return LbaStatus.parse(answer.data());
    }

    private static String written(LbaStatus status) {
        return String.join(
                " ",
                status.ranges().stream()
                        .map(range -> range.first() + "+" + range.blocks())
                        .toList());
    }
}
