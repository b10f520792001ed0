package io.stowage.tests.survival;

import static org.assertj.core.api.Assertions.assertThat;

import io.stowage.tests.arena.Arena;
import io.stowage.tests.arena.Combination;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Many clients do whatever comes to their minds with the same few names, in two pools on one array. None meets an error that
 * isn't documented, none waits for ever, and at the end server, database and array agree. {@code -Dstowage.seed=N} asks for
 * other operations with another combination, {@code -Dstowage.seconds=N} for another time; with
 * {@code -Dstowage.soak=true} it is minutes with each combination.
 */
@Timeout(value = 60, unit = TimeUnit.MINUTES, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class CrowdTest {
    private static final boolean SOAK = Boolean.getBoolean("stowage.soak");
    private static final long SEED = Long.getLong("stowage.seed", 1);
    private static final int SECONDS = Integer.getInteger("stowage.seconds", SOAK ? 600 : 30);
    private static final int CLIENTS = 32;
    /** What may still run when the time is over ends within this, or hangs. */
    private static final int PATIENCE_SECONDS = 300;

    private static final List<String> POOLS = List.of("p", "q");

    static Stream<Combination> combinations() {
        Combination[] all = Combination.values();
        return SOAK ? Stream.of(all) : Stream.of(all[Math.floorMod(SEED, all.length)]);
    }

    @ParameterizedTest
    @MethodSource("combinations")
    void manyClientsGetInEachOthersWay(Combination combination) throws Exception {
        try (Arena arena = Arena.open()) {
            POOLS.forEach(pool ->
                    arena.createPool(combination, pool, combination.vendor().quota("30GiB")));
            List<Visitor> visitors = IntStream.range(0, CLIENTS)
                    .mapToObj(i -> new Visitor(arena.server().client(), POOLS, SEED * CLIENTS + i))
                    .toList();
            wander(visitors, arena);
            new Agreement(arena, combination, POOLS).await();
            tell(combination, visitors);
            assertThat(visitors).as("clients that got something done").allMatch(visitor -> visitor.done() > 0);
        } catch (AssertionError e) {
            throw new AssertionError("with " + combination + ", -Dstowage.seed=" + SEED + ": " + e.getMessage(), e);
        }
    }

    private static void tell(Combination combination, List<Visitor> visitors) {
        int done = visitors.stream().mapToInt(Visitor::done).sum();
        System.out.printf("a crowd with %s, seed %d, did %d operations; refused:%n", combination, SEED, done);
        Map<String, Integer> met = new TreeMap<>();
        visitors.forEach(visitor -> visitor.met().forEach((what, times) -> met.merge(what, times, Integer::sum)));
        met.forEach((what, times) -> System.out.println(times + " x " + what));
    }

    private static void wander(List<Visitor> visitors, Arena arena) throws Exception {
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(SECONDS);
        List<FutureTask<Void>> walks = visitors.stream()
                .map(visitor -> new FutureTask<Void>(() -> visitor.wanderUntil(end), null))
                .toList();
        walks.forEach(walk -> Thread.ofPlatform().daemon().start(walk));
        try {
            for (FutureTask<Void> walk : walks) {
                walk.get(SECONDS + PATIENCE_SECONDS, TimeUnit.SECONDS);
            }
        } catch (ExecutionException e) {
            throw new AssertionError(
                    "a client met what isn't documented: " + e.getCause() + "\n"
                            + arena.server().log(),
                    e);
        } catch (TimeoutException e) {
            throw new AssertionError("a client hangs\n" + arena.server().log(), e);
        } finally {
            visitors.forEach(Visitor::stop);
        }
    }
}
