package io.stowage.array.store;

import static org.assertj.core.api.Assertions.assertThat;

import io.stowage.array.core.Content;
import io.stowage.array.core.Estate;
import io.stowage.array.core.Host;
import io.stowage.array.core.LogicalUnit;
import io.stowage.array.core.Snapshot;
import io.stowage.array.core.UnitIdentity;
import io.stowage.array.core.Volume;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Random;
import java.util.UUID;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.ShrinkingMode;
import org.jspecify.annotations.Nullable;

/**
 * A host never reads what was not written by it, or before it on that volume. Every sector that is written carries its
 * own number, the disk below is dirty and gives nothing of what is let go of a new face, and it is so small that what one
 * volume frees the next one takes. Each sector of each unit has to hold the number that belongs there; after a loss of
 * power one that was there before on the same volume, or zeros.
 */
class ForeignDataTest {
    private static final long CAPACITY = 30L * Format.CHUNK;
    private static final int LARGEST = 8 * Format.CHUNK / LogicalUnit.BLOCK_BYTES;
    private static final int MOST = 6;
    private static final int STEPS = 150;
    private static final String HOST = "iqn.2026-11.io.stowage:h";

    /** What a volume or snapshot holds: a number for each sector, and those it may fall back to when the power goes. */
    private static final class Expected {
        private long[] numbers;
        private final Map<Integer, List<Long>> earlier = new HashMap<>();

        Expected(long[] numbers) {
            this.numbers = numbers;
        }

        void set(int sector, long number) {
            earlier.computeIfAbsent(sector, _ -> new ArrayList<>(List.of(0L))).add(numbers[sector]);
            numbers[sector] = number;
        }

        boolean mayHold(int sector, long number) {
            return number == numbers[sector]
                    || earlier.getOrDefault(sector, List.of()).contains(number);
        }
    }

    private final Map<UUID, Expected> expected = new HashMap<>();
    private SimulatedDisk disk = new SimulatedDisk(SimulatedDisk.Lie.NONE, false);
    private Random random = new Random(0);
    private @Nullable DiskStore store;
    private @Nullable Estate estate;
    private long number;
    private int serial;

    @Property(tries = 25, seed = "20261121", shrinking = ShrinkingMode.OFF)
    void nobodyReadsWhatIsNotHis(@ForAll long seed) throws IOException {
        expected.clear();
        disk = new SimulatedDisk(SimulatedDisk.Lie.NONE, false);
        random = new Random(seed);
        open();
        estate().change(draft -> {
            draft.put(new Host(UUID.randomUUID(), "h", List.of(HOST), Optional.empty(), Map.of()));
            return 0;
        });
        for (int step = 0; step < STEPS; step++) {
            step();
            compare(false);
        }
    }

    private void open() throws IOException {
        store = DiskStore.open(disk, CAPACITY, 8, HousekeepingByHand::new);
        estate = Estate.open("test", store, InstantSource.fixed(Instant.EPOCH));
    }

    private Estate estate() {
        return Objects.requireNonNull(estate);
    }

    private List<Volume> volumes() {
        return estate().read(objects -> List.copyOf(objects.volumes()));
    }

    private List<Snapshot> snapshots() {
        return estate().read(objects -> List.copyOf(objects.snapshots()));
    }

    private <T> T any(List<T> list) {
        return list.get(random.nextInt(list.size()));
    }

    private LogicalUnit unit(Volume volume) {
        return estate().units().visibleTo(HOST).values().stream()
                .filter(unit ->
                        unit.identity().serial().equals(volume.identity().serial()))
                .findFirst()
                .orElseThrow();
    }

    private Expected of(UUID id) {
        return Objects.requireNonNull(expected.get(id));
    }

