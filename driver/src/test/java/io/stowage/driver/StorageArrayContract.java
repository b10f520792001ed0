package io.stowage.driver;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.stowage.model.ArrayName;
import io.stowage.model.ByteSize;
import io.stowage.model.ContentType;
import io.stowage.model.Protocol;
import io.stowage.model.VolumeType;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What every {@link StorageArray} does, held against a real array. One subclass for each driver. */
@Timeout(value = 180, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
public abstract class StorageArrayContract {
    protected static final String OWNER = "0c5f2f2e-5b53-4d0a-9a43-0b9d5c8f7a11";
    protected static final Initiator HOST = new Initiator(Protocol.ISCSI, "iqn.2026-11.io.stowage:one", "host01");
    protected static final Initiator OTHER = new Initiator(Protocol.ISCSI, "iqn.2026-11.io.stowage:two", "host02");

    @TempDir
    protected Path folder;

    protected ArrayUnderTest tested;
    protected StorageArray array;

    /** Starts an empty array that keeps its state in the folder. */
    protected abstract ArrayUnderTest start(Path folder) throws IOException;

    protected abstract Capabilities capabilities();

    @BeforeEach
    void open() throws IOException {
        tested = start(folder);
        array = tested.open("pool");
        array.createPool(Optional.empty(), OWNER, Records.ofPool());
    }

    @AfterEach
    void close() throws IOException {
        try {
            if (array != null) array.close();
        } finally {
            if (tested != null) tested.close();
        }
    }

    @Test
    void saysWhoItIs() {
        assertThat(array.facts().name()).isNotEmpty();
        assertThat(array.facts().api()).isNotEmpty();
    }

    @Test
    void tellsWhereItServes() {
        var target = array.target(Protocol.ISCSI).orElseThrow();
        assertThat(target.qualifiedName().orElseThrow()).startsWith("iqn.");
        assertThat(target.portals()).isNotEmpty();
    }

    @Test
    void countsWhatItAsks() {
        var before = array.traffic();
        assertThat(before.requests()).isPositive();
        assertThat(array.traffic()).isEqualTo(before);
        assertThat(array.volumes()).isEmpty();
        var after = array.traffic();
        assertThat(after.requests()).isEqualTo(before.requests() + 1);
        assertThat(after.receivedBytes()).isGreaterThan(before.receivedBytes());
        assertThat(after.failures()).isEqualTo(before.failures());
    }

    @Test
    void makesAndDeletesPools() {
        assertThat(array.poolExists()).isTrue();
        assertThatCode(() -> array.createPool(Optional.empty(), OWNER, Records.ofPool()))
                .doesNotThrowAnyException();
        array.deletePool(OWNER);
        assertThat(array.poolExists()).isFalse();
        assertThatCode(() -> array.deletePool(OWNER)).doesNotThrowAnyException();
        array.createPool(Optional.empty(), OWNER, Records.ofPool());
        assertThat(array.poolExists()).isTrue();
    }

    @Test
    void aTakenPoolNameIsRefusedAndThePoolStaysAsItIs() {
        var volume = create(mebibytes(1));
        var somebody = UUID.randomUUID().toString();
        try (var other = tested.open("pool")) {
            assertThatThrownBy(() -> other.createPool(Optional.empty(), somebody, Records.ofPool()))
                    .isInstanceOf(ObjectExists.class);
            assertThatThrownBy(() -> other.deletePool(somebody)).isInstanceOf(ArrayRefused.class);
        }
        assertThat(array.volumes()).containsExactly(volume);
    }

    @Test
    void poolsKeepTheirVolumesApart() {
        var name = volumeName();
        array.createVolume(name, mebibytes(1), Records.ANY);
        try (var other = tested.open("pool2")) {
            other.createPool(Optional.empty(), UUID.randomUUID().toString(), Records.ofPool());
            assertThat(other.volumes()).isEmpty();
        }
    }

    @Test
    void volumesGetAtLeastWhatIsAskedFor() {
        for (var size : List.of(new ByteSize(1), new ByteSize((3 << 20) + 1), mebibytes(7))) {
            var name = volumeName();
            array.createVolume(name, size, Records.ANY);
            var made = array.findVolume(name).orElseThrow();
            assertThat(made.size()).isEqualTo(capabilities().round(size)).isGreaterThanOrEqualTo(size);
        }
    }

    @Test
    void makingAVolumeAgainChangesNothing() {
        var made = create(mebibytes(4));
        array.createVolume(made.name(), mebibytes(4), Records.ANY);
        assertThatThrownBy(() -> array.createVolume(made.name(), ByteSize.ofGiB(1), Records.ANY))
                .isInstanceOf(ObjectExists.class);
        assertThat(array.volumes()).containsExactly(made);
    }

    @Test
    void volumesGrowAndShrinkOnlyWhenTheyMay() {
        var name = volumeName();
        array.createVolume(name, ByteSize.ofGiB(1), Records.ANY);
        assertThat(resized(name, ByteSize.ofGiB(2), false)).isEqualTo(ByteSize.ofGiB(2));
        assertThat(resized(name, ByteSize.ofGiB(2), false)).isEqualTo(ByteSize.ofGiB(2));
        assertThatThrownBy(() -> array.resizeVolume(name, ByteSize.ofGiB(1), false))
                .isInstanceOf(ArrayRefused.class);
        if (capabilities().shrinks())
            assertThat(resized(name, ByteSize.ofGiB(1), true)).isEqualTo(ByteSize.ofGiB(1));
        assertThatThrownBy(() -> array.resizeVolume(volumeName(), ByteSize.ofGiB(1), false))
                .isInstanceOf(ObjectMissing.class);
    }

    @Test
    void deletingWhatIsGoneIsNoError() {
        var name = volumeName();
        array.createVolume(name, mebibytes(1), Records.ANY);
        array.createSnapshot(snapshotOf(name), Records.ANY);
        array.deleteVolume(name);
        assertThat(array.findVolume(name)).isEmpty();
        assertThat(array.volumes()).isEmpty();
        assertThat(array.snapshots(name)).isEmpty();
        assertThatCode(() -> array.deleteVolume(name)).doesNotThrowAnyException();
        assertThatCode(() -> array.deleteSnapshot(snapshotOf(name))).doesNotThrowAnyException();
        assertThatCode(() -> array.unmap(HOST, name)).doesNotThrowAnyException();
    }

    @Test
    void snapshotsAreListedOldestFirst() {
        var name = volumeName();
        array.createVolume(name, mebibytes(1), Records.ANY);
        var first = snapshot(name);
        array.createSnapshot(first.ref(), Records.ANY);
        assertThat(array.findSnapshot(first.ref())).contains(first);
        var grown = resized(name, ByteSize.ofGiB(1), false);
        var second = snapshot(name);
        assertThat(array.snapshots(name)).containsExactly(first, second);
        assertThat(second.size()).isEqualTo(grown);
        assertThat(array.findSnapshot(first.ref())).contains(first);
        array.deleteSnapshot(first.ref());
        assertThat(array.findSnapshot(first.ref())).isEmpty();
        assertThat(array.snapshots(name)).containsExactly(second);
        assertThatThrownBy(() -> array.createSnapshot(snapshotOf(volumeName()), Records.ANY))
                .isInstanceOf(ObjectMissing.class);
    }

    @Test
    void snapshotsKeepAndRestoresBringBack() throws IOException {
        var before = create(ByteSize.ofGiB(1));
        var name = before.name();
        write(name, "old");
        var snapshot = snapshot(name);
        write(name, "new");
        array.restore(snapshot.ref(), Progress.NONE);
        assertThat(content(name)).isEqualTo(sector("old"));
        write(name, "new");
        resized(name, ByteSize.ofGiB(2), false);
        var newer = snapshot(name);
        array.restore(snapshot.ref(), Progress.NONE);
        var restored = array.findVolume(name).orElseThrow();
        assertThat(restored.size()).isEqualTo(capabilities().shrinks() ? before.size() : ByteSize.ofGiB(2));
        assertThat(restored.identity()).isEqualTo(before.identity());
        assertThat(content(name)).isEqualTo(sector("old"));
        assertThat(array.snapshots(name)).extracting(ArraySnapshot::ref).containsExactly(snapshot.ref(), newer.ref());
        array.restore(newer.ref(), Progress.NONE);
        assertThat(content(name)).isEqualTo(sector("new"));
    }

    @Test
    void copiesAreVolumesOfTheirOwn() throws IOException {
        var origin = create(ByteSize.ofGiB(1));
        var name = origin.name();
        write(name, "one");
        var snapshot = snapshot(name);
        write(name, "two");
        var copy = volumeName();
        array.copy(new VolumeRef(name), copy, Records.ANY, Progress.NONE);
        var copied = array.findVolume(copy).orElseThrow();
        assertThat(copied.size()).isEqualTo(origin.size());
        assertThat(copied.identity()).isNotEqualTo(origin.identity());
        assertThat(content(copy)).isEqualTo(sector("two"));
        var ofSnapshot = volumeName();
        array.copy(snapshot.ref(), ofSnapshot, Records.ANY, Progress.NONE);
        assertThat(content(ofSnapshot)).isEqualTo(sector("one"));
        write(name, "six");
        assertThat(content(copy)).isEqualTo(sector("two"));
        assertThat(array.volumes()).extracting(ArrayVolume::name).containsExactlyInAnyOrder(name, copy, ofSnapshot);
    }

    @Test
    void snapshotsAreReadThroughATemporaryVolume() throws IOException {
        var name = create(ByteSize.ofGiB(1)).name();
        write(name, "one");
        var snapshot = snapshot(name).ref();
        write(name, "two");
        array.createTemporary(snapshot);
        assertThatThrownBy(() -> array.createTemporary(snapshot)).isInstanceOf(ObjectExists.class);
        assertThat(content(snapshot.name())).isEqualTo(sector("one"));
        write(snapshot.name(), "six");
        assertThat(array.volumes()).extracting(ArrayVolume::name).containsExactlyInAnyOrder(name, snapshot.name());
        assertThat(array.snapshots(name)).extracting(ArraySnapshot::ref).containsExactly(snapshot);
        array.deleteVolume(snapshot.name());
        assertThat(array.volumes()).extracting(ArrayVolume::name).containsExactly(name);
        array.createTemporary(snapshot);
        assertThat(content(snapshot.name())).isEqualTo(sector("one"));
        array.deleteVolume(snapshot.name());
        array.restore(snapshot, Progress.NONE);
        assertThat(content(name)).isEqualTo(sector("one"));
        array.deleteSnapshot(snapshot);
        assertThatThrownBy(() -> array.createTemporary(snapshot)).isInstanceOf(ObjectMissing.class);
    }

    @Test
    void anExistingTargetTakesContentAndSizeAndStaysItself() throws IOException {
        var source = create(ByteSize.ofGiB(2)).name();
        write(source, "src");
        for (var once : List.of(true, false)) {
            var target = create(ByteSize.ofGiB(1));
            if (once) array.overwrite(new VolumeRef(source), target.name(), Progress.NONE);
            else array.copy(new VolumeRef(source), target.name(), Records.ANY, Progress.NONE);
            var after = array.findVolume(target.name()).orElseThrow();
            assertThat(after.size()).isEqualTo(ByteSize.ofGiB(2));
            assertThat(after.identity()).isEqualTo(target.identity());
            assertThat(content(target.name())).isEqualTo(sector("src"));
        }
    }

    @Test
    void aVolumeIsCopiedWithItsSnapshots() throws IOException {
        var name = create(ByteSize.ofGiB(1)).name();
        var snapshots = new ArrayList<SnapshotRef>();
        for (var word : List.of("one", "two")) {
            write(name, word);
            snapshots.add(snapshot(name).ref());
        }
        resized(name, ByteSize.ofGiB(2), false);
        write(name, "six");
        var copy = volumeName();
        var copies = new ArrayList<SnapshotRef>();
        for (var snapshot : snapshots) {
            if (copies.isEmpty()) array.copy(snapshot, copy, Records.ANY, Progress.NONE);
            else array.overwrite(snapshot, copy, Progress.NONE);
            copies.add(snapshot(copy).ref());
        }
        array.overwrite(new VolumeRef(name), copy, Progress.NONE);
        assertThat(content(copy)).isEqualTo(sector("six"));
        assertThat(array.findVolume(copy).orElseThrow().size()).isEqualTo(ByteSize.ofGiB(2));
        for (int i = 0; i < copies.size(); i++) {
            array.createTemporary(copies.get(i));
            assertThat(content(copies.get(i).name())).isEqualTo(sector(i == 0 ? "one" : "two"));
        }
    }

    @Test
    void contentGoesFromPoolToPool() throws IOException {
        try (var other = tested.open("pool2")) {
            other.createPool(Optional.empty(), UUID.randomUUID().toString(), Records.ofPool());
            assertThat(other.facts().identity()).isEqualTo(array.facts().identity());
            var source = create(mebibytes(1)).name();
            write(source, "src");
            var there = volumeName();
            other.copy(new ForeignRef("pool", new VolumeRef(source)), there, Records.ANY, Progress.NONE);
            assertThat(other.volumes()).extracting(ArrayVolume::name).containsExactly(there);
            var back = volumeName();
            array.copy(new ForeignRef("pool2", new VolumeRef(there)), back, Records.ANY, Progress.NONE);
            assertThat(content(back)).isEqualTo(sector("src"));
            write(source, "two");
            var snapshot = snapshot(source).ref();
            other.overwrite(new ForeignRef("pool", snapshot), there, Progress.NONE);
            array.overwrite(new ForeignRef("pool2", new VolumeRef(there)), back, Progress.NONE);
            assertThat(content(back)).isEqualTo(sector("two"));
            assertThatThrownBy(() ->
                            array.overwrite(new ForeignRef("pool2", new VolumeRef(volumeName())), back, Progress.NONE))
                    .isInstanceOf(ObjectMissing.class);
        }
    }

    /** What is told has to hold all that differs; and where an array tells, it doesn't tell everything. */
    @Test
    void tellsWhereContentDiffersOrNothing() throws IOException {
        var name = create(ByteSize.ofGiB(1)).name();
        write(name, "one");
        var base = snapshot(name).ref();
        var same = array.differences(new VolumeRef(name), Optional.of(base), 0);
        write(name, "two");
        var other = array.differences(new VolumeRef(name), Optional.of(base), 0);
        var data = array.differences(base, Optional.empty(), 0);
        assertThat(other.isPresent()).isEqualTo(same.isPresent()).isEqualTo(data.isPresent());
        if (same.isEmpty()) return;
        assertThat(same.orElseThrow().extents()).isEmpty();
        assertThat(same.orElseThrow().until())
                .isGreaterThanOrEqualTo(ByteSize.ofGiB(1).bytes());
        for (var told : List.of(other, data)) {
            assertThat(told.orElseThrow().extents()).hasSize(1);
            var extent = told.orElseThrow().extents().getFirst();
            assertThat(extent.offset()).isZero();
            assertThat(extent.length()).isBetween(512L, 1L << 20);
            var rest = array.differences(new VolumeRef(name), Optional.of(base), extent.end());
            assertThat(rest.orElseThrow().extents()).isEmpty();
        }
    }

    @Test
    void copyingNothingIsRefused() {
        var target = volumeName();
        assertThatThrownBy(() -> array.copy(new VolumeRef(volumeName()), target, Records.ANY, Progress.NONE))
                .isInstanceOf(ObjectMissing.class);
        assertThat(array.volumes()).isEmpty();
    }

    @Test
    void mapsVolumesToHosts() throws IOException {
        var first = create(mebibytes(1));
        var second = create(mebibytes(1));
        var one = array.map(HOST, first.name());
        var two = array.map(HOST, second.name());
        assertThat(one.unit()).isNotEqualTo(two.unit());
        assertThat(one.identity()).isEqualTo(first.identity());
        assertThat(tested.naa(HOST.qualifiedName(), one.unit()))
                .isEqualTo(first.identity().naa());
        assertThat(array.map(HOST, first.name())).isEqualTo(one);
        assertThat(array.mappings(HOST)).containsExactlyInAnyOrder(one, two);
        assertThat(array.mappings(OTHER)).isEmpty();
        assertThat(tested.visibleUnits(HOST.qualifiedName())).isEqualTo(2);
        assertThatThrownBy(() -> array.map(HOST, volumeName())).isInstanceOf(ObjectMissing.class);
    }

    @Test
    void theHostGoesWithItsLastVolume() {
        var first = create(mebibytes(1)).name();
        var second = create(mebibytes(1)).name();
        array.map(HOST, first);
        array.map(HOST, second);
        array.unmap(HOST, first);
        assertThat(tested.hasHost(HOST.qualifiedName())).isTrue();
        assertThat(tested.visibleUnits(HOST.qualifiedName())).isEqualTo(1);
        array.unmap(HOST, second);
        assertThat(tested.hasHost(HOST.qualifiedName())).isFalse();
        assertThatCode(() -> array.unmap(HOST, second)).doesNotThrowAnyException();
    }

    @Test
    void aVolumeCanBeMappedToSeveralHosts() {
        var volume = create(mebibytes(1)).name();
        array.map(HOST, volume);
        array.map(OTHER, volume);
        array.unmap(HOST, volume);
        assertThat(tested.visibleUnits(HOST.qualifiedName())).isZero();
        assertThat(array.mappings(OTHER)).hasSize(1);
    }

    @Test
    void oneHostServesSeveralPools() {
        var volume = create(mebibytes(1)).name();
        try (var other = tested.open("pool2")) {
            other.createPool(Optional.empty(), UUID.randomUUID().toString(), Records.ofPool());
            var theirs = volumeName();
            other.createVolume(theirs, mebibytes(1), Records.ANY);
            assertThat(array.map(HOST, volume).host())
                    .isEqualTo(other.map(HOST, theirs).host());
            assertThat(array.mappings(HOST)).extracting(Mapping::volume).containsExactly(volume);
            array.unmap(HOST, volume);
            assertThat(tested.visibleUnits(HOST.qualifiedName())).isEqualTo(1);
            other.unmap(HOST, theirs);
            assertThat(tested.hasHost(HOST.qualifiedName())).isFalse();
        }
    }

    @Test
    void aForgottenConnectionDoesNotKeepAVolume() {
        var volume = create(mebibytes(1)).name();
        array.map(HOST, volume);
        array.map(OTHER, volume);
        array.deleteVolume(volume);
        assertThat(array.volumes()).isEmpty();
        assertThat(array.mappings(HOST)).isEmpty();
    }

    @Test
    void manyThreadsMapAndUnmapAndNothingIsLeft() throws Exception {
        var work = new ArrayList<Callable<Void>>();
        for (int i = 0; i < 8; i++) {
            var volume = create(mebibytes(1));
            work.add(() -> {
                for (int round = 0; round < 3; round++) {
                    var mapping = array.map(HOST, volume.name());
                    assertThat(tested.naa(HOST.qualifiedName(), mapping.unit()))
                            .isEqualTo(volume.identity().naa());
                    array.unmap(HOST, volume.name());
                }
                return null;
            });
        }
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            for (var done : threads.invokeAll(work))
                if (done.state() == Future.State.FAILED) throw new AssertionError(done.exceptionNow());
        }
        assertThat(tested.hasHost(HOST.qualifiedName())).isFalse();
    }

    @Test
    void recordsAreReadBackAsWritten() {
        var volume = create(mebibytes(1)).name();
        var snapshot = snapshot(volume).ref();
        var ofVolume = Records.of("volume", "größe " + "x".repeat(700));
        array.writeRecord(new VolumeRef(volume), ofVolume);
        array.writeRecord(snapshot, Records.of("snapshot", "s"));
        array.writePoolRecord(Records.ofPool());
        assertThat(array.records())
                .containsExactlyInAnyOrder(
                        new WrittenRecord(new VolumeRef(volume), ofVolume),
                        new WrittenRecord(snapshot, Records.of("snapshot", "s")));
        assertThat(array.poolRecord()).contains(Records.ofPool());

        array.writeRecord(new VolumeRef(volume), Records.of("volume", "short"));
        assertThat(array.records()).contains(new WrittenRecord(new VolumeRef(volume), Records.of("volume", "short")));
    }

    /** A copy has its own record, or none yet. */
    @Test
    void copiesHaveNoRecordOfTheirOrigin() {
        var volume = create(mebibytes(1)).name();
        var copy = volumeName();
        array.writeRecord(new VolumeRef(volume), Records.of("volume", "v"));
        boolean written = array.copy(new VolumeRef(volume), copy, Records.of("volume", "copy"), Progress.NONE);
        var ofCopy = new WrittenRecord(new VolumeRef(copy), Records.of("volume", "copy"));
        assertThat(array.records())
                .containsExactlyInAnyOrderElementsOf(
                        written
                                ? List.of(new WrittenRecord(new VolumeRef(volume), Records.of("volume", "v")), ofCopy)
                                : List.of(new WrittenRecord(new VolumeRef(volume), Records.of("volume", "v"))));
        array.deleteVolume(volume);
        array.deleteVolume(copy);
        assertThat(array.records()).isEmpty();
    }

    /** What is said to be written can be read; what was there before keeps what it had, and that is said. */
    @Test
    void whatIsMadeTakesItsRecordAlongOrSaysThatItDoesNot() {
        var volume = volumeName();
        var snapshot = snapshotOf(volume);
        var expected = new ArrayList<WrittenRecord>();
        if (array.createVolume(volume, mebibytes(1), Records.of("volume", "new")))
            expected.add(new WrittenRecord(new VolumeRef(volume), Records.of("volume", "new")));
        if (array.createSnapshot(snapshot, Records.of("snapshot", "new")))
            expected.add(new WrittenRecord(snapshot, Records.of("snapshot", "new")));
        assertThat(array.records()).containsExactlyInAnyOrderElementsOf(expected);
        assertThat(array.createVolume(volume, mebibytes(1), Records.of("volume", "again")))
                .isFalse();
        assertThat(array.createSnapshot(snapshot, Records.of("snapshot", "again")))
                .isFalse();
        assertThat(array.records()).containsExactlyInAnyOrderElementsOf(expected);
        array.deletePool(OWNER);
        boolean written = array.createPool(Optional.empty(), OWNER, Records.ofPool());
        assertThat(array.poolRecord()).isEqualTo(written ? Optional.of(Records.ofPool()) : Optional.empty());
        assertThat(array.createPool(Optional.empty(), OWNER, Records.ofPool())).isFalse();
    }

    /** The array has done what was asked, and the driver doesn't hear of it. */
    @Test
    void lostAnswersDontMatter() {
        var volume = volumeName();
        var copy = volumeName();
        var snapshot = snapshotOf(volume);
        var calls = List.<Runnable>of(
                () -> array.createVolume(volume, mebibytes(4), Records.ANY),
                () -> array.resizeVolume(volume, mebibytes(512), false),
                () -> array.createSnapshot(snapshot, Records.ANY),
                () -> array.copy(snapshot, copy, Records.ANY, Progress.NONE),
                () -> array.writeRecord(new VolumeRef(volume), Records.of("volume", "v")),
                () -> array.map(HOST, volume),
                () -> array.unmap(HOST, volume),
                () -> array.deleteSnapshot(snapshot),
                () -> array.deleteVolume(copy),
                () -> array.deleteVolume(volume),
                () -> array.deletePool(OWNER),
                () -> array.createPool(Optional.empty(), OWNER, Records.ofPool()));
        for (var call : calls) {
            tested.relay().loseAnswers(1);
            try {
                call.run();
            } catch (ArrayUnreachable e) {
                call.run(); // what is not repeated by itself can be repeated
            }
            assertThat(tested.relay().lossesLeft()).isZero();
        }
        assertThat(array.poolExists()).isTrue();
        assertThat(array.volumes()).isEmpty();
        assertThat(tested.hasHost(HOST.qualifiedName())).isFalse();
    }

    protected ArrayVolume create(ByteSize size) {
        var name = volumeName();
        array.createVolume(name, size, Records.ANY);
        return array.findVolume(name).orElseThrow();
    }

    protected ByteSize resized(ArrayName name, ByteSize size, boolean shrink) {
        array.resizeVolume(name, size, shrink);
        return array.findVolume(name).orElseThrow().size();
    }

    protected ArraySnapshot snapshot(ArrayName volume) {
        var ref = snapshotOf(volume);
        array.createSnapshot(ref, Records.ANY);
        return array.findSnapshot(ref).orElseThrow();
    }

    protected void write(ArrayName volume, String word) throws IOException {
        var mapping = array.map(OTHER, volume);
        try {
            tested.write(OTHER.qualifiedName(), mapping.unit(), 0, sector(word));
        } finally {
            array.unmap(OTHER, volume);
        }
    }

    protected byte[] content(ArrayName volume) throws IOException {
        var mapping = array.map(OTHER, volume);
        try {
            return tested.read(OTHER.qualifiedName(), mapping.unit(), 0, 512);
        } finally {
            array.unmap(OTHER, volume);
        }
    }

    protected static ArrayName volumeName() {
        return ArrayName.volume(VolumeType.CUSTOM, ContentType.BLOCK, UUID.randomUUID());
    }

    protected static SnapshotRef snapshotOf(ArrayName volume) {
        return new SnapshotRef(volume, ArrayName.snapshot(volume.type(), volume.content(), UUID.randomUUID()));
    }

    protected static ByteSize mebibytes(int count) {
        return ByteSize.ofMiB(count);
    }

    protected static byte[] sector(String word) {
        return Arrays.copyOf(word.getBytes(UTF_8), 512);
    }
}
