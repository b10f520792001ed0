package io.stowage.array.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Disks that refuse, and disks that change what they hold. */
@Timeout(value = 60, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class DamageTest {
    private static final int MIB = 1 << 20;

    private final SimulatedDisk disk = new SimulatedDisk(SimulatedDisk.Lie.NONE);
    private final RefusingDisk refusing = new RefusingDisk(disk);
    private final byte[] first = DiskStoreTest.noise(1, 300_000);
    private final byte[] second = DiskStoreTest.noise(2, 300_000);
    private long volume;
    private long snapshot;

    private DiskStore open() throws IOException {
        return DiskStore.open(refusing, 64L * MIB, 8, HousekeepingByHand::new);
    }

    @BeforeEach
    void fill() throws IOException {
        try (DiskStore store = open()) {
            volume = store.create(64L * MIB);
            write(store, volume, 0, first);
            write(store, volume, 40L * MIB, first);
            snapshot = store.snapshot(volume);
            write(store, volume, 100_000, second);
            store.put(new byte[] {1}, new byte[] {2});
        }
    }

    private static void write(DiskStore store, long volume, long offset, byte[] bytes) {
        store.require(volume).write(offset, ByteBuffer.wrap(bytes));
    }

    private static byte[] read(DiskStore store, long volume, long offset) {
        byte[] bytes = new byte[300_000];
        store.require(volume).read(offset, ByteBuffer.wrap(bytes));
        return bytes;
    }

    private void requireIntact(DiskStore store) {
        assertThat(read(store, snapshot, 0)).isEqualTo(first);
        assertThat(read(store, snapshot, 40L * MIB)).isEqualTo(first);
        assertThat(read(store, volume, 100_000)).isEqualTo(second);
        assertThat(read(store, volume, 40L * MIB)).isEqualTo(first);
        assertThat(store.get(new byte[] {1})).contains(new byte[] {2});
    }

    @Test
    void aChangedByteOfMetadataIsReportedAndNeverServed() throws IOException {
        assertThat(StoreCheck.check(disk)).isEmpty();
        Random random = new Random(3);
        int reported = 0;
        for (long page = 0; page < disk.metadata().size() / Format.PAGE; page++) {
            for (int i = 0; i < 3; i++) {
                long position = page * Format.PAGE + random.nextInt(page < Format.FIRST_PAGE ? 512 : 4096);
                disk.metadata().flip(position);
                boolean found = !StoreCheck.check(disk).isEmpty();
                try {
                    requireIntact(open());
                } catch (StoreCorrupt e) {
                    assertThat(found).as(e.getMessage()).isTrue();
                    reported++;
                }
                if (!StoreCheck.check(disk).isEmpty()) {
                    disk.metadata().flip(position);
                }
            }
        }
        assertThat(reported).isPositive();
        requireIntact(open());
    }

    @Test
    void oneDamagedSuperblockIsHealed() throws IOException {
        for (int copy = 0; copy < 4; copy++) {
            disk.metadata().flip((long) copy * Format.PAGE + 20);
            assertThat(StoreCheck.check(disk))
                    .containsExactly(new Finding("superblocks", "1 of 4 copies are damaged; opening heals them"));
            try (DiskStore store = open()) {
                requireIntact(store);
                store.put(new byte[] {9}, new byte[] {(byte) copy});
                store.put(new byte[] {9}, new byte[] {9});
            }
            assertThat(StoreCheck.check(disk)).isEmpty();
        }
    }

    @Test
    void theNewestStateIsNeverGivenUpInSilence() throws IOException {
        disk.metadata().flip(20);
        disk.metadata().flip(Format.PAGE + 20);
        assertThatThrownBy(this::open)
                .isInstanceOf(StoreCorrupt.class)
                .hasMessage("both copies of superblock 0 are damaged: the newest state may be lost");
        assertThat(StoreCheck.check(disk)).hasSize(1);
    }

    @Test
    void aPageInAnOldStateIsFoundOut() throws IOException {
        long size = disk.metadata().size();
        ByteBuffer old = ByteBuffer.allocate((int) size);
        assertThat(disk.metadata().read(0, old)).isTrue();
        try (DiskStore store = open()) {
            for (int i = 0; i < 20; i++) {
                write(store, volume, i * 50_000L, second);
                store.flush();
                store.settle();
            }
        }
        int superblocks = Format.FIRST_PAGE * Format.PAGE;
        disk.metadata().write(superblocks, old.slice(superblocks, (int) size - superblocks));
        assertThat(StoreCheck.check(disk)).isNotEmpty();
    }

    @Test
    void aHostWithoutSpaceIsAFullArrayAndNothingMore() throws IOException {
        try (DiskStore store = open()) {
            refusing.refuseData("No space left on device");
            assertThatThrownBy(() -> write(store, volume, 0, second)).isInstanceOf(StoreFull.class);
            refusing.refuseNothing();
            requireIntact(store);
            write(store, volume, 40L * MIB, first);
            write(store, volume, 100_000, second);

            write(store, volume, 20L * MIB, first);
            refusing.refuseMetadata("No space left on device");
            assertThatThrownBy(store::flush).isInstanceOf(StoreFull.class);
            write(store, volume, 21L * MIB, first);
            assertThatThrownBy(store::flush).isInstanceOf(StoreFull.class);
            refusing.refuseNothing();
            store.flush();
        }
        disk.restart(new Random(1));
        assertThat(StoreCheck.check(disk)).isEmpty();
        try (DiskStore store = open()) {
            requireIntact(store);
            assertThat(read(store, volume, 20L * MIB)).isEqualTo(first);
            assertThat(read(store, volume, 21L * MIB)).isEqualTo(first);
        }
    }

    @Test
    void afterAFailedSyncNothingIsWrittenUntilTheStoreIsOpenedAnew() throws IOException {
        DiskStore store = open();
        write(store, volume, 0, first);
        refusing.refuseForce("Input/output error");
        assertThatThrownBy(store::flush)
                .isInstanceOf(StoreFailed.class)
                .hasMessage("can't sync the disk: Input/output error");
        refusing.refuseNothing();
        assertThatThrownBy(() -> write(store, volume, 0, second)).isInstanceOf(StoreFailed.class);
        assertThatThrownBy(store::flush).isInstanceOf(StoreFailed.class);
        assertThatThrownBy(() -> store.delete(volume)).isInstanceOf(StoreFailed.class);
        assertThat(read(store, volume, 0)).isEqualTo(first);
        assertThat(read(open(), snapshot, 0)).isEqualTo(first);
    }

    @Test
    void aFolderWithoutAStoreIsNotChecked(@TempDir Path folder) {
        assertThatThrownBy(() -> StoreCheck.check(folder))
                .isInstanceOf(StoreFailed.class)
                .hasMessage("there is no store in " + folder);
        DiskStore.open(folder, MIB).close();
        assertThat(StoreCheck.check(folder)).isEqualTo(List.of());
    }
}
