package io.stowage.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.stowage.database.Database;
import io.stowage.engine.fake.Fault;
import io.stowage.engine.fake.InMemory;
import io.stowage.engine.fake.Wire;
import io.stowage.engine.fake.World;
import io.stowage.engine.journal.Halt;
import io.stowage.model.ContentType;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A volume goes from one server, with its array and database, to another. */
@Timeout(value = 5, unit = TimeUnit.MINUTES, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class MigrationTest {
    private static final VolumeName V = VolumeName.of("p", "v");
    private static final VolumeName W = VolumeName.of("p", "w");
    private static final int MORE_CALLS_THAN_ANY = 100;

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

    private static void snapshot(Engine engine, String name) {
        engine.snapshots()
                .create(new SnapshotCreation(V, name, "of " + name, new Expiry.Never()))
                .await();
    }

    /** A volume whose snapshots {@code a} and {@code b} have what their names say, and itself {@code c}. */
    private static Volume source(World world, Engine engine, ContentType content) {
        World.makePool(engine);
        Volume volume = World.makeVolume(engine, "v", content, "10MiB");
        world.write(volume, "a");
        snapshot(engine, "a");
        world.write(volume, "b");
        snapshot(engine, "b");
        world.write(volume, "c");
        return volume;
    }

    private static VolumeReceiving receiving(Wire wire, ContentType content, boolean refresh) {
        return new VolumeReceiving(
                W, content, "d", Map.of("size", "10MiB", "zfs.delegate", "true"), true, refresh, wire.source());
    }

    private static Volume migrate(Engine from, Engine to, Wire wire, ContentType content, boolean refresh) {
        Started<?> sent = from.migrations().send(new VolumeSending(V, null, true, wire.target()));
        Started<Volume> received = to.migrations().receive(receiving(wire, content, refresh));
        Volume volume = received.await();
        sent.await();
        return volume;
    }

    private static String text(World world, Engine engine, VolumeName name, String snapshot) {
        engine.volumes().restore(name.snapshot(snapshot)).await();
        return world.content(engine.volumes().get(name)).text();
    }

    @Test
    void aVolumeArrivesWithItsSnapshots() throws IOException {
        for (ContentType content : List.of(ContentType.FILESYSTEM, ContentType.BLOCK)) {
            try (World here = world();
                    World there = world()) {
                Engine from = here.open();
                Engine to = there.open();
                Volume source = source(here, from, content);
                World.makePool(to);
                Volume arrived = migrate(from, to, Wire.ofKin(), content, false);
                assertThat(arrived.name()).isEqualTo(W);
                assertThat(arrived.description()).isEqualTo("d");
                assertThat(arrived.config()).doesNotContainKey("zfs.delegate");
                assertThat(there.content(arrived).text()).isEqualTo("c");
                assertThat(there.content(arrived).type())
                        .isEqualTo(here.content(source).type());
                List<Snapshot> snapshots = to.snapshots().list(W);
                assertThat(snapshots).extracting(each -> each.name().name()).containsExactly("a", "b");
                assertThat(snapshots).extracting(Snapshot::description).containsExactly("of a", "of b");
                here.check(from);
                there.check(to);
                assertThat(text(there, to, W, "b")).isEqualTo("b");
                assertThat(text(there, to, W, "a")).isEqualTo("a");
            }
        }
    }

    @Test
    void blocksGoToStrangersFromTheFirstToTheLast() throws IOException {
        try (World here = world();
                World there = world()) {
            Engine from = here.open();
            Engine to = there.open();
            source(here, from, ContentType.BLOCK);
            World.makePool(to);
            Volume arrived = migrate(from, to, Wire.ofStrangers(), ContentType.BLOCK, false);
            assertThat(there.content(arrived).text().stripTrailing()).startsWith("c");
            assertThat(text(there, to, W, "a")).startsWith("a");
            here.check(from);
            there.check(to);
        }
    }

    @Test
    void filesGoToStrangersByRsync() throws IOException {
        try (World here = world();
                World there = world()) {
            Engine from = here.open();
            Engine to = there.open();
            Volume source = source(here, from, ContentType.FILESYSTEM);
            World.makePool(to);
            migrate(from, to, Wire.ofStrangers(), ContentType.FILESYSTEM, false);
            here.write(source, "d");
            snapshot(from, "d");
            here.write(source, "e");
            Volume arrived = migrate(from, to, Wire.ofStrangers(), ContentType.FILESYSTEM, true);
            assertThat(there.content(arrived).text()).isEqualTo("e");
            here.check(from);
            there.check(to);
            assertThat(text(there, to, W, "d")).isEqualTo("d");
            assertThat(text(there, to, W, "a")).isEqualTo("a");
        }
    }

    /** As LXD has it: the feature is offered unless the pool's {@code rsync.compression} says no, at either end. */
    @Test
    void eitherPoolKeepsFilesFromBeingCompressed() throws IOException {
        for (boolean refusesHere : new boolean[] {true, false}) {
            try (World here = world();
                    World there = world()) {
                Engine from = here.open();
                Engine to = there.open();
                source(here, from, ContentType.FILESYSTEM);
                World.makePool(to);
                Wire wire = Wire.ofStrangers();
                migrate(from, to, wire, ContentType.FILESYSTEM, false);
                assertThat(wire.compresses()).isTrue();
                Map<String, String> config = new HashMap<>(World.POOL);
                config.put("rsync.compression", "false");
                (refusesHere ? from : to).pools().update("p", "", config).await();
                Wire plain = Wire.ofStrangers();
                migrate(from, to, plain, ContentType.FILESYSTEM, true);
                assertThat(plain.compresses()).isFalse();
            }
        }
    }

    @Test
    void aRefreshSendsWhatDiffersFromWhatBothHave() throws IOException {
        try (World here = world();
                World there = world()) {
            Engine from = here.open();
            Engine to = there.open();
            Volume source = source(here, from, ContentType.BLOCK);
            World.makePool(to);
            migrate(from, to, Wire.ofKin(), ContentType.BLOCK, false);
            to.snapshots()
                    .create(new SnapshotCreation(W, "extra", null, new Expiry.Never()))
                    .await();
            from.snapshots().delete(V.snapshot("a")).await();
            here.write(source, "d");
            snapshot(from, "d");
            here.write(source, "e");
            there.write(to.volumes().get(W), "spoilt");
            here.faults().takeLog();
            Volume refreshed = migrate(from, to, Wire.ofKin(), ContentType.BLOCK, true);
            assertThat(here.faults().takeLog()).contains("sendChanges").doesNotContain("sendAll", "sendCompared");
            assertThat(there.content(refreshed).text()).isEqualTo("e");
            assertThat(to.snapshots().list(W))
                    .extracting(each -> each.name().name())
                    .containsExactly("b", "d");
            here.check(from);
            there.check(to);
            assertThat(text(there, to, W, "d")).isEqualTo("d");
        }
    }

    @Test
    void withoutWordOfTheArrayARefreshCompares() throws IOException {
        try (World here = world();
                World there = world()) {
            Engine from = here.open();
            Engine to = there.open();
            source(here, from, ContentType.BLOCK);
            World.makePool(to);
            migrate(from, to, Wire.ofKin(), ContentType.BLOCK, false);
            here.keepDifferencesSecret();
            here.faults().takeLog();
            migrate(from, to, Wire.ofKin(), ContentType.BLOCK, true);
            assertThat(here.faults().takeLog()).contains("sendCompared").doesNotContain("sendAll", "sendChanges");
            here.check(from);
            there.check(to);
        }
    }

    @Test
    void aConnectionThatBreaksLeavesNothing() throws IOException {
        try (World here = world();
                World there = world()) {
            Engine from = here.open();
            Engine to = there.open();
            source(here, from, ContentType.BLOCK);
            World.makePool(to);
            Wire wire = Wire.ofKin();
            Started<Volume> received = to.migrations().receive(receiving(wire, ContentType.BLOCK, false));
            wire.cut();
            Started<?> sent = from.migrations().send(new VolumeSending(V, null, true, wire.target()));
            assertThatThrownBy(received::await).hasMessage("The connection broke");
            assertThatThrownBy(sent::await).hasMessage("The connection broke");
            assertThat(to.volumes().list()).isEmpty();
            here.check(from);
            there.check(to);
        }
    }

    @Test
    void cancelledWhileItWaitsItEnds() throws IOException {
        try (World there = world()) {
            Engine to = there.open();
            World.makePool(to);
            Started<Volume> received = to.migrations().receive(receiving(Wire.ofKin(), ContentType.BLOCK, false));
            to.operations().cancel(received.id());
            assertThatThrownBy(received::await).hasMessage("The operation was cancelled");
            assertThat(to.volumes().list()).isEmpty();
            there.check(to);
        }
    }

    @Test
    void whatIsAttachedIsNotRefreshed() throws IOException {
        try (World there = world()) {
            Engine to = there.open();
            World.makePool(to);
            World.makeVolume(to, "w", ContentType.FILESYSTEM, "10MiB");
            World.mount(to, "w");
            assertThatThrownBy(() -> to.migrations().receive(receiving(Wire.ofKin(), ContentType.FILESYSTEM, true)))
                    .hasMessage("Volume \"w\" cannot be refreshed while it is attached");
            assertThatThrownBy(() -> to.migrations().receive(receiving(Wire.ofKin(), ContentType.FILESYSTEM, false)))
                    .hasMessage("Volume by that name already exists");
        }
    }

    private interface Break {
        void at(World world, int call);
    }

    /** One of the two servers fails at one of its calls; both are settled afterwards, by a restart or not. */
    private boolean broken(int call, boolean refresh, boolean ofSource, boolean restarts, Break fault)
            throws IOException {
        try (World here = world();
                World there = world()) {
            Engine from = here.open();
            Engine to = there.open();
            Volume source = source(here, from, ContentType.FILESYSTEM);
            World.makePool(to);
            if (refresh) {
                migrate(from, to, Wire.ofKin(), ContentType.FILESYSTEM, false);
                from.snapshots().delete(V.snapshot("b")).await();
                here.write(source, "d");
                snapshot(from, "d");
                here.write(source, "e");
            }
            World struck = ofSource ? here : there;
            fault.at(struck, call);
            Wire wire = Wire.ofKin();
            boolean done = attempt(from, to, wire, refresh);
            if (!struck.faults().hit() && !struck.faults().killed()) {
                assertThat(done).isTrue();
                return false;
            }
            wire.cut();
            if (ofSource) {
                from = settled(here, from, restarts);
            } else {
                to = settled(there, to, restarts);
            }
            here.check(from);
            there.check(to);
            boolean exists =
                    to.volumes().list().stream().anyMatch(each -> each.name().equals(W));
            if (exists) {
                String text = there.content(to.volumes().get(W)).text();
                List<String> snapshots = to.snapshots().list(W).stream()
                        .map(each -> each.name().name())
                        .toList();
                assertThat(text + snapshots).isIn(refresh ? List.of("c[a, b]", "e[a, d]") : List.of("c[a, b]"));
            } else {
                assertThat(refresh).as("what was there before stays").isFalse();
            }
            if (!exists || refresh) {
                Volume again = migrate(from, to, Wire.ofKin(), ContentType.FILESYSTEM, refresh);
                assertThat(there.content(again).text()).isEqualTo(refresh ? "e" : "c");
            }
            here.check(from);
            there.check(to);
            return true;
        }
    }

    private static Engine settled(World world, Engine engine, boolean restarts) {
        if (restarts) {
            return world.reopen();
        }
        world.faults().heal();
        engine.settle();
        return engine;
    }

    private static boolean attempt(Engine from, Engine to, Wire wire, boolean refresh) {
        Started<?> sent = from.migrations().send(new VolumeSending(V, null, true, wire.target()));
        Started<?> received = to.migrations().receive(receiving(wire, ContentType.FILESYSTEM, refresh));
        boolean done = true;
        for (Started<?> each : List.of(received, sent)) {
            try {
                each.await();
            } catch (Refused | Halt e) {
                assertThat(e.getMessage()).isNotBlank();
                wire.cut(); // a server that is killed takes its connections along
                done = false;
            }
        }
        return done;
    }

    /** @param stride how many calls further the next trial is, unless there is time for all */
    private void atCalls(int stride, boolean refresh, boolean restarts, Break fault) throws IOException {
        for (boolean ofSource : new boolean[] {true, false}) {
            int call = 1;
            while (broken(call, refresh, ofSource, restarts, fault)) {
                call += Boolean.getBoolean("stowage.soak") ? 1 : stride;
                assertThat(call).isLessThan(MORE_CALLS_THAN_ANY);
            }
            assertThat(call).isGreaterThan(5);
        }
    }

    @Test
    void eitherIsKilledAtACallOfACopy() throws IOException {
        atCalls(4, false, true, (world, call) -> world.faults().killAt(call, true));
    }

    @Test
    void eitherIsKilledAtACallOfARefresh() throws IOException {
        atCalls(3, true, true, (world, call) -> world.faults().killAt(call, false));
    }

    @Test
    void eitherIsRefusedSomethingInACopy() throws IOException {
        atCalls(6, false, false, (world, call) -> world.faults().at(call, Fault.REFUSED));
    }

    @Test
    void eitherIsRefusedSomethingInARefresh() throws IOException {
        atCalls(5, true, false, (world, call) -> world.faults().at(call, Fault.REFUSED));
    }

    @Test
    void anArrayIsOutOfReachFromACallOfARefreshOn() throws IOException {
        atCalls(7, true, false, (world, call) -> world.faults().at(call, Fault.GONE));
    }
}