    private void step() throws IOException {
        int choice = random.nextInt(100);
        int objects = volumes().size() + snapshots().size();
        if (volumes().isEmpty() || choice < 8 && objects < MOST) {
            create();
        } else if (choice < 40) {
            write(any(volumes()));
        } else if (choice < 52) {
            discard(any(volumes()));
        } else if (choice < 60) {
            resize(any(volumes()));
        } else if (choice < 66 && objects < MOST) {
            snapshot(any(volumes()));
        } else if (choice < 71 && objects < MOST) {
            clone(anyContent());
        } else if (choice < 76) {
            restore(any(volumes()), anyContent());
        } else if (choice < 84) {
            copyRange(any(volumes()), any(volumes()));
        } else if (choice < 90) {
            eradicate();
        } else if (choice < 95) {
            Objects.requireNonNull(store).settle();
        } else if (choice < 98) {
            unit(any(volumes())).flush();
        } else {
            disk.restart(random);
            open();
            compare(true);
        }
    }

    private int sectors() {
        return 1 + random.nextInt(LARGEST);
    }

    private UnitIdentity identity() {
        String text = "%024X".formatted(++serial);
        return new UnitIdentity("PURE", "FlashArray", "1", text, "624a9370" + text.toLowerCase(java.util.Locale.ROOT));
    }

    private void create() {
        int sectors = sectors();
        Volume volume = estate().change(draft ->
                connected(draft, draft.createVolume(Optional.empty(), "v" + serial, bytes(sectors), identity())));
        expected.put(volume.id(), new Expected(new long[sectors]));
    }

    private static Volume connected(io.stowage.array.core.Draft draft, Volume volume) {
        Host host = draft.objects().host("h").orElseThrow();
        draft.connect(host, volume, draft.objects().luns(host).nextClearBit(1));
        return volume;
    }

    private static long bytes(int sectors) {
        return (long) sectors * LogicalUnit.BLOCK_BYTES;
    }

    private void write(Volume volume) throws IOException {
        Expected content = of(volume.id());
        int from = random.nextInt(content.numbers.length);
        int count = Math.min(content.numbers.length - from, 1 + random.nextInt(random.nextBoolean() ? 12 : 300));
        ByteBuffer bytes = ByteBuffer.allocate((int) bytes(count));
        long first = number + 1;
        number += count;
        for (int i = 0; i < count; i++) {
            for (int k = 0; k < LogicalUnit.BLOCK_BYTES / Long.BYTES; k++) {
                bytes.putLong(first + i);
            }
        }
        try {
            unit(volume).write(bytes(from), bytes.flip());
        } catch (LogicalUnit.OutOfSpace full) {
            return; // and nothing has changed
        }
        for (int i = 0; i < count; i++) {
            content.set(from + i, first + i);
        }
    }

    private void discard(Volume volume) throws IOException {
        Expected content = of(volume.id());
        int from = random.nextInt(content.numbers.length);
        int count = Math.min(content.numbers.length - from, 1 + random.nextInt(400));
        try {
            unit(volume).discard(bytes(from), bytes(count));
            for (int i = from; i < from + count; i++) {
                content.set(i, 0);
            }
        } catch (LogicalUnit.OutOfSpace full) {
            adopt(volume, from, count, _ -> 0);
        }
    }

    private interface Numbers {
        long at(int sector);
    }

    /** After a failure each sector has either the old or the new number. */
    private void adopt(Volume volume, int from, int count, Numbers numbers) throws IOException {
        long[] now = read(volume, of(volume.id()).numbers.length);
        for (int i = from; i < from + count; i++) {
            if (now[i] != of(volume.id()).numbers[i]) {
                assertThat(now[i]).isEqualTo(numbers.at(i));
                of(volume.id()).set(i, now[i]);
            }
        }
    }

    private void resize(Volume volume) {
        int sectors = sectors();
        try {
            estate().change(draft -> draft.resize(volume, bytes(sectors)));
        } catch (StoreFull full) {
            return;
        }
        Expected content = of(volume.id());
        long[] before = content.numbers;
        content.numbers = Arrays.copyOf(before, sectors);
        for (int i = sectors; i < before.length; i++) {
            content.earlier.remove(i); // a change of the size is durable at once
        }
    }

    private record Source(Content content, UUID id) {}

    private Source anyContent() {
        List<Source> sources = new ArrayList<>();
        volumes().forEach(volume -> sources.add(new Source(Content.of(volume, "v"), volume.id())));
        snapshots().forEach(snapshot -> sources.add(new Source(Content.of(snapshot, "v"), snapshot.id())));
        return any(sources);
    }

