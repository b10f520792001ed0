package io.stowage.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.stowage.database.Transaction;
import io.stowage.engine.Refused.Kind;
import io.stowage.engine.fake.Faults.Held;
import io.stowage.engine.fake.World;
import io.stowage.model.ByteSize;
import io.stowage.model.ContentType;
import java.nio.file.Path;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Changes that are accepted while other work on the same thing is under way. */
@Timeout(value = 2, unit = TimeUnit.MINUTES, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class ChangesTest extends EngineTest {
    private Started<Volume> describe(VolumeName name, String description) {
        return engine.volumes().update(name, volume -> new Described(description, volume.config()));
    }

    private Started<Volume> patch(VolumeName name, String key, String value) {
        return engine.volumes().update(name, volume -> volume.described().merged(Map.of(key, value)));
    }

    private void resize(String size) {
        patch(V, "size", size).await();
    }

    private Volume volume(VolumeName name) {
        return engine.volumes().get(name);
    }

    @Test
    void aDescriptionChangesNoSizeThatARestoreChangedMeanwhile() {
        makeBlock("v");
        snapshot(V, "small");
        resize("20MiB");
        Held restoring = world.faults().hold("restore");
        Started<Volume> restored = engine.volumes().restore(V.snapshot("small"));
        restoring.awaitCall();
        Started<Volume> described = describe(V, "seen");
        restoring.letGo();
        restored.await();
        assertThat(described.await().description()).isEqualTo("seen");
        assertThat(volume(V).config()).containsEntry("size", "10MiB");
        assertThat(world.size(volume(V))).isEqualTo(10 * MIB);
    }

    @Test
    void aSizeIsJudgedAgainWhenItsTurnComes() {
        Volume made = makeBlock("v");
        snapshot(V, "small");
        resize("20MiB");
        world.write(made, "to the end");
        snapshot(V, "large");
        engine.volumes().restore(V.snapshot("small")).await();
        Held restoring = world.faults().hold("restore");
        Started<Volume> restored = engine.volumes().restore(V.snapshot("large"));
        restoring.awaitCall();
        Started<Volume> grown = patch(V, "size", "15MiB"); // more than the 10 MiB it has now
        restoring.letGo();
        restored.await();
        refused(Kind.BAD_INPUT, "Block volumes cannot be shrunk", grown::await);
        assertThat(world.size(volume(V))).isEqualTo(20 * MIB);
        assertThat(world.content(volume(V)).text()).isEqualTo("to the end");
        assertThat(volume(V).config()).containsEntry("size", "20MiB");
    }

    @Test
    void changesOfOtherKeysDoNotUndoEachOther() {
        make("v", Map.of("size", "10MiB", "user.gone", "soon"));
        Held growing = world.faults().hold("resizeVolume");
        Started<Volume> resized = patch(V, "size", "20MiB");
        growing.awaitCall();
        Started<Volume> keyed = patch(V, "user.a", "b");
        Started<Volume> unset = patch(V, "user.gone", "");
        Started<Volume> described = describe(V, "seen");
        growing.letGo();
        resized.await();
        keyed.await();
        unset.await();
        described.await();
        assertThat(volume(V).description()).isEqualTo("seen");
        assertThat(volume(V).config())
                .containsEntry("size", "20MiB")
                .containsEntry("user.a", "b")
                .doesNotContainKey("user.gone");
    }

    @Test
    void whatARefreshMadeOfAVolumeIsWhatAChangeBeginsWith() {
        World.makeVolume(engine, "w", ContentType.FILESYSTEM, "20MiB");
        make("v");
        Held refreshing = world.faults().hold("overwrite");
        Started<Volume> refreshed = engine.volumes().copy(new VolumeCopy(W, null, V, true, null, null, null, true));
        refreshing.awaitCall();
        refused(Kind.LOCKED, "is being refreshed or moved", () -> describe(V, "too early"));
        Started<Volume> source = describe(W, "the source");
        refreshing.letGo();
        refreshed.await();
        source.await();
        describe(V, "seen").await();
        assertThat(volume(W).description()).isEqualTo("the source");
        assertThat(volume(V).description()).isEqualTo("seen");
        assertThat(volume(V).config()).containsEntry("size", "20MiB");
        assertThat(world.content(volume(V)).fileSystemBytes()).isEqualTo(20 * MIB);
    }

    @Test
    void aSnapshotOfAVolumeThatGrowsMeanwhileHasItsSize() {
        makeBlock("v");
        Held growing = world.faults().hold("resizeVolume");
        Started<Volume> grown = patch(V, "size", "20MiB");
        growing.awaitCall();
        Started<Snapshot> taken = engine.snapshots().create(new SnapshotCreation(V, "s", null, new Expiry.Never()));
        growing.letGo();
        grown.await();
        assertThat(taken.await().config()).containsEntry("size", "20MiB");
        assertThat(world.records().values().stream()
                        .filter(each -> each.kind().equals("snapshot"))
                        .map(each -> each.config().get("size")))
                .containsExactly("20MiB");
        resize("30MiB");
        assertThat(engine.volumes().restore(V.snapshot("s")).await().config()).containsEntry("size", "20MiB");
        assertThat(engine.volumes().state(V).totalBytes())
                .isEqualTo(world.size(volume(V)))
                .isEqualTo(20 * MIB);
    }

    @ParameterizedTest
    @ValueSource(strings = {"p", "near", "far"})
    void aCopyOfAVolumeThatGrowsMeanwhileHasItsSize(String pool) {
        makePools();
        Volume made = makeBlock("v");
        world.write(made, "something");
        snapshot(V, "s");
        VolumeName target = VolumeName.of(pool, "copy");
        Held growing = world.faults().hold("resizeVolume");
        Started<Volume> grown = patch(V, "size", "20MiB");
        growing.awaitCall();
        Started<Volume> copied = engine.volumes().copy(new VolumeCopy(V, null, target, true, null, null, null));
        Started<Volume> described = describe(V, "seen");
        growing.letGo();
        grown.await();
        described.await();
        Volume copy = copied.await();
        assertThat(copy.config()).containsEntry("size", "20MiB");
        assertThat(world.size(copy)).isEqualTo(20 * MIB);
        assertThat(world.content(copy).text().replace("\0", "")).isEqualTo("something");
        assertThat(engine.volumes().state(target).totalBytes()).isEqualTo(20 * MIB);
        assertThat(volume(V).description()).isEqualTo("seen");
        engine.volumes().restore(target.snapshot("s")).await();
        assertThat(engine.volumes().state(target).totalBytes()).isEqualTo(world.size(copy));
    }

    @ParameterizedTest
    @ValueSource(strings = {"p", "near", "far"})
    void aRefreshFromAVolumeThatGrowsMeanwhileHasItsSize(String pool) {
        makePools();
        makeBlock("v");
        VolumeName target = VolumeName.of(pool, "copy");
        engine.volumes()
                .copy(new VolumeCopy(V, null, target, true, null, null, null))
                .await();
        snapshot(V, "s");
        world.write(volume(V), "something");
        Held growing = world.faults().hold("resizeVolume");
        Started<Volume> grown = patch(V, "size", "20MiB");
        growing.awaitCall();
        Started<Volume> refreshed =
                engine.volumes().copy(new VolumeCopy(V, null, target, true, null, null, null, true));
        growing.letGo();
        grown.await();
        Volume copy = refreshed.await();
        assertThat(copy.config()).containsEntry("size", "20MiB");
        assertThat(world.size(copy)).isEqualTo(20 * MIB);
        assertThat(world.content(copy).text().replace("\0", "")).isEqualTo("something");
        engine.volumes().restore(target.snapshot("s")).await();
        assertThat(engine.volumes().state(target).totalBytes()).isEqualTo(world.size(copy));
    }

    @ParameterizedTest
    @EnumSource(names = {"BLOCK", "FILESYSTEM"})
    void aSnapshotThatCameFromASmallerVolumeOfAnotherArrayIsAsLargeAsItIsHere(ContentType content) {
        makePools();
        World.makeVolume(engine, "v", content, "10MiB");
        snapshot(V, "s");
        resize("20MiB");
        VolumeName target = VolumeName.of("far", "copy");
        engine.volumes()
                .copy(new VolumeCopy(V, null, target, true, null, null, null))
                .await();
        Volume restored = engine.volumes().restore(target.snapshot("s")).await();
        long bytes = world.size(restored);
        assertThat(restored.config()).containsEntry("size", new ByteSize(bytes).toString());
        assertThat(engine.volumes().state(target).totalBytes()).isEqualTo(bytes);
        if (content == ContentType.FILESYSTEM) {
            assertThat(world.content(restored).fileSystemBytes()).isEqualTo(bytes);
        }
    }

    @Test
    void snapshotsOfARefreshHaveTheSizeOfATargetThatGrowsMeanwhileAndCannotShrink() {
        World.makePoolThatOnlyGrows(engine, "grown");
        VolumeName source = VolumeName.of("grown", "source");
        VolumeName target = VolumeName.of("grown", "target");
        engine.volumes()
                .create(new VolumeCreation(source, ContentType.BLOCK, "", Map.of("size", "256MiB")))
                .await();
        engine.volumes()
                .copy(new VolumeCopy(source, null, target, true, null, null, null))
                .await();
        snapshot(source, "s");
        Held growing = world.faults().hold("resizeVolume");
        Started<Volume> grown = patch(target, "size", "512MiB");
        growing.awaitCall();
        Started<Volume> refreshed =
                engine.volumes().copy(new VolumeCopy(source, null, target, true, null, null, null, true));
        growing.letGo();
        grown.await();
        assertThat(world.size(refreshed.await())).isEqualTo(512 * MIB);
        VolumeName copy = VolumeName.of("grown", "copy");
        Volume made = engine.volumes()
                .copy(new VolumeCopy(target, "s", copy, false, null, null, null))
                .await();
        assertThat(world.size(made)).isEqualTo(512 * MIB);
        assertThat(engine.volumes().state(copy).totalBytes()).isEqualTo(512 * MIB);
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void aMountByNameBehindARenameIsWhereTheNewNameSays(boolean ofSnapshot) {
        make("v");
        snapshot(V, "s");
        Held growing = world.faults().hold("resizeVolume");
        Started<Volume> grown = patch(V, "size", "20MiB");
        growing.awaitCall();
        Started<Volume> renamed = engine.volumes().rename(V, "w");
        Started<Snapshot> renamedSnapshot = engine.snapshots().rename(V.snapshot("s"), "t");
        Started<Attachment> attached = engine.attachments()
                .attach(new AttachmentRequest(V, ofSnapshot ? "s" : null, AttachmentKind.MOUNT, null, false));
        growing.letGo();
        grown.await();
        renamed.await();
        renamedSnapshot.await();
        Attachment attachment = attached.await();
        String path = Objects.requireNonNull(attachment.path());
        assertThat(path).endsWith(ofSnapshot ? "/default_w/t" : "/default_w");
        assertThat(world.mountedAt(path)).isPresent();
        detach(attachment);
        assertThat(Path.of(path)).doesNotExist();
        assertThat(Path.of(path.replace("default_w", "default_v").replace("/t", "/s")))
                .doesNotExist();
    }

    @Test
    void whatStillWaitsToGrowCountsInTheLimitsOfItsProject() {
        makeBlock("v");
        makeBlock("w");
        limit(Map.of("limits.disk", "40MiB", "limits.disk.pool.p", "41MiB"));
        Held growing = world.faults().hold("resizeVolume");
        Started<Volume> grown = patch(V, "size", "25MiB");
        growing.awaitCall();
        refused(Kind.BAD_INPUT, "it would be 45MiB", () -> patch(W, "size", "20MiB"));
        refused(Kind.BAD_INPUT, "it would be 45MiB", () -> makeBlock("x"));
        Started<Volume> little = patch(W, "size", "15MiB"); // 40 together
        growing.letGo();
        grown.await();
        little.await();
        refused(Kind.BAD_INPUT, "it would be 41MiB", () -> patch(W, "size", "16MiB"));
    }

    @Test
    void aCopyThatIsToBeLargerCountsWithTheSizeThatItWillHave() {
        makeBlock("v");
        limit(Map.of("limits.disk", "30MiB"));
        VolumeCopy larger = new VolumeCopy(V, null, W, true, null, null, Map.of("size", "25MiB"));
        refused(Kind.BAD_INPUT, "it would be 35MiB", () -> engine.volumes().copy(larger));
        engine.volumes()
                .copy(new VolumeCopy(V, null, W, true, null, null, Map.of("size", "20MiB")))
                .await();
        assertThat(world.size(volume(W))).isEqualTo(20 * MIB);
    }

    @Test
    void whoeverMayRefuseADeletionSeesWhatHappenedBeforeItWasAccepted() throws Exception {
        make("v");
        AtomicBoolean used = new AtomicBoolean();
        Consumer<Transaction> check = _ -> {
            if (used.get()) {
                throw Refused.inUse("The storage volume is still in use");
            }
        };
        Held reaching = world.faults().hold("reach");
        FutureTask<@Nullable Void> deletion =
                new FutureTask<>(() -> engine.volumes().delete(V, check).await());
        Thread.ofVirtual().start(deletion);
        reaching.awaitCall();
        used.set(true);
        reaching.letGo();
        assertThatThrownBy(deletion::get).hasRootCauseMessage("The storage volume is still in use");
        assertThat(volume(V).name()).isEqualTo(V);
        used.set(false);
        engine.volumes().delete(V, check).await();
    }

    private void limit(Map<String, String> limits) {
        new Projects(engine.database())
                .update("default", project -> project.described().merged(limits));
    }

    private void makePools() {
        World.makeNearPool(engine, "near");
        World.makeDistantPool(engine, "far");
    }

    @Test
    void whatTheCallerTakesItForIsComparedWhenItIsAccepted() {
        make("v");
        Volume seen = volume(V);
        describe(V, "by somebody else").await();
        refused(
                Kind.CHANGED,
                "changed in between",
                () -> engine.volumes().update(V, volume -> {
                    if (!volume.equals(seen)) {
                        throw new Refused(Kind.CHANGED, "changed in between");
                    }
                    return volume.described();
                }));
        assertThat(volume(V).description()).isEqualTo("by somebody else");
    }

    @Test
    void aNewNameAndANewDescriptionOfASnapshotDoNotUndoEachOther() {
        makeBlock("v");
        snapshot(V, "s");
        OffsetDateTime expiry = world.clock().instant().plusSeconds(3600).atOffset(ZoneOffset.ofHours(2));
        Held growing = world.faults().hold("resizeVolume");
        Started<Volume> resized = patch(V, "size", "20MiB");
        growing.awaitCall();
        Started<Snapshot> renamed = engine.snapshots().rename(V.snapshot("s"), "t");
        Started<Snapshot> described = engine.snapshots()
                .update(V.snapshot("s"), snapshot -> new SnapshotDetails("seen", snapshot.expiresAt()));
        Started<Snapshot> expiring = engine.snapshots()
                .update(V.snapshot("s"), snapshot -> new SnapshotDetails(snapshot.description(), expiry));
        Started<Snapshot> renamedAgain = engine.snapshots().rename(V.snapshot("s"), "u");
        growing.letGo();
        resized.await();
        renamed.await();
        described.await();
        expiring.await();
        renamedAgain.await();
        Snapshot snapshot = engine.snapshots().get(V.snapshot("u"));
        assertThat(snapshot.description()).isEqualTo("seen");
        assertThat(snapshot.expiresAt()).isEqualTo(expiry);
    }

    @Test
    void changesOfAPoolDoNotUndoEachOther() {
        Held growing = world.faults().hold("setQuota");
        Started<Pool> sized =
                engine.pools().update("p", pool -> pool.described().merged(Map.of("size", "10GiB")));
        growing.awaitCall();
        Started<Pool> keyed =
                engine.pools().update("p", pool -> pool.described().merged(Map.of("user.a", "b")));
        Started<Pool> described = engine.pools().update("p", pool -> new Described("seen", pool.config()));
        growing.letGo();
        sized.await();
        keyed.await();
        described.await();
        Pool pool = engine.pools().get("p");
        assertThat(pool.description()).isEqualTo("seen");
        assertThat(pool.config()).containsEntry("size", "10GiB").containsEntry("user.a", "b");
        assertThat(pool.config()).containsAllEntriesOf(World.POOL);
    }
}
