package io.stowage.engine;

import static org.assertj.core.api.Assertions.assertThat;

import io.stowage.database.Database;
import io.stowage.engine.Refused.Kind;
import io.stowage.engine.fake.World;
import io.stowage.model.ByteSize;
import io.stowage.model.ContentType;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Copies, moves and refreshes inside a pool, between pools of an array, and between arrays. */
class CopiesTest extends EngineTest {
    /** In another pool of the same array. */
    private static final VolumeName NEAR = VolumeName.of("near", "v");
    /** On another array. */
    private static final VolumeName FAR = VolumeName.of("far", "v");

    private void makePools() {
        World.makeNearPool(engine, "near");
        World.makeDistantPool(engine, "far");
    }

    private Volume copy(VolumeName target) {
        return engine.volumes()
                .copy(new VolumeCopy(V, null, target, true, null, null, null))
                .await();
    }

    private Started<Volume> refresh(VolumeName target, boolean withSnapshots) {
        return engine.volumes().copy(new VolumeCopy(V, null, target, withSnapshots, null, null, null, true));
    }

    private List<String> snapshots(VolumeName volume) {
        return engine.snapshots().list(volume).stream()
                .map(snapshot -> snapshot.name().name())
                .toList();
    }

    /** What the volume had in each of its snapshots. */
    private List<String> history(VolumeName name) {
        VolumeName look = new VolumeName("default", name.pool(), "look");
        return snapshots(name).stream()
                .map(snapshot -> {
                    Volume read = engine.volumes()
                            .copy(new VolumeCopy(name, snapshot, look, false, null, null, null))
                            .await();
                    String text = world.content(read).text();
                    engine.volumes().delete(look).await();
                    return text;
                })
                .toList();
    }

    private List<Instant> dates(VolumeName volume) {
        return engine.snapshots().list(volume).stream().map(Snapshot::createdAt).toList();
    }

    private Volume volumeWithHistory() {
        Volume volume = make("v");
        for (String text : List.of("one", "two")) {
            world.write(volume, text);
            snapshot(V, text);
        }
        world.write(volume, "three");
        return volume;
    }

    private Set<String> calls(String... names) {
        Set<String> found = new TreeSet<>(world.faults().takeLog());
        found.retainAll(Set.of(names));
        return found;
    }

