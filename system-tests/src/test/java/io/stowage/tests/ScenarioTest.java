package io.stowage.tests;

import static org.assertj.core.api.Assertions.assertThat;

import io.stowage.tests.arena.Arena;
import io.stowage.tests.tour.Scenario;
import io.stowage.tests.tour.Steps;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

/** What {@code ./run} shows. */
class ScenarioTest {
    @Test
    void theTourHolds() {
        ByteArrayOutputStream shown = new ByteArrayOutputStream();
        Steps steps = new Steps(new PrintStream(shown, true, StandardCharsets.UTF_8));
        try (Arena arena = Arena.open()) {
            try {
                new Scenario(arena, steps).run();
            } catch (AssertionError e) {
                throw new AssertionError(
                        shown.toString(StandardCharsets.UTF_8) + e.getMessage() + "\n--- server:\n"
                                + arena.server().log() + "--- array:\n"
                                + arena.array().log(),
                        e);
            }
        }
        assertThat(steps.count()).isEqualTo(35);
    }
}
