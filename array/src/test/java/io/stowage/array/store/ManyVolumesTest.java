package io.stowage.array.store;

import static org.assertj.core.api.Assertions.assertThat;

import io.stowage.array.core.Estate;
import io.stowage.array.core.Snapshot;
import io.stowage.array.core.UnitIdentity;
import io.stowage.array.core.Volume;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * Many volumes and snapshots, each change a commit: what a change writes, what a figure reads and what opening reads is
 * counted, so that it doesn't depend on the machine. How long it takes, {@code benchmarks/many-volumes} tells.
 */
@Timeout(value = 240, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class ManyVolumesTest {
    private static final int VOLUMES = Boolean.getBoolean("stowage.soak") ? 10_000 : 1_000;
    private static final int SNAPSHOTS = 4;
    private static final int SAMPLE = 100;

    private final CountingFile metadata = new CountingFile(new SimulatedDisk(SimulatedDisk.Lie.NONE).metadata());
    private @Nullable DiskStore store;
    private @Nullable Estate estate;
    private int serial;
    private int changes;

    /** What {@link #SAMPLE} changes wrote, and the one that wrote most. */
    private static final class Sample {
        private long written;
        private long most;

        void add(long bytes) {
            written += bytes;
            most = Math.max(most, bytes);
        }
    }

    private void open() throws IOException {
        SimulatedDisk data = new SimulatedDisk(SimulatedDisk.Lie.NONE);
        store = DiskStore.open(metadata.beside(data), 1L << 40, 1000, HousekeepingByHand::new);
        estate = Estate.open("test", store, InstantSource.fixed(Instant.EPOCH));
    }

    private DiskStore store() {
        return Objects.requireNonNull(store);
    }

    private Estate estate() {
        return Objects.requireNonNull(estate);
    }

    /** Does it, and gives back what it has let go of, as the housekeeping would; counts what the change wrote. */
    private void change(Sample sample, Runnable change) {
        long before = metadata.written();
        change.run();
        sample.add(metadata.written() - before);
        if (++changes % 20 == 0) {
            store().settle();
        }
    }

    private void create() {
        String text = "%024X".formatted(++serial);
        UnitIdentity identity =
                new UnitIdentity("PURE", "FlashArray", "1", text, "624a9370" + text.toLowerCase(Locale.ROOT));
        estate().change(draft -> draft.createVolume(Optional.empty(), "v" + serial, 1 << 30, identity));
    }

    private void snapshot(Volume volume) {
        estate().change(draft -> draft.snapshot(volume, "s" + ++serial, "S" + serial));
    }

    private List<Volume> volumes() {
        return estate().read(objects -> List.copyOf(objects.volumes()));
    }

    @Test
    void aChangeCostsTheSameWhateverThereIs() throws IOException {
        open();
        Sample fewCreated = new Sample();
        Sample manyCreated = new Sample();
        for (int i = 0; i < VOLUMES; i++) {
            change(i < SAMPLE ? fewCreated : i >= VOLUMES - SAMPLE ? manyCreated : new Sample(), this::create);
        }
        // Something to share, so that snapshots have trees.
        for (Volume volume : volumes()) {
            store().require(volume.stored()).write(0, ByteBuffer.allocate(4096));
        }
        Sample snapshots = new Sample();
        Sample manySnapshots = new Sample();
        for (int round = 0; round < SNAPSHOTS; round++) {
            List<Volume> all = volumes();
            for (int i = 0; i < all.size(); i++) {
                Volume volume = all.get(i);
                boolean last = round == SNAPSHOTS - 1 && i >= VOLUMES - SAMPLE;
                change(last ? manySnapshots : snapshots, () -> snapshot(volume));
            }
        }
        List<Snapshot> taken = estate().read(objects -> List.copyOf(objects.snapshots()));
        Sample deleted = new Sample();
        for (Snapshot snapshot : taken.subList(0, SAMPLE)) {
            change(
                    deleted,
                    () -> estate().change(draft -> {
                        draft.eradicate(snapshot);
                        return 0;
                    }));
        }
        assertThat(manyCreated.written).isLessThan(fewCreated.written * 3 / 2);
        assertThat(manySnapshots.written).isLessThan(fewCreated.written * 3 / 2);
        assertThat(deleted.written).isLessThan(fewCreated.written * 3 / 2);
        // No change pays for all: the slowest wrote a few pages, though the catalog has megabytes.
        assertThat(Math.max(manyCreated.most, manySnapshots.most)).isLessThan(32 << 10);

        store().settle();
        requireFiguresWithoutReading();
        requireOpeningReadsAFewTimesWhatThereIs();
    }

    private void requireFiguresWithoutReading() {
        long before = metadata.read();
        long written = 0;
        for (long volume : store().volumes()) {
            written += store().require(volume).allocatedBytes()
                    + store().require(volume).exclusiveBytes();
        }
        Space space = store().space();
        assertThat(metadata.read()).isEqualTo(before);
        assertThat(written).isEqualTo(space.written() + space.exclusive());
        assertThat(space.used()).isEqualTo((long) VOLUMES * Format.CHUNK);
    }

    private void requireOpeningReadsAFewTimesWhatThereIs() throws IOException {
        long catalog = store().scan(new byte[0]).entrySet().stream()
                .mapToLong(record -> record.getKey().length + record.getValue().length + 32 + VolumeRow.BYTES)
                .sum();
        List<Long> volumes = store().volumes();
        store().close();
        assertThat(metadata.size()).isLessThan(catalog * 10 + (long) VOLUMES * 2 * Format.PAGE);
        long before = metadata.read();
        open();
        assertThat(metadata.read() - before).isLessThan(catalog * 10);
        assertThat(store().volumes()).isEqualTo(volumes);
        assertThat(estate().<Integer>read(objects -> objects.snapshots().size()))
                .isEqualTo(VOLUMES * SNAPSHOTS - SAMPLE);
        // The count of references reads each page once: a root for each volume, which its snapshots share.
        before = metadata.read();
        store().settle();
        assertThat(metadata.read() - before).isLessThan((long) VOLUMES * 2 * Format.PAGE);
    }
}
