package io.stowage.tests;

import static org.assertj.core.api.Assertions.assertThat;

import io.stowage.tests.arena.Arena;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Programs go on using a mounted volume while what serves it is killed and started again. */
class BusyVolumeTest {
    private static final int KILLS = 5;

    /** Longer than five restarts take on a slow machine; only reached if I/O hangs. */
    private static final long PATIENCE_MINUTES = 4;

    /** Time in which a program gets some writes done between two kills. */
    private static final long BETWEEN_MILLIS = 1500;

    private interface Killing {
        void killAndRestart();
    }

    @Test
    @Timeout(value = 8, unit = TimeUnit.MINUTES, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
    void aVerifyingProgramSurvivesFiveKillsOfTheServer() throws Exception {
        try (Arena arena = Arena.open()) {
            busyWhile(arena, () -> {
                arena.server().kill();
                arena.server().restart();
            });
        }
    }

    @Test
    @Timeout(value = 8, unit = TimeUnit.MINUTES, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
    void aVerifyingProgramSurvivesFiveKillsOfTheArray() throws Exception {
        try (Arena arena = Arena.open()) {
            busyWhile(arena, () -> {
                arena.array().kill();
                arena.array().restart();
            });
        }
    }

    /** fio writes and verifies round after round for as long as the kills go on, and once more at the end. */
    private static void busyWhile(Arena arena, Killing killing) throws IOException, InterruptedException {
        arena.createPool("p");
        arena.server().stowage("volume", "create", "p", "v", "size=256MiB").orFail();
        Path mount = Path.of(arena.server()
                .stowage("volume", "mount", "p", "v")
                .orFail()
                .out()
                .strip());
        Path stop = arena.path("stop");
        Path log = arena.path("fio.log");
        Process fio = new ProcessBuilder("bash", "-c", loop(mount, stop))
                .redirectErrorStream(true)
                .redirectOutput(log.toFile())
                .start();
        try {
            for (int i = 0; i < KILLS; i++) {
                Thread.sleep(BETWEEN_MILLIS);
                assertThat(fio.isAlive()).as(Files.readString(log)).isTrue();
                killing.killAndRestart();
            }
            Thread.sleep(BETWEEN_MILLIS);
            Files.createFile(stop);
            assertThat(fio.waitFor(PATIENCE_MINUTES, TimeUnit.MINUTES))
                    .as(() -> "fio ends; the server said " + arena.server().log())
                    .isTrue();
            assertThat(fio.exitValue()).as(Files.readString(log)).isZero();
        } finally {
            fio.descendants().forEach(ProcessHandle::destroyForcibly);
            fio.destroyForcibly();
        }
        arena.server().stowage("volume", "unmount", "p", "v").orFail();
    }

    private static String loop(Path mount, Path stop) {
        String fio = "fio --name=busy --directory=" + mount + " --size=24M --bs=4k-64k --rw=randwrite --ioengine=libaio"
                + " --direct=1 --iodepth=8 --verify=crc32c --do_verify=1 --verify_fatal=1 --fsync=32 --output-format=terse";
        return "set -e; while [ ! -e " + stop + " ]; do " + fio + "; done; " + fio;
    }
}
