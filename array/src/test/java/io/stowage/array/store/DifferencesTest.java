package io.stowage.array.store;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(value = 120, unit = TimeUnit.SECONDS, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class DifferencesTest {
    private static final int BLOCK = 4096;
    private static final int CHUNK = 65536;
    private static final long LEAF = 254L * CHUNK;

    @TempDir
    Path folder;

    private DiskStore store;

    @BeforeEach
    void open() {
        store = DiskStore.open(folder, 256L << 20);
    }

    @AfterEach
    void close() {
        store.close();
    }

    private void write(long id, long offset, int length) {
        ByteBuffer bytes = ByteBuffer.allocate(length);
        Arrays.fill(bytes.array(), (byte) 1);
        store.require(id).write(offset, bytes);
    }

    private List<Extent> differences(long one, long other) {
        return store.differences(one, other, 0, store.require(one).size(), Integer.MAX_VALUE);
    }

    @Test
    void whatSharesItsTreeDiffersNowhereAndWritesShowWhereTheyWere() {
        long volume = store.create(4 * LEAF);
        write(volume, 0, 3 * CHUNK);
        write(volume, 2 * LEAF, CHUNK);
        long snapshot = store.snapshot(volume);
        assertThat(differences(volume, snapshot)).isEmpty();
        write(volume, 2 * LEAF + CHUNK, BLOCK);
        write(volume, 4 * LEAF - BLOCK, BLOCK);
        store.require(volume).discard(CHUNK, BLOCK);
        List<Extent> expected = List.of(
                new Extent(CHUNK, BLOCK), new Extent(2 * LEAF + CHUNK, BLOCK), new Extent(4 * LEAF - BLOCK, BLOCK));
        assertThat(differences(volume, snapshot)).isEqualTo(expected);
        assertThat(differences(snapshot, volume)).isEqualTo(expected);
        assertThat(store.differences(volume, snapshot, 0, 4 * LEAF, 2)).isEqualTo(expected.subList(0, 2));
        assertThat(store.differences(volume, snapshot, CHUNK + 512, 512, 9))
                .containsExactly(new Extent(CHUNK + 512, 512));
        assertThat(differences(store.create(4 * LEAF), snapshot))
                .containsExactly(new Extent(0, 3 * CHUNK), new Extent(2 * LEAF, CHUNK));
    }

    /** The trees of a small and of a large volume have different heights, and a restore may leave one shared below. */
    @Test
    void treesOfDifferentHeightAreCompared() {
        long small = store.create(LEAF);
        write(small, CHUNK, CHUNK);
        long grown = store.clone(small);
        store.resize(grown, 300 * 254 * LEAF);
        assertThat(differences(grown, small)).isEmpty();
        write(grown, 299 * 254 * LEAF, BLOCK);
        write(grown, CHUNK, BLOCK);
        List<Extent> expected = List.of(new Extent(CHUNK, CHUNK), new Extent(299 * 254 * LEAF, BLOCK));
        assertThat(differences(grown, small)).isEqualTo(expected);
        assertThat(store.differences(small, grown, 0, 300 * 254 * LEAF, 9)).isEqualTo(expected);
    }

    /** 600 leaves are shared and one isn't: pages are read on the way to that one only. */
    @Test
    void whatIsSharedIsNotLookedAt() throws IOException {
        SimulatedDisk disk = new SimulatedDisk(SimulatedDisk.Lie.NONE);
        CountingFile metadata = new CountingFile(disk.metadata());
        DiskStore counted = DiskStore.open(metadata.beside(disk), 256L << 20, 1, HousekeepingByHand::new);
        long volume = counted.create(1000 * LEAF);
        for (int leaf = 0; leaf < 601; leaf++) {
            counted.require(volume).write(leaf * LEAF, ByteBuffer.allocate(BLOCK));
        }
        long snapshot = counted.snapshot(volume);
        counted.require(volume).write(500 * LEAF, ByteBuffer.allocate(BLOCK));
        counted.close();
        DiskStore reopened = DiskStore.open(metadata.beside(disk), 256L << 20, 1, HousekeepingByHand::new);
        long before = metadata.read();
        assertThat(reopened.differences(volume, snapshot, 0, 1000 * LEAF, 9))
                .containsExactly(new Extent(500 * LEAF, BLOCK));
        assertThat(metadata.read() - before).isBetween(1L, 20L * Format.PAGE);
        reopened.close();
    }

    /** Outside of the differences both hold the same, whatever was done to them. */
    @Test
    void nothingThatDiffersIsLeftOut() {
        Random random = new Random(20261121);
        int size = 6 * CHUNK;
        long volume = store.create(size);
        long other = store.create(size);
        for (int step = 0; step < 300; step++) {
            long changed = random.nextBoolean() ? volume : other;
            int offset = random.nextInt(size / 512) * 512;
            int length = Math.min(size - offset, (1 + random.nextInt(40)) * 512);
            switch (random.nextInt(6)) {
                case 0 -> store.restore(changed, changed == volume ? other : volume);
                case 1, 2 -> store.require(changed).discard(offset, length);
                default -> {
                    byte[] bytes = new byte[length];
                    random.nextBytes(bytes);
                    store.require(changed).write(offset, ByteBuffer.wrap(bytes));
                }
            }
            byte[] left = read(volume, size);
            byte[] right = read(other, size);
            for (Extent extent : differences(volume, other)) {
                int from = (int) extent.offset();
                Arrays.fill(left, from, from + (int) extent.length(), (byte) 0);
                Arrays.fill(right, from, from + (int) extent.length(), (byte) 0);
            }
            assertThat(left).as("step %s", step).isEqualTo(right);
        }
    }

    private byte[] read(long id, int size) {
        ByteBuffer bytes = ByteBuffer.allocate(size);
        store.require(id).read(0, bytes);
        return bytes.array();
    }
}
