package io.stowage.array.scsi;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;

import io.stowage.array.core.ChapCredentials;
import io.stowage.array.core.LogicalUnit;
import io.stowage.array.core.LogicalUnits;
import io.stowage.array.core.MemoryUnit;
import io.stowage.array.core.Meters;
import io.stowage.array.core.Room;
import io.stowage.iscsi.scsi.Cdb;
import io.stowage.iscsi.scsi.CdbSize;
import io.stowage.iscsi.scsi.CopyList;
import io.stowage.iscsi.scsi.Designator;
import io.stowage.iscsi.scsi.Lun;
import io.stowage.iscsi.scsi.PersistentReserve;
import io.stowage.iscsi.scsi.ScsiStatus;
import io.stowage.iscsi.scsi.Sense;
import io.stowage.iscsi.scsi.TransportId;
import io.stowage.iscsi.scsi.UnmapList;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.Timeout.ThreadMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Any commands with any data, half of them close to good ones: whatever comes, a command ends well, with a reservation
 * conflict or with a sense that the standards know; nobody gets more than was asked for, or a byte of somebody else's.
 * 100,000 commands, 10,000,000 with the system property {@code stowage.soak}.
 */
@Timeout(value = 3600, unit = TimeUnit.SECONDS, threadMode = ThreadMode.SEPARATE_THREAD)
class CdbFuzzTest {
    private static final int ROUNDS = Boolean.getBoolean("stowage.soak") ? 2_500_000 : 25_000;
    private static final int SIZE = 1 << 17;
    private static final int LARGEST = 32 << 20;
    private static final byte[] SECRET = HexFormat.of().parseHex("5ec2e75ec2e7a1b2c3d45ec2e7f00d99");

    /** Key, ASC and ASCQ of SPC-4 and SBC-3 for what can be wrong with a command. */
    private static final Set<String> SENSES = Stream.of(
                    // invalid opcode, address, field in the CDB, unit
                    "5/20/00 5/21/00 5/24/00 5/25/00",
                    // parameter lists: length, field, release, of copies; registration resources; saving parameters
                    "5/1a/00 5/26/00 5/26/04 5/26/06 5/26/07 5/26/08 5/26/09 5/26/0b 5/55/04 5/39/00",
                    // write protection, miscompare, copy aborted
                    "7/27/00 7/27/02 e/1d/00 a/08/04 a/0d/02",
                    // unit attentions
                    "6/29/03 6/2a/01 6/2a/03 6/2a/04 6/2a/05 6/2a/09 6/3f/03 6/3f/0e 6/38/07")
            .flatMap(line -> Stream.of(line.split(" ")))
            .collect(Collectors.toSet());

