package io.stowage.host.transfer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.stowage.model.Extent;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(value = 2, unit = TimeUnit.MINUTES, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class TransferTest {
    private static final int MIB = 1 << 20;
    private static final Transfer.Watcher NOBODY = (done, size) -> {};

    @TempDir
    Path folder;

    /** Data here and there, with a length that is no multiple of anything but 512. */
    private static MemoryBlocks scattered(long seed, int size, boolean knowsItsHoles) {
        MemoryBlocks blocks = new MemoryBlocks(size, knowsItsHoles);
        scatter(blocks, new SplittableRandom(seed), 12);
        return blocks;
    }

    private static void scatter(MemoryBlocks blocks, SplittableRandom random, int places) {
        for (int i = 0; i < places; i++) {
            byte[] data = new byte[512 * random.nextInt(1, 400)];
            random.nextBytes(data);
            int at = 512 * random.nextInt((blocks.bytes.length - data.length) / 512 + 1);
            System.arraycopy(data, 0, blocks.bytes, at, data.length);
        }
    }

    private static Moved move(BlockReader from, BlockWriter to, Onto onto, ExtentMap differing) throws IOException {
        return new Transfer(from, to, onto, RateLimit.NONE, NOBODY).run(differing);
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4})
    void aBlankTargetGetsDataOnly(long seed) throws IOException {
        MemoryBlocks from = scattered(seed, 9 * MIB + 512, true);
        MemoryBlocks to = new MemoryBlocks(9 * MIB + 512, false);
        Moved moved = move(from, to, new Onto.Blank(), ExtentMap.everything());
        assertThat(to.bytes).isEqualTo(from.bytes);
        assertThat(to.isFlushed()).isTrue();
        assertThat(moved.zeroed()).isZero();
        assertThat(moved.read())
                .isEqualTo(MemoryBlocks.extentsOf(from.bytes, 4096).stream()
                        .mapToLong(Extent::length)
                        .sum());
        assertThat(moved.written()).isPositive().isLessThanOrEqualTo(moved.read());
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4})
    void whatWasThereBeforeIsGone(long seed) throws IOException {
        for (boolean knowsItsHoles : new boolean[] {true, false}) {
            MemoryBlocks from = scattered(seed, 5 * MIB + 1024, knowsItsHoles);
            MemoryBlocks to = scattered(seed + 100, 5 * MIB + 1024, knowsItsHoles);
            move(from, to, new Onto.Stale(), ExtentMap.everything());
            assertThat(to.bytes).isEqualTo(from.bytes);
        }
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4})
    void whatIsSimilarGetsTheDifferencesOnly(long seed) throws IOException {
        for (boolean knowsItsHoles : new boolean[] {true, false}) {
            MemoryBlocks from = scattered(seed, 20 * MIB, knowsItsHoles);
            MemoryBlocks to = new MemoryBlocks(20 * MIB, knowsItsHoles);
            System.arraycopy(from.bytes, 0, to.bytes, 0, to.bytes.length);
            scatter(from, new SplittableRandom(seed + 1), 1);
            scatter(to, new SplittableRandom(seed + 2), 1);
            Moved moved = move(from, to, new Onto.Similar(to), ExtentMap.everything());
            assertThat(to.bytes).isEqualTo(from.bytes);
            // Two places of at most 400 sectors differ, each in whole blocks.
            assertThat(moved.written() + moved.zeroed()).isLessThan(2 * (400 * 512 + 2 * Transfer.BLOCK));
        }
    }

    @Test
    void nothingIsTouchedWhereNothingDiffers() throws IOException {
        MemoryBlocks from = scattered(1, 8 * MIB, true);
        MemoryBlocks to = scattered(2, 8 * MIB, true);
        byte[] before = to.bytes.clone();
        ExtentMap differing = ExtentMap.of(List.of(new Extent(MIB, 4096), new Extent(3 * MIB - 512, MIB)));
        Moved moved = move(from, to, new Onto.Stale(), differing);
        for (Extent same : List.of(
                new Extent(0, MIB), new Extent(MIB + 4096, 2 * MIB - 4608), new Extent(4 * MIB - 512, 4 * MIB + 512))) {
            assertThat(slice(to.bytes, same)).isEqualTo(slice(before, same));
        }
        for (Extent moves : differing.within(new Extent(0, 8 * MIB))) {
            assertThat(slice(to.bytes, moves)).isEqualTo(slice(from.bytes, moves));
        }
        assertThat(moved.written() + moved.zeroed()).isEqualTo(MIB + 4096);
    }

    private static byte[] slice(byte[] bytes, Extent extent) {
        return java.util.Arrays.copyOfRange(bytes, (int) extent.offset(), (int) extent.end());
    }

    @Test
    void aLargerTargetKeepsWhatItHasBeyond() throws IOException {
        MemoryBlocks from = scattered(1, 2 * MIB, true);
        MemoryBlocks to = scattered(2, 3 * MIB, true);
        byte[] beyond = slice(to.bytes, new Extent(2 * MIB, MIB));
        move(from, to, new Onto.Stale(), ExtentMap.everything());
        assertThat(slice(to.bytes, new Extent(0, 2 * MIB))).isEqualTo(from.bytes);
        assertThat(slice(to.bytes, new Extent(2 * MIB, MIB))).isEqualTo(beyond);
        assertThatThrownBy(() -> move(to, from, new Onto.Stale(), ExtentMap.everything()))
                .hasMessageContaining("" + 3 * MIB);
    }

    @Test
    void aFailureOfEitherSideEndsIt() {
        for (boolean ofSource : new boolean[] {true, false}) {
            MemoryBlocks from = new MemoryBlocks(64 * MIB, false);
            java.util.Arrays.fill(from.bytes, (byte) 1);
            MemoryBlocks to = new MemoryBlocks(64 * MIB, false);
            (ofSource ? from : to).breakAt(10 * MIB + 5);
            assertThatThrownBy(() -> move(from, to, new Onto.Stale(), ExtentMap.everything()))
                    .isInstanceOf(IOException.class)
                    .hasMessage("broken at " + (10 * MIB + 5));
            assertThat(to.isFlushed()).isFalse();
        }
    }

    @Test
    void whoWatchesCanEndIt() {
        MemoryBlocks from = new MemoryBlocks(64 * MIB, false);
        java.util.Arrays.fill(from.bytes, (byte) 1);
        MemoryBlocks to = new MemoryBlocks(64 * MIB, false);
        Transfer.Watcher stops = (done, size) -> {
            if (done >= 8 * MIB) {
                throw new IllegalStateException("enough");
            }
        };
        assertThatThrownBy(() ->
                        new Transfer(from, to, new Onto.Blank(), RateLimit.NONE, stops).run(ExtentMap.everything()))
                .hasMessage("enough");
        assertThat(to.bytes[64 * MIB - 1]).isZero();
    }

    @Test
    void progressGrowsToTheEnd() throws IOException {
        MemoryBlocks from = scattered(1, 30 * MIB, true);
        AtomicLong last = new AtomicLong();
        new Transfer(from, new MemoryBlocks(30 * MIB, true), new Onto.Blank(), RateLimit.NONE, (done, size) -> {
                    assertThat(size).isEqualTo(30 * MIB);
                    assertThat(done).isGreaterThanOrEqualTo(last.getAndSet(done));
                })
                .run(ExtentMap.everything());
        assertThat(last).hasValue(30 * MIB);
    }

    @Test
    void aRateIsNotExceeded() throws IOException {
        MemoryBlocks from = new MemoryBlocks(4 * MIB, false);
        java.util.Arrays.fill(from.bytes, (byte) 1);
        long begin = System.nanoTime();
        new Transfer(from, new MemoryBlocks(4 * MIB, false), new Onto.Blank(), new RateLimit(8 * MIB), NOBODY)
                .run(ExtentMap.everything());
        // The last of four pieces goes when three are through.
        assertThat(System.nanoTime() - begin).isGreaterThan(TimeUnit.MILLISECONDS.toNanos(370));
    }

    @Test
    void filesAreReadAndWrittenAtAnySector() throws IOException {
        Path a = Files.createFile(folder.resolve("a"));
        Path b = Files.createFile(folder.resolve("b"));
        MemoryBlocks content = scattered(7, 3 * MIB + 512, true);
        Files.write(a, content.bytes);
        Files.write(b, scattered(8, 3 * MIB + 512, true).bytes);
        long size = 3 * MIB + 512;
        try (DeviceBlocks from = DeviceBlocks.toRead(a, size, content.data());
                DeviceBlocks to = DeviceBlocks.toWrite(b, size, ExtentMap.everything())) {
            move(from, to, new Onto.Similar(to), ExtentMap.everything());
            ByteBuffer end = BlockReader.buffer(512);
            assertThatThrownBy(() -> from.read(size, end)).hasMessageContaining("ends at byte " + size);
        }
        assertThat(Files.readAllBytes(b)).isEqualTo(content.bytes);
    }
}
