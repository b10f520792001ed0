package io.stowage.iscsi.pdu;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;

/** Headers byte by byte, from the figures of RFC 7143, section 11. */
class PduLayoutTest {
    private static final Counters COUNTERS = new Counters(0x01020304, 0x11121314, 0x21222324);
    private static final long LUN = 0x0005_0000_0000_0000L;

    @Test
    void scsiCommand() {
        ByteBuffer cdb = ByteBuffer.wrap(HexFormat.of().parseHex("8a000000000000001000000000080000"));
        Pdu pdu = new ScsiCommand(false, true, false, true, 1, LUN, 0xAABBCCDD, 4096, 7, 9, cdb);
        assertThat(hex(pdu))
                .isEqualTo("01a10000" + "00000000" + "0005000000000000" + "aabbccdd" + "00001000" + "00000007"
                        + "00000009" + "8a000000000000001000000000080000");
    }

    @Test
    void readyToTransfer() {
        Pdu pdu = new ReadyToTransfer(LUN, 0xAABBCCDD, 0x55, COUNTERS, 2, 0x10000, 0x40000);
        assertThat(hex(pdu))
                .isEqualTo("31800000" + "00000000" + "0005000000000000" + "aabbccdd" + "00000055" + "01020304"
                        + "11121314" + "21222324" + "00000002" + "00010000" + "00040000");
    }

    @Test
    void dataInWithStatusAndUnderflow() {
        Pdu pdu = new DataIn(true, true, 0, LUN, 1, COUNTERS, 3, 0x2000, Residual.of(512, 36));
        assertThat(hex(pdu))
                .isEqualTo("25830000" + "00000000" + "0005000000000000" + "00000001" + "ffffffff" + "01020304"
                        + "11121314" + "21222324" + "00000003" + "00002000" + "000001dc");
    }

    @Test
    void scsiResponseWithOverflow() {
        Pdu pdu = new ScsiResponse(1, 0, 2, COUNTERS, 4, Residual.of(0, 512));
        assertThat(hex(pdu))
                .isEqualTo("21840002" + "00000000" + "0000000000000000" + "00000001" + "00000000" + "01020304"
                        + "11121314" + "21222324" + "00000004" + "00000000" + "00000200");
    }

    @Test
    void loginRequestAndResponse() {
        Isid isid = new Isid(0x80_123456_789AL);
        assertThat(hex(new LoginRequest(
                        true, false, LoginStage.OPERATIONAL, LoginStage.FULL_FEATURE, 0, 0, isid, 0, 1, 2, 3, 4)))
                .isEqualTo("43870000" + "00000000" + "80123456789a" + "0000" + "00000001" + "00020000" + "00000003"
                        + "00000004" + "00".repeat(16));
        assertThat(hex(new LoginResponse(
                        true,
                        false,
                        LoginStage.OPERATIONAL,
                        LoginStage.FULL_FEATURE,
                        isid,
                        0x77,
                        1,
                        COUNTERS,
                        LoginStatus.TARGET_NOT_FOUND)))
                .isEqualTo("23870000" + "00000000" + "80123456789a" + "0077" + "00000001" + "00000000" + "01020304"
                        + "11121314" + "21222324" + "02030000" + "00".repeat(8));
    }

    @Test
    void rejectAndPing() {
        assertThat(hex(new Reject(Reject.NOT_SUPPORTED, COUNTERS, 0)))
                .isEqualTo("3f800500" + "00000000" + "0000000000000000" + "ffffffff" + "00000000" + "01020304"
                        + "11121314" + "21222324" + "00000000" + "00".repeat(8));
        assertThat(hex(new NopIn(0, Pdu.RESERVED_TAG, 5, COUNTERS)))
                .isEqualTo("20800000" + "00000000" + "0000000000000000" + "ffffffff" + "00000005" + "01020304"
                        + "11121314" + "21222324" + "00".repeat(12));
    }

    @Test
    void serialNumbersWrapAround() {
        assertThat(SerialNumber.isBefore(-1, 0)).isTrue();
        assertThat(SerialNumber.isBefore(Integer.MAX_VALUE, Integer.MIN_VALUE)).isTrue();
        assertThat(SerialNumber.isWithin(1, -2, 2)).isTrue();
        assertThat(SerialNumber.isWithin(3, -2, 2)).isFalse();
    }

    private static String hex(Pdu pdu) {
        ByteBuffer header = ByteBuffer.allocate(Pdu.HEADER_LENGTH);
        pdu.write(header);
        return HexFormat.of().formatHex(header.array());
    }
}