    private final Nexuses nexuses = new Nexuses(new Visible());
    private final List<MemoryUnit> units = List.of(new MemoryUnit(1, SIZE, nexuses), new MemoryUnit(2, SIZE, nexuses));
    private final MemoryUnit foreign = new MemoryUnit(9, SIZE, nexuses);
    private final DeviceServer server =
            new DeviceServer(new Visible(), new TargetDevice("iqn.t", List.of(1, 2)), nexuses, (unit, whose) -> {});
    private final List<Nexus> initiators =
            List.of(nexuses.enter("iqn.a", 1, 1), nexuses.enter("iqn.a", 1, 2), nexuses.enter("iqn.b", 2, 1));
    private final Set<String> seen = new TreeSet<>();

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4})
    void noCommandDoesHarm(long seed) {
        Random random = new Random(seed);
        for (int at = 0; at < SIZE; at += SECRET.length) {
            System.arraycopy(SECRET, 0, foreign.bytes(), at, SECRET.length);
        }
        byte[] before = foreign.bytes().clone();
        for (int round = 0; round < ROUNDS; round++) {
            disturb(random);
            Trial trial = trial(random);
            try {
                run(random, trial);
            } catch (IOException | RuntimeException | AssertionError e) {
                fail("seed " + seed + ", round " + round + ": " + trial, e);
            }
        }
        assertThat(foreign.bytes()).isEqualTo(before);
        // If it found less than this it would have tried nothing.
        assertThat(seen)
                .contains("5/20/00", "5/21/00", "5/24/00", "5/26/00", "5/1a/00", "e/1d/00", "a/0d/02", "7/27/02")
                .contains("6/2a/05", "good", "conflict");
    }

    /** A command with data that may or may not fit it. */
    private record Trial(ByteBuffer cdb, ByteBuffer data) {
        @Override
        public String toString() {
            byte[] bytes = new byte[Math.min(64, data.remaining())];
            data.get(0, bytes);
            return HexFormat.of().formatHex(cdb.array()) + " with " + data.remaining() + " bytes "
                    + HexFormat.of().formatHex(bytes);
        }
    }

    private void run(Random random, Trial trial) throws IOException {
        Nexus nexus = initiators.get(random.nextInt(initiators.size()));
        long lun = random.nextInt(20) == 0 ? random.nextLong() : Lun.encode(random.nextInt(4));
        Plan plan = server.plan(nexus, lun, Cdb.parse(trial.cdb()));
        switch (plan) {
            case Plan.Refuse(Sense sense) -> note(sense.toString());
            case Plan.Conflict() -> note("conflict");
            case Plan.Busy() -> fail("nothing is busy here");
            case Plan.Send(ByteBuffer data) -> {
                assertThat((long) data.remaining()).isLessThanOrEqualTo(allocation(trial.cdb()));
                assertNoSecret(data);
                note("good");
            }
            case Plan.Read read -> {
                assertThat(read.length()).isEqualTo(blocks(trial.cdb()) * 512);
                ByteBuffer data = ByteBuffer.allocate((int) read.length());
                read.unit().read(read.offset(), data);
                assertNoSecret(data.flip());
            }
            case Plan.Run run -> run(run, trial.data());
        }
    }

    private void run(Plan.Run run, ByteBuffer data) throws IOException {
        assertThat(run.length()).isBetween(0, LARGEST);
        OptionalInt wanted = run.lengthFor(data.remaining());
        if (wanted.isEmpty()) {
            return;
        }
        assertThat(wanted.getAsInt()).isLessThanOrEqualTo(data.remaining());
        Ending ending = run.action().run(data.slice(0, wanted.getAsInt()));
        assertThat(ending.sense().isPresent()).isEqualTo(ending.status() == ScsiStatus.CHECK_CONDITION);
        assertThat(ending.status()).isIn(ScsiStatus.GOOD, ScsiStatus.CHECK_CONDITION, ScsiStatus.RESERVATION_CONFLICT);
        note(ending.sense().map(Sense::toString).orElse(ending.status() == 0 ? "good" : "conflict"));
    }

    private void note(String outcome) {
        if (seen.add(outcome) && outcome.contains("/")) {
            assertThat(SENSES).contains(outcome);
        }
    }

    /** What others do meanwhile. */
    private void disturb(Random random) {
        LogicalUnit unit = units.get(random.nextInt(2));
        switch (random.nextInt(400)) {
            case 0 -> nexuses.unitReset(unit);
            case 1 -> nexuses.unitsChanged("iqn.a");
            case 2 -> nexuses.sizeChanged("iqn.b", 1);
            case 3 -> nexuses.roomLow();
            case 4 -> unit.condition().setReadOnly(random.nextInt(8) == 0);
            case 5 -> unit.condition().setWriteProtected(false);
            case 6 -> unit.reservations().reset();
            default -> {}
        }
    }

    private Trial trial(Random random) {
        return switch (random.nextInt(12)) {
            case 0 -> reserveOut(random);
            case 1 -> move(random);
            case 2 -> copy(random);
            case 3 -> unmap(random);
            case 4 -> modeSelect(random);
            case 5 -> compareAndWrite(random);
            case 6 -> sanitize(random);
            default -> anything(random);
        };
    }

    private static Trial reserveOut(Random random) {
        PersistentReserve list = new PersistentReserve(
                random.nextInt(3),
                random.nextInt(3),
                random.nextInt(30) == 0,
                random.nextInt(5) == 0,
                random.nextInt(3) == 0);
        int[] types = {1, 3, 5, 6, 7, 8, 2};
        Cdb command = new Cdb.PersistentReserveOut(random.nextInt(7), 0, types[random.nextInt(types.length)], 24);
        return mutated(random, command, list.encode());
    }

    private static Trial move(Random random) {
        TransportId to = TransportId.of(random.nextBoolean() ? "iqn.a" : "iqn.b", 1 + random.nextInt(2));
        ByteBuffer list = new PersistentReserve.Move(
                        random.nextInt(3),
                        random.nextInt(3),
                        random.nextBoolean(),
                        random.nextBoolean(),
                        1 + random.nextInt(2),
                        Optional.of(to))
                .encode();
        return mutated(random, new Cdb.PersistentReserveOut(7, 0, 0, list.remaining()), list);
    }

    private Trial copy(Random random) {
        List<CopyList.Target> targets = new ArrayList<>();
        for (int i = random.nextInt(4); i >= 0; i--) {
            LogicalUnit unit = random.nextInt(12) == 0 ? foreign : units.get(random.nextInt(2));
            targets.add(new CopyList.Target(
                    false, 0, Designator.naa(unit.identity().naaBytes()), random.nextInt(40) == 0 ? 4096 : 512));
        }
        List<CopyList.Segment> segments = new ArrayList<>();
        for (int i = random.nextInt(4); i >= 0; i--) {
            boolean offsets = random.nextInt(3) == 0;
            segments.add(new CopyList.Segment(
                    random.nextInt(targets.size() + (random.nextInt(10) == 0 ? 1 : 0)),
                    random.nextInt(targets.size()),
                    offsets,
                    offsets ? 512L * random.nextInt(64) : random.nextInt(64),
                    random.nextInt(SIZE / 512),
                    random.nextInt(SIZE / 512),
                    offsets ? 512 * random.nextInt(4) : 0,
                    offsets ? 512 * random.nextInt(4) : 0));
        }
        ByteBuffer list = new CopyList(random.nextInt(4), random.nextInt(3), targets, segments).encode();
        return mutated(random, new Cdb.ExtendedCopy(list.remaining()), list);
    }

    private static Trial unmap(Random random) {
        List<UnmapList.Range> ranges = new ArrayList<>();
        for (int i = random.nextInt(5); i > 0; i--) {
            ranges.add(new UnmapList.Range(random.nextInt(SIZE / 512 + 8), random.nextInt(16)));
        }
        ByteBuffer list = new UnmapList(ranges).encode();
        return mutated(random, new Cdb.Unmap(false, list.remaining()), list);
    }

    private static Trial modeSelect(Random random) {
        boolean six = random.nextBoolean();
        ByteBuffer list = ByteBuffer.allocate((six ? 4 : 8) + 12);
        byte[] control = HexFormat.of().parseHex("0a0a001000400000ffff0000");
        control[4] = (byte) (random.nextInt(4) == 0 ? 0x08 : 0);
        list.put(list.capacity() - control.length, control);
        CdbSize size = six ? CdbSize.SIX : CdbSize.TEN;
        return mutated(random, new Cdb.ModeSelect(size, true, false, list.remaining()), list);
    }

    private Trial compareAndWrite(Random random) {
        int blocks = 1 + random.nextInt(4);
        int lba = random.nextInt(SIZE / 512 - 3);
        ByteBuffer data = ByteBuffer.allocate(2 * blocks * 512);
        random.nextBytes(data.array());
        int present = Math.min(blocks * 512, SIZE - lba * 512);
        data.put(0, units.getFirst().bytes(), lba * 512, present);
        return mutated(random, new Cdb.CompareAndWrite(lba, blocks, 0, false, false), data);
    }

    private static Trial sanitize(Random random) {
        ByteBuffer list = ByteBuffer.allocate(random.nextInt(4) == 0 ? 4 + 1 + random.nextInt(8) : 0);
        random.nextBytes(list.array());
        if (list.hasRemaining()) {
            list.putInt(0, (random.nextBoolean() ? 0x81 : 0x02) << 24 | list.remaining() - 4);
        }
        int action = list.hasRemaining() ? 1 : 2 + random.nextInt(2);
        return mutated(random, new Cdb.Sanitize(action, random.nextBoolean(), false, false, list.remaining()), list);
    }

    private static Trial anything(Random random) {
        byte[] cdb = new byte[Cdb.LENGTH];
        random.nextBytes(cdb);
        int[] opcodes = {
            0x00, 0x03, 0x08, 0x0A, 0x12, 0x15, 0x16, 0x17, 0x1A, 0x1B, 0x1E, 0x25, 0x28, 0x2A, 0x2E, 0x2F, 0x34, 0x35,
            0x41, 0x42, 0x48, 0x4D, 0x55, 0x5A, 0x5E, 0x5F, 0x83, 0x84, 0x88, 0x89, 0x8A, 0x8B, 0x8E, 0x8F, 0x90, 0x91,
            0x93, 0x9E, 0xA0, 0xA3, 0xA8, 0xAA, 0xAE, 0xAF
        };
        if (random.nextInt(10) > 0) {
            cdb[0] = (byte) opcodes[random.nextInt(opcodes.length)];
        }
        // Small numbers are the likely ones: addresses within the unit, known pages and service actions.
        int kept = random.nextInt(6);
        for (int i = 2; i < cdb.length; i++) {
            if (random.nextInt(5) >= kept) {
                cdb[i] = 0;
            }
        }
        if (random.nextBoolean()) {
            cdb[1] &= 0x1F;
        }
        ByteBuffer data = ByteBuffer.allocate(random.nextInt(200) == 0 ? SIZE : 512 * random.nextInt(9));
        random.nextBytes(data.array());
        return new Trial(ByteBuffer.wrap(cdb), data);
    }

    /** Half of them as they are, half of them with some bytes changed, or cut off. */
    private static Trial mutated(Random random, Cdb command, ByteBuffer data) {
        ByteBuffer cdb = command.encode();
        ByteBuffer sent = data;
        if (random.nextBoolean()) {
            for (int i = random.nextInt(4); i > 0 && data.hasRemaining(); i--) {
                data.put(random.nextInt(data.remaining()), (byte) random.nextInt());
            }
            if (random.nextInt(4) == 0) {
                cdb.put(1 + random.nextInt(15), (byte) random.nextInt());
            }
            if (random.nextInt(6) == 0) {
                sent = data.slice(0, random.nextInt(data.remaining() + 1));
            }
        }
        return new Trial(cdb, sent);
    }

    /** Bytes that the command allows to be returned. SPC-4, section 6; SBC-3, section 5. */
    private static long allocation(ByteBuffer cdb) {
        return switch (cdb.get(0) & 0xFF) {
            case 0x03, 0x1A -> cdb.get(4) & 0xFF;
            case 0x12 -> cdb.getShort(3) & 0xFFFF;
            case 0x25 -> 8;
            case 0x4D, 0x5A, 0x5E -> cdb.getShort(7) & 0xFFFF;
            case 0x84, 0x9E -> cdb.getInt(10) & 0xFFFF_FFFFL;
            case 0xA0, 0xA3 -> cdb.getInt(6) & 0xFFFF_FFFFL;
            default -> 0;
        };
    }

    /** Blocks that a READ asks for. */
    private static long blocks(ByteBuffer cdb) {
        return switch (cdb.get(0) & 0xFF) {
            case 0x08 -> cdb.get(4) == 0 ? 256 : cdb.get(4) & 0xFF;
            case 0x28 -> cdb.getShort(7) & 0xFFFF;
            case 0xA8 -> cdb.getInt(6) & 0xFFFF_FFFFL;
            case 0x88 -> cdb.getInt(10) & 0xFFFF_FFFFL;
            default -> throw new AssertionError("not a READ");
        };
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

    private final class Visible implements LogicalUnits {
        @Override
        public NavigableMap<Integer, LogicalUnit> visibleTo(String initiator) {
            return new TreeMap<>(Map.of(1, units.getFirst(), 2, units.getLast()));
        }

        @Override
        public Optional<ChapCredentials> credentialsOf(String initiator) {
            return Optional.empty();
        }

        @Override
        public Room room() {
            return new Room(1L << 40, 1L << 40);
        }

        @Override
        public Meters meters() {
            throw new UnsupportedOperationException("a device server counts nothing");
        }

        @Override
        public Registration watch(Watcher watcher) {
            throw new UnsupportedOperationException("a device server watches nothing");
        }
    }
}
