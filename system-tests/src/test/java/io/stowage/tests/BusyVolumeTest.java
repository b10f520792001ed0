package io.stowage.tests;

import static org.assertj.core.api.Assertions.assertThat;

import io.stowage.tests.arena.Arena;
import io.stowage.tests.arena.Combination;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * Programs go on using mounted volumes while what serves these is killed and started again; a volume of each combination
 * at once, behind one server and one array.
 */
@Timeout(value = 8, unit = TimeUnit.MINUTES, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class BusyVolumeTest {
    private static final int KILLS = 5;

    /** Longer than five restarts take on a slow machine; only reached if I/O hangs. */
    private static final long PATIENCE_MINUTES = 4;

    /** Time in which a program gets some writes done between two kills. */
    private static final long BETWEEN_MILLIS = 1500;

    private final List<Process> started = new ArrayList<>();

    private interface Killing {
        void killAndRestart();
    }

    /** A program that writes and verifies round after round until it finds the file that stops it, and once more then. */
    private record Busy(Combination combination, String pool, Process fio, Path log) {
        String said() {
            try {
                return combination + ": " + Files.readString(log);
            } catch (IOException e) {
                return combination + ": " + e;
            }
        }
    }

    @Test
    void verifyingProgramsSurviveFiveKillsOfTheServer() throws Exception {
        try (Arena arena = Arena.open()) {
            busyWhile(arena, () -> {
                arena.server().kill();
                arena.server().restart();
            });
        }
    }

    @Test
    void verifyingProgramsSurviveFiveKillsOfTheArray() throws Exception {
        try (Arena arena = Arena.open()) {
            busyWhile(arena, () -> {
                arena.array().kill();
                arena.array().restart();
            });
        }
    }

    private void busyWhile(Arena arena, Killing killing) throws IOException, InterruptedException {
        Path stop = arena.path("stop");
        List<Busy> all = new ArrayList<>();
        try {
            for (Combination combination : Combination.values()) {
                all.add(start(arena, combination, stop));
            }
            for (int i = 0; i < KILLS; i++) {
                Thread.sleep(BETWEEN_MILLIS);
                assertThat(all)
                        .allSatisfy(busy ->
                                assertThat(busy.fio().isAlive()).as(busy.said()).isTrue());
                killing.killAndRestart();
            }
            Thread.sleep(BETWEEN_MILLIS);
            Files.createFile(stop);
            for (Busy busy : all) {
                assertThat(busy.fio().waitFor(PATIENCE_MINUTES, TimeUnit.MINUTES))
                        .as(() -> busy.combination() + ": fio ends; the server said "
                                + arena.server().log())
                        .isTrue();
                assertThat(busy.fio().exitValue()).as(busy.said()).isZero();
            }
        } finally {
            started.forEach(fio -> {
                fio.descendants().forEach(ProcessHandle::destroyForcibly);
                fio.destroyForcibly();
            });
        }
        for (Busy busy : all) {
            arena.server().stowage("volume", "unmount", busy.pool(), "v").orFail();
        }
    }

    private Busy start(Arena arena, Combination combination, Path stop) throws IOException {
        String pool = "p" + combination.ordinal();
        arena.createPool(combination, pool);
        arena.server().stowage("volume", "create", pool, "v", "size=256MiB").orFail();
        Path mount = Path.of(arena.server()
                .stowage("volume", "mount", pool, "v")
                .orFail()
                .out()
                .strip());
        Path log = arena.path("fio-" + pool + ".log");
        Process fio = new ProcessBuilder("bash", "-c", loop(mount, stop))
                .redirectErrorStream(true)
                .redirectOutput(log.toFile())
                .start();
        started.add(fio);
        return new Busy(combination, pool, fio, log);
    }

    private static String loop(Path mount, Path stop) {
        String fio = "fio --name=busy --directory=" + mount + " --size=24M --bs=4k-64k --rw=randwrite --ioengine=libaio"
                + " --direct=1 --iodepth=8 --verify=crc32c --do_verify=1 --verify_fatal=1 --verify_state_save=0 --fsync=32 --output-format=terse";
        return "set -e; while [ ! -e " + stop + " ]; do " + fio + "; done; " + fio;
    }
}