    @Test
    void insideAnArrayNoByteComesHere() {
        makePools();
        Volume source = volumeWithHistory();
        world.faults().takeLog();
        Volume copy = copy(NEAR);
        assertThat(calls("moveAll", "moveChanges", "moveCompared", "copy", "overwrite"))
                .containsExactly("copy", "overwrite");
        assertThat(world.content(copy).text()).isEqualTo("three");
        assertThat(world.content(copy).identity())
                .isNotEqualTo(world.content(source).identity());
        assertThat(copy.uuid()).isNotEqualTo(source.uuid());
        assertThat(history(NEAR)).containsExactly("one", "two");
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void toAnotherArrayAllComesOnceAndThenWhatChanged(boolean tellsDifferences) {
        makePools();
        if (!tellsDifferences) {
            world.keepDifferencesSecret();
        }
        Volume source = volumeWithHistory();
        world.faults().takeLog();
        Volume copy = copy(FAR);
        String then = tellsDifferences ? "moveChanges" : "moveCompared";
        assertThat(world.faults().takeLog().stream().filter(call -> call.startsWith("move")))
                .containsExactly("moveAll", then, then);
        assertThat(world.content(copy).text()).isEqualTo("three");
        assertThat(world.content(copy).identity())
                .isNotEqualTo(world.content(source).identity());
        assertThat(dates(FAR)).isEqualTo(dates(V));
        assertThat(history(FAR)).containsExactly("one", "two");
        assertThat(snapshots(V)).hasSize(2);
    }

    @Test
    void aMountedSourceStandsStillForAMomentOnly() {
        makePools();
        Volume source = make("v");
        world.write(source, "one");
        Attachment mount = attach(V, AttachmentKind.MOUNT);
        world.faults().takeLog();
        Volume copy = copy(FAR);
        assertThat(world.faults().takeLog()).containsSubsequence("freeze", "createSnapshot", "thaw", "moveAll");
        assertThat(world.content(copy).text()).isEqualTo("one");
        detach(mount);
    }

    @Test
    void aSnapshotGoesToAnotherArray() {
        makePools();
        volumeWithHistory();
        Volume copy = engine.volumes()
                .copy(new VolumeCopy(V, "one", FAR, false, null, "old", Map.of("size", "30MiB")))
                .await();
        assertThat(world.content(copy).text()).isEqualTo("one");
        assertThat(world.size(copy)).isEqualTo(30 * MIB);
        assertThat(world.content(copy).fileSystemBytes()).isEqualTo(30 * MIB);
        assertThat(copy.description()).isEqualTo("old");
        assertThat(snapshots(FAR)).isEmpty();
    }

    @Test
    void anAttachedSnapshotIsCopiedAsItIsOnTheArray() {
        makePools();
        volumeWithHistory();
        Attachment mount = attachSnapshot(V, "one");
        copy(FAR);
        assertThat(history(FAR)).containsExactly("one", "two");
        assertThat(engine.attachments().list()).hasSize(1);
        world.check(engine);
        assertThat(world.content(copy(NEAR)).text()).isEqualTo("three");
        detach(mount);
    }

    @Test
    void aMoveTakesEverythingAlong() {
        makePools();
        Instant created = volumeWithHistory().createdAt();
        for (VolumeName target : List.of(NEAR, FAR)) {
            Volume moved = engine.volumes()
                    .move(target.equals(NEAR) ? V : NEAR, target)
                    .await();
            assertThat(world.content(moved).text()).isEqualTo("three");
            assertThat(moved.createdAt()).isEqualTo(created);
            assertThat(history(target)).containsExactly("one", "two");
            assertThat(engine.volumes().list()).hasSize(1);
            world.check(engine);
        }
        engine.volumes().rename(FAR, "w").await();
        assertThat(world.moves()).containsExactly("p/v to near/v", "near/v to far/v", "far/v to far/w");
    }

    @Test
    void amongProjectsOfAPoolAVolumeStaysTheSame() {
        Volume source = volumeWithHistory();
        refused(
                Kind.NOT_FOUND,
                "Project not found",
                () -> engine.volumes().move(V, new VolumeName("other", "p", "v2")));
        try (Database database = Database.open("sqlite:" + folder.resolve("stowage.db"))) {
            new Projects(database).create("other", "", Map.of("features.storage.volumes", "true"));
        }
        world.faults().takeLog();
        Volume moved =
                engine.volumes().move(V, new VolumeName("other", "p", "v2")).await();
        engine.settle();
        assertThat(moved.uuid()).isEqualTo(source.uuid());
        assertThat(moved.name().project()).isEqualTo("other");
        assertThat(world.faults().takeLog()).containsOnly("writeRecord");
        assertThat(snapshots(moved.name())).containsExactly("one", "two");
        make("v");
    }

    @Test
    void whatIsAttachedIsNotMovedAndTakenNamesAreKept() {
        makePools();
        volumeWithHistory();
        Attachment mount = attachSnapshot(V, "one");
        refused(Kind.IN_USE, "still in use", () -> engine.volumes().move(V, FAR));
        detach(mount);
        makeBlock("v2");
        engine.volumes().move(VolumeName.of("p", "v2"), NEAR).await();
        refused(Kind.CONFLICT, "already exists", () -> engine.volumes().move(V, NEAR));
    }

    @Test
    void aRefreshKeepsWhatIsTheSameAndBringsWhatIsNot() {
        makePools();
        Volume source = volumeWithHistory();
        for (VolumeName target : List.of(W, NEAR, FAR)) {
            Volume copy = copy(target);
            Map<String, String> config = new HashMap<>(copy.config());
            config.put("user.note", "mine");
            engine.volumes().update(target, "about", config).await();
            snapshot(target, "extra");
        }
        engine.snapshots().delete(V.snapshot("one")).await();
        world.write(source, "four");
        snapshot(V, "four");
        world.write(source, "five");
        for (VolumeName target : List.of(W, NEAR, FAR)) {
            Volume before = engine.volumes().get(target);
            world.write(before, "scribbled over");
            world.faults().takeLog();
            Volume after = refresh(target, true).await();
            assertThat(calls("moveAll", "moveCompared", "moveChanges"))
                    .isEqualTo(target.equals(FAR) ? Set.of("moveChanges") : Set.of());
            assertThat(after.uuid()).isEqualTo(before.uuid());
            assertThat(after.description()).isEqualTo("about");
            assertThat(after.config()).isEqualTo(before.config());
            assertThat(world.content(after).text()).isEqualTo("five");
            assertThat(snapshots(target)).containsExactly("two", "four");
            assertThat(history(target)).containsExactly("two", "four");
            world.check(engine);
        }
    }

    @Test
    void aSnapshotOfTheSameNameAndAnotherDateIsAnother() throws InterruptedException {
        makePools();
        Volume source = volumeWithHistory();
        copy(FAR);
        engine.snapshots().delete(V.snapshot("two")).await();
        world.write(source, "new");
        Thread.sleep(1001); // dates are compared in seconds
        snapshot(V, "two");
        refresh(FAR, true).await();
        assertThat(history(FAR)).containsExactly("one", "new");
        assertThat(dates(FAR)).isEqualTo(dates(V));
    }

    @Test
    void withoutSnapshotsTheTargetKeepsItsOwn() {
        makePools();
        Volume source = volumeWithHistory();
        copy(FAR);
        snapshot(FAR, "mine");
        world.write(source, "four");
        Volume after = refresh(FAR, false).await();
        assertThat(world.content(after).text()).isEqualTo("four");
        assertThat(snapshots(FAR)).containsExactly("one", "two", "mine");
    }

    @Test
    void withoutACommonHistoryBlocksAreCompared() {
        makePools();
        volumeWithHistory();
        Volume stranger = engine.volumes()
                .create(new VolumeCreation(FAR, ContentType.FILESYSTEM, "", Map.of("size", "10MiB")))
                .await();
        world.write(stranger, "something else");
        world.faults().takeLog();
        refresh(FAR, false).await();
        assertThat(calls("moveAll", "moveCompared", "moveChanges")).containsExactly("moveCompared");
        assertThat(world.content(stranger).text()).isEqualTo("three");
    }

    @Test
    void sizesFollowTheLargerOne() {
        makePools();
        volumeWithHistory();
        Volume near = copy(NEAR);
        Volume far = copy(FAR);
        resize(FAR, "40MiB");
        resize(V, "20MiB");
        for (VolumeName target : List.of(NEAR, FAR)) {
            refresh(target, true).await();
        }
        assertThat(world.size(near)).isEqualTo(20 * MIB);
        assertThat(world.content(near).fileSystemBytes()).isEqualTo(20 * MIB);
        assertThat(engine.volumes().get(NEAR).config()).containsEntry("size", "20MiB");
        assertThat(world.size(far)).isEqualTo(40 * MIB);
        assertThat(world.content(far).fileSystemBytes()).isEqualTo(40 * MIB);
        assertThat(engine.volumes().get(FAR).config()).containsEntry("size", "40MiB");
    }

    private void resize(VolumeName name, String size) {
        Map<String, String> config = new HashMap<>(engine.volumes().get(name).config());
        config.put("size", size);
        engine.volumes().update(name, "", config).await();
    }

    @Test
    void aFailedRefreshLeavesTheTargetAsItWas() {
        makePools();
        Volume source = volumeWithHistory();
        for (VolumeName target : List.of(W, NEAR, FAR)) {
            Volume copy = copy(target);
            world.write(copy, "mine");
            snapshot(target, "extra");
            engine.snapshots().delete(target.snapshot("two")).await();
        }
        world.write(source, "four");
        for (VolumeName target : List.of(W, NEAR, FAR)) {
            Volume before = engine.volumes().get(target);
            int identity = world.content(before).identity();
            world.faults().fail("renewIdentity", new Refused(Kind.FAILED, "no identity"));
            refused(Kind.FAILED, "no identity", () -> refresh(target, true).await());
            world.faults().heal();
            assertThat(world.content(before).text()).isEqualTo("mine");
            assertThat(world.content(before).identity()).isEqualTo(identity);
            assertThat(snapshots(target)).containsExactly("one", "extra");
            assertThat(engine.volumes().get(target)).isEqualTo(before);
            world.check(engine);
        }
    }

    @ParameterizedTest
    @CsvSource({"5MiB,ext4,p", "10MiB,btrfs,p", "300MiB,xfs,near", "5MiB,ext4,far", "20MiB,btrfs,far"})
    void filesGoOneByOneWhereBlocksCanNot(String size, String type, String pool) {
        makePools();
        Volume source = volumeWithHistory();
        VolumeName target = VolumeName.of(pool, "smaller");
        world.faults().takeLog();
        Volume copy = engine.volumes()
                .copy(new VolumeCopy(V, null, target, true, null, null, Map.of("size", size, "block.filesystem", type)))
                .await();
        assertThat(calls("moveAll", "moveChanges", "moveCompared", "copy", "overwrite", "copyFiles"))
                .containsExactly("copyFiles");
        assertThat(copy.config()).containsEntry("block.filesystem", type).containsEntry("size", size);
        assertThat(world.content(copy).type()).isEqualTo(type);
        assertThat(world.size(copy)).isEqualTo(ByteSize.parse(size).bytes());
        assertThat(world.content(copy).text()).isEqualTo("three");
        assertThat(history(target)).containsExactly("one", "two");
        assertThat(dates(target)).isEqualTo(dates(V));
        assertThat(engine.volumes().get(V)).isEqualTo(source);
        int identity = world.content(copy).identity();

        engine.snapshots().delete(V.snapshot("one")).await();
        world.write(source, "four");
        snapshot(V, "four");
        world.write(source, "five");
        Volume after = refresh(target, true).await();
        assertThat(world.content(after).text()).isEqualTo("five");
        assertThat(history(target)).containsExactly("two", "four");
        assertThat(after.config()).isEqualTo(copy.config());
        assertThat(world.size(after)).isEqualTo(ByteSize.parse(size).bytes());
        assertThat(world.content(after).identity()).isEqualTo(identity);
        world.check(engine);
    }

    @Test
    void blocksDoNotBecomeFewer() {
        makePools();
        makeBlock("b");
        refused(
                Kind.BAD_INPUT,
                "cannot be smaller than its source",
                () -> engine.volumes()
                        .copy(new VolumeCopy(
                                VolumeName.of("p", "b"), null, FAR, true, null, null, Map.of("size", "5MiB"))));
    }

    @Test
    void filesThatDoNotFitAreNotBegun() {
        make("v");
        refused(
                Kind.BAD_INPUT,
                "needs at least 300MiB",
                () -> engine.volumes()
                        .copy(new VolumeCopy(V, null, W, true, null, null, Map.of("block.filesystem", "xfs"))));
        world.faults().fail("copyFiles", new Refused(Kind.FAILED, "No space left on device"));
        refused(
                Kind.FAILED,
                "No space left on device",
                () -> engine.volumes()
                        .copy(new VolumeCopy(V, null, W, true, null, null, Map.of("size", "5MiB")))
                        .await());
        world.faults().heal();
        world.check(engine);
        assertThat(engine.volumes().list()).hasSize(1);
    }

    @Test
    void whatCanNotBeRefreshedIsSaid() {
        volumeWithHistory();
        copy(W);
        refused(Kind.BAD_INPUT, "from itself", () -> refresh(V, true));
        Attachment mount = attach(W, AttachmentKind.MOUNT);
        refused(Kind.LOCKED, "cannot be refreshed while it is attached", () -> refresh(W, true));
        detach(mount);
        makeBlock("b");
        refused(Kind.BAD_INPUT, "content type", () -> refresh(VolumeName.of("p", "b"), true));
        refused(Kind.NOT_FOUND, "pool not found", () -> refresh(VolumeName.of("nope", "x"), true));
        Volume made = refresh(VolumeName.of("p", "new"), true).await();
        assertThat(snapshots(made.name())).as("without a target it is a copy").hasSize(2);
    }
}
