package io.stowage.nvme.command;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.util.HexFormat;
import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;

/** The data of commands. NVM Command Set 1.0, figures 33 and 40; Base 2.0, figures 398, 407 and 410. */
class ParametersTest {
    @Test
    void rangesThatAreGivenUpCountTheirBlocksFromOne() {
        List<DatasetRange> ranges = List.of(new DatasetRange(0, 8, 0x1_0000_0000L), new DatasetRange(3, 1, 2));

        ByteBuffer list = DatasetRange.encode(ranges);

        assertThat(hex(list))
                .isEqualTo("00000000" + "08000000" + "0000000001000000" + "03000000" + "01000000" + "0200000000000000");
        assertThat(DatasetRange.parse(list, 2)).isEqualTo(ranges);
        assertThat(DatasetRange.parse(list, 1)).isEqualTo(ranges.subList(0, 1));
    }

    @Test
    void rangesThatAreCopiedCountTheirBlocksFromZero() {
        List<CopyRange> ranges = List.of(new CopyRange(5, 1), new CopyRange(6, 65_536));

        ByteBuffer list = CopyRange.encode(ranges);

        assertThat(hex(list))
                .isEqualTo("00".repeat(8) + "0500000000000000" + "0000" + "00".repeat(14) + "00".repeat(8)
                        + "0600000000000000" + "ffff" + "00".repeat(14));
        assertThat(CopyRange.parse(list, 2)).isEqualTo(ranges);
    }

    @Test
    void keysStandOneBehindTheOther() {
        ReservationKeys keys = new ReservationKeys(0x0102, -1);

        assertThat(hex(keys.encode())).isEqualTo("0201000000000000" + "ffffffffffffffff");
        assertThat(ReservationKeys.parse(keys.encode())).isEqualTo(keys);
        assertThat(ReservationKeys.parse(keys.encode().limit(8))).isEqualTo(new ReservationKeys(0x0102, 0));
    }

    @Test
    void aReportIsReadAsItWasWritten() {
        ReservationReport report = new ReservationReport(
                3,
                ReservationKeys.EXCLUSIVE_ACCESS_ALL_REGISTRANTS,
                true,
                List.of(
                        new ReservationReport.Registered(7, true, 9, "000102030405060708090a0b0c0d0e0f"),
                        new ReservationReport.Registered(
                                ReservationReport.DYNAMIC, false, -1, "ffffffffffffffffffffffffffffffff")));

        ByteBuffer data = report.encode();

        assertThat(data.limit()).isEqualTo(64 + 2 * 64);
        assertThat(ReservationReport.parse(data)).isEqualTo(report);
        assertThat(ReservationReport.parse(data.limit(130)).all()).hasSize(1);
    }

    @Property
    void anyReportIsRead(@ForAll @Size(min = 64, max = 400) byte[] bytes) {
        assertThat(ReservationReport.parse(ByteBuffer.wrap(bytes)).all())
                .hasSizeLessThanOrEqualTo((bytes.length - 64) / 64);
    }

    private static String hex(ByteBuffer data) {
        byte[] bytes = new byte[data.remaining()];
        data.get(data.position(), bytes);
        return HexFormat.of().formatHex(bytes);
    }
}
