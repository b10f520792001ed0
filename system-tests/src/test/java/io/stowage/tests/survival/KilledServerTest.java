package io.stowage.tests.survival;

import static org.assertj.core.api.Assertions.assertThat;

import io.stowage.tests.arena.Arena;
import io.stowage.tests.arena.Combination;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * The server is killed again and again, with SIGKILL, while clients work: every time API, database and array agree
 * afterwards, each operation was done or never was, and volumes hold what was flushed to them last.
 * {@code -Dstowage.seed=N} asks for other operations and moments, {@code -Dstowage.kills=N} for another number of kills with
 * each combination. Only with {@code -Dstowage.soak=true}: over NVMe/TCP each kill waits for the old connection's end.
 */
@EnabledIfSystemProperty(named = "stowage.soak", matches = "true")
@Timeout(value = 60, unit = TimeUnit.MINUTES, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class KilledServerTest {
    private static final long SEED = Long.getLong("stowage.seed", 2);
    private static final int KILLS = Integer.getInteger("stowage.kills", 500);
    private static final int CLIENTS = 4;
    /** Longest time between the start of the clients and the kill. */
    private static final int MILLIS = 700;

    private static final String POOL = "p";

    @ParameterizedTest
    @EnumSource
    void everyOperationIsDoneOrNeverWas(Combination combination) throws Exception {
        System.out.println("kills of the server: -Dstowage.seed=" + SEED);
        try (Arena arena = Arena.open()) {
            arena.createPool(combination, POOL, combination.vendor().quota("30GiB"));
            Agreement agreement = new Agreement(arena, combination, List.of(POOL));
            List<Keeper> keepers = IntStream.range(0, CLIENTS)
                    .mapToObj(i -> new Keeper(arena.server(), POOL, (char) ('a' + i) + "-", SEED * 31 + i))
                    .toList();
            Random random = new Random(SEED);
            for (int kill = 1; kill <= KILLS; kill++) {
                killUnder(arena, keepers, random.nextInt(MILLIS));
                agreement.awaitQuiet();
                keepers.forEach(Keeper::takeStock);
                agreement.await();
                keepers.get(random.nextInt(CLIENTS)).look();
            }
            keepers.forEach(Keeper::lookAtEverything);
            keepers.forEach(Keeper::leave);
            agreement.await();
            assertThat(keepers).as("clients that got something done").allMatch(keeper -> keeper.finished() > 0);
        } catch (AssertionError e) {
            throw new AssertionError("with -Dstowage.seed=" + SEED + ": " + e.getMessage(), e);
        }
    }

    private static void killUnder(Arena arena, List<Keeper> keepers, int millis) throws Exception {
        List<Future<?>> work = new ArrayList<>();
        for (Keeper keeper : keepers) {
            FutureTask<?> task = new FutureTask<>(keeper::workUntilTheEnd, true);
            Thread.ofPlatform().daemon().start(task);
            work.add(task);
        }
        Thread.sleep(millis);
        keepers.forEach(Keeper::stop);
        arena.server().kill();
        // I/O of devices that were attached waits for the next server.
        arena.server().restart();
        for (Future<?> task : work) {
            await(task);
        }
    }

    private static void await(Future<?> task) throws Exception {
        try {
            task.get();
        } catch (ExecutionException e) {
            throw new AssertionError("A client met what it should not: " + e.getMessage(), e);
        }
    }
}
