package io.stowage.nvme.stream;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.stowage.nvme.command.CompletionEntry;
import io.stowage.nvme.command.Status;
import io.stowage.nvme.command.SubmissionEntry;
import io.stowage.nvme.pdu.CommonHeader;
import io.stowage.nvme.pdu.Digests;
import io.stowage.nvme.pdu.FatalError;
import io.stowage.nvme.pdu.PduType;
import io.stowage.nvme.pdu.TransferHeader;
import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.List;
import java.util.Random;
import net.jqwik.api.Assume;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;

/** What a writer sends, a reader understands, whatever was agreed and however the bytes arrive. */
class PduStreamTest {
    private static final int LIMIT = 256 * 1024;

    @Property(tries = 100)
    void hostsAreUnderstood(
            @ForAll boolean header,
            @ForAll boolean data,
            @ForAll @IntRange(min = 1, max = 70_000) int piece,
            @ForAll @Size(min = 1, max = 8) List<@IntRange(max = 60_000) Integer> lengths,
            @ForAll long seed)
            throws IOException {
        var digests = new Digests(header, data);
        var random = new Random(seed);
        var channel = new Memory(piece);
        var writer = new PduWriter(channel, 64 * 1024);
        writer.agreed(digests, 0);
        var sent = lengths.stream().map(length -> bytes(random, length)).toList();
        for (int i = 0; i < sent.size(); i++) {
            byte[] bytes = sent.get(i);
            if (i % 2 == 0 || bytes.length == 0) {
                var entry = new SubmissionEntry().opcode(i).commandId(i).data(SubmissionEntry.IN_CAPSULE, bytes.length);
                writer.addCommand(entry, ByteBuffer.wrap(bytes));
            } else {
                writer.addHostData(i, 0xFFFF - i, 4096 * i, ByteBuffer.wrap(bytes), true);
            }
        }
        writer.flush();

        var reader = new PduReader(channel, PduReader.From.HOST, 64 * 1024, LIMIT, LIMIT);
        reader.agreed(digests);
        for (int i = 0; i < sent.size(); i++) {
            byte[] bytes = sent.get(i);
            assertThat(reader.next()).isTrue();
            assertThat(reader.dataLength()).isEqualTo(bytes.length);
            if (i % 2 == 0 || bytes.length == 0) {
                assertThat(reader.type()).isEqualTo(PduType.CAPSULE_CMD);
                assertThat(reader.entry().opcode()).isEqualTo(i);
                assertThat(reader.entry().commandId()).isEqualTo(i);
                assertThat(reader.entry().sglLength()).isEqualTo(bytes.length);
            } else {
                assertThat(reader.type()).isEqualTo(PduType.H2C_DATA);
                assertThat(reader.has(CommonHeader.LAST)).isTrue();
                assertThat(TransferHeader.commandId(reader.header())).isEqualTo(i);
                assertThat(TransferHeader.tag(reader.header())).isEqualTo(0xFFFF - i);
                assertThat(TransferHeader.offset(reader.header())).isEqualTo(4096L * i);
            }
            check(random, reader, bytes);
        }
        assertThat(reader.next()).isFalse();
    }

    @Property(tries = 100)
    void controllersAreUnderstood(
            @ForAll boolean header,
            @ForAll boolean data,
            @ForAll @IntRange(max = 31) int alignment,
            @ForAll @IntRange(min = 1, max = 70_000) int piece,
            @ForAll @Size(min = 1, max = 8) List<@IntRange(min = 1, max = 60_000) Integer> lengths,
            @ForAll long seed)
            throws IOException {
        var digests = new Digests(header, data);
        var random = new Random(seed);
        var channel = new Memory(piece);
        var writer = new PduWriter(channel, 64 * 1024);
        writer.agreed(digests, alignment);
        var sent = lengths.stream().map(length -> bytes(random, length)).toList();
        for (int i = 0; i < sent.size(); i++) {
            byte[] bytes = sent.get(i);
            if (i % 2 == 0) {
                writer.claim(bytes.length).put(bytes);
                writer.addClaimed(i, i * 512, CommonHeader.LAST | CommonHeader.SUCCESS);
            } else {
                writer.addControllerData(i, i * 512, ByteBuffer.wrap(bytes), 0);
                writer.addResponse(i, 7, 1, i, Status.COMPARE_FAILURE);
            }
            writer.addReadyToTransfer(i, i + 1, 0, bytes.length);
        }
        writer.flush();

        var reader = new PduReader(channel, PduReader.From.CONTROLLER, 64 * 1024, 0, LIMIT);
        reader.agreed(digests);
        for (int i = 0; i < sent.size(); i++) {
            byte[] bytes = sent.get(i);
            assertThat(reader.next()).isTrue();
            assertThat(reader.type()).isEqualTo(PduType.C2H_DATA);
            // TCP Transport 1.0, section 3.4: data begin at a multiple of HPDA + 1 dwords.
            assertThat(CommonHeader.dataOffset(reader.header()) % ((alignment + 1) * 4))
                    .isZero();
            assertThat(reader.has(CommonHeader.LAST | CommonHeader.SUCCESS)).isEqualTo(i % 2 == 0);
            assertThat(TransferHeader.offset(reader.header())).isEqualTo(512L * i);
            check(random, reader, bytes);
            if (i % 2 != 0) {
                assertThat(reader.next()).isTrue();
                assertThat(reader.type()).isEqualTo(PduType.CAPSULE_RESP);
                assertThat(CompletionEntry.parse(reader.header(), CommonHeader.BYTES))
                        .isEqualTo(new CompletionEntry(i, 7, 1, i, Status.COMPARE_FAILURE));
            }
            assertThat(reader.next()).isTrue();
            assertThat(reader.type()).isEqualTo(PduType.R2T);
            assertThat(TransferHeader.length(reader.header())).isEqualTo(bytes.length);
        }
        assertThat(reader.next()).isFalse();
    }

