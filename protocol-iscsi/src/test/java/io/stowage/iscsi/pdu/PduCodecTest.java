package io.stowage.iscsi.pdu;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.Random;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

class PduCodecTest {

    /** Every header that can arrive is read without a fault, and what is written of it is read as the same. */
    @Property(tries = 2000)
    void whatIsWrittenIsRead(@ForAll("headers") byte[] bytes, @ForAll byte dirt) {
        assertStable(InitiatorPdu.parse(ByteBuffer.wrap(bytes)), dirt, true);
        assertStable(TargetPdu.parse(ByteBuffer.wrap(bytes)), dirt, false);
    }

    /** A reused buffer has stale bytes: none may survive. */
    @Property(tries = 500)
    void everyByteOfTheHeaderIsWritten(@ForAll("headers") byte[] bytes) {
        for (Pdu pdu :
                new Pdu[] {InitiatorPdu.parse(ByteBuffer.wrap(bytes)), TargetPdu.parse(ByteBuffer.wrap(bytes))}) {
            assertThat(written(pdu, (byte) 0)).isEqualTo(written(pdu, (byte) 0xFF));
        }
    }

    private static void assertStable(Pdu pdu, byte dirt, boolean fromInitiator) {
        ByteBuffer written = ByteBuffer.wrap(written(pdu, dirt));
        Pdu again = fromInitiator ? InitiatorPdu.parse(written) : TargetPdu.parse(written);
        assertThat(again).isEqualTo(pdu);
        assertThat(BasicHeader.dataLength(written)).isZero();
        assertThat(BasicHeader.additionalLength(written)).isZero();
    }

    private static byte[] written(Pdu pdu, byte dirt) {
        byte[] bytes = new byte[Pdu.HEADER_LENGTH];
        Arrays.fill(bytes, dirt);
        pdu.write(ByteBuffer.wrap(bytes));
        return bytes;
    }

    /** Random bytes, but every known opcode as likely as any other. */
    @Provide
    Arbitrary<byte[]> headers() {
        int[] opcodes = {0, 1, 2, 3, 4, 5, 6, 0x10, 0x20, 0x21, 0x22, 0x23, 0x24, 0x25, 0x26, 0x31, 0x32, 0x3F, 0x1B};
        return Arbitraries.integers()
                .between(0, opcodes.length - 1)
                .flatMap(index -> Arbitraries.longs().map(seed -> {
                    byte[] bytes = new byte[Pdu.HEADER_LENGTH];
                    new Random(seed).nextBytes(bytes);
                    bytes[0] = (byte) (bytes[0] & 0x40 | opcodes[index]);
                    return bytes;
                }));
    }
}
