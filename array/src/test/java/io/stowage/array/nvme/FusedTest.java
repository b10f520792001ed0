package io.stowage.array.nvme;

import static org.assertj.core.api.Assertions.assertThat;

import io.stowage.nvme.command.AdminOpcode;
import io.stowage.nvme.command.NvmOpcode;
import io.stowage.nvme.command.Status;
import io.stowage.nvme.command.SubmissionEntry;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Compare and Write, fused: Base 2.0, section 3.4.2; NVM Command Set 1.0, section 2.1.4.2. */
class FusedTest extends TargetOnTheWire {
    private static SubmissionEntry first(int form, long block, int blocks) {
        return write(form, block, blocks).opcode(NvmOpcode.COMPARE).fused(1);
    }

    private static SubmissionEntry second(int form, long block, int blocks) {
        return write(form, block, blocks).fused(2);
    }

    private static byte[] filled(int value, int blocks) {
        var bytes = new byte[blocks * BLOCK];
        Arrays.fill(bytes, (byte) value);
        return bytes;
    }

    /** How both end, the first one first. */
    private static List<Status> fused(
            TestHost queue, SubmissionEntry first, byte[] expected, SubmissionEntry second, byte[] data)
            throws IOException {
        Map<Integer, byte[]> asked = new HashMap<>();
        int one = say(queue, first, expected, asked);
        int other = say(queue, second, data, asked);
        Map<Integer, Status> ends = new HashMap<>();
        while (ends.size() < 2) {
            if (queue.isCompletionNext()) {
                ends.put(queue.current().commandId(), queue.current().status());
            } else {
                var request = queue.currentRequest();
                queue.sendData(
                        request.command(),
                        request.tag(),
                        0,
                        Objects.requireNonNull(asked.get(request.command())),
                        true);
            }
        }
        return List.of(ends.get(one), ends.get(other));
    }

    private static int say(TestHost queue, SubmissionEntry entry, byte[] data, Map<Integer, byte[]> asked)
            throws IOException {
        if (entry.sglForm() == SubmissionEntry.IN_CAPSULE) {
            return queue.send(entry, ByteBuffer.wrap(data));
        }
        int id = queue.send(entry);
        asked.put(id, data);
        return id;
    }

    /** FUSES, and ACWU: as many blocks as are written in one step, 0-based. Base 2.0, figure 275. */
    @Test
    void controllersSayThatTheyFuse() throws IOException {
        var host = opened(TestHost.enabled(portal()));
        host.send(new SubmissionEntry()
                .opcode(AdminOpcode.IDENTIFY)
                .data(SubmissionEntry.BY_TRANSPORT, 4096)
                .dword(10, 1));
        var data = ByteBuffer.wrap(host.data().bytes()).order(ByteOrder.LITTLE_ENDIAN);
        assertThat(data.getShort(522)).isEqualTo((short) 1);
        assertThat(data.getShort(532)).isEqualTo((short) 255);
    }

    /** In capsules, and by transfers. */
    @ParameterizedTest
    @CsvSource({"0x1,0x1,8", "0x5A,0x5A,1", "0x5A,0x5A,256", "0x1,0x5A,16", "0x5A,0x1,16"})
    void whatEqualsIsWritten(int oneForm, int otherForm, int blocks) throws IOException {
        var queue = queue();
        assertThat(fused(
                        queue,
                        first(oneForm, 4, blocks),
                        filled(0, blocks),
                        second(otherForm, 4, blocks),
                        filled(7, blocks)))
                .containsExactly(Status.SUCCESS, Status.SUCCESS);
        assertThat(stored(4 * BLOCK, blocks * BLOCK)).containsOnly(7);
        var almost = filled(7, blocks);
        almost[almost.length - 1] = 6;
        assertThat(fused(queue, first(oneForm, 4, blocks), almost, second(otherForm, 4, blocks), filled(8, blocks)))
                .containsExactly(Status.COMPARE_FAILURE, Status.FUSED_FAILED);
        assertThat(stored(4 * BLOCK, blocks * BLOCK)).containsOnly(7);
        assertThat(fused(
                        queue,
                        first(oneForm, 4, blocks),
                        filled(7, blocks),
                        second(otherForm, 4, blocks),
                        filled(9, blocks)))
                .containsExactly(Status.SUCCESS, Status.SUCCESS);
        assertThat(stored(4 * BLOCK, blocks * BLOCK)).containsOnly(9);
    }

