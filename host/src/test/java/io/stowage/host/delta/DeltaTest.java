package io.stowage.host.delta;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.stowage.host.transfer.ExtentMap;
import io.stowage.host.transfer.MemoryBlocks;
import io.stowage.host.transfer.Moved;
import io.stowage.host.transfer.RateLimit;
import io.stowage.host.transfer.Transfer;
import io.stowage.model.Extent;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.PipedInputStream;
import java.io.PipedOutputStream;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(value = 2, unit = TimeUnit.MINUTES, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class DeltaTest {
    private static final int MIB = 1 << 20;
    private static final Transfer.Watcher NOBODY = (done, size) -> {};

    private interface Way {
        Moved by(DeltaSender sender, InputStream in) throws IOException;
    }

    /** Sends from one to the other, each on a thread of its own, and returns how many bytes went to the receiver. */
    private static long move(MemoryBlocks from, MemoryBlocks to, Way way) throws IOException {
        var there = new PipedInputStream(1 << 16);
        var back = new PipedInputStream(1 << 16);
        var sent = new AtomicLong();
        var counted = counted(new PipedOutputStream(there), sent);
        var sums = new PipedOutputStream(back);
        var sending = CompletableFuture.supplyAsync(
                () -> {
                    try (counted) {
                        return way.by(new DeltaSender(from, counted, RateLimit.NONE, NOBODY), back);
                    } catch (IOException e) {
                        throw new CompletionException(e);
                    }
                },
                task -> Thread.ofPlatform().start(task));
        try (sums;
                there) {
            var received = new DeltaReceiver(to, to, there, sums, NOBODY).run();
            var moved = sending.join();
            assertThat(received.written()).isEqualTo(moved.written());
            assertThat(received.zeroed()).isEqualTo(moved.zeroed());
        }
        return sent.get();
    }

    private static OutputStream counted(OutputStream out, AtomicLong count) {
        return new OutputStream() {
            @Override
            public void write(int one) throws IOException {
                out.write(one);
                count.incrementAndGet();
            }

            @Override
            public void write(byte[] bytes, int offset, int length) throws IOException {
                out.write(bytes, offset, length);
                count.addAndGet(length);
            }

            @Override
            public void flush() throws IOException {
                out.flush();
            }

            @Override
            public void close() throws IOException {
                out.close();
            }
        };
    }

    private static MemoryBlocks scattered(long seed, int size, boolean knowsItsHoles) {
        var blocks = new MemoryBlocks(size, knowsItsHoles);
        scatter(blocks, new SplittableRandom(seed), 12);
        return blocks;
    }

    private static void scatter(MemoryBlocks blocks, SplittableRandom random, int places) {
        for (int i = 0; i < places; i++) {
            var data = new byte[512 * random.nextInt(1, 400)];
            random.nextBytes(data);
            int at = 512 * random.nextInt((blocks.bytes.length - data.length) / 512 + 1);
            System.arraycopy(data, 0, blocks.bytes, at, data.length);
        }
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4})
    void aBlankVolumeGetsDataOnly(long seed) throws IOException {
        for (boolean knowsItsHoles : new boolean[] {true, false}) {
            var from = scattered(seed, 90 * MIB + 512, knowsItsHoles);
            var to = new MemoryBlocks(90 * MIB + 512, knowsItsHoles);
            var sent = move(from, to, (sender, _) -> sender.toBlank());
            assertThat(to.bytes).isEqualTo(from.bytes);
            assertThat(to.isFlushed()).isTrue();
            assertThat(sent).isLessThan(12 * (400 * 512 + 2 * Delta.BLOCK));
        }
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4})
    void whereItIsKnownOnlyWhatDiffersIsReadAndSent(long seed) throws IOException {
        var from = scattered(seed, 8 * MIB, true);
        var to = scattered(seed + 50, 8 * MIB, true);
        var before = to.bytes.clone();
        var differing = ExtentMap.of(List.of(new Extent(MIB, 4096), new Extent(3 * MIB - 512, MIB)));
        move(from, to, (sender, _) -> {
            var moved = sender.toKnown(differing);
            assertThat(moved.read()).isLessThanOrEqualTo(MIB + 4096);
            assertThat(moved.written() + moved.zeroed()).isEqualTo(MIB + 4096);
            return moved;
        });
        var expected = before.clone();
        System.arraycopy(from.bytes, MIB, expected, MIB, 4096);
        System.arraycopy(from.bytes, 3 * MIB - 512, expected, 3 * MIB - 512, MIB);
        assertThat(to.bytes).isEqualTo(expected);
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6})
    void whereNothingIsKnownOnlyBlocksThatDifferAreSent(long seed) throws IOException {
        for (boolean knowsItsHoles : new boolean[] {true, false}) {
            var size = 70 * MIB + 1536;
            var from = scattered(seed, size, knowsItsHoles);
            var to = new MemoryBlocks(size, knowsItsHoles);
            System.arraycopy(from.bytes, 0, to.bytes, 0, size);
            scatter(from, new SplittableRandom(seed + 1), 1);
            scatter(to, new SplittableRandom(seed + 2), 1);
            Arrays.fill(from.bytes, 69 * MIB, size, (byte) seed); // into the block that the end cuts short
            var sent = move(from, to, DeltaSender::toUnknown);
            assertThat(to.bytes).isEqualTo(from.bytes);
            assertThat(sent).isLessThan(2 * MIB);
        }
    }

    @Test
    void whatIsEqualCostsNothing() throws IOException {
        var from = scattered(1, 70 * MIB, true);
        var to = scattered(1, 70 * MIB, true);
        assertThat(move(from, to, DeltaSender::toUnknown)).isLessThan(64);
    }

    @Test
    void aVolumeOfAnotherContentBecomesTheSame() throws IOException {
        var from = scattered(1, 70 * MIB, true);
        var to = scattered(2, 71 * MIB, true);
        Arrays.fill(to.bytes, 70 * MIB, 71 * MIB, (byte) 9);
        move(from, to, DeltaSender::toUnknown);
        assertThat(Arrays.copyOf(to.bytes, 70 * MIB)).isEqualTo(from.bytes);
        assertThat(to.bytes[70 * MIB]).as("beyond the source's end").isEqualTo((byte) 9);
    }

    private static byte[] stream(Bytes bytes) throws IOException {
        var out = new ByteArrayOutputStream();
        bytes.to(new DataOutputStream(out));
        return out.toByteArray();
    }

    private interface Bytes {
        void to(DataOutputStream out) throws IOException;
    }

    private static void begin(DataOutputStream out, long size) throws IOException {
        out.writeByte(Delta.BEGIN);
        out.writeBoolean(false);
        out.writeLong(size);
    }

    private static void data(DataOutputStream out, long offset, int length) throws IOException {
        out.writeByte(Delta.DATA);
        out.writeLong(offset);
        out.writeInt(length);
    }

    @Test
    void whatCannotBeIsRefusedBeforeItIsWritten() throws IOException {
        List<Bytes> wrong = List.of(
                out -> out.writeByte(Delta.END),
                out -> begin(out, 2 * MIB),
                out -> begin(out, -512),
                out -> begin(out, 511),
                out -> {
                    begin(out, MIB);
                    data(out, MIB, 512);
                },
                out -> {
                    begin(out, MIB);
                    data(out, 0, Integer.MAX_VALUE / 512 * 512);
                },
                out -> {
                    begin(out, MIB);
                    data(out, Long.MAX_VALUE / 512 * 512, 512);
                },
                out -> {
                    begin(out, MIB);
                    data(out, 0, -512);
                },
                out -> {
                    begin(out, MIB);
                    data(out, 1, 512);
                },
                out -> {
                    begin(out, MIB);
                    out.writeByte('?');
                });
        for (var each : wrong) {
            var to = new MemoryBlocks(MIB, true);
            var bytes = stream(each);
            assertThatThrownBy(() -> new DeltaReceiver(
                                    to, to, new ByteArrayInputStream(bytes), OutputStream.nullOutputStream(), NOBODY)
                            .run())
                    .isInstanceOf(IOException.class)
                    .hasMessageContaining("malformed");
            assertThat(to.bytes).containsOnly(0);
        }
    }

    @Test
    void aStreamThatBreaksOffIsNoEnd() throws IOException {
        var whole = stream(out -> {
            begin(out, MIB);
            data(out, 0, 512);
            out.write(new byte[512]);
            out.writeByte(Delta.END);
        });
        for (int length = 0; length < whole.length; length++) {
            var to = new MemoryBlocks(MIB, true);
            var cut = Arrays.copyOf(whole, length);
            assertThatThrownBy(() -> new DeltaReceiver(
                                    to, to, new ByteArrayInputStream(cut), OutputStream.nullOutputStream(), NOBODY)
                            .run())
                    .isInstanceOf(IOException.class);
            assertThat(to.isFlushed()).isFalse();
        }
    }

    @Test
    void aFailureOfTheTargetEndsItThoughTheSenderReadsNoSums() throws IOException {
        var to = scattered(3, 64 * MIB, false);
        to.breakAt(60 * MIB);
        var whole = stream(out -> {
            out.writeByte(Delta.BEGIN);
            out.writeBoolean(true);
            out.writeLong(64 * MIB);
            data(out, 60 * MIB, 512);
            out.write(new byte[512]);
        });
        var nobodyReads = new PipedOutputStream(new PipedInputStream(16));
        assertThatThrownBy(() -> new DeltaReceiver(to, to, new ByteArrayInputStream(whole), nobodyReads, NOBODY).run())
                .isInstanceOf(IOException.class);
    }
}
