package io.stowage.tests.survival;

import static org.assertj.core.api.Assertions.assertThat;

import io.stowage.tests.arena.Arena;
import io.stowage.tests.arena.Combination;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * The server is killed again and again, with SIGKILL, while clients work: every time API, database and array agree
 * afterwards, each operation was done or never was, and volumes hold what was flushed to them last.
 * {@code -Dstowage.seed=N} asks for other operations and moments with another combination, {@code -Dstowage.kills=N} for
 * another number of kills, {@code -Dstowage.soak=true} for many with each combination.
 */
@Timeout(value = 60, unit = TimeUnit.MINUTES, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class KilledServerTest {
    private static final boolean SOAK = Boolean.getBoolean("stowage.soak");
    private static final long SEED = Long.getLong("stowage.seed", 1);
    private static final int KILLS = Integer.getInteger("stowage.kills", SOAK ? 500 : 20);
    private static final int CLIENTS = 4;
    /** How many requests the clients begin before a kill at most; so it finds work under way however slow the machine is. */
    private static final int REQUESTS = 12;
    /** Longest time between the last of these requests and the kill. */
    private static final int MILLIS = 80;
    /** What takes longer hangs. */
    private static final int PATIENCE_SECONDS = 120;

    /** Nearly all of a kill's time is the next server's start, and most of that the compiler's. */
    private static final Map<String, String> QUICK_START = Map.of("STOWAGE_JVM", "-XX:TieredStopAtLevel=1");

    private static final String POOL = "p";

    private @Nullable Arena arena;

    static Stream<Combination> combinations() {
        Combination[] all = Combination.values();
        return SOAK ? Stream.of(all) : Stream.of(all[Math.floorMod(SEED, all.length)]);
    }

    /** Also after a hang. */
    @AfterEach
    void end() {
        if (arena != null) {
            arena.close();
        }
    }

    @ParameterizedTest
    @MethodSource("combinations")
    void everyOperationIsDoneOrNeverWas(Combination combination) throws Exception {
        Arena there = Arena.open(QUICK_START, "64GiB");
        arena = there;
        there.createPool(combination, POOL, combination.vendor().quota("30GiB"));
        Agreement agreement = new Agreement(there, combination, List.of(POOL));
        Semaphore begun = new Semaphore(0);
        List<Keeper> keepers = IntStream.range(0, CLIENTS)
                .mapToObj(i -> new Keeper(there.server(), POOL, (char) ('a' + i) + "-", SEED * 31 + i, begun::release))
                .toList();
        Random random = new Random(SEED);
        int kill = 0;
        try {
            while (kill < KILLS) {
                kill++;
                begun.drainPermits();
                killUnder(there, keepers, begun, 1 + random.nextInt(REQUESTS), random.nextInt(MILLIS));
                agreement.awaitQuiet();
                keepers.forEach(Keeper::takeStock);
                agreement.await();
                keepers.get(random.nextInt(CLIENTS)).look();
            }
            keepers.forEach(Keeper::lookAtEverything);
            keepers.forEach(Keeper::leave);
            agreement.await();
        } catch (AssertionError | RuntimeException e) {
            throw new AssertionError(
                    "%s, kill %d, -Dstowage.seed=%d: %s%n%s"
                            .formatted(
                                    combination,
                                    kill,
                                    SEED,
                                    e.getMessage(),
                                    there.server().log()),
                    e);
        }
        assertThat(keepers.stream().mapToInt(Keeper::finished).sum())
                .as("operations that were acknowledged")
                .isGreaterThanOrEqualTo(KILLS);
    }

    private static void killUnder(Arena arena, List<Keeper> keepers, Semaphore begun, int requests, int millis)
            throws Exception {
        List<FutureTask<?>> work = new ArrayList<>();
        for (Keeper keeper : keepers) {
            FutureTask<?> task = new FutureTask<>(keeper::workUntilTheEnd, true);
            Thread.ofPlatform().daemon().start(task);
            work.add(task);
        }
        boolean busy = begun.tryAcquire(requests, PATIENCE_SECONDS, TimeUnit.SECONDS);
        Thread.sleep(millis);
        keepers.forEach(Keeper::stop);
        arena.server().kill();
        // I/O of devices that were attached waits for the next server.
        arena.server().restart();
        for (FutureTask<?> task : work) {
            await(task);
        }
        assertThat(busy).as("clients began %d requests", requests).isTrue();
    }

    private static void await(FutureTask<?> task) throws Exception {
        try {
            task.get(PATIENCE_SECONDS, TimeUnit.SECONDS);
        } catch (ExecutionException e) {
            throw new AssertionError("A client met what it should not: " + e.getMessage(), e);
        } catch (TimeoutException e) {
            throw new AssertionError("A client hangs after the kill", e);
        }
    }
}
