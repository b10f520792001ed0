package io.stowage.array.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(value = 60, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class DiskStoreTest {
    private static final int KIB = 1024;
    private static final int MIB = 1024 * KIB;
    private static final long CAPACITY = 64L * MIB;

    @TempDir
    Path folder;

    private DiskStore store;

    @BeforeEach
    void open() {
        store = DiskStore.open(folder, CAPACITY);
    }

    @AfterEach
    void close() {
        store.close();
    }

    private void reopen() {
        store.close();
        store = DiskStore.open(folder, CAPACITY);
    }

    static byte[] noise(int seed, int length) {
        byte[] bytes = new byte[length];
        new Random(seed).nextBytes(bytes);
        return bytes;
    }

    private void write(long volume, long offset, byte[] bytes) {
        store.require(volume).write(offset, ByteBuffer.wrap(bytes));
    }

    private byte[] read(long volume, long offset, int length) {
        byte[] bytes = new byte[length];
        Arrays.fill(bytes, (byte) 0x55);
        store.require(volume).read(offset, ByteBuffer.wrap(bytes));
        return bytes;
    }

    @Test
    void whatWasWrittenIsReadAlsoAfterOpeningAnew() {
        long volume = store.create(10L * MIB);
        byte[] bytes = noise(1, 300 * KIB);
        write(volume, 70 * KIB + 123, bytes);
        assertThat(read(volume, 70 * KIB + 123, bytes.length)).isEqualTo(bytes);
        reopen();
        assertThat(read(volume, 70 * KIB + 123, bytes.length)).isEqualTo(bytes);
        assertThat(read(volume, 68 * KIB, 2 * KIB + 123)).containsOnly(0);
        assertThat(read(volume, 10L * MIB - 5, 5)).containsOnly(0);
    }

    @Test
    void aVolumeOfAnySizeCostsWhatWasWrittenToIt() {
        long volume = store.create(1L << 50);
        byte[] bytes = noise(2, 8 * KIB);
        long far = (1L << 50) - 8 * KIB;
        write(volume, 0, bytes);
        write(volume, 1L << 40, bytes);
        write(volume, far, bytes);
        assertThat(store.space().used()).isEqualTo(3 * 64 * KIB);
        assertThat(store.space().provisioned()).isEqualTo(1L << 50);
        assertThat(read(volume, far, bytes.length)).isEqualTo(bytes);
        assertThat(store.require(volume).allocated(0, 1L << 50, 10))
                .containsExactly(new Extent(0, 8 * KIB), new Extent(1L << 40, 8 * KIB), new Extent(far, 8 * KIB));
    }

    @Test
    void aSnapshotKeepsWhatItsVolumeLoses() {
        long volume = store.create(MIB);
        byte[] old = noise(3, 200 * KIB);
        write(volume, 0, old);
        long snapshot = store.snapshot(volume);
        byte[] patch = noise(4, 5000);
        write(volume, 3000, patch);
        store.require(volume).discard(100 * KIB, 100 * KIB);

        assertThat(read(snapshot, 0, old.length)).isEqualTo(old);
        byte[] changed = old.clone();
        System.arraycopy(patch, 0, changed, 3000, patch.length);
        Arrays.fill(changed, 100 * KIB, 200 * KIB, (byte) 0);
        assertThat(read(volume, 0, old.length)).isEqualTo(changed);

        store.restore(volume, snapshot);
        assertThat(read(volume, 0, old.length)).isEqualTo(old);
        assertThatThrownBy(() -> write(snapshot, 0, patch))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("is a snapshot");
    }

    @Test
    void cloneAndSourceDivergeInSharedBlocks() {
        long volume = store.create(MIB);
        byte[] bytes = noise(5, 64 * KIB);
        write(volume, 0, bytes);
        long clone = store.clone(volume);
        assertThat(store.space().used()).isEqualTo(64 * KIB);
        write(clone, 10, new byte[] {1});
        write(volume, 20, new byte[] {2});
        byte[] ofClone = bytes.clone();
        ofClone[10] = 1;
        byte[] ofVolume = bytes.clone();
        ofVolume[20] = 2;
        assertThat(read(clone, 0, bytes.length)).isEqualTo(ofClone);
        assertThat(read(volume, 0, bytes.length)).isEqualTo(ofVolume);
    }

    @Test
    void aRangeCopyTakesNoSpaceAndTheSidesDiverge() {
        long source = store.create(8L * MIB);
        byte[] bytes = noise(51, 4 * MIB);
        write(source, 100_000, bytes);
        long snapshot = store.snapshot(source);
        long target = store.create(60L * MIB);
        write(target, 20L * MIB, noise(52, MIB));
        long used = store.space().used();
        store.require(target).copyFrom(store.require(source), 2 * 64 * KIB, 20L * MIB, 3L * MIB);
        store.require(target).copyFrom(store.require(snapshot), 2 * 64 * KIB, 40L * MIB, 3L * MIB);
        store.require(source).copyFrom(store.require(target), 40L * MIB, 5L * MIB, 3L * MIB);
        store.settle();
        assertThat(store.space().used()).isEqualTo(used - MIB);
        write(source, 2 * 64 * KIB + 5, new byte[] {1});
        write(target, 20L * MIB + 7, new byte[] {2});
        byte[] copied = Arrays.copyOfRange(bytes, 2 * 64 * KIB - 100_000, 2 * 64 * KIB - 100_000 + 3 * MIB);
        assertThat(read(target, 40L * MIB, 3 * MIB)).isEqualTo(copied);
        assertThat(read(source, 5L * MIB, 3 * MIB)).isEqualTo(copied);
        assertThat(read(snapshot, 100_000, 4 * MIB)).isEqualTo(bytes);
        byte[] ofTarget = copied.clone();
        ofTarget[7] = 2;
        assertThat(read(target, 20L * MIB, 3 * MIB)).isEqualTo(ofTarget);
        assertThat(read(source, 2 * 64 * KIB + 4, 3)).containsExactly(copied[4], 1, copied[6]);
        store.delete(source);
        store.delete(snapshot);
        reopen();
        store.settle();
        assertThat(read(target, 40L * MIB, 3 * MIB)).isEqualTo(copied);
        assertThat(store.space().used()).isEqualTo(3 * MIB + 64 * KIB);
        StoredVolume volume = store.require(target);
        assertThatThrownBy(() -> volume.copyFrom(volume, 0, MIB, MIB + 1)).hasMessageContaining("the ranges overlap");
        assertThatThrownBy(() -> volume.copyFrom(volume, 0, 59L * MIB, MIB + 1))
                .isInstanceOf(IndexOutOfBoundsException.class);
    }

    @Test
    void aRangeCopyBesideWritersHasEachSectorOldOrNew() throws InterruptedException {
        long source = store.create(2L * MIB);
        long target = store.create(2L * MIB);
        List<Throwable> failures = java.util.Collections.synchronizedList(new java.util.ArrayList<>());
        Thread writer = Thread.ofPlatform().start(() -> {
            try {
                for (int round = 1; round <= 100; round++) {
                    byte[] sectors = new byte[2 * MIB];
                    Arrays.fill(sectors, (byte) round);
                    write(source, 0, sectors);
                }
            } catch (Throwable e) {
                failures.add(e);
            }
        });
        byte[] before = new byte[2 * MIB / 512];
        while (writer.isAlive()) {
            store.require(target).copyFrom(store.require(source), 0, 0, 2L * MIB);
            byte[] copied = read(target, 0, 2 * MIB);
            assertThat(read(target, 0, 2 * MIB)).isEqualTo(copied);
            for (int sector = 0; sector < before.length; sector++) {
                assertThat(copied[sector * 512]).isGreaterThanOrEqualTo(before[sector]);
                before[sector] = copied[sector * 512];
            }
        }
        writer.join();
        assertThat(failures).isEmpty();
    }

    @Test
    void aFullArrayRefusesWholeWritesAndGivesSpaceBackAfterDeletion() {
        long volume = store.create(CAPACITY * 2);
        byte[] mib = noise(6, MIB);
        for (int i = 0; i < 63; i++) {
            write(volume, (long) i * MIB, mib);
        }
        assertThatThrownBy(() -> write(volume, 63L * MIB, new byte[MIB + 1]))
                .isInstanceOf(StoreFull.class)
                .hasMessage("the array is full: 66060288 of its 67108864 bytes are in use");
        assertThat(read(volume, 63L * MIB, MIB)).containsOnly(0);
        write(volume, 63L * MIB, mib);
        write(volume, 0, noise(7, MIB));
        store.delete(volume);
        long other = store.create(CAPACITY);
        for (int i = 0; i < 64; i++) {
            write(other, (long) i * MIB, mib);
        }
        assertThat(read(other, 63L * MIB, MIB)).isEqualTo(mib);
        assertThat(store.space().free()).isZero();
    }

    @Test
    void discardGivesSpaceBackToTheStoreAndTheFileSystem() throws IOException {
        long volume = store.create(16L * MIB);
        write(volume, 0, noise(8, 16 * MIB));
        store.flush();
        store.require(volume).discard(MIB, 14 * MIB);
        store.settle();
        assertThat(store.space().used()).isEqualTo(2 * MIB);
        Process du = new ProcessBuilder("du", "-k", folder.resolve("data").toString()).start();
        String kib = new String(du.getInputStream().readAllBytes(), StandardCharsets.US_ASCII);
        assertThat(Integer.parseInt(kib.substring(0, kib.indexOf('\t')))).isLessThan(3 * KIB);
    }

    @Test
    void aChunkUsedAgainShowsNothingOfItsFormerOwner() {
        long volume = store.create(CAPACITY);
        for (int i = 0; i < 64; i++) {
            write(volume, (long) i * MIB, noise(9, MIB));
        }
        store.delete(volume);
        long other = store.create(CAPACITY);
        for (int i = 0; i < 1024; i++) {
            write(other, i * 64L * KIB + 5000, new byte[] {7});
        }
        byte[] first = read(other, 0, 64 * KIB);
        assertThat(first[5000]).isEqualTo((byte) 7);
        first[5000] = 0;
        assertThat(first).containsOnly(0);
    }

    @Test
    void whatASmallerSizeCutsOffNeverComesBack() {
        long volume = store.create(MIB);
        write(volume, 0, noise(10, MIB));
        store.resize(volume, 100_001);
        assertThat(store.require(volume).size()).isEqualTo(100_001);
        assertThatThrownBy(() -> read(volume, 100_000, 2)).isInstanceOf(IndexOutOfBoundsException.class);
        store.resize(volume, 2 * MIB);
        assertThat(read(volume, 100_001, 2 * MIB - 100_001)).containsOnly(0);
        assertThat(read(volume, 0, 100_001)).isEqualTo(Arrays.copyOf(noise(10, MIB), 100_001));
    }

    @Test
    void aTransactionIsWholeOrNothing() {
        long volume = store.create(MIB);
        write(volume, 0, new byte[] {1, 2, 3});
        byte[] key = {1};
        assertThatThrownBy(() -> store.transact(transaction -> {
                    transaction.put(key, new byte[] {42});
                    long snapshot = transaction.snapshot(volume);
                    transaction.resize(volume, 10);
                    transaction.delete(volume);
                    assertThat(transaction.get(key)).contains(new byte[] {42});
                    transaction.restore(transaction.create(1), snapshot);
                    throw new IllegalArgumentException("second thoughts");
                }))
                .hasMessage("second thoughts");
        assertThat(store.get(key)).isEmpty();
        assertThat(store.volumes()).containsExactly(volume);
        assertThat(read(volume, 0, 4)).containsExactly(1, 2, 3, 0);

        long snapshot = store.transaction(transaction -> {
            transaction.put(key, new byte[] {43});
            transaction.put(new byte[] {1, 1}, new byte[0]);
            transaction.put(new byte[] {2}, new byte[] {44});
            long taken = transaction.snapshot(volume);
            transaction.delete(volume);
            return taken;
        });
        reopen();
        assertThat(store.volumes()).containsExactly(snapshot);
        assertThat(read(snapshot, 0, 4)).containsExactly(1, 2, 3, 0);
        assertThat(store.scan(key).values()).containsExactly(new byte[] {43}, new byte[0]);
        assertThatThrownBy(() -> store.require(volume)).hasMessage("the store has no volume " + volume);
    }

    @Test
    void whatATransactionSharesStaysWholeWhenItGrowsTheVolumeToo() {
        long volume = store.create(100_000);
        byte[] bytes = noise(31, 100_000);
        write(volume, 0, bytes);
        store.resize(volume, 99_000);
        assertThatThrownBy(() -> store.transact(transaction -> {
                    transaction.snapshot(volume);
                    transaction.resize(volume, MIB);
                    transaction.resize(transaction.clone(volume), 2 * MIB);
                    throw new IllegalArgumentException("second thoughts");
                }))
                .hasMessage("second thoughts");
        long snapshot = store.transaction(transaction -> {
            long taken = transaction.snapshot(volume);
            transaction.resize(volume, MIB);
            return taken;
        });
        store.settle();
        long other = store.create(MIB);
        write(other, 0, noise(32, MIB));
        byte[] kept = Arrays.copyOf(bytes, 99_000);
        assertThat(read(snapshot, 0, 99_000)).isEqualTo(kept);
        assertThat(read(volume, 0, 100_000)).isEqualTo(Arrays.copyOf(kept, 100_000));
        store.close();
        assertThat(StoreCheck.check(folder)).isEmpty();
        store = DiskStore.open(folder, CAPACITY);
        store.settle();
        assertThat(read(snapshot, 0, 99_000)).isEqualTo(kept);
        // Two chunks of the snapshot, one of the volume's own, 16 of the other.
        assertThat(store.space().used()).isEqualTo(19 * 64 * KIB);
    }

    @Test
    void transactionsDoNotNest() {
        assertThatThrownBy(() -> store.transact(transaction -> {
                    transaction.create(1);
                    store.create(1);
                }))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("inside a transaction");
        assertThat(store.volumes()).isEmpty();
    }

    @Test
    void manyRecordsSurviveManyCommits() {
        for (int i = 0; i < 600; i++) {
            byte[] key = Integer.toString(i).getBytes(StandardCharsets.US_ASCII);
            store.put(key, noise(i, 1000));
            if (i % 3 == 0) {
                store.remove(key);
            }
        }
        reopen();
        assertThat(store.scan(new byte[0])).hasSize(400);
        assertThat(store.get(new byte[] {'5', '9', '9'})).contains(noise(599, 1000));
    }

    @Test
    void aFolderHasOneStoreAtATime() {
        assertThatThrownBy(() -> DiskStore.open(folder, CAPACITY))
                .isInstanceOf(StoreFailed.class)
                .hasMessageContaining("is in use by another process");
    }

    @Test
    void anInterruptedCallerHarmsNobody() {
        long volume = store.create(MIB);
        Thread.currentThread().interrupt();
        write(volume, 0, new byte[] {1});
        store.flush();
        assertThat(Thread.interrupted()).isTrue();
        assertThat(read(volume, 0, 1)).containsExactly(1);
    }

    @Test
    void damagedMetadataIsReportedAndNeverServed() throws IOException {
        long volume = store.create(MIB);
        write(volume, 0, noise(11, MIB));
        store.close();
        Path metadata = folder.resolve("metadata");
        try (FileChannel file = FileChannel.open(metadata, StandardOpenOption.READ, StandardOpenOption.WRITE)) {
            for (long page = Format.FIRST_PAGE; page < file.size() / Format.PAGE; page++) {
                file.write(ByteBuffer.wrap(new byte[] {13}), page * Format.PAGE + 40);
            }
        }
        assertThatThrownBy(() -> DiskStore.open(folder, CAPACITY))
                .isInstanceOf(StoreCorrupt.class)
                .hasMessageContaining("is damaged: expected checksum");
    }

    @Test
    void readersAndWritersShareAStore() {
        List<Long> volumes = List.of(store.create(8L * MIB), store.create(8L * MIB));
        List<Thread> threads = new java.util.ArrayList<>();
        List<Throwable> failures = java.util.Collections.synchronizedList(new java.util.ArrayList<>());
        for (int worker = 0; worker < 4; worker++) {
            int lane = worker;
            threads.add(Thread.ofPlatform().start(() -> {
                try {
                    work(volumes.get(lane % 2), lane);
                } catch (Throwable e) {
                    failures.add(e);
                }
            }));
        }
        for (int i = 0; i < 20; i++) {
            long snapshot = store.snapshot(volumes.get(i % 2));
            byte[] before = read(snapshot, 0, 8 * MIB);
            store.flush();
            assertThat(read(snapshot, 0, 8 * MIB)).isEqualTo(before);
            store.delete(snapshot);
        }
        for (Thread thread : threads) {
            assertThatNoInterrupt(thread);
        }
        assertThat(failures).isEmpty();
        volumes.forEach(store::delete);
        store.settle();
        assertThat(store.space().used()).isZero();
    }

    @Test
    void writersOfTheSameBlocksKeepOutOfEachOthersSectors() throws InterruptedException {
        long volume = store.create(192 * KIB);
        List<Thread> threads = new java.util.ArrayList<>();
        List<Throwable> failures = java.util.Collections.synchronizedList(new java.util.ArrayList<>());
        for (int worker = 0; worker < 4; worker++) {
            int lane = worker;
            threads.add(Thread.ofPlatform().start(() -> {
                try {
                    workOnSectors(volume, lane);
                } catch (Throwable e) {
                    failures.add(e);
                }
            }));
        }
        for (int i = 0; i < 40; i++) {
            long snapshot = store.snapshot(volume);
            byte[] before = read(snapshot, 0, 192 * KIB);
            long clone = store.clone(snapshot);
            store.flush();
            assertThat(read(snapshot, 0, 192 * KIB)).isEqualTo(before);
            assertThat(read(clone, 0, 192 * KIB)).isEqualTo(before);
            store.delete(snapshot);
            store.delete(clone);
        }
        for (Thread thread : threads) {
            thread.join();
        }
        assertThat(failures).isEmpty();
    }

    /** Writes and discards every fourth sector, and reads it back. */
    private void workOnSectors(long volume, int lane) {
        Random random = new Random(lane);
        byte[][] model = new byte[96][512];
        for (int i = 0; i < 1500; i++) {
            int own = random.nextInt(model.length);
            long at = (own * 4L + lane) * 512;
            if (random.nextInt(3) == 0) {
                store.require(volume).discard(at, 512);
                model[own] = new byte[512];
            } else {
                model[own] = noise(i * 4 + lane, 512);
                write(volume, at, model[own]);
            }
            int seen = random.nextInt(model.length);
            assertThat(read(volume, (seen * 4L + lane) * 512, 512)).isEqualTo(model[seen]);
        }
    }

    /** Writes its own quarter of the volume and reads it back, over and over. */
    private void work(long volume, int lane) {
        Random random = new Random(lane);
        int base = lane * 2 * MIB;
        byte[] model = new byte[2 * MIB];
        for (int i = 0; i < 600; i++) {
            int at = random.nextInt(2 * MIB - 20_000);
            int length = 1 + random.nextInt(20_000);
            if (random.nextInt(8) == 0) {
                store.require(volume).discard(base + at, length);
                Arrays.fill(model, at, at + length, (byte) 0);
            } else {
                byte[] bytes = noise(i, length);
                write(volume, base + at, bytes);
                System.arraycopy(bytes, 0, model, at, length);
            }
            assertThat(read(volume, base + at, length)).isEqualTo(Arrays.copyOfRange(model, at, at + length));
            if (i % 50 == 0) {
                store.flush();
            }
        }
        assertThat(read(volume, base, 2 * MIB)).isEqualTo(model);
    }

    private static void assertThatNoInterrupt(Thread thread) {
        try {
            thread.join();
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }
}
