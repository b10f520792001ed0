package io.stowage.array.nvme;

import static org.assertj.core.api.Assertions.assertThat;

import io.stowage.array.iscsi.Gathered;
import io.stowage.nvme.command.AdminOpcode;
import io.stowage.nvme.command.CopyRange;
import io.stowage.nvme.command.DatasetRange;
import io.stowage.nvme.command.NvmOpcode;
import io.stowage.nvme.command.ReservationKeys;
import io.stowage.nvme.command.Status;
import io.stowage.nvme.command.SubmissionEntry;
import io.stowage.nvme.discovery.DiscoveryLog;
import io.stowage.nvme.fabrics.Configuration;
import io.stowage.nvme.fabrics.Connect;
import io.stowage.nvme.fabrics.ConnectData;
import io.stowage.nvme.fabrics.Property;
import io.stowage.nvme.pdu.ConnectionRequest;
import io.stowage.nvme.pdu.Digests;
import io.stowage.nvme.stream.PduWriter;
import io.stowage.nvme.text.Nqn;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.Timeout.ThreadMode;

/**
 * Recorded conversations with a few bytes changed, against a live target: each ends, and leaves nothing behind. What
 * they write to is theirs; the host beside them is served all the time.
 */
@Timeout(value = 60, unit = TimeUnit.MINUTES, threadMode = ThreadMode.SEPARATE_THREAD)
class TargetFuzzTest extends TargetOnTheWire {
    private static final int INPUTS = Boolean.getBoolean("stowage.soak") ? 100_000 : 500;
    private static final int PIECE = 1 << 20;
    private static final int SHARE = 4 * PIECE;
    private static final int QUEUES = 8;
    private static final ByteBuffer NOTHING = ByteBuffer.allocate(0);

    private final GatedUnit prey = new GatedUnit(2, SIZE);

    @Test
    void conversationsWithFaultsEndAndLeaveNothingBehind() throws Exception {
        subsystems.connect(STRANGER, 1, prey);
        // All buffers together are what one connection may have: whatever leaks is missed at the end.
        restart(Allowance.DEFAULT.with(new Allowance.Load(128, SHARE, SHARE)));
        var random = new Random(47);
        var stranger = opened(TestHost.initialized(portal()));
        int controller = stranger.connectAdmin(TestSubsystems.NQN, STRANGER);
        stranger.enable();
        List<byte[]> recorded = new ArrayList<>();
        for (int queue = 1; queue <= QUEUES; queue++) {
            recorded.add(io(controller, queue, new Digests(queue % 2 == 0, queue % 4 == 3)));
        }
        recorded.add(admin());
        recorded.add(discovery());
        converse(recorded.getFirst());
        assertThat(prey.bytes()[8 * BLOCK]).as("without faults all is said").isEqualTo((byte) 'a');
        var host = queue();
        int written = 0;
        for (int i = 0; i < INPUTS; i++) {
            prey.bytes()[0] = 0;
            converse(mutated(recorded.get(random.nextInt(recorded.size())), random));
            written += prey.bytes()[0] == 'a' ? 1 : 0;
            if (i % 50 == 0) {
                assertThat(host.run(write(SubmissionEntry.IN_CAPSULE, 0, 1), ByteBuffer.allocate(BLOCK))
                                .status())
                        .isEqualTo(Status.SUCCESS);
            }
        }
        while (target.now().size() > 2) {
            Thread.sleep(1);
        }
        assertThat(target.now())
                .extracting(login -> login.initiator())
                .containsExactlyInAnyOrder(TestHost.NQN, STRANGER);
        assertNoBufferIsLost(host);
        assertThat(written).as("conversations that got as far as to write").isGreaterThan(INPUTS / 3);
    }

