package io.stowage.iscsi.stream;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.stowage.iscsi.pdu.DataOut;
import io.stowage.iscsi.pdu.InitiatorPdu;
import io.stowage.iscsi.pdu.NopOut;
import io.stowage.iscsi.pdu.Pdu;
import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Random;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;

class PduStreamTest {
    private static final int MAX_DATA = 256 * 1024;

    /** Whatever the pieces in which the network delivers, and however the data is fetched or left. */
    @Property(tries = 150)
    void whatIsWrittenIsRead(@ForAll long seed, @ForAll boolean headerDigest, @ForAll boolean dataDigest)
            throws IOException {
        Random random = new Random(seed);
        Digests digests = new Digests(headerDigest, dataDigest);
        MemoryChannel wire = new MemoryChannel(random);
        PduWriter writer = new PduWriter(wire, 64 * 1024);
        writer.negotiated(digests);
        int count = 1 + random.nextInt(12);
        ByteBuffer[] data = new ByteBuffer[count];
        for (int i = 0; i < count; i++) {
            data[i] = bytes(random, random.nextInt(5) == 0 ? random.nextInt(200_000) : random.nextInt(3_000));
            write(writer, pdu(i), data[i], random.nextInt(3));
        }
        writer.flush();

        PduReader reader = new PduReader(wire, 8192, MAX_DATA);
        reader.negotiated(digests, MAX_DATA);
        for (int i = 0; i < count; i++) {
            assertThat(reader.next()).isTrue();
            assertThat(InitiatorPdu.parse(reader.header())).isEqualTo(pdu(i));
            assertThat(reader.dataLength()).isEqualTo(data[i].remaining());
            switch (random.nextInt(3)) {
                case 0 -> assertThat(reader.data()).isEqualTo(data[i]);
                case 1 -> {
                    ByteBuffer into =
                            ByteBuffer.allocate(data[i].remaining() + 10).position(3);
                    reader.readData(into);
                    assertThat(into.position()).isEqualTo(3 + data[i].remaining());
                    assertThat(into.slice(3, data[i].remaining())).isEqualTo(data[i]);
                }
                default -> {} // left: the next PDU must be found all the same
            }
        }
        assertThat(reader.next()).isFalse();
    }

    @Property(tries = 100)
    void aFlippedBitIsNoticedByTheDigests(
            @ForAll @IntRange(min = 0, max = 199) int at, @ForAll @IntRange(max = 7) int bit) throws IOException {
        MemoryChannel wire = new MemoryChannel(new Random(at));
        PduWriter writer = new PduWriter(wire, 64 * 1024);
        writer.negotiated(new Digests(true, true));
        ByteBuffer data = bytes(new Random(1), 142); // 48 + 4 + 142 + 2 + 4 = 200
        writer.add(pdu(1), data);
        writer.flush();
        wire.flip(at, bit);

        PduReader reader = new PduReader(wire, 8192, MAX_DATA);
        reader.negotiated(new Digests(true, true), MAX_DATA);
        assertThatThrownBy(() -> {
                    reader.next();
                    reader.data();
                })
                .isInstanceOf(IOException.class);
    }

    @Example
    void dataBeyondTheLimitIsRefusedBeforeItIsRead() throws IOException {
        MemoryChannel wire = new MemoryChannel(new Random(1));
        PduWriter writer = new PduWriter(wire, 64 * 1024);
        writer.add(pdu(1), ByteBuffer.allocate(8193));
        writer.flush();
        PduReader reader = new PduReader(wire, 8192, 8192);
        assertThatThrownBy(reader::next).isInstanceOf(ProtocolViolation.class).hasMessageContaining("8193");
    }

    /** Who waits with his answers for the next PDU must not take data that nobody fetched for one. */
    @Example
    void dataThatIsLeftIsNotAnotherPdu() throws IOException {
        MemoryChannel wire = new MemoryChannel(new Random(1));
        PduWriter writer = new PduWriter(wire, 64 * 1024);
        writer.add(pdu(1), ByteBuffer.allocate(500));
        writer.flush();
        PduReader reader = new PduReader(wire, 8192, 8192);
        assertThat(reader.next()).isTrue();
        assertThat(reader.hasBuffered()).isFalse();
        reader.data();
        assertThat(reader.hasBuffered()).isFalse();
    }

    @Example
    void anEndWithinAPduIsAFault() throws IOException {
        MemoryChannel wire = new MemoryChannel(new Random(1));
        wire.write(ByteBuffer.allocate(20));
        PduReader reader = new PduReader(wire, 8192, 8192);
        assertThatThrownBy(reader::next).isInstanceOf(EOFException.class);
    }

    private static Pdu pdu(int i) {
        return i % 2 == 0 ? new NopOut(true, i, i, -1, 5, 6) : new DataOut(true, i, i, -1, 2, 0, 0);
    }

    private static void write(PduWriter writer, Pdu pdu, ByteBuffer data, int way) throws IOException {
        if (way == 0 && data.remaining() <= writer.claimLimit()) {
            ByteBuffer claimed = writer.claim(data.remaining());
            claimed.put(data.duplicate());
            writer.addClaimed(pdu, claimed);
        } else if (!data.hasRemaining() && way == 1) {
            writer.add(pdu);
        } else {
            writer.add(pdu, data);
        }
    }

    private static ByteBuffer bytes(Random random, int length) {
        byte[] bytes = new byte[length];
        random.nextBytes(bytes);
        return ByteBuffer.wrap(bytes);
    }
}