    @Test
    void aFirstWithoutASecondIsMissingIt() throws IOException {
        var queue = queue();
        int missing = queue.send(first(SubmissionEntry.IN_CAPSULE, 0, 1), ByteBuffer.wrap(filled(0, 1)));
        int flush = queue.send(flush());
        var end = queue.completion();
        assertThat(end.commandId()).isEqualTo(missing);
        assertThat(end.status()).isEqualTo(Status.FUSED_MISSING);
        assertThat(queue.completion().commandId()).isEqualTo(flush);
        // Another first is none either, and begins anew.
        queue.send(first(SubmissionEntry.IN_CAPSULE, 0, 1), ByteBuffer.wrap(filled(0, 1)));
        int again = queue.send(first(SubmissionEntry.IN_CAPSULE, 0, 1), ByteBuffer.wrap(filled(0, 1)));
        assertThat(queue.status()).isEqualTo(Status.FUSED_MISSING);
        int second = queue.send(second(SubmissionEntry.IN_CAPSULE, 0, 1), ByteBuffer.wrap(filled(5, 1)));
        var ends = Map.of(again, Status.SUCCESS, second, Status.SUCCESS);
        for (int i = 0; i < 2; i++) {
            var each = queue.completion();
            assertThat(each.status()).isEqualTo(ends.get(each.commandId()));
        }
        assertThat(stored(0, BLOCK)).containsOnly(5);
    }

    @Test
    void aSecondWithoutAFirstIsMissingIt() throws IOException {
        var queue = queue();
        assertThat(queue.run(second(SubmissionEntry.IN_CAPSULE, 0, 1), ByteBuffer.wrap(filled(1, 1)))
                        .status())
                .isEqualTo(Status.FUSED_MISSING);
        assertThat(queue.run(second(SubmissionEntry.BY_TRANSPORT, 0, 1)).status())
                .isEqualTo(Status.FUSED_MISSING);
        assertThat(stored(0, BLOCK)).containsOnly(0);
    }

    /** The identifier of a command that waits for its second is taken. */
    @Test
    void aFirstThatWaitsIsUnderWay() throws IOException {
        var queue = queue();
        queue.sendAs(5, first(SubmissionEntry.IN_CAPSULE, 0, 1), ByteBuffer.wrap(filled(0, 1)));
        queue.sendAs(5, second(SubmissionEntry.IN_CAPSULE, 0, 1), ByteBuffer.wrap(filled(1, 1)));
        assertThat(List.of(queue.status(), queue.status()))
                .containsExactly(Status.FUSED_MISSING, Status.COMMAND_ID_CONFLICT);
        assertThat(stored(0, BLOCK)).containsOnly(0);
    }

    /** Both are of the same range, and of these kinds, or both fail. */
    @Test
    void bothHaveToFit() throws IOException {
        var queue = queue();
        int capsule = SubmissionEntry.IN_CAPSULE;
        var both = List.of(Status.INVALID_FIELD, Status.INVALID_FIELD);
        assertThat(fused(queue, first(capsule, 0, 1), filled(0, 1), second(capsule, 1, 1), filled(1, 1)))
                .isEqualTo(both);
        assertThat(fused(queue, first(capsule, 0, 1), filled(0, 1), second(capsule, 0, 2), filled(1, 2)))
                .isEqualTo(both);
        assertThat(fused(queue, write(capsule, 0, 1).fused(1), filled(0, 1), second(capsule, 0, 1), filled(1, 1)))
                .isEqualTo(both);
        var elsewhere = second(capsule, 0, 1).namespace(2);
        assertThat(fused(queue, first(capsule, 0, 1), filled(0, 1), elsewhere, filled(1, 1)))
                .isEqualTo(both);
        long end = SIZE / BLOCK;
        assertThat(fused(queue, first(capsule, end, 1), filled(0, 1), second(capsule, end, 1), filled(1, 1)))
                .containsExactly(Status.LBA_OUT_OF_RANGE, Status.FUSED_FAILED);
        int transport = SubmissionEntry.BY_TRANSPORT;
        assertThat(fused(queue, first(transport, 0, 257), filled(0, 257), second(transport, 0, 257), filled(1, 257)))
                .containsExactly(Status.ATOMIC_UNIT_EXCEEDED, Status.FUSED_FAILED);
        assertThat(stored(0, 257 * BLOCK)).containsOnly(0);
    }

    /** Each adds one to a number, as often as it takes, through queues of its own: none is lost. */
    @Test
    void nothingComesBetween() throws Exception {
        int writers = 3;
        int steps = 40;
        var work = new ArrayList<Callable<Void>>();
        for (int i = 0; i < writers; i++) {
            var queue = queue();
            work.add(() -> {
                for (int step = 0; step < steps; step++) {
                    addOne(queue);
                }
                return null;
            });
        }
        try (var threads = Executors.newFixedThreadPool(writers)) {
            for (var each : threads.invokeAll(work)) {
                each.get();
            }
        }
        assertThat(ByteBuffer.wrap(stored(0, 4)).getInt()).isEqualTo(writers * steps);
    }

    private static void addOne(TestHost queue) throws IOException {
        while (true) {
            queue.send(read(0, 1));
            var before = queue.data().bytes();
            assertThat(queue.status()).isEqualTo(Status.SUCCESS);
            var after = before.clone();
            ByteBuffer.wrap(after).putInt(0, ByteBuffer.wrap(before).getInt() + 1);
            int capsule = SubmissionEntry.IN_CAPSULE;
            if (fused(queue, first(capsule, 0, 1), before, second(capsule, 0, 1), after)
                    .getLast()
                    .isSuccess()) {
                return;
            }
        }
    }
}
