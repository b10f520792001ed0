package io.stowage.tests.survival;

import static org.assertj.core.api.Assertions.assertThat;

import io.stowage.tests.arena.Arena;
import io.stowage.tests.arena.Combination;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;

/**
 * Many clients do whatever comes to their minds with the same few names, in two pools on one array. None meets an error that
 * isn't documented, none waits for ever, and at the end server, database and array agree. {@code -Dstowage.seed=N} asks for
 * other operations with another combination, {@code -Dstowage.seconds=N} for another time. Only with
 * {@code -Dstowage.soak=true}.
 */
@EnabledIfSystemProperty(named = "stowage.soak", matches = "true")
@Timeout(value = 60, unit = TimeUnit.MINUTES, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class CrowdTest {
    private static final long SEED = Long.getLong("stowage.seed", 1);
    private static final int SECONDS = Integer.getInteger("stowage.seconds", 600);
    private static final int CLIENTS = 32;
    /** What may still run when the time is over ends within this, or hangs. */
    private static final int PATIENCE_SECONDS = 300;

    private static final List<String> POOLS = List.of("p", "q");

    @Test
    void manyClientsGetInEachOthersWay() throws Exception {
        Combination combination = Combination.values()[Math.floorMod(SEED, Combination.values().length)];
        System.out.println("a crowd of clients: " + combination + ", -Dstowage.seed=" + SEED);
        try (Arena arena = Arena.open()) {
            POOLS.forEach(pool ->
                    arena.createPool(combination, pool, combination.vendor().quota("30GiB")));
            List<Visitor> visitors = IntStream.range(0, CLIENTS)
                    .mapToObj(i -> new Visitor(arena.server().client(), POOLS, SEED * CLIENTS + i))
                    .toList();
            wander(visitors, arena);
            new Agreement(arena, combination, POOLS).await();
            Map<String, Integer> met = new TreeMap<>();
            visitors.forEach(visitor -> visitor.met().forEach((what, times) -> met.merge(what, times, Integer::sum)));
            met.forEach((what, times) -> System.out.println(times + " x " + what));
            assertThat(visitors).as("clients that got something done").allMatch(visitor -> visitor.done() > 0);
        }
    }

    private static void wander(List<Visitor> visitors, Arena arena) throws Exception {
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(SECONDS);
        List<FutureTask<Void>> walks = new ArrayList<>();
        for (Visitor visitor : visitors) {
            FutureTask<Void> walk = new FutureTask<>(() -> visitor.wanderUntil(end), null);
            Thread.ofPlatform().daemon().start(walk);
            walks.add(walk);
        }
        for (FutureTask<Void> walk : walks) {
            try {
                walk.get(SECONDS + PATIENCE_SECONDS, TimeUnit.SECONDS);
            } catch (ExecutionException e) {
                throw new AssertionError(
                        "-Dstowage.seed=" + SEED + ": a client met what isn't documented: " + e.getCause() + "\n"
                                + arena.server().log(),
                        e);
            } catch (TimeoutException e) {
                throw new AssertionError(
                        "-Dstowage.seed=" + SEED + ": a client hangs\n"
                                + arena.server().log(),
                        e);
            }
        }
    }
}
