package io.stowage.array.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.stowage.array.core.Estate;
import io.stowage.array.core.Snapshot;
import io.stowage.array.core.UnitIdentity;
import io.stowage.array.core.Volume;
import java.io.IOException;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** The host's file system has no space when a change is to be made durable: objects and data go on agreeing. */
class FullHostTest {
    private final SimulatedDisk disk = new SimulatedDisk(SimulatedDisk.Lie.NONE);
    private final RefusingDisk refusing = new RefusingDisk(disk);

    private DiskStore open() throws IOException {
        return DiskStore.open(refusing, 64L << 20, 8, HousekeepingByHand::new);
    }

    private static Estate estate(DiskStore store) {
        return Estate.open("test", store, InstantSource.fixed(Instant.EPOCH));
    }

    private static Volume create(Estate estate, String name) {
        var identity = new UnitIdentity("PURE", "FlashArray", "1", "0".repeat(24), "624a9370" + "0".repeat(24));
        return estate.change(draft -> draft.createVolume(Optional.empty(), name, 1 << 20, identity));
    }

    private static Snapshot snapshot(Estate estate, Volume volume) {
        return estate.change(draft -> draft.snapshot(volume, "s", "S"));
    }

    private static void requireAgreement(Estate estate, DiskStore store, String... names) {
        assertThat(estate.<List<String>>read(
                        objects -> objects.volumes().stream().map(Volume::name).toList()))
                .containsExactlyInAnyOrder(names);
        List<Long> stored = estate.read(objects -> java.util.stream.Stream.concat(
                        objects.volumes().stream().map(Volume::stored),
                        objects.snapshots().stream().map(Snapshot::stored))
                .sorted()
                .toList());
        assertThat(store.volumes()).isEqualTo(stored);
    }

    @Test
    void whatCouldNotBeMadeDurableIsThereForObjectsAndDataAlike() throws IOException {
        DiskStore store = open();
        Estate estate = estate(store);
        Volume first = create(estate, "first");
        refusing.refuseMetadata("No space left on device");
        assertThatThrownBy(() -> create(estate, "second")).isInstanceOf(StoreFull.class);
        assertThatThrownBy(() -> snapshot(estate, first)).isInstanceOf(StoreFull.class);
        assertThatThrownBy(() -> estate.change(draft -> {
                    draft.createVolume(Optional.empty(), "never", 1 << 20, first.identity());
                    throw new IllegalArgumentException("second thoughts");
                }))
                .hasMessage("second thoughts");
        requireAgreement(estate, store, "first", "second");

        // A crash now goes back to the last commit, for both.
        disk.restart(new Random(1));
        DiskStore crashed = DiskStore.open(disk, 64L << 20, 8, HousekeepingByHand::new);
        requireAgreement(estate(crashed), crashed, "first");
        refusing.refuseNothing();
    }

    @Test
    void whenThereIsSpaceAgainItBecomesDurable() throws IOException {
        DiskStore store = open();
        Estate estate = estate(store);
        create(estate, "first");
        refusing.refuseMetadata("No space left on device");
        assertThatThrownBy(() -> create(estate, "second")).isInstanceOf(StoreFull.class);
        refusing.refuseNothing();
        create(estate, "third");
        requireAgreement(estate, store, "first", "second", "third");
        disk.restart(new Random(1));
        DiskStore again = open();
        requireAgreement(estate(again), again, "first", "second", "third");
    }
}
