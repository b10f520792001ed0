package io.stowage.array.namespace;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;

import io.stowage.array.core.LogicalUnit;
import io.stowage.array.core.MemoryUnit;
import io.stowage.nvme.command.Status;
import io.stowage.nvme.command.SubmissionEntry;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.Timeout.ThreadMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Any commands with any data, half of them close to good ones: whatever comes, a command ends with a status that the
 * specification knows; nobody gets more than its buffer takes, or a byte of another host's unit, and nothing outside the
 * units is touched, which they check themselves. 80,000 commands, 8,000,000 with the system property
 * {@code stowage.soak}.
 */
@Timeout(value = 3600, unit = TimeUnit.SECONDS, threadMode = ThreadMode.SEPARATE_THREAD)
class CommandFuzzTest {
    private static final int ROUNDS = Boolean.getBoolean("stowage.soak") ? 2_000_000 : 20_000;
    private static final int SIZE = 1 << 17;
    private static final int BLOCKS = SIZE / LogicalUnit.BLOCK_BYTES;
    private static final byte[] SECRET = HexFormat.of().parseHex("5ec2e75ec2e7a1b2c3d45ec2e7f00d99");

    /** Base 2.0, figures 94 to 99; NVM Command Set 1.0, figure 16. */
    private static final Set<Integer> STATUSES = Set.of(
            0x000, 0x001, 0x002, 0x00B, 0x00C, 0x00F, 0x018, 0x01D, 0x020, 0x080, 0x083, 0x109, 0x10D, 0x10F, 0x183,
            0x285);

    private static final int[] ADMIN = {0x02, 0x06, 0x09, 0x0A, 0x86};
    private static final int[] IO = {0x00, 0x01, 0x02, 0x05, 0x08, 0x09, 0x0C, 0x0D, 0x0E, 0x11, 0x15, 0x19};
    private static final int[] FEATURES = {0x01, 0x02, 0x04, 0x05, 0x06, 0x0A, 0x0B, 0x0E, 0x16, 0x81, 0x82, 0x83, 0x84
    };
    private static final int[] PAGES = {0x01, 0x02, 0x03, 0x04, 0x05, 0x0C, 0x80, 0x70};

    private final TestArray array = new TestArray();
    private final List<MemoryUnit> units = List.of(array.unit(11, SIZE), array.unit(12, SIZE));
    private final MemoryUnit foreign = array.unit(99, SIZE);
    private final List<TestHost> hosts = List.of(array.hostA(), array.hostA(), array.hostB());

