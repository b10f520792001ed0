package io.stowage.engine;

import static org.assertj.core.api.Assertions.assertThat;

import io.stowage.database.Database;
import io.stowage.engine.fake.Fault;
import io.stowage.engine.fake.Faults;
import io.stowage.engine.fake.InMemory;
import io.stowage.engine.fake.Moment;
import io.stowage.engine.fake.World;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Something goes wrong at each of the server's calls to array and host in turn, and after each commit: the operation is
 * finished or undone, never between; nothing is left behind; each volume can be used, and the same request works then.
 * {@code -Dstowage.seed=N} asks for other choices where not everything is tried, {@code -Dstowage.soak=true} for all.
 */
@Timeout(value = 10, unit = TimeUnit.MINUTES, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class KillTest {
    /** Each of thousands of lives tells what it puts in order; held, so that its level stays. */
    private static final Logger LOGGER = Logger.getLogger("io.stowage");

    private static final boolean SOAK = Boolean.getBoolean("stowage.soak");
    private static final long SEED = Long.getLong("stowage.seed", 1);
    /** Of so many second kills, while the first one is recovered from, one is tried. */
    private static final int SECOND_KILLS = SOAK ? 2 : 150;

    /** An empty database: making its schema takes longer than all the rest. */
    @TempDir(factory = InMemory.class)
    static Path template;

    @TempDir(factory = InMemory.class)
    Path folder;

    private final Random random = new Random(SEED);
    private final List<String> failures = new ArrayList<>();
    private World world;

    @BeforeAll
    static void makeSchema() {
        LOGGER.setLevel(Level.OFF);
        Database.open("sqlite:" + template.resolve("stowage.db")).close();
    }

    @AfterAll
    static void beLoudAgain() {
        LOGGER.setLevel(null);
    }

    @BeforeEach
    void begin() throws IOException {
        Files.copy(template.resolve("stowage.db"), folder.resolve("stowage.db"));
        world = new World(folder);
    }

    @AfterEach
    void end() {
        world.close();
    }

    /** How a scenario goes when nothing goes wrong. */
    private record Course(
            Scenario scenario,
            Moment beginning,
            List<Faults.Call> calls,
            List<Moment> moments,
            List<String> before,
            List<String> after) {}

    private Course course(Scenario scenario) {
        Engine engine = world.open();
        scenario.prepare(world, engine);
        world.close();
        Moment beginning = world.now();
        engine = world.open();
        List<String> before = world.view(engine);
        List<Moment> moments = new ArrayList<>();
        world.faults().takeCalls();
        world.faults().afterEach(() -> moments.add(world.now()));
        scenario.act(engine);
        world.faults().heal();
        List<Faults.Call> calls = world.faults().takeCalls();
        List<String> after = world.view(engine);
        world.check(engine);
        return new Course(scenario, beginning, calls, moments, before, after);
    }

    /**
     * The server is killed, or the machine stops, after each call and each commit; what was not done at all is the same as
     * a kill after what was done before it.
     */
    @ParameterizedTest
    @EnumSource
    void everyMomentMayBeTheLast(Scenario scenario) {
        Course course = course(scenario);
        List<Moment> moments = course.moments();
        for (int at = 0; at < moments.size(); at++) {
            String where = "killed after event %d of %d".formatted(at + 1, moments.size());
            Moment moment = moments.get(at);
            List<Moment> seconds = new ArrayList<>();
            trial(where, () -> recover(course, moment, seconds));
            for (Moment second : seconds) {
                trial(where + ", and again while that was put right", () -> recover(course, second, new ArrayList<>()));
            }
        }
        assertThat(failures).isEmpty();
    }

    /** @param seconds some moments of the recovery */
    private void recover(Course course, Moment moment, List<Moment> seconds) {
        world.returnTo(moment);
        if (random.nextBoolean()) {
            world.restartMachine();
        }
        world.faults().afterEach(() -> {
            if (random.nextInt(SECOND_KILLS) == 0) {
                seconds.add(world.now());
            }
        });
        Engine next = world.open();
        world.faults().heal();
        settled(course, next);
    }

    /** What fails at once is undone at once; only what has no way back is left, and done by and by. */
    @ParameterizedTest
    @EnumSource
    void everyCallMayFail(Scenario scenario) {
        Course course = course(scenario);
        for (int at = 0; at < course.calls().size(); at++) {
            Faults.Call call = course.calls().get(at);
            int number = at + 1;
            for (Fault fault : Fault.values()) {
                if (call.toArray() || fault.concernsHost()) {
                    trial(
                            "%s at call %d, %s".formatted(fault, number, call.name()),
                            () -> fail(course, number, call, fault));
                }
            }
        }
        assertThat(failures).isEmpty();
    }

    private void fail(Course course, int at, Faults.Call call, Fault fault) {
        world.returnTo(course.beginning());
        Engine engine = world.open();
        world.faults().at(at, fault);
        boolean done = attempt(course.scenario(), engine);
        if (fault == Fault.GONE) {
            engine.settle();
            world.clock().advance(Duration.ofMinutes(1));
            if (random.nextBoolean()) {
                world.close();
                engine = world.open();
            }
        }
        world.faults().heal();
        engine.settle();
        if (done) {
            assertThat(world.view(engine)).as("what was said to be done").isEqualTo(course.after());
        }
        if (call.toArray()) {
            settled(course, engine);
        } else {
            // A file system that has grown stays so when the host fails after that.
            world.check(engine);
            repeat(course, engine);
        }
    }

    private void trial(String where, Runnable trial) {
        try {
            trial.run();
        } catch (AssertionError | RuntimeException e) {
            failures.add("%s (-Dstowage.seed=%d): %s".formatted(where, SEED, e));
        }
    }

    /** @return whether it succeeded */
    private static boolean attempt(Scenario scenario, Engine engine) {
        try {
            scenario.act(engine);
            return true;
        } catch (Refused e) {
            assertThat(e.getMessage()).isNotBlank().doesNotContain("Exception", "null");
            return false;
        }
    }

    /** Finished or undone, and whatever it is now: everything works. */
    private void settled(Course course, Engine engine) {
        world.check(engine);
        List<String> now = world.view(engine);
        if (!now.equals(course.before())) {
            assertThat(now).isEqualTo(course.after());
        }
        world.useEach(engine);
        repeat(course, engine);
    }

    /** The same request works, if it has not been done yet. */
    private void repeat(Course course, Engine engine) {
        if (!world.view(engine).equals(course.after())) {
            course.scenario().act(engine);
        }
        world.check(engine);
        assertThat(world.view(engine)).isEqualTo(course.after());
    }
}
