package io.stowage.array.store;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A real process with a store, killed with -9 in the middle of its work. */
@Timeout(value = 120, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class KillTest {
    private static final long CAPACITY = 64L << 20;
    private static final int BLOCK = 4096;
    private static final int BLOCKS = 1000;

    @TempDir
    Path folder;

    private @Nullable Process process;

    @AfterEach
    void kill() {
        if (process != null) {
            process.destroyForcibly();
        }
    }

    @Test
    void whatWasFlushedSurvivesKills() throws IOException, InterruptedException {
        long volume;
        try (DiskStore store = DiskStore.open(folder, CAPACITY)) {
            volume = store.create((long) BLOCKS * BLOCK);
        }
        int flushed = 0;
        for (int kill = 0; kill < 3; kill++) {
            flushed = killAfter(flushed + 25, volume, flushed);
            assertThat(StoreCheck.check(folder)).isEmpty();
            try (DiskStore store = DiskStore.open(folder, CAPACITY)) {
                for (int round = Math.max(1, flushed - 100); round <= flushed; round++) {
                    assertThat(store.get(new byte[] {1}).orElseThrow()).isNotEmpty();
                    requireAtLeast(store, volume, round);
                }
            }
        }
    }

    /** Lets the process write until it has flushed this round; returns the last round that it flushed. */
    private int killAfter(int round, long volume, int done) throws IOException, InterruptedException {
        Process started = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-XX:+UseSerialGC",
                        "--enable-native-access=ALL-UNNAMED",
                        "-cp",
                        System.getProperty("java.class.path"),
                        Writer.class.getName(),
                        folder.toString(),
                        Long.toString(volume),
                        Integer.toString(done))
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        process = started;
        int flushed = done;
        try (BufferedReader lines = started.inputReader()) {
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                flushed = Integer.parseInt(line);
                if (flushed == round) {
                    started.toHandle().destroyForcibly();
                }
            }
        }
        started.waitFor();
        assertThat(flushed).isGreaterThanOrEqualTo(round);
        return flushed;
    }

    /** The block of a round holds its number or that of a later round with the same block. */
    private static void requireAtLeast(DiskStore store, long volume, int round) {
        ByteBuffer bytes = ByteBuffer.allocate(BLOCK);
        store.require(volume).read(Writer.offset(round), bytes);
        bytes.flip();
        int found = bytes.getInt();
        assertThat(found).isGreaterThanOrEqualTo(round);
        assertThat(Writer.offset(found)).isEqualTo(Writer.offset(round));
        while (bytes.hasRemaining()) {
            assertThat(bytes.getInt()).isEqualTo(found);
        }
    }

    /** Writes a block a round, takes and drops snapshots, flushes and says so. */
    static final class Writer {
        private Writer() {}

        static long offset(int round) {
            return (long) new Random(round).nextInt(BLOCKS) * BLOCK;
        }

        public static void main(String[] args) {
            try (DiskStore store = DiskStore.open(Path.of(args[0]), CAPACITY)) {
                long volume = Long.parseLong(args[1]);
                for (int round = Integer.parseInt(args[2]) + 1; round < 1_000_000; round++) {
                    write(store, volume, round);
                    if (round % 7 == 0) {
                        replaceSnapshot(store, volume);
                    }
                    store.put(new byte[] {1}, new byte[] {(byte) round});
                    System.out.println(round);
                }
            }
        }

        private static void write(DiskStore store, long volume, int round) {
            ByteBuffer bytes = ByteBuffer.allocate(BLOCK);
            while (bytes.hasRemaining()) {
                bytes.putInt(round);
            }
            store.require(volume).write(offset(round), bytes.flip());
            store.flush();
        }

        private static void replaceSnapshot(DiskStore store, long volume) {
            List<Long> others =
                    store.volumes().stream().filter(id -> id != volume).toList();
            store.snapshot(volume);
            others.forEach(store::delete);
        }
    }
}
