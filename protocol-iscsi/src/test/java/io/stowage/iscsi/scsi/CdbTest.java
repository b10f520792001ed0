package io.stowage.iscsi.scsi;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Random;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;

class CdbTest {

    /** Any 16 bytes are a command; what is written of it is read as the same, over stale bytes too. */
    @Property(tries = 4000)
    void whatIsWrittenIsRead(@ForAll @IntRange(max = 255) int opcode, @ForAll long seed, @ForAll byte dirt) {
        byte[] bytes = new byte[Cdb.LENGTH];
        new Random(seed).nextBytes(bytes);
        bytes[0] = (byte) opcode;
        Cdb cdb = Cdb.parse(ByteBuffer.wrap(bytes));

        byte[] written = new byte[Cdb.LENGTH];
        Arrays.fill(written, dirt);
        cdb.write(ByteBuffer.wrap(written));
        assertThat(written[0]).isEqualTo((byte) opcode);
        assertThat(Cdb.parse(ByteBuffer.wrap(written))).isEqualTo(cdb);
    }

    /** From the tables of SBC-3 and SPC-4. */
    @Example
    void commandsStandAsInTheStandards() {
        assertThat(hex(new Cdb.Read(0x123456789AL, 0x2000))).isEqualTo("8800000000123456789a000020000000");
        assertThat(hex(new Cdb.Write(5, 1, true))).isEqualTo("8a080000000000000005000000010000");
        assertThat(hex(new Cdb.Read(CdbSize.SIX, 0x1FFFFF, 256, 0, false, false)))
                .isEqualTo("081fffff000000000000000000000000");
        assertThat(hex(new Cdb.Write(CdbSize.TEN, 0xFFFFFFFFL, 0xFFFF, 1, true, true)))
                .isEqualTo("2a38ffffffff00ffff00000000000000");
        assertThat(hex(new Cdb.Verify(CdbSize.TWELVE, 1, 2, 0, false, 3)))
                .isEqualTo("af060000000100000002000000000000");
        assertThat(hex(new Cdb.WriteSame(CdbSize.SIXTEEN, 1, 2, 0, false, true, true)))
                .isEqualTo("93090000000000000001000000020000");
        assertThat(hex(new Cdb.Unmap(false, 24))).isEqualTo("42000000000000001800000000000000");
        assertThat(hex(Cdb.SynchronizeCache.everything())).isEqualTo("35000000000000000000000000000000");
        assertThat(hex(new Cdb.Inquiry(true, 0x83, 255))).isEqualTo("12018300ff0000000000000000000000");
        assertThat(hex(new Cdb.ReadCapacity16(32))).isEqualTo("9e100000000000000000000000200000");
        assertThat(hex(new Cdb.ReportLuns(0, 4096))).isEqualTo("a0000000000000001000000000000000");
        assertThat(hex(new Cdb.ModeSense(CdbSize.SIX, true, 0, 0x08, 0, 4)))
                .isEqualTo("1a080800040000000000000000000000");
        assertThat(hex(new Cdb.CompareAndWrite(2, 1, 0, false, false))).isEqualTo("89000000000000000002000000010000");
    }

    private static String hex(Cdb cdb) {
        return HexFormat.of().formatHex(cdb.encode().array());
    }
}
