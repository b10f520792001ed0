package io.stowage.array.nvme;

import static org.assertj.core.api.Assertions.assertThat;

import io.stowage.nvme.command.NvmOpcode;
import io.stowage.nvme.command.Status;
import io.stowage.nvme.command.SubmissionEntry;
import io.stowage.nvme.fabrics.Connect;
import io.stowage.nvme.pdu.Digests;
import io.stowage.nvme.pdu.FatalError;
import io.stowage.nvme.pdu.PduType;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** How commands and their data come and go: TCP Transport 1.0 (TCP), sections 3.4.2 and 3.5, figures 25 to 29; Base 2.0. */
class TransferTest extends TargetOnTheWire {
    @ParameterizedTest
    @CsvSource({
        "1,false,false,0",
        "8,false,false,0",
        "8,true,true,0",
        "1,true,false,31",
        "2048,true,true,7",
        "2048,false,false,0"
    })
    void readsDeliverEverything(int blocks, boolean header, boolean data, int alignment) throws IOException {
        System.arraycopy(noise(blocks * BLOCK), 0, unit.bytes(), 3 * BLOCK, blocks * BLOCK);
        var queue = queue(new Digests(header, data), alignment, 0);
        queue.send(read(3, blocks));
        var found = queue.data();
        assertThat(found.bytes()).isEqualTo(noise(blocks * BLOCK));
        assertThat(found.firstOffset() % ((alignment + 1) * 4)).isZero();
        assertThat(found.success()).isFalse();
        assertThat(queue.status()).isEqualTo(Status.SUCCESS);
    }

    /** TCP 3.4.2: without flow control the last data may stand for the completion. */
    @Test
    void withoutFlowControlSuccessfulReadsNeedNoCompletion() throws IOException {
        var queue = queue(Digests.NONE, 0, Connect.NO_FLOW_CONTROL);
        queue.send(read(0, 8));
        assertThat(queue.data().success()).isTrue();
        // Figure 90: SQHD means nothing then.
        assertThat(queue.run(flush()).queueHead()).isEqualTo(0xFFFF);
        assertThat(queue.run(read(SIZE / BLOCK, 1)).status()).isEqualTo(Status.LBA_OUT_OF_RANGE);
    }

    /** Base 3.3.1.2.1: SQHD goes round. */
    @Test
    void completionsSayWhatWasTaken() throws IOException {
        var queue = queue();
        for (int i = 2; i < 300; i++) {
            assertThat(queue.run(flush()).queueHead()).isEqualTo(i % 128);
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 8, 16})
    void writesMayComeInTheirCapsules(int blocks) throws IOException {
        var queue = queue(new Digests(true, true), 0, 0);
        var bytes = noise(blocks * BLOCK);
        assertThat(queue.run(write(SubmissionEntry.IN_CAPSULE, 5, blocks), ByteBuffer.wrap(bytes))
                        .status())
                .isEqualTo(Status.SUCCESS);
        assertThat(stored(5 * BLOCK, bytes.length)).isEqualTo(bytes);
    }

    /** IOCCSZ says 8 KiB; more is refused before it is looked at. */
    @Test
    void capsulesHaveALimit() throws IOException {
        var queue = queue();
        queue.send(write(SubmissionEntry.IN_CAPSULE, 0, 17), ByteBuffer.allocate(17 * BLOCK));
        assertThat(queue.termination().error()).contains(FatalError.INVALID_HEADER_FIELD);
    }

    /** Base 4.1.2, figures 112 to 119; over fabrics PRPs don't exist. */
    @Test
    void dataPointersAreChecked() throws IOException {
        var queue = queue();
        var prp = read(0, 1).byteAt(1, 0).byteAt(0, NvmOpcode.READ);
        queue.sendAs(7, prp.opcode(0xFF), ByteBuffer.allocate(0));
        assertThat(queue.status()).isEqualTo(Status.INVALID_FIELD);
        assertThat(queue.run(read(0, 1).data(0x00, BLOCK)).status()).isEqualTo(Status.SGL_TYPE_INVALID);
        assertThat(queue.run(write(SubmissionEntry.IN_CAPSULE, 0, 2), ByteBuffer.allocate(BLOCK))
                        .status())
                .isEqualTo(Status.SGL_OFFSET_INVALID);
        assertThat(queue.run(read(0, 1).data(SubmissionEntry.IN_CAPSULE, BLOCK), ByteBuffer.allocate(BLOCK))
                        .status())
                .isEqualTo(Status.INVALID_FIELD);
    }

    @Test
    void aWriteIsAskedForAtOnceAndWhole() throws IOException {
        var queue = queue(new Digests(true, true), 0, 0);
        int blocks = 2048;
        var bytes = noise(blocks * BLOCK);
        int id = queue.send(write(SubmissionEntry.BY_TRANSPORT, 0, blocks));
        var request = queue.request();
        assertThat(request.command()).isEqualTo(id);
        assertThat(request.offset()).isZero();
        assertThat(request.length()).isEqualTo(bytes.length);
        int piece = 100_000;
        for (int at = 0; at < bytes.length; at += piece) {
            int end = Math.min(at + piece, bytes.length);
            queue.sendData(id, request.tag(), at, Arrays.copyOfRange(bytes, at, end), end == bytes.length);
        }
        assertThat(queue.status()).isEqualTo(Status.SUCCESS);
        assertThat(stored(0, bytes.length)).isEqualTo(bytes);
    }

