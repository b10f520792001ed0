package io.stowage.nvme.pdu;

import static org.assertj.core.api.Assertions.assertThat;

import io.stowage.nvme.command.Status;
import io.stowage.nvme.command.SubmissionEntry;
import io.stowage.nvme.stream.PduWriter;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.Channels;
import java.nio.channels.GatheringByteChannel;
import java.nio.channels.WritableByteChannel;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;

/** Bytes on the wire, by hand from TCP Transport 1.0, figures 19 to 29, and as {@code include/linux/nvme-tcp.h} has them. */
class PduVectorsTest {
    private static final HexFormat HEX = HexFormat.of();
    private final ByteBuffer bytes = ByteBuffer.allocate(256).order(ByteOrder.LITTLE_ENDIAN);

    @Test
    void initialization() {
        var request = new ConnectionRequest(0, 3, new Digests(true, false), 0);
        request.write(bytes);
        assertThat(written()).isEqualTo("00008000" + "80000000" + "0000" + "03" + "01" + "00000000" + "00".repeat(112));
        assertThat(ConnectionRequest.parse(bytes)).isEqualTo(request);

        bytes.clear();
        var response = new ConnectionResponse(0, 0, new Digests(true, true), 1 << 20);
        response.write(bytes);
        assertThat(written()).isEqualTo("01008000" + "80000000" + "0000" + "00" + "03" + "00001000" + "00".repeat(112));
        assertThat(ConnectionResponse.parse(bytes)).isEqualTo(response);
    }

    @Test
    void terminationCarriesTheOffendingHeader() {
        var offending = ByteBuffer.wrap(new byte[] {0x06, 0, 24, 0, 24, 0, 0, 0});
        var request = new TerminationRequest(FatalError.DATA_OUT_OF_RANGE.code(), 0x01020304, offending);
        request.write(bytes, PduType.C2H_TERM_REQ);

        assertThat(written())
                .isEqualTo("03001800" + "20000000" + "0400" + "04030201" + "00".repeat(10) + "0600180018000000");
        assertThat(TerminationRequest.parse(bytes, bytes.slice(24, 8))).isEqualTo(request);
        assertThat(request.error()).contains(FatalError.DATA_OUT_OF_RANGE);
        assertThat(new TerminationRequest(7, 0, offending).error()).isEmpty();
    }

    /** RFC 7143, appendix: the same CRC32C and the same order of its bytes. */
    @Test
    void digests() {
        var crc = new Crc32cDigest();
        assertThat(onWire(crc.of(ByteBuffer.allocate(32)))).isEqualTo("aa36918a");
        assertThat(onWire(crc.of(ByteBuffer.wrap(HEX.parseHex("ff".repeat(32))))))
                .isEqualTo("43aba862");
        var counting = ByteBuffer.allocate(32);
        for (int i = 0; i < 32; i++) {
            counting.put((byte) i);
        }
        assertThat(onWire(crc.of(counting.flip()))).isEqualTo("4e79dd46");
        assertThat(counting.remaining()).isEqualTo(32);
    }

    @Test
    void responseTransferAndData() throws IOException {
        var out = new Sink();
        var writer = new PduWriter(out, 64 * 1024);
        writer.addResponse(0x0807060504030201L, 0x0A09, 0x0C0B, 0x0E0D, Status.INVALID_NAMESPACE);
        writer.addReadyToTransfer(0x1234, 0x5678, 0, 0x2000);
        writer.addControllerData(0x1234, 0x1000, ByteBuffer.wrap(new byte[] {1, 2}), CommonHeader.LAST);
        writer.addHostData(0x1234, 0x5678, 0x1000, ByteBuffer.wrap(new byte[] {3}), true);
        writer.flush();

        assertThat(HEX.formatHex(out.bytes.toByteArray()))
                .isEqualTo("05001800" + "18000000" + "0102030405060708" + "090a0b0c0d0e" + "1680"
                        + ("09001800" + "18000000" + "34127856" + "00000000" + "00200000" + "00000000")
                        + ("07041818" + "1a000000" + "34120000" + "00100000" + "02000000" + "00000000" + "0102")
                        + ("06041818" + "19000000" + "34127856" + "00100000" + "01000000" + "00000000" + "03"));
    }

    /** With both digests, as Linux fills {@code struct nvme_tcp_hdr}: flags 03, data at 76 behind the header's digest. */
    @Test
    void commandWithDigests() throws IOException {
        var out = new Sink();
        var writer = new PduWriter(out, 64 * 1024);
        writer.agreed(new Digests(true, true), 0);
        writer.addCommand(new SubmissionEntry(), ByteBuffer.allocate(32));
        writer.addCommand(new SubmissionEntry(), ByteBuffer.allocate(0));
        writer.flush();

        byte[] sent = out.bytes.toByteArray();
        assertThat(sent).hasSize(72 + 4 + 32 + 4 + 72 + 4);
        assertThat(HEX.formatHex(sent, 0, 8)).isEqualTo("0403484c" + "70000000");
        assertThat(HEX.formatHex(sent, 108, 112)).isEqualTo("aa36918a");
        assertThat(HEX.formatHex(sent, 112, 120)).isEqualTo("04014800" + "4c000000");
    }

    private String written() {
        return HEX.formatHex(bytes.array(), 0, bytes.position());
    }

    private static String onWire(int digest) {
        return HEX.formatHex(ByteBuffer.allocate(4)
                .order(ByteOrder.LITTLE_ENDIAN)
                .putInt(digest)
                .array());
    }

    private static final class Sink implements GatheringByteChannel {
        private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        private final WritableByteChannel channel = Channels.newChannel(bytes);

        @Override
        public int write(ByteBuffer from) throws IOException {
            return channel.write(from);
        }

        @Override
        public long write(ByteBuffer[] from, int offset, int length) throws IOException {
            long written = 0;
            for (int i = offset; i < offset + length; i++) {
                written += write(from[i]);
            }
            return written;
        }

        @Override
        public long write(ByteBuffer[] from) throws IOException {
            return write(from, 0, from.length);
        }

        @Override
        public boolean isOpen() {
            return true;
        }

        @Override
        public void close() {
            // in memory
        }
    }
}
