package io.stowage.array.wsapi;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.Timeout.ThreadMode;

/**
 * An array that loses its power while tasks are active: what was durable at that moment is all that there is. Tasks go on
 * afterwards, and nothing is half done.
 */
@Timeout(value = 120, unit = TimeUnit.SECONDS, threadMode = ThreadMode.SEPARATE_THREAD)
class TasksAfterPowerCutTest {
    private final Random random = new Random(1);

    @Test
    void tasksGoOnAfterAPowerFailure() {
        var lab = Lab.inMemory();
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

        var after = lab.restarted(random);
        assertThat(after.findings()).isEmpty();
        assertThat(after.get("tasks/" + copy).path("status").asInt()).isEqualTo(2);
        assertThat(after.get("tasks/" + copy).path("completedSteps").asInt()).isEqualTo(40);
        assertThat(after.bytes("v", 0)).containsExactly(2);
        assertThat(after.bytes("c", 0, 300)).containsExactly(0, 9);
        assertThat(after.refused("DELETE", "volumes/c", "")).isEqualTo("409 151");
        after.pass(Duration.ofSeconds(60));
        assertThat(after.get("tasks/" + copy).path("status").asInt()).isEqualTo(1);

        try (var last = after.restarted(random)) {
            assertThat(last.findings()).isEmpty();
            assertThat(last.get("tasks/" + promotion).path("status").asInt()).isEqualTo(1);
            assertThat(last.bytes("v", 0)).containsExactly(1);
            assertThat(last.bytes("c", 0, 300)).containsExactly(0, 0);
            assertThat(last.volume("c").path("copyOf").asString()).isEqualTo("other");
        }
    }
}
