package io.stowage.iscsi.pdu;

import static org.assertj.core.api.Assertions.assertThat;

import io.stowage.iscsi.stream.DataDigestError;
import io.stowage.iscsi.stream.Digests;
import io.stowage.iscsi.stream.PduReader;
import io.stowage.iscsi.stream.PduWriter;
import io.stowage.iscsi.stream.ProtocolViolation;
import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.GatheringByteChannel;
import java.nio.channels.ReadableByteChannel;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** Bytes of anybody: read as PDUs or refused in the words that are documented, and nothing else. */
class PduFuzzTest {
    private static final int INPUTS = Boolean.getBoolean("stowage.soak") ? 10_000_000 : 100_000;
    private static final int MAX_DATA = 4096;
    private static final int READ_AHEAD = 4096;

    @Test
    void everyHeaderIsSomePdu() {
        Random random = new Random(11);
        byte[] bytes = new byte[Pdu.HEADER_LENGTH];
        for (int i = 0; i < INPUTS; i++) {
            random.nextBytes(bytes);
            if (i % 2 == 0) {
                bytes[0] = (byte) (random.nextInt(8) | random.nextInt(4) << 4);
            }
            ByteBuffer header = ByteBuffer.wrap(bytes);
            assertSameAgain(InitiatorPdu.parse(header), i);
            assertSameAgain(TargetPdu.parse(header), i);
        }
    }

    /** What was understood is understood alike when it is written and read again. */
    private static void assertSameAgain(Pdu pdu, int input) {
        if (pdu instanceof UnknownPdu) {
            return;
        }
        ByteBuffer written = ByteBuffer.allocate(Pdu.HEADER_LENGTH);
        pdu.write(written);
        Pdu again = pdu instanceof InitiatorPdu ? InitiatorPdu.parse(written) : TargetPdu.parse(written);
        assertThat(again.equals(pdu))
                .as("input %d: %s and %s", input, pdu, again)
                .isTrue();
    }

    @Test
    void streamsOfAnybodyAreReadOrRefused() throws IOException {
        Random random = new Random(12);
        byte[][] recorded = {conversation(Digests.NONE), conversation(new Digests(true, true))};
        int read = 0;
        int refused = 0;
        for (int i = 0; i < INPUTS / 10; i++) {
            boolean digests = random.nextBoolean();
            byte[] stream = mutated(recorded[digests ? 1 : 0], random);
            Pieces pieces = new Pieces(stream, random);
            PduReader reader = new PduReader(pieces, READ_AHEAD, MAX_DATA);
            reader.negotiated(new Digests(digests, digests), MAX_DATA);
            try {
                while (reader.next()) {
                    InitiatorPdu.parse(reader.header());
                    assertThat(reader.dataLength()).isBetween(0, MAX_DATA);
                    try {
                        fetch(reader, random);
                        read++;
                    } catch (DataDigestError expected) {
                        refused++; // and the stream goes on
                    }
                }
            } catch (ProtocolViolation | EOFException expected) {
                refused++;
            }
            assertThat(pieces.reads).as("input %d", i).isLessThanOrEqualTo(stream.length + 2);
        }
        assertThat(read).isGreaterThan(INPUTS / 10);
        assertThat(refused).isGreaterThan(INPUTS / 100);
    }

    private static void fetch(PduReader reader, Random random) throws IOException {
        switch (random.nextInt(3)) {
            case 0 -> assertThat(reader.data().remaining()).isEqualTo(reader.dataLength());
            case 1 -> reader.readData(ByteBuffer.allocate(MAX_DATA));
            default -> {}
        }
    }

    private static byte[] conversation(Digests digests) throws IOException {
        Sink sink = new Sink();
        PduWriter writer = new PduWriter(sink, 64 * 1024);
        writer.negotiated(digests);
        Isid isid = new Isid(0x800000000001L);
        ByteBuffer cdb = ByteBuffer.allocate(16).put(0, (byte) 0x2A);
        List<Pdu> pdus = List.of(
                new LoginRequest(
                        true, false, LoginStage.OPERATIONAL, LoginStage.FULL_FEATURE, 0, 0, isid, 0, 1, 0, 1, 1),
                new ScsiCommand(false, false, false, true, 1, 1L << 48, 2, 4096, 1, 1, cdb),
                new DataOut(true, 1L << 48, 2, -1, 1, 0, 512),
                new NopOut(true, 0, 3, -1, 2, 1),
                new TaskManagementRequest(true, 1, 1L << 48, 4, 2, 1, 2, 1, 0),
                new TextRequest(true, true, false, 0, 5, -1, 2, 1),
                new LogoutRequest(true, 0, 6, 0, 2, 1));
        Random random = new Random(1);
        for (Pdu pdu : pdus) {
            byte[] data = new byte[random.nextInt(300)];
            random.nextBytes(data);
            writer.add(pdu, ByteBuffer.wrap(data));
        }
        writer.flush();
        return sink.bytes.toByteArray();
    }

    /** Good bytes with a few changed, left out, repeated or cut off; sometimes noise. */
    private static byte[] mutated(byte[] good, Random random) {
        byte[] bytes = good.clone();
        if (random.nextInt(16) == 0) {
            random.nextBytes(bytes);
            return bytes;
        }
        for (int i = random.nextInt(4); i > 0; i--) {
            int at = random.nextInt(bytes.length);
            switch (random.nextInt(4)) {
                case 0 -> bytes[at] = (byte) random.nextInt(256);
                case 1 -> bytes[at] ^= (byte) (1 << random.nextInt(8));
                case 2 -> {
                    int length = Math.min(random.nextInt(200), bytes.length - at);
                    System.arraycopy(good, random.nextInt(good.length - length), bytes, at, length);
                }
                default -> bytes = java.util.Arrays.copyOf(bytes, at + 1);
            }
        }
        return bytes;
    }

    /** Gives the bytes in pieces of any size, as a socket does. */
    private static final class Pieces implements ReadableByteChannel {
        private final ByteBuffer bytes;
        private final Random random;
        private int reads;

        Pieces(byte[] bytes, Random random) {
            this.bytes = ByteBuffer.wrap(bytes);
            this.random = random;
        }

        @Override
        public int read(ByteBuffer into) {
            reads++;
            if (!bytes.hasRemaining()) {
                return -1;
            }
            int length = Math.min(Math.min(1 + random.nextInt(700), bytes.remaining()), into.remaining());
            into.put(bytes.slice(bytes.position(), length));
            bytes.position(bytes.position() + length);
            return length;
        }

        @Override
        public boolean isOpen() {
            return true;
        }

        @Override
        public void close() {}
    }

    private static final class Sink implements GatheringByteChannel {
        private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();

        @Override
        public int write(ByteBuffer from) {
            int length = from.remaining();
            while (from.hasRemaining()) {
                bytes.write(from.get());
            }
            return length;
        }

        @Override
        public long write(ByteBuffer[] from, int offset, int length) {
            long written = 0;
            for (int i = offset; i < offset + length; i++) {
                written += write(from[i]);
            }
            return written;
        }

        @Override
        public long write(ByteBuffer[] from) {
            return write(from, 0, from.length);
        }

        @Override
        public boolean isOpen() {
            return true;
        }

        @Override
        public void close() {}
    }
}
