package io.stowage.array.kill;

import static org.assertj.core.api.Assertions.assertThat;

import io.stowage.array.flasharray.Rest;
import io.stowage.array.nvme.TestController;
import io.stowage.array.store.StoreCheck;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.Timeout.ThreadMode;
import org.junit.jupiter.api.io.TempDir;

/**
 * Three hosts, one over iSCSI and two over NVMe/TCP, write volumes of their own and one that they share, with and without
 * flushes, while they and an administrator change volumes and snapshots; then the array is killed. After a restart everything answered must be there, and each
 * snapshot and copy must hold what its source held at one moment. The seed ({@code -Dstowage.seed=N}) repeats the choices,
 * not their timing.
 */
@Timeout(value = 3, unit = TimeUnit.HOURS, threadMode = ThreadMode.SEPARATE_THREAD)
class KillUnderLoadTest {
    private static final int KILLS = Boolean.getBoolean("stowage.soak") ? 200 : 10;
    private static final int HOSTS = 3;
    private static final String INITIATOR = "iqn.2026-11.io.stowage:host0";

    /** Steps of all workers together, at most, until the kill; then up to so many nanoseconds more. */
    private static final int MOST_STEPS = 150;

    private static final int LONGEST_WAIT = 5_000_000;

    private static final int LOOK_MILLIS = 20;

    /** However busy the machine is: nobody waits this long for an array that works. */
    private static final int PATIENCE_MINUTES = 10;

    private final long seed = Long.getLong("stowage.seed", System.nanoTime());
    private final Random random = new Random(seed);
    private final List<LiveVolume> volumes = new ArrayList<>();
    private final List<Writer> writers = new ArrayList<>();
    private final List<Administrator> administrators = new ArrayList<>();

    /** The LUN under which the inspector sees each volume. */
    private final Map<LiveVolume, Integer> inspected = new LinkedHashMap<>();

    @TempDir
    Path folder;

    private volatile @Nullable ArrayProcess running;

    @AfterEach
    void end() {
        var array = running;
        if (array != null) {
            array.close();
        }
    }

    @Test
    void whatWasAnsweredSurvivesKillsUnderLoad() throws Exception {
        System.out.println("kills under load: -Dstowage.seed=" + seed);
        try {
            var array = start();
            try (var rest = Rest.login(array.endpoints(), "2.26")) {
                setUp(rest);
            }
            for (int kill = 0; kill < KILLS; kill++) {
                useAndKill(array);
                assertThat(StoreCheck.check(folder.resolve("state/store"))).isEmpty();
                array = start();
                inspect(array, kill == KILLS - 1 ? 1 : 4);
            }
            array.kill();
        } catch (AssertionError | Exception e) {
            throw new AssertionError("with -Dstowage.seed=" + seed + ": " + e.getMessage(), e);
        }
    }

    private ArrayProcess start() throws IOException {
        var array = ArrayProcess.start(folder.resolve("state"), folder.resolve("errors"));
        running = array;
        return array;
    }

    private void setUp(Rest rest) {
        rest.post("hosts?names=" + Inspection.HOST, "{'iqns': ['" + Inspection.INITIATOR + "']}");
        var shared = volume(rest, "shared", 1, HOSTS);
        for (int i = 0; i < HOSTS; i++) {
            rest.post(
                    "hosts?names=host" + i,
                    i == 0 ? "{'iqns': ['" + INITIATOR + "']}" : "{'nqns': ['" + nqn(i) + "']}");
            var own = volume(rest, "own" + i, 1 + HOSTS + i, 1);
            var places = List.of(
                    new Writer.Place(own, 0, connect(rest, "host" + i, own)),
                    new Writer.Place(shared, i, connect(rest, "host" + i, shared)));
            writers.add(new Writer(places, administrator("w" + i)));
        }
        administrator("adm");
    }

    private static String nqn(int host) {
        return "nqn.2026-11.io.stowage:host" + host;
    }

    private LiveVolume volume(Rest rest, String name, int firstRegion, int regions) {
        rest.post("volumes?names=" + name, "{'provisioned': " + LiveVolume.SIZE + "}");
        var volume = new LiveVolume(name, firstRegion, regions);
        volumes.add(volume);
        inspected.put(volume, connect(rest, Inspection.HOST, volume));
        return volume;
    }

