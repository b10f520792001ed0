package io.stowage.array.wsapi;

import static org.assertj.core.api.Assertions.assertThat;

import io.stowage.array.flasharray.ManualTime;
import io.stowage.array.store.StoreCheck;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.Timeout.ThreadMode;
import org.junit.jupiter.api.io.TempDir;

/**
 * An array that ends with kill -9 while tasks are active: what its files hold at that moment is all that there is. Tasks
 * go on afterwards, and nothing is half done.
 */
@Timeout(value = 120, unit = TimeUnit.SECONDS, threadMode = ThreadMode.SEPARATE_THREAD)
class KilledTasksTest {
    @TempDir
    @Nullable
    Path folder;

    @Test
    void tasksGoOnAfterAKill() throws IOException {
        var time = new ManualTime();
        try (var lab = Lab.on(path("first"), time)) {
            lab.create("v", 256);
            lab.create("c", 512);
            lab.create("other", 256);
            lab.write("v", 0, 1);
            lab.write("c", 300, 9);
            lab.snapshot("v", "s");
            lab.write("v", 0, 2);
            lab.tasksLast(Duration.ofSeconds(100));
            var copy = lab.task(
                    "POST",
                    "volumes/other",
                    "{'action': 'createPhysicalCopy', 'parameters': {'destVolume': 'c', 'saveSnapshot': true}}");
            var promotion = lab.task("PUT", "volumes/s", "{'action': 4}");
            lab.pass(Duration.ofSeconds(40));
            kill("killed");
            try (var after = Lab.on(path("killed"), time)) {
                assertThat(after.get("tasks/" + copy).path("status").asInt()).isEqualTo(2);
                assertThat(after.get("tasks/" + copy).path("completedSteps").asInt())
                        .isEqualTo(40);
                assertThat(after.bytes("v", 0)).containsExactly(2);
                assertThat(after.bytes("c", 0, 300)).containsExactly(0, 9);
                assertThat(after.refused("DELETE", "volumes/c", "")).isEqualTo("409 151");
                after.pass(Duration.ofSeconds(60));
                assertThat(after.get("tasks/" + copy).path("status").asInt()).isEqualTo(1);
                assertThat(after.get("tasks/" + promotion).path("status").asInt())
                        .isEqualTo(1);
                assertThat(after.bytes("v", 0)).containsExactly(1);
                assertThat(after.bytes("c", 0, 300)).containsExactly(0, 0);
                assertThat(after.volume("c").path("copyOf").asString()).isEqualTo("other");
                kill("killed", "again");
            }
            check("again");
            check("killed");
        }
        check("first");
    }

    private Path path(String name) {
        return Objects.requireNonNull(folder).resolve(name);
    }

    private void kill(String copy) throws IOException {
        kill("first", copy);
    }

    /** The files of an array that still runs, as they are now. */
    private void kill(String running, String copy) throws IOException {
        Files.createDirectories(path(copy));
        try (var files = Files.list(path(running))) {
            for (var file : files.filter(Files::isRegularFile).toList()) {
                Files.copy(file, path(copy).resolve(file.getFileName()));
            }
        }
    }

    /** Objects and data fit together. */
    private void check(String name) {
        var report = StoreCheck.report(path(name));
        assertThat(report.findings()).isEmpty();
        assertThat(Alletra.check(report).findings()).isEmpty();
    }
}
