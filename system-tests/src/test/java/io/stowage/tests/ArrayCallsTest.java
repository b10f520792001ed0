package io.stowage.tests;

import static org.assertj.core.api.Assertions.assertThat;

import io.stowage.tests.arena.Calls;
import io.stowage.tests.arena.Combination;
import io.stowage.tests.arena.Vendor;
import io.stowage.tests.calls.Measurement;
import io.stowage.tests.calls.Operation;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Where LXD's drivers need four requests to the array or more we need at most half, else at most one more, which is a write
 * of recovery data. That the tour as a whole needs at most half, {@link ScenarioTest} proves.
 */
@EachCombination
class ArrayCallsTest {
    private final Combination combination;

    ArrayCallsTest(Combination combination) {
        this.combination = combination;
    }

    @ParameterizedTest(name = "the host has other volumes: {0}")
    @ValueSource(booleans = {false, true})
    void operationsNeedFewRequests(boolean busy) {
        Map<Operation, Calls> counted = Measurement.of(SharedArena.arena(), combination, busy);
        assertThat(counted).hasSize(Operation.values().length);
        Map<Operation, Integer> known = dearer(combination.vendor(), busy);
        List<String> tooMany = new ArrayList<>();
        counted.forEach((operation, calls) -> {
            int most = known.getOrDefault(operation, operation.most(combination.vendor(), busy));
            if (calls.count() > most) {
                tooMany.add(operation + ": " + calls.count() + " for " + most + " (" + calls + ")");
            }
        });
        assertThat(tooMany).isEmpty();
    }

    /** What needs more, for the reasons that the README's section on performance gives, and how much. */
    private static Map<Operation, Integer> dearer(Vendor vendor, boolean busy) {
        Map<Operation, Integer> known = new EnumMap<>(Operation.class);
        switch (vendor) {
            case PURE -> known.put(Operation.UNMOUNT_SNAPSHOT, busy ? 3 : 5);
            case ALLETRA -> {
                known.put(Operation.MOUNT_SNAPSHOT, busy ? 3 : 4);
                known.put(Operation.COPY_WITH_ONE_SNAPSHOT, 6);
            }
        }
        return known;
    }
}
