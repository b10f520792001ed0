package io.stowage.array.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;

import java.io.IOException;
import java.util.Optional;
import java.util.stream.LongStream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.ShrinkingMode;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Pulls the plug, at every moment. */
class CrashTest {
    private static final int STEPS = 40;

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3})
    @Timeout(value = 120, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
    void noMomentOfACrashLosesWhatWasDurable(long seed) throws IOException {
        for (long cut = 1; cutAt(seed, cut, SimulatedDisk.Lie.NONE); cut++) {
            // until the scenario ends before its cut
        }
    }

    /** Whether the scenario was cut at all. */
    private static boolean cutAt(long seed, long cut, SimulatedDisk.Lie lie) throws IOException {
        CrashScenario scenario = new CrashScenario(seed, lie);
        scenario.disk().cutAt(cut);
        try {
            scenario.open();
            scenario.run(STEPS);
            scenario.finish();
            return false;
        } catch (PowerCut expected) {
            scenario.recover();
            scenario.verify();
            scenario.finish();
            return true;
        } catch (AssertionError | RuntimeException e) {
            throw new AssertionError("seed %d, cut %d: %s".formatted(seed, cut, e.getMessage()), e);
        }
    }

    @Property(tries = 40, seed = "20261121", shrinking = ShrinkingMode.OFF)
    void aStoreThatCrashesOverAndOverBehavesAsItsModel(@ForAll long seed) throws IOException {
        CrashScenario scenario = new CrashScenario(seed, SimulatedDisk.Lie.NONE);
        LongStream cuts = new java.util.Random(seed).longs(6, 1, 150);
        for (long cut : cuts.toArray()) {
            try {
                scenario.disk().cutAt(cut);
                scenario.open();
                scenario.run(STEPS);
                scenario.verify();
                scenario.disk().cutAt(1);
                scenario.run(STEPS);
                fail("nothing was written in %d steps", STEPS);
            } catch (PowerCut expected) {
                scenario.recover();
            }
        }
        scenario.finish();
    }

    @ParameterizedTest
    @EnumSource(names = "NONE", mode = EnumSource.Mode.EXCLUDE)
    @Timeout(value = 60, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
    void aStoreThatDoesNotSyncIsFoundOut(SimulatedDisk.Lie lie) {
        Optional<String> found = LongStream.range(1, 500)
                .mapToObj(cut -> failure(cut % 4 + 1, cut, lie))
                .flatMap(Optional::stream)
                .findFirst();
        assertThat(found).isPresent();
    }

    private static Optional<String> failure(long seed, long cut, SimulatedDisk.Lie lie) {
        try {
            cutAt(seed, cut, lie);
            return Optional.empty();
        } catch (AssertionError | IOException | StoreException e) {
            return Optional.of(e.toString());
        }
    }
}
