package io.stowage.tests;

import static org.assertj.core.api.Assertions.assertThat;

import io.stowage.tests.arena.Calls;
import io.stowage.tests.arena.Combination;
import io.stowage.tests.arena.Vendor;
import io.stowage.tests.calls.Measurement;
import io.stowage.tests.calls.Operation;
import java.util.Map;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * All operations together need few of the requests to the array that LXD's drivers need. What is measured today is kept:
 * {@code pure} needs at most half, {@code alletra} still needs two thirds, as it writes recovery data after it has made an
 * object and not with it.
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
        int ours = counted.values().stream().mapToInt(Calls::count).sum();
        int lxd = counted.keySet().stream()
                .mapToInt(operation -> operation.lxd(combination.vendor(), busy))
                .sum();
        assertThat(ours).as(counted.toString()).isLessThanOrEqualTo(lxd * percent() / 100);
    }

    private int percent() {
        return combination.vendor() == Vendor.PURE ? 50 : 67;
    }
}