    CommandFuzzTest() {
        for (String host : List.of(TestArray.HOST_A, TestArray.HOST_B)) {
            array.units.connect(host, 1, units.getFirst());
            array.units.connect(host, 2, units.getLast());
        }
        array.units.connect("nqn.other", 3, foreign);
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4})
    void noCommandDoesHarm(long seed) {
        Random random = new Random(seed);
        for (int at = 0; at < SIZE; at += SECRET.length) {
            System.arraycopy(SECRET, 0, foreign.bytes(), at, SECRET.length);
        }
        byte[] secret = foreign.bytes().clone();
        for (int round = 0; round < ROUNDS; round++) {
            boolean admin = random.nextInt(4) == 0;
            SubmissionEntry entry = admin ? admin(random) : io(random);
            byte[] data = data(random, entry);
            spoil(random, entry);
            SubmissionEntry sent = entry.copy();
            try {
                run(random, admin, entry, data);
            } catch (RuntimeException | IOException | AssertionError e) {
                throw new AssertionError("seed " + seed + ", round " + round + ": " + hex(sent), e);
            }
            disturb(random);
        }
        assertThat(Arrays.equals(foreign.bytes(), secret)).isTrue();
    }

    private void run(Random random, boolean admin, SubmissionEntry entry, byte[] data) throws IOException {
        Viewer viewer = hosts.get(random.nextInt(hosts.size())).viewer();
        Plan plan = admin ? array.server.admin(viewer, entry) : array.server.io(viewer, entry);
        switch (plan) {
            case Plan.Refuse(Status status) -> {
                assertThat(status.isSuccess()).isFalse();
                assertKnown(status);
            }
            case Plan.Send(long result, ByteBuffer sent) -> {
                assertThat((long) sent.remaining()).isLessThanOrEqualTo(entry.sglLength());
                assertNoSecret(sent);
            }
            case Plan.Read read -> {
                assertThat((long) read.length()).isEqualTo(entry.sglLength()).isLessThanOrEqualTo(1 << 20);
                ByteBuffer got = ByteBuffer.allocate(read.length());
                read.unit().read(read.offset(), got);
                assertNoSecret(got.flip());
            }
            case Plan.Run run -> {
                assertThat((long) run.length()).isEqualTo(entry.sglLength()).isLessThanOrEqualTo(1 << 20);
                Ending ending = run.action().run(ByteBuffer.wrap(Arrays.copyOf(data, run.length())));
                assertKnown(ending.status());
            }
        }
        viewer.nextEvent();
    }

    private static void assertKnown(Status status) {
        if (!STATUSES.contains(status.code())) {
            fail("ended with " + status);
        }
    }

    /** What others do meanwhile. */
    private void disturb(Random random) {
        MemoryUnit unit = units.get(random.nextInt(2));
        switch (random.nextInt(400)) {
            case 0 -> unit.condition().setReadOnly(random.nextInt(8) == 0);
            case 1 -> unit.condition().setWriteProtected(false);
            case 2 -> array.units.sizeChanged(TestArray.HOST_A, 1);
            case 3 -> array.units.unitsChanged(TestArray.HOST_B);
            case 4 -> array.units.disconnect(TestArray.HOST_B, 2);
            case 5 -> array.units.connect(TestArray.HOST_B, 2, units.getLast());
            case 6 -> unit.condition().setSanitizing(random.nextInt(8) == 0);
            default -> {}
        }
    }

    private static SubmissionEntry admin(Random random) {
        SubmissionEntry entry = new SubmissionEntry()
                .opcode(ADMIN[random.nextInt(ADMIN.length)])
                .namespace(namespace(random))
                .data(SubmissionEntry.BY_TRANSPORT, 4096);
        return switch (entry.opcode()) {
            case 0x02 ->
                entry.dword(
                                10,
                                PAGES[random.nextInt(PAGES.length)]
                                        | random.nextInt(1024) << 16
                                        | random.nextInt(2) << 15)
                        .dword(12, random.nextInt(8) == 0 ? 4 * random.nextInt(2048) : 0);
            case 0x06 -> entry.dword(10, random.nextInt(0x20) | random.nextInt(3) << 16);
            case 0x09 ->
                entry.dword(10, FEATURES[random.nextInt(FEATURES.length)])
                        .dword(11, random.nextInt(20) == 0 ? random.nextInt() : random.nextInt(4))
                        .data(SubmissionEntry.BY_TRANSPORT, 0);
            case 0x86 ->
                entry.dwords(10, random.nextInt(8) == 0 ? random.nextLong() : random.nextInt(BLOCKS))
                        .dword(12, random.nextInt(8) == 0 ? random.nextInt() : random.nextInt(1024))
                        .dword(13, random.nextInt(4) << 24 | random.nextInt(BLOCKS));
            default -> entry.dword(10, FEATURES[random.nextInt(FEATURES.length)] | random.nextInt(5) << 8);
        };
    }

    private static SubmissionEntry io(Random random) {
        int opcode = IO[random.nextInt(IO.length)];
        int blocks = 1 + random.nextInt(random.nextInt(10) == 0 ? BLOCKS : 8);
        SubmissionEntry entry = new SubmissionEntry()
                .opcode(opcode)
                .namespace(namespace(random))
                .data(SubmissionEntry.BY_TRANSPORT, 0);
        int ranges = 1 + random.nextInt(4);
        return switch (opcode) {
            case 0x00 -> entry;
            case 0x08, 0x0C -> range(random, entry, blocks);
            case 0x01, 0x02, 0x05 -> range(random, entry, blocks).data(SubmissionEntry.BY_TRANSPORT, 512 * blocks);
            case 0x09 ->
                entry.dword(10, ranges - 1)
                        .dword(11, random.nextInt(8))
                        .data(SubmissionEntry.BY_TRANSPORT, random.nextBoolean() ? 4096 : 16 * ranges);
            case 0x19 ->
                entry.dwords(10, random.nextInt(BLOCKS))
                        .dword(12, ranges - 1)
                        .data(SubmissionEntry.BY_TRANSPORT, 32 * ranges);
            case 0x0E -> entry.dword(10, random.nextInt(64)).dword(11, 1).data(SubmissionEntry.BY_TRANSPORT, 256);
            default -> // reservations
                entry.dword(10, random.nextInt(3) | random.nextInt(8) << 8 | random.nextInt(8) / 7 << 3)
                        .data(SubmissionEntry.BY_TRANSPORT, 16);
        };
    }

    private static SubmissionEntry range(Random random, SubmissionEntry entry, int blocks) {
        return entry.dwords(10, random.nextInt(BLOCKS)).dword(12, blocks - 1 | random.nextInt(4) << 30);
    }

    private static int namespace(Random random) {
        return random.nextInt(12) == 0 ? random.nextInt(5) - 1 : 1 + random.nextInt(2);
    }

    /** Small numbers are the likely ones: blocks within the unit, keys that others have. */
    private static byte[] data(Random random, SubmissionEntry entry) {
        ByteBuffer data = ByteBuffer.allocate(1 << 20 > entry.sglLength() ? (int) entry.sglLength() : 0)
                .order(ByteOrder.LITTLE_ENDIAN);
        for (int at = 0; at + 8 <= data.limit() && at < 4096; at += 8) {
            data.putLong(at, random.nextInt(8) == 0 ? random.nextLong() : random.nextInt(entry.opcode() > 9 ? 3 : 256));
        }
        return data.array();
    }

    /** Half of them as they are, half of them with some bytes changed. */
    private static void spoil(Random random, SubmissionEntry entry) {
        if (random.nextBoolean()) {
            for (int i = random.nextInt(4); i > 0; i--) {
                entry.byteAt(random.nextInt(SubmissionEntry.BYTES), random.nextBoolean() ? random.nextInt() : 0);
            }
        }
    }

    /** The secret stands at multiples of its length; of any two blocks of it one byte in a row is enough to find it. */
    private static void assertNoSecret(ByteBuffer data) {
        byte[] bytes = new byte[data.remaining()];
        data.get(data.position(), bytes);
        for (int at = 0; at + 8 <= bytes.length; at++) {
            if (bytes[at] == SECRET[0] && Arrays.equals(bytes, at, at + 6, SECRET, 0, 6)) {
                fail("a foreign byte at " + at);
            }
        }
    }

    private static String hex(SubmissionEntry entry) {
        byte[] bytes = new byte[SubmissionEntry.BYTES];
        entry.bytes().get(bytes);
        return HexFormat.of().formatHex(bytes);
    }
}
