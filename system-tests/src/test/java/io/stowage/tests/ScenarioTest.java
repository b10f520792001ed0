package io.stowage.tests;

import static org.assertj.core.api.Assertions.assertThat;

import io.stowage.tests.arena.Arena;
import io.stowage.tests.arena.Combination;
import io.stowage.tests.tour.Scenario;
import io.stowage.tests.tour.Steps;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What {@code ./run} shows. */
class ScenarioTest {
    private static final int STEPS_OF_ALL_FILE_SYSTEMS = 35;
    private static final int STEPS_OF_ONE = 17;

    @Test
    void theTourHolds() {
        ByteArrayOutputStream shown = new ByteArrayOutputStream();
        try (Arena arena = Arena.open()) {
            Steps steps = new Steps(new PrintStream(shown, true, StandardCharsets.UTF_8), arena.array());
            try {
                Scenario.runAll(arena, steps);
            } catch (RuntimeException | AssertionError e) {
                throw new AssertionError(
                        shown.toString(StandardCharsets.UTF_8) + e.getMessage() + "\n--- server:\n"
                                + arena.server().log() + "--- array:\n"
                                + arena.array().log(),
                        e);
            }
            assertThat(steps.count())
                    .isEqualTo(STEPS_OF_ALL_FILE_SYSTEMS + (Combination.values().length - 1) * STEPS_OF_ONE);
            List<Steps.Cost> costs =
                    Arrays.stream(Combination.values()).map(steps::cost).toList();
            assertThat(2 * costs.stream().mapToInt(Steps.Cost::ours).sum())
                    .as("twice the requests to the array, for %s", costs)
                    .isLessThanOrEqualTo(
                            costs.stream().mapToInt(Steps.Cost::lxd).sum());
        }
    }
}