    @Property(tries = 100)
    void aDamagedBitIsNoticed(@ForAll @IntRange(min = 0, max = 72 + 4 + 600 + 4 - 1) int at) throws IOException {
        var digests = new Digests(true, true);
        var channel = new Memory(100_000);
        var writer = new PduWriter(channel, 64 * 1024);
        writer.agreed(digests, 0);
        byte[] data = bytes(new Random(1), 600);
        writer.addCommand(new SubmissionEntry().data(SubmissionEntry.IN_CAPSULE, 600), ByteBuffer.wrap(data));
        writer.addCommand(new SubmissionEntry().commandId(2), ByteBuffer.allocate(0));
        writer.flush();
        channel.damage(at);

        var reader = new PduReader(channel, PduReader.From.HOST, 64 * 1024, LIMIT, LIMIT);
        reader.agreed(digests);
        if (at >= 72 + 4) {
            assertThat(reader.next()).isTrue();
            assertThatThrownBy(reader::data).isInstanceOf(DataDigestError.class);
            // Not fatal: section 3.3.2. The next PDU is found.
            assertThat(reader.next()).isTrue();
            assertThat(reader.entry().commandId()).isEqualTo(2);
        } else {
            Assume.that(at < CommonHeader.PLEN_OFFSET || at >= CommonHeader.BYTES);
            assertThatThrownBy(reader::next)
                    .isInstanceOfSatisfying(
                            ProtocolViolation.class,
                            violation -> assertThat(violation.error())
                                    .isIn(FatalError.HEADER_DIGEST_ERROR, FatalError.INVALID_HEADER_FIELD));
        }
    }

    @Property(tries = 300)
    void noiseEndsInAnErrorOfTheProtocolOrOfTheConnection(
            @ForAll @Size(max = 400) byte[] noise, @ForAll @IntRange(max = 9) int type, @ForAll boolean plausible)
            throws IOException {
        var channel = new Memory(77);
        if (plausible) {
            var header = ByteBuffer.allocate(CommonHeader.BYTES).order(ByteOrder.LITTLE_ENDIAN);
            CommonHeader.put(header, type, 3, noise.length % 256, noise.length);
            channel.write(header.flip());
        }
        channel.write(ByteBuffer.wrap(noise));
        for (var from : PduReader.From.values()) {
            var reader = new PduReader(channel, from, 16 * 1024, 8192, 8192);
            reader.agreed(new Digests(plausible, plausible));
            try {
                while (reader.next()) {
                    reader.data();
                }
            } catch (ProtocolViolation violation) {
                var bytes = ByteBuffer.allocate(256).order(ByteOrder.LITTLE_ENDIAN);
                violation.termination().write(bytes, PduType.C2H_TERM_REQ);
                assertThat(bytes.position()).isBetween(24, 152); // figure 24
            } catch (EOFException | DataDigestError _) {
                // the other ways to end
            }
        }
    }

    private static void check(Random random, PduReader reader, byte[] bytes) throws IOException {
        byte[] found = new byte[bytes.length];
        switch (random.nextInt(3)) {
            case 0 -> reader.data().get(found);
            case 1 -> {
                var into = ByteBuffer.allocate(bytes.length + 10).position(5);
                reader.readData(into);
                assertThat(into.position()).isEqualTo(5 + bytes.length);
                into.get(5, found);
            }
            default -> {
                return; // passed over
            }
        }
        assertThat(found).isEqualTo(bytes);
    }

    private static byte[] bytes(Random random, int length) {
        byte[] bytes = new byte[length];
        random.nextBytes(bytes);
        return bytes;
    }
}
