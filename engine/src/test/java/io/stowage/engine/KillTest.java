package io.stowage.engine;

import static org.assertj.core.api.Assertions.assertThat;

import io.stowage.database.Database;
import io.stowage.engine.fake.InMemory;
import io.stowage.engine.fake.World;
import io.stowage.engine.journal.Halt;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Something goes wrong at each of the server's calls to array and host in turn: nothing may be left half done, nothing left
 * behind, and the same request must work afterwards.
 */
@Timeout(value = 5, unit = TimeUnit.MINUTES, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class KillTest {
    private static final int MORE_CALLS_THAN_ANY = 100;

    /** An empty database: making its schema takes longer than all the rest. */
    @TempDir(factory = InMemory.class)
    static Path template;

    @TempDir(factory = InMemory.class)
    Path folder;

    private int worlds;

    @BeforeAll
    static void makeSchema() {
        Database.open("sqlite:" + template.resolve("stowage.db")).close();
    }

    private World world() throws IOException {
        Path state = Files.createDirectories(folder.resolve(Integer.toString(++worlds)));
        Files.copy(template.resolve("stowage.db"), state.resolve("stowage.db"));
        return new World(state);
    }

    private interface Trial {
        /** @return whether the call was reached */
        boolean at(int call) throws IOException;
    }

    private static void atEachCall(Trial trial) throws IOException {
        int call = 1;
        while (trial.at(call)) {
            call++;
            assertThat(call).isLessThan(MORE_CALLS_THAN_ANY);
        }
    }

    @ParameterizedTest
    @EnumSource
    void killedBeforeACall(Scenario scenario) throws IOException {
        atEachCall(call -> killed(scenario, call, false));
    }

    @ParameterizedTest
    @EnumSource
    void killedAfterACall(Scenario scenario) throws IOException {
        atEachCall(call -> killed(scenario, call, true));
    }

    private boolean killed(Scenario scenario, int call, boolean after) throws IOException {
        try (World world = world()) {
            Engine engine = world.open();
            scenario.prepare(engine);
            world.faults().killAt(call, after);
            attempt(scenario, engine);
            if (!world.faults().killed()) {
                return false;
            }
            Engine next = world.reopen();
            world.check(next);
            finish(scenario, world, next);
            return true;
        }
    }

    /** What fails at once is undone at once; only what has no way back is left, and done by and by. */
    @ParameterizedTest
    @EnumSource
    void refusedAtACall(Scenario scenario) throws IOException {
        atEachCall(call -> {
            try (World world = world()) {
                Engine engine = world.open();
                scenario.prepare(engine);
                world.faults().refuseAt(call);
                attempt(scenario, engine);
                if (!world.faults().hit()) {
                    return false;
                }
                world.faults().heal();
                engine.settle();
                world.check(engine);
                finish(scenario, world, engine);
                return true;
            }
        });
    }

    @ParameterizedTest
    @EnumSource
    void arrayOutOfReachFromACallOn(Scenario scenario) throws IOException {
        atEachCall(call -> {
            try (World world = world()) {
                Engine engine = world.open();
                scenario.prepare(engine);
                world.faults().cutOffAt(call);
                attempt(scenario, engine);
                if (!world.faults().hit()) {
                    return false;
                }
                world.faults().heal();
                engine.settle();
                world.check(engine);
                finish(scenario, world, engine);
                return true;
            }
        });
    }

    private static void attempt(Scenario scenario, Engine engine) {
        try {
            scenario.act(engine);
        } catch (Refused | Halt e) {
            assertThat(e.getMessage()).isNotBlank();
        }
    }

    private static void finish(Scenario scenario, World world, Engine engine) {
        if (!scenario.isDone(engine)) {
            scenario.act(engine);
        }
        world.check(engine);
        assertThat(scenario.isDone(engine)).as("done in the end").isTrue();
    }
}