    private static int connect(Rest rest, String host, LiveVolume volume) {
        return rest.post("connections?host_names=" + host + "&volume_names=" + volume.name(), "{}")
                .getFirst()
                .path("lun")
                .asInt();
    }

    private Administrator administrator(String mark) {
        var administrator = new Administrator(mark, volumes);
        administrators.add(administrator);
        return administrator;
    }

    // ---------------------------------------------------------------- load

    private interface Work {
        void step(Random random) throws IOException;
    }

    /** Lets all work until so many steps are done, and kills the array while they go on. */
    private void useAndKill(ArrayProcess array) throws Exception {
        var steps = new CountDownLatch(1 + random.nextInt(MOST_STEPS));
        var killed = new AtomicBoolean();
        try (var threads =
                Executors.newThreadPerTaskExecutor(Thread.ofPlatform().factory())) {
            var ends = new ArrayList<Future<?>>();
            for (int i = 0; i < writers.size(); i++) {
                var host = i;
                var choices = new Random(random.nextLong());
                ends.add(threads.submit(() -> write(array, host, choices, steps, killed)));
            }
            var choices = new Random(random.nextLong());
            ends.add(threads.submit(() -> administrate(array, choices, steps, killed)));
            try {
                awaitSteps(array, steps, ends);
                LockSupport.parkNanos(random.nextInt(LONGEST_WAIT));
            } finally {
                killed.set(true);
                array.kill();
            }
            for (var end : ends) {
                end.get(PATIENCE_MINUTES, TimeUnit.MINUTES);
            }
        }
    }

    /** Returns early when one of the workers has failed. */
    private static void awaitSteps(ArrayProcess array, CountDownLatch steps, List<Future<?>> ends) throws Exception {
        long deadline = System.nanoTime() + TimeUnit.MINUTES.toNanos(PATIENCE_MINUTES);
        while (!steps.await(LOOK_MILLIS, TimeUnit.MILLISECONDS) && ends.stream().noneMatch(Future::isDone)) {
            assertThat(array.isAlive())
                    .as("the array lives: %s", array.errors())
                    .isTrue();
            assertThat(System.nanoTime() - deadline)
                    .as("the array answers: %d steps are left", steps.getCount())
                    .isNegative();
        }
    }

    private @Nullable Void write(
            ArrayProcess array, int host, Random choices, CountDownLatch steps, AtomicBoolean killed)
            throws IOException {
        try (var rest = Rest.login(array.endpoints(), "2.26");
                var session = session(array, host)) {
            writers.get(host).arrive(session);
            return work(random -> writers.get(host).step(session, rest, random), choices, steps, killed);
        } catch (IOException | UncheckedIOException e) {
            requireKilled(killed, e);
            return null;
        }
    }

    private @Nullable Void administrate(ArrayProcess array, Random choices, CountDownLatch steps, AtomicBoolean killed)
            throws IOException {
        try (var rest = Rest.login(array.endpoints(), "2.26")) {
            return work(random -> administrators.getLast().step(rest, random), choices, steps, killed);
        } catch (IOException | UncheckedIOException e) {
            requireKilled(killed, e);
            return null;
        }
    }

    private static @Nullable Void work(Work work, Random choices, CountDownLatch steps, AtomicBoolean killed)
            throws IOException {
        while (!killed.get()) {
            work.step(choices);
            steps.countDown();
        }
        return null;
    }

    /** Only a killed array may hang up. */
    private static void requireKilled(AtomicBoolean killed, Exception e) {
        if (!killed.get()) {
            throw new AssertionError("the array hung up: " + e.getMessage(), e);
        }
    }

    // ---------------------------------------------------------------- inspection

    private void inspect(ArrayProcess array, int oneIn) throws Exception {
        try (var rest = Rest.login(array.endpoints(), "2.26");
                var session = IscsiSession.login(array.portal(0), Inspection.INITIATOR, array.iqn(), HOSTS)) {
            var inspection = new Inspection(rest, session.initiator());
            inspection.objects(administrators);
            for (var one : inspected.entrySet()) {
                inspection.live(one.getKey(), one.getValue());
            }
            for (var administrator : administrators) {
                inspection.contents(administrator, random, oneIn);
            }
        }
    }

    private static HostSession session(ArrayProcess array, int host) throws IOException {
        return host == 0
                ? IscsiSession.login(array.portal(host), INITIATOR, array.iqn(), host)
                : new NvmeSession(TestController.open(array.nvmePortal(host), array.subsystem(), nqn(host)));
    }
}
