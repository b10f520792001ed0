package io.stowage.iscsi.scsi;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.List;
import org.junit.jupiter.api.Test;

class ScsiDataTest {

    @Test
    void senseStandsAsInTheStandard() {
        assertThat(hex(Sense.invalidFieldInCdb(2).encodeFixed())).isEqualTo("700005000000000a00000000240000c00002");
        assertThat(hex(Sense.MISCOMPARE.about(0x123).encodeFixed())).isEqualTo("f0000e000001230a000000001d0000000000");
        assertThat(hex(Sense.OUT_OF_SPACE.encodeDescriptor())).isEqualTo("7207270700000000");
    }

    @Test
    void senseIsReadInBothFormatsAndCutOff() {
        for (Sense sense : List.of(
                Sense.invalidFieldInCdb(2),
                Sense.invalidFieldInParameters(9),
                Sense.MISCOMPARE.about(0xFFFFFFFFL),
                Sense.NONE)) {
            assertThat(Sense.parse(sense.encodeFixed())).isEqualTo(sense);
        }
        assertThat(Sense.parse(Sense.OUT_OF_SPACE.encodeDescriptor())).isEqualTo(Sense.OUT_OF_SPACE);
        assertThat(Sense.parse(Sense.OUT_OF_SPACE.encodeFixed().limit(14))).isEqualTo(Sense.OUT_OF_SPACE);
        assertThat(Sense.parse(ByteBuffer.allocate(0))).isEqualTo(Sense.NONE);
        assertThat(Sense.MISCOMPARE.about(1L << 32).information()).isEmpty();
    }

    @Test
    void lunsHaveTheFormOfTheirSize() {
        assertThat(Lun.encode(1)).isEqualTo(0x0001_0000_0000_0000L);
        assertThat(Lun.encode(255)).isEqualTo(0x00FF_0000_0000_0000L);
        assertThat(Lun.encode(256)).isEqualTo(0x4100_0000_0000_0000L);
        for (int lun : new int[] {0, 1, 255, 256, 4095, Lun.MAX}) {
            assertThat(Lun.decode(Lun.encode(lun))).hasValue(lun);
        }
        assertThat(Lun.decode(0xC101_0000_0000_0000L)).isEmpty();
        assertThat(Lun.decode(1)).isEmpty();
        LunList list = new LunList(List.of(1, 2, 300));
        assertThat(LunList.parse(list.encode())).isEqualTo(list);
        assertThat(LunList.fullLength(list.encode().limit(8))).isEqualTo(32);
        assertThat(LunList.parse(list.encode().limit(17)).luns()).containsExactly(1);
    }

    @Test
    void capacityHasBothForms() {
        Capacity capacity = new Capacity(0x1_0000_0000L, 512, true, true);
        assertThat(hex(capacity.encode16())).startsWith("000000010000000000000200" + "0000c000");
        assertThat(hex(capacity.encode10())).isEqualTo("ffffffff00000200");
        assertThat(Capacity.parse16(capacity.encode16())).isEqualTo(capacity);
        assertThat(capacity.bytes()).isEqualTo(512L * 0x1_0000_0001L);
    }

    @Test
    void unmapListStandsAsInTheStandard() {
        UnmapList list = new UnmapList(List.of(new UnmapList.Range(0x10, 0xFFFFFFFFL)));
        assertThat(hex(list.encode())).isEqualTo("0016001000000000" + "0000000000000010" + "ffffffff00000000");
        assertThat(UnmapList.parse(list.encode())).isEqualTo(list);
        assertThat(UnmapList.parse(list.encode().limit(20)).ranges()).isEmpty();
    }

    @Test
    void lbaStatusStandsAsInTheStandard() {
        LbaStatus status = new LbaStatus(
                List.of(new LbaStatus.Range(0x10, 8, true), new LbaStatus.Range(0x18, 0xFFFFFFFFL, false)));
        assertThat(hex(status.encode()))
                .isEqualTo("0000002400000000" + "0000000000000010" + "00000008" + "00000000" + "0000000000000018"
                        + "ffffffff" + "01000000");
        assertThat(LbaStatus.parse(status.encode())).isEqualTo(status);
        assertThat(LbaStatus.parse(status.encode().limit(24)).ranges()).hasSize(1);
    }

    @Test
    void inquiryAndPagesAreReadAsTheyAreWritten() {
        InquiryData inquiry = new InquiryData("PURE", "FlashArray", "8888");
        assertThat(new String(inquiry.encode().array(), 8, 28, StandardCharsets.US_ASCII))
                .isEqualTo("PURE    FlashArray      8888");
        assertThat(InquiryData.parse(inquiry.encode())).isEqualTo(inquiry);
        assertThat(InquiryData.isDisk(inquiry.encode())).isTrue();
        assertThat(InquiryData.isDisk(InquiryData.encodeAbsent())).isFalse();

        BlockLimits limits = new BlockLimits(true, 255, 8, 65536, 0, 0xFFFFFFFFL, 256, 128, 0x7FFFFF);
        ByteBuffer page = VpdPage.encode(VpdPage.BLOCK_LIMITS, limits.encode());
        assertThat(hex(page))
                .startsWith("00b0003c" + "01ff0008" + "00010000" + "00000000" + "00000000" + "ffffffff" + "00000100"
                        + "00000080" + "80000000" + "00000000007fffff");
        assertThat(BlockLimits.parse(VpdPage.body(VpdPage.BLOCK_LIMITS, page))).isEqualTo(limits);

        Provisioning thin = new Provisioning(11, true, true, true, true, 2);
        assertThat(hex(thin.encode())).isEqualTo("0be40200");
        assertThat(Provisioning.parse(thin.encode())).isEqualTo(thin);
    }

    @Test
    void designatorsStandAsInTheStandard() {
        List<Designator> designators = List.of(
                Designator.naa(HexFormat.of().parseHex("624a9370000102030405060708090a0b")),
                Designator.t10("PURE", "ABC"),
                Designator.relativePort(2),
                Designator.portGroup(1),
                Designator.portName("iqn.t", 2),
                Designator.deviceName("iqn"));
        ByteBuffer body = Designator.encode(designators);
        assertThat(hex(body))
                .startsWith("01030010624a9370000102030405060708090a0b" + "0201000b" + "5055524520202020414243"
                        + "5194000400000002" + "5195000400000001" + "53980010");
        assertThat(Designator.parse(body)).isEqualTo(designators);
        assertThat(Designator.parse(body).getFirst().isUnitNaa()).isTrue();
        assertThat(Designator.parse(body).get(4).name().remaining() % 4).isZero();
    }

    private static String hex(ByteBuffer bytes) {
        byte[] copy = new byte[bytes.remaining()];
        bytes.duplicate().get(copy);
        return HexFormat.of().formatHex(copy);
    }
}