    private void snapshot(Volume volume) {
        Snapshot snapshot = estate().change(draft -> draft.snapshot(volume, "s" + ++serial, "S" + serial));
        expected.put(snapshot.id(), new Expected(of(volume.id()).numbers.clone()));
    }

    private void clone(Source source) {
        Volume volume = estate().change(draft ->
                connected(draft, draft.copyVolume(Optional.empty(), "c" + serial, source.content(), identity())));
        expected.put(volume.id(), new Expected(of(source.id()).numbers.clone()));
    }

    private void restore(Volume volume, Source source) {
        estate().change(draft -> draft.overwrite(volume, source.content()));
        expected.put(volume.id(), new Expected(of(source.id()).numbers.clone()));
    }

    private void copyRange(Volume volume, Volume source) throws IOException {
        Expected target = of(volume.id());
        long[] old = of(source.id()).numbers.clone();
        int chunk = Format.CHUNK / LogicalUnit.BLOCK_BYTES;
        int to = random.nextInt(target.numbers.length) / chunk * chunk;
        int from = random.nextInt(old.length) / chunk * chunk + (random.nextInt(3) == 0 ? 3 : 0);
        int count = Math.min(1 + random.nextInt(600), Math.min(target.numbers.length - to, old.length - from));
        if (count <= 0 || volume.id().equals(source.id()) && Math.abs(from - to) < count) {
            return;
        }
        DiskStore all = Objects.requireNonNull(store);
        try {
            all.require(volume.stored()).copyFrom(all.require(source.stored()), bytes(from), bytes(to), bytes(count));
        } catch (StoreFull full) {
            adopt(volume, to, count, sector -> old[sector - to + from]);
            return;
        }
        for (int i = 0; i < count; i++) {
            target.set(to + i, old[from + i]);
        }
    }

    private void eradicate() {
        Source gone = anyContent();
        estate().change(draft -> {
            draft.objects().snapshot(gone.id()).ifPresent(draft::eradicate);
            draft.objects().volume(gone.id()).ifPresent(volume -> {
                draft.objects().connectionsOfVolume(volume.id()).forEach(draft::disconnect);
                draft.eradicate(volume);
            });
            return 0;
        });
    }

    private void compare(boolean afterLoss) throws IOException {
        for (Volume volume : volumes()) {
            compare(
                    "volume " + volume.name(),
                    of(volume.id()),
                    read(volume, of(volume.id()).numbers.length),
                    afterLoss);
        }
        for (Snapshot snapshot : snapshots()) {
            Expected content = of(snapshot.id());
            ByteBuffer bytes = ByteBuffer.allocate((int) bytes(content.numbers.length));
            Objects.requireNonNull(store).require(snapshot.stored()).read(0, bytes);
            compare("snapshot " + snapshot.name(), content, numbers(bytes), afterLoss);
        }
    }

    private static void compare(String where, Expected content, long[] found, boolean afterLoss) {
        for (int sector = 0; sector < found.length; sector++) {
            if (found[sector] != content.numbers[sector] && !(afterLoss && content.mayHold(sector, found[sector]))) {
                throw new AssertionError("sector %d of %s holds %x, not %x"
                        .formatted(sector, where, found[sector], content.numbers[sector]));
            }
        }
        if (afterLoss) {
            content.numbers = found;
            content.earlier.clear();
        }
    }

    private long[] read(Volume volume, int sectors) throws IOException {
        ByteBuffer bytes = ByteBuffer.allocate((int) bytes(sectors));
        unit(volume).read(0, bytes);
        return numbers(bytes);
    }

    private static long[] numbers(ByteBuffer bytes) {
        bytes.flip();
        long[] numbers = new long[bytes.remaining() / LogicalUnit.BLOCK_BYTES];
        for (int sector = 0; sector < numbers.length; sector++) {
            numbers[sector] = bytes.getLong();
            for (int k = 1; k < LogicalUnit.BLOCK_BYTES / Long.BYTES; k++) {
                if (bytes.getLong() != numbers[sector]) {
                    throw new AssertionError("sector %d is mixed".formatted(sector));
                }
            }
        }
        return numbers;
    }
}