    /** All of them are asked for before any is given. */
    private static void assertNoBufferIsLost(TestHost host) throws IOException {
        var requests = new ArrayList<TestHost.Request>();
        for (int i = 0; i < SHARE / PIECE; i++) {
            host.send(write(SubmissionEntry.BY_TRANSPORT, 0, PIECE / BLOCK));
            requests.add(host.request());
        }
        for (var request : requests) {
            host.sendData(request.command(), request.tag(), 0, new byte[PIECE], true);
            assertThat(host.status()).isEqualTo(Status.SUCCESS);
        }
    }

    /** Says everything and hears everything, until the target has enough. */
    private void converse(byte[] bytes) throws IOException {
        try (SocketChannel channel = SocketChannel.open(portal())) {
            var sent = ByteBuffer.wrap(bytes);
            while (sent.hasRemaining()) {
                channel.write(sent);
            }
            channel.shutdownOutput();
            var heard = ByteBuffer.allocate(64 * 1024);
            while (channel.read(heard.clear()) >= 0) {
                assertThat(heard.position()).isPositive();
            }
        } catch (IOException reset) {
            // The target closed while there was more to say, or to hear: as good as any other end.
            assertThat(reset.getMessage()).containsAnyOf("reset", "Broken pipe", "closed");
        }
    }

    /** A connection as it is recorded. */
    private static final class Recorder {
        private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        private final PduWriter writer = new PduWriter(new Gathered(bytes), 1 << 20);
        private int lastId;

        Recorder(Digests digests) throws IOException {
            writer.add(new ConnectionRequest(0, 0, digests, 0));
            writer.flush();
            writer.agreed(digests, 0);
        }

        int say(SubmissionEntry entry, ByteBuffer data) throws IOException {
            if (data.hasRemaining()) {
                entry.data(SubmissionEntry.IN_CAPSULE, data.remaining());
            } else if (!entry.pointsBySgl()) {
                entry.data(SubmissionEntry.BY_TRANSPORT, 0);
            }
            writer.addCommand(entry.commandId(++lastId), data.duplicate());
            return lastId;
        }

        void connect(int queue, ConnectData data) throws IOException {
            var entry = new SubmissionEntry();
            new Connect(0, queue, 31, 0, 0).write(entry);
            say(entry, data.bytes());
        }

        void enable() throws IOException {
            var entry = new SubmissionEntry();
            Property.set(entry, Property.CC, Configuration.USUAL.enabled().value());
            say(entry, NOTHING);
        }

        byte[] recorded() throws IOException {
            writer.flush();
            return bytes.toByteArray();
        }
    }

    /** A queue of a controller that is there: in capsules, by transfers, and data that never come. */
    private static byte[] io(int controller, int queue, Digests digests) throws IOException {
        var recorder = new Recorder(digests);
        recorder.connect(queue, new ConnectData(TestHost.ID, controller, TestSubsystems.NQN, STRANGER));
        var data = ByteBuffer.allocate(4096);
        Arrays.fill(data.array(), (byte) 'a');
        recorder.say(write(SubmissionEntry.IN_CAPSULE, 0, 8), data);
        int whole = recorder.say(write(SubmissionEntry.BY_TRANSPORT, 8, 16), NOTHING);
        recorder.say(write(SubmissionEntry.BY_TRANSPORT, 64, PIECE / BLOCK), NOTHING);
        // Tags are given in this order; see Transfers.
        recorder.writer.addHostData(whole, 1, 0, data.duplicate(), false);
        recorder.writer.addHostData(whole, 1, 4096, data.duplicate(), true);
        recorder.say(write(SubmissionEntry.IN_CAPSULE, 0, 8).opcode(NvmOpcode.COMPARE), data);
        recorder.say(
                write(SubmissionEntry.IN_CAPSULE, 16, 8)
                        .opcode(NvmOpcode.COMPARE)
                        .fused(1),
                data);
        recorder.say(write(SubmissionEntry.IN_CAPSULE, 16, 8).fused(2), data);
        recorder.say(
                write(SubmissionEntry.IN_CAPSULE, 24, 8)
                        .opcode(NvmOpcode.COMPARE)
                        .fused(1),
                data);
        recorder.say(write(SubmissionEntry.BY_TRANSPORT, 24, 8).fused(2), NOTHING);
        recorder.say(read(0, 128), NOTHING);
        recorder.say(
                write(SubmissionEntry.BY_TRANSPORT, 4096, 8)
                        .opcode(NvmOpcode.WRITE_ZEROES)
                        .data(SubmissionEntry.BY_TRANSPORT, 0),
                NOTHING);
        recorder.say(
                command(NvmOpcode.DATASET_MANAGEMENT).dword(11, DatasetRange.DEALLOCATE),
                DatasetRange.encode(List.of(new DatasetRange(0, 8, 8192))));
        recorder.say(command(NvmOpcode.COPY).dwords(10, 10_000), CopyRange.encode(List.of(new CopyRange(8, 8))));
        recorder.say(command(NvmOpcode.RESERVATION_REGISTER), new ReservationKeys(0, 0).encode());
        recorder.say(flush(), NOTHING);
        return recorder.recorded();
    }