    @Test
    void transfersOfManyCommandsMayMix() throws IOException {
        var queue = queue();
        int count = 40;
        var requests = new ArrayList<TestHost.Request>();
        for (int i = 0; i < count; i++) {
            queue.send(write(SubmissionEntry.BY_TRANSPORT, i * 32L, 32));
            requests.add(queue.request());
        }
        var bytes = noise(count * 32 * BLOCK);
        for (int half = 0; half < 2; half++) {
            for (int i = count - 1; i >= 0; i--) {
                int at = half * 16 * BLOCK;
                int start = i * 32 * BLOCK + at;
                queue.sendData(
                        requests.get(i).command(),
                        requests.get(i).tag(),
                        at,
                        Arrays.copyOfRange(bytes, start, start + 16 * BLOCK),
                        half == 1);
            }
        }
        for (int i = 0; i < count; i++) {
            assertThat(queue.status()).isEqualTo(Status.SUCCESS);
        }
        assertThat(stored(0, bytes.length)).isEqualTo(bytes);
    }

    /** What has no room waits until others have theirs written. */
    @Test
    void roomForDataIsLimited() throws IOException {
        restart(Allowance.DEFAULT.with(new Allowance.Load(128, 64 * 1024, 64 * 1024)));
        var queue = queue();
        int blocks = 64;
        for (int i = 0; i < 4; i++) {
            queue.send(write(SubmissionEntry.BY_TRANSPORT, (long) i * blocks, blocks));
        }
        var first = queue.request();
        var second = queue.request();
        queue.sendData(second.command(), second.tag(), 0, noise(blocks * BLOCK), true);
        assertThat(queue.completion().commandId()).isEqualTo(second.command());
        var third = queue.request();
        queue.sendData(first.command(), first.tag(), 0, noise(blocks * BLOCK), true);
        assertThat(queue.completion().commandId()).isEqualTo(first.command());
        var fourth = queue.request();
        for (var each : List.of(third, fourth)) {
            queue.sendData(each.command(), each.tag(), 0, noise(blocks * BLOCK), true);
            assertThat(queue.status()).isEqualTo(Status.SUCCESS);
        }
    }

    /** Data that nobody asked for: TCP figure 24. */
    @ParameterizedTest
    @CsvSource({
        "1,0,0,512,true,INVALID_HEADER_FIELD", // another tag
        "0,1,0,512,true,INVALID_HEADER_FIELD", // another command
        "0,0,512,512,true,DATA_OUT_OF_RANGE", // not in order
        "0,0,0,1024,true,DATA_OUT_OF_RANGE", // too much
        "0,0,0,256,true,INVALID_HEADER_FIELD" // the last, and yet not all
    })
    void dataMustBeWhatWasAskedFor(int tag, int command, int offset, int length, boolean last, FatalError error)
            throws IOException {
        var queue = queue();
        queue.send(write(SubmissionEntry.BY_TRANSPORT, 0, 1));
        var request = queue.request();
        queue.sendData(request.command() + command, request.tag() + tag, offset, noise(length), last);
        assertThat(queue.termination().error()).contains(error);
        assertThat(stored(0, BLOCK)).containsOnly(0);
    }

    @Test
    void dataBeforeConnectAreASequenceError() throws IOException {
        var host = host();
        host.sendData(1, 1, 0, new byte[4], true);
        assertThat(host.termination().error()).contains(FatalError.SEQUENCE_ERROR);
    }

    /** TCP 3.3.2: a data digest is the command's error, and not the connection's. */
    @Test
    void damagedDataFailTheirCommandOnly() throws IOException {
        var queue = queue(new Digests(false, true), 0, 0);
        var bytes = ByteBuffer.allocate(72 + BLOCK + 4).order(ByteOrder.LITTLE_ENDIAN);
        bytes.put((byte) PduType.CAPSULE_CMD).put((byte) 2).put((byte) 72).put((byte) 72);
        bytes.putInt(bytes.capacity());
        bytes.put(write(SubmissionEntry.IN_CAPSULE, 0, 1).commandId(9).bytes());
        queue.sendRaw(bytes.rewind());
        var end = queue.completion();
        assertThat(end.commandId()).isEqualTo(9);
        assertThat(end.status()).isEqualTo(new Status(0x022)); // Transient Transport Error, to be tried again
        assertThat(queue.run(flush()).status()).isEqualTo(Status.SUCCESS);
    }

    @Test
    void commandIdentifiersMustBeFree() throws Exception {
        var queue = queue();
        unit.closeGate();
        queue.sendAs(5, flush(), ByteBuffer.allocate(0));
        unit.awaitFlush();
        queue.sendAs(5, flush(), ByteBuffer.allocate(0));
        assertThat(queue.status()).isEqualTo(Status.COMMAND_ID_CONFLICT);
        unit.openGate();
        assertThat(queue.status()).isEqualTo(Status.SUCCESS);
    }

    /** Slow work holds up nothing else. */
    @Test
    void readsPassFlushes() throws Exception {
        var queue = queue();
        unit.closeGate();
        int flush = queue.send(flush());
        unit.awaitFlush();
        queue.send(read(0, 1));
        assertThat(queue.data().bytes()).hasSize(BLOCK);
        assertThat(queue.status()).isEqualTo(Status.SUCCESS);
        unit.openGate();
        assertThat(queue.completion().commandId()).isEqualTo(flush);
    }

    /** Base 3.3.1: no more commands than the queue has entries. */
    @Test
    void queuesHaveALimit() throws Exception {
        var queue = queue();
        unit.closeGate();
        for (int i = 0; i < 128; i++) {
            queue.send(flush());
        }
        queue.send(flush());
        assertThat(queue.termination().error()).contains(FatalError.SEQUENCE_ERROR);
    }
}