    private static SubmissionEntry command(int opcode) {
        return new SubmissionEntry().opcode(opcode).namespace(1);
    }

    private static byte[] admin() throws IOException {
        var recorder = new Recorder(Digests.NONE);
        recorder.connect(0, new ConnectData(TestHost.ID, ConnectData.ANY, TestSubsystems.NQN, STRANGER));
        recorder.enable();
        recorder.say(identify(1, 0), NOTHING);
        recorder.say(identify(0, 1), NOTHING);
        recorder.say(identify(2, 0), NOTHING);
        recorder.say(identify(3, 1), NOTHING);
        recorder.say(setFeature(7, 0x0007_0007), NOTHING);
        recorder.say(setFeature(0x0B, 0x900), NOTHING);
        int event = recorder.say(new SubmissionEntry().opcode(AdminOpcode.ASYNC_EVENT_REQUEST), NOTHING);
        recorder.say(log(0x0C, 4096, 0), NOTHING);
        recorder.say(log(4, 4096, 0), NOTHING);
        recorder.say(new SubmissionEntry().opcode(AdminOpcode.ABORT).dword(10, event << 16), NOTHING);
        recorder.say(new SubmissionEntry().opcode(AdminOpcode.KEEP_ALIVE), NOTHING);
        return recorder.recorded();
    }

    private static byte[] discovery() throws IOException {
        var recorder = new Recorder(new Digests(true, true));
        recorder.connect(0, new ConnectData(TestHost.ID, ConnectData.ANY, Nqn.DISCOVERY, STRANGER));
        recorder.enable();
        recorder.say(identify(1, 0), NOTHING);
        recorder.say(log(DiscoveryLog.LOG_ID, 1024, 0), NOTHING);
        recorder.say(log(DiscoveryLog.LOG_ID, 4096, 1024), NOTHING);
        return recorder.recorded();
    }

    private static SubmissionEntry identify(int cns, int namespace) {
        return new SubmissionEntry()
                .opcode(AdminOpcode.IDENTIFY)
                .namespace(namespace)
                .data(SubmissionEntry.BY_TRANSPORT, 4096)
                .dword(10, cns);
    }

    private static byte[] mutated(byte[] good, Random random) {
        byte[] bytes = good.clone();
        for (int i = random.nextInt(4); i > 0; i--) {
            int at = random.nextInt(bytes.length);
            switch (random.nextInt(5)) {
                case 0, 1 -> bytes[at] = (byte) random.nextInt(256);
                case 2 -> bytes[at] ^= (byte) (1 << random.nextInt(8));
                case 3 -> {
                    int length = Math.min(random.nextInt(200), bytes.length - at);
                    System.arraycopy(good, random.nextInt(good.length - length), bytes, at, length);
                }
                default -> bytes = Arrays.copyOf(bytes, at + 1);
            }
        }
        return bytes;
    }
}
