package io.stowage.driver.pure;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.stowage.array.flasharray.ApiVersion;
import io.stowage.driver.ArrayFull;
import io.stowage.driver.ArrayLacks;
import io.stowage.driver.ArrayRefused;
import io.stowage.driver.ArrayUnderTest;
import io.stowage.driver.ArrayVolume;
import io.stowage.driver.Capabilities;
import io.stowage.driver.ObjectExists;
import io.stowage.driver.PoolSpace;
import io.stowage.driver.Progress;
import io.stowage.driver.Records;
import io.stowage.driver.StorageArrayContract;
import io.stowage.driver.VolumeRef;
import io.stowage.driver.rest.Call;
import io.stowage.model.ByteSize;
import io.stowage.model.Portal;
import io.stowage.model.Protocol;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** {@code pure} on our own FlashArray. */
class PureContractTest extends StorageArrayContract {
    private static final Optional<ByteSize> QUOTA = Optional.of(ByteSize.ofGiB(3));

    @Override
    protected ArrayUnderTest start(Path folder) throws IOException {
        return new EmbeddedFlashArray(folder, newest());
    }

    /** The newest version that the array serves. */
    protected ApiVersion newest() {
        return ApiVersion.NEWEST;
    }

    @Override
    protected Capabilities capabilities() {
        return PureDriver.CAPABILITIES;
    }

    @Test
    void speaksTheNewestVersion() {
        assertThat(array.facts().api()).isEqualTo(newest().toString());
    }

    @Test
    void discoversThePortals() {
        var target = array.target(Protocol.ISCSI).orElseThrow();
        assertThat(target.portals()).containsExactly(new Portal("127.0.0.1", EmbeddedFlashArray.PORTAL.getPort()));
    }

    @Test
    void theQuotaIsWhollyTheUsers() {
        try (var limited = tested.open("limited")) {
            limited.createPool(QUOTA, OWNER, Records.ofPool());
            assertThat(limited.space()).isEqualTo(new PoolSpace(ByteSize.ofGiB(3), ByteSize.ZERO));
            var name = volumeName();
            limited.createVolume(name, ByteSize.ofGiB(3), Records.ANY);
            assertThat(limited.space()).isEqualTo(new PoolSpace(ByteSize.ofGiB(3), ByteSize.ofGiB(3)));
            assertThatThrownBy(() -> limited.createVolume(volumeName(), mebibytes(1), Records.ANY))
                    .isInstanceOf(ArrayFull.class);
            assertThatThrownBy(() -> limited.resizeVolume(name, ByteSize.ofGiB(4), false))
                    .isInstanceOf(ArrayFull.class);
            assertThatThrownBy(() -> limited.copy(new VolumeRef(name), volumeName(), Records.ANY, Progress.NONE))
                    .isInstanceOf(ArrayFull.class);
            assertThat(limited.volumes()).hasSize(1);
        }
    }

    @Test
    void theQuotaCanBeRaisedAndLifted() {
        array.setQuota(QUOTA);
        assertThat(array.space().total()).isEqualTo(ByteSize.ofGiB(3));
        array.setQuota(Optional.of(ByteSize.ofGiB(5)));
        assertThat(array.space().total()).isEqualTo(ByteSize.ofGiB(5));
        array.createVolume(volumeName(), ByteSize.ofGiB(4), Records.ANY);
        assertThatThrownBy(() -> array.setQuota(QUOTA)).isInstanceOf(ArrayRefused.class);
        array.setQuota(Optional.empty());
        assertThat(array.space().total()).isGreaterThan(ByteSize.ofGiB(5));
    }

    @Test
    void anOldArrayHasNoQuotaAndIsFineWithout() throws IOException {
        try (var old = new EmbeddedFlashArray(folder.resolve("old"), new ApiVersion(2, 22));
                var pool = old.open("pool")) {
            assertThatThrownBy(() -> pool.createPool(QUOTA, OWNER, Records.ofPool()))
                    .isInstanceOf(ArrayLacks.class)
                    .hasMessageContaining("2.23");
            assertThat(pool.poolExists()).isFalse();
            pool.createPool(Optional.empty(), OWNER, Records.ofPool());
            assertThat(pool.facts().api()).isEqualTo("2.22");
            pool.createVolume(volumeName(), mebibytes(1), Records.ANY);
            assertThat(pool.volumes()).extracting(ArrayVolume::size).containsExactly(mebibytes(1));
            assertThatThrownBy(() -> pool.setQuota(QUOTA)).isInstanceOf(ArrayLacks.class);
        }
    }

    @Test
    void aPodOfSomebodyElseIsNeitherTakenNorDeleted() {
        try (var rest = administrator()) {
            rest.run(Call.post("create pod", "pods").with("names", "theirs").body(Map.of()));
            try (var pool = tested.open("theirs")) {
                assertThatThrownBy(() -> pool.createPool(Optional.empty(), OWNER, Records.ofPool()))
                        .isInstanceOf(ObjectExists.class);
                assertThatThrownBy(() -> pool.deletePool(OWNER)).isInstanceOf(ArrayRefused.class);
                assertThat(pool.poolExists()).isTrue();
            }
            assertThat(podNames(rest)).containsExactlyInAnyOrder("pool", "theirs");
        }
    }

    @Test
    void aDestroyedPodIsNotBroughtBackToLife() {
        try (var rest = administrator()) {
            rest.run(Call.post("create pod", "pods").with("names", "gone").body(Map.of()));
            rest.run(Call.patch("destroy pod", "pods").with("names", "gone").body("destroyed", true));
            try (var pool = tested.open("gone")) {
                assertThatThrownBy(() -> pool.createPool(Optional.empty(), OWNER, Records.ofPool()))
                        .isInstanceOf(ObjectExists.class)
                        .hasMessageContaining("destroyed");
                assertThat(pool.poolExists()).isFalse();
            }
        }
    }

    /** Every answer of the creation is lost once, at whatever step. */
    @Test
    void aCreationThatWasCutShortIsFinishedOrUndone() {
        for (int lost = 1; lost <= 5; lost++) {
            var owner = UUID.randomUUID().toString();
            try (var pool = tested.open("cut" + lost)) {
                tested.relay().loseAnswers(lost);
                pool.createPool(QUOTA, owner, Records.ofPool());
                assertThat(pool.poolExists()).isTrue();
                tested.relay().loseAnswers(1);
                pool.deletePool(owner);
                assertThat(pool.poolExists()).isFalse();
            }
        }
        try (var rest = administrator()) {
            assertThat(podNames(rest)).containsExactly("pool");
        }
    }

    @Test
    void whatACrashLeftOfACreationIsRemoved() {
        try (var rest = administrator();
                var pool = tested.open("crashed")) {
            rest.run(Call.post("create pod", "pods")
                    .with("names", "stowage-" + OWNER.replace("-", ""))
                    .body(Map.of()));
            pool.deletePool(OWNER);
            assertThat(podNames(rest)).containsExactly("pool");
        }
    }

    @Test
    void safeModeKeepsNothingFromBeingDeleted() throws IOException {
        var volume = volumeName();
        array.createVolume(volume, mebibytes(1), Records.ANY);
        tested.write(HOST.qualifiedName(), array.map(HOST, volume).unit(), 0, sector("x"));
        var snapshot = snapshot(volume).ref();
        tested.relay().safeMode();

        for (int round = 0; round < 2; round++) {
            array.createTemporary(snapshot);
            assertThat(content(snapshot.name())).isEqualTo(sector("x"));
            array.deleteVolume(snapshot.name());
            assertThat(array.findVolume(snapshot.name())).isEmpty();
        }
        array.deleteSnapshot(snapshot);
        assertThat(array.findSnapshot(snapshot)).isEmpty();
        assertThat(array.snapshots(volume)).isEmpty();
        array.deleteSnapshot(snapshot);
        array.deleteVolume(volume);
        assertThat(array.volumes()).isEmpty();
        array.deleteVolume(volume);
    }

    /** The array gives each new pod a protection group, which would keep what is deleted. */
    @Test
    void anArrayWithDefaultProtectionIsUsedWithoutIt() {
        try (var rest = administrator()) {
            rest.run(Call.post("create group", "protection-groups").with("names", "auto"));
            rest.run(Call.patch("set default", "container-default-protections")
                    .with("names", "")
                    .body("default_protections", List.of(Map.of("name", "auto", "type", "protection_group"))));
            try (var pool = tested.open("protected")) {
                pool.createPool(QUOTA, OWNER, Records.ofPool());
                var volume = volumeName();
                pool.createVolume(volume, mebibytes(1), Records.ANY);
                pool.copy(new VolumeRef(volume), volumeName(), Records.ANY, Progress.NONE);
                assertThat(rest.items(Call.get("list members", "protection-groups/volumes"), Items.Reference.class))
                        .isEmpty();
                assertThat(groupNames(rest)).containsExactly("auto");
                pool.deleteVolume(volume);
                pool.deletePool(OWNER);
                assertThat(podNames(rest)).containsExactly("pool");
            }
        }
    }

    @Test
    void safeModeDoesNotHoldThePoolsName() {
        tested.relay().safeMode();
        array.createVolume(volumeName(), mebibytes(1), Records.ANY);
        array.deletePool(OWNER);
        array.deletePool(OWNER);
        assertThat(array.poolExists()).isFalse();
        array.createPool(Optional.empty(), UUID.randomUUID().toString(), Records.ofPool());
        assertThat(array.volumes()).isEmpty();
    }

    @Test
    void anAdministratorsHostIsUsedAndStaysIfItHasSettings() {
        try (var rest = administrator()) {
            rest.run(Call.post("create host", "hosts")
                    .with("names", "admins")
                    .body(Map.of("iqns", List.of(HOST.qualifiedName()), "personality", "aix")));
            rest.run(Call.post("create host", "hosts")
                    .with("names", "plain")
                    .body(Map.of("iqns", List.of(OTHER.qualifiedName()))));
            var volume = create(mebibytes(1)).name();
            assertThat(array.map(HOST, volume).host()).isEqualTo("admins");
            assertThat(array.map(OTHER, volume).host()).isEqualTo("plain");
            array.unmap(HOST, volume);
            array.unmap(OTHER, volume);
            assertThat(tested.hasHost(HOST.qualifiedName())).isTrue();
            assertThat(tested.hasHost(OTHER.qualifiedName())).isFalse();
        }
    }

    @Test
    void hostsAreNamedAfterTheServer() {
        var volume = create(mebibytes(1)).name();
        assertThat(array.map(HOST, volume).host()).isEqualTo("host01-iscsi");
    }

    @Test
    void aSessionThatEndsIsBegunAnew() {
        try (var rest = administrator()) {
            rest.version();
            array.facts();
            rest.run(Call.post("log out", "logout"));
            assertThatCode(() -> rest.items(Call.get("list pods", "pods"), Items.Pod.class))
                    .doesNotThrowAnyException();
        }
    }

    /** Upper bounds; LXD's figures are in the REST reference, section 9.4. */
    @Test
    void roundTripsAreFew() {
        var volume = volumeName();
        var copy = volumeName();
        var snapshot = snapshotOf(volume);
        array.facts();
        assertCalls(1, () -> array.createVolume(volume, mebibytes(1), Records.ANY));
        assertCalls(1, () -> array.findVolume(volume));
        assertCalls(1, array::volumes);
        assertCalls(1, () -> array.resizeVolume(volume, mebibytes(2), false));
        assertCalls(1, () -> array.createSnapshot(snapshot, Records.ANY));
        assertCalls(1, () -> array.snapshots(volume));
        assertCalls(1, () -> array.copy(snapshot, copy, Records.ANY, Progress.NONE));
        assertCalls(1, () -> array.overwrite(snapshot, copy, Progress.NONE));
        assertCalls(1, () -> array.restore(snapshot, Progress.NONE));
        assertCalls(1, () -> array.writeRecord(new VolumeRef(volume), Records.of("volume", "d")));
        assertCalls(2, () -> array.map(HOST, volume)); // LXD: 6 with a new host object, else 5
        assertCalls(1, () -> array.map(HOST, copy));
        assertCalls(3, () -> array.mappings(HOST));
        assertCalls(1, () -> array.unmap(HOST, volume));
        assertCalls(3, () -> array.unmap(HOST, copy));
        assertCalls(2, () -> array.target(Protocol.ISCSI));
        assertCalls(2, () -> array.deleteSnapshot(snapshot));
        assertCalls(2, () -> array.deleteVolume(copy));
        assertCalls(2, array::space);
        assertCalls(2, array::records);
        boolean older = newest().equals(ApiVersion.USUAL);
        assertCalls(older ? 4 : 3, () -> array.deletePool(OWNER)); // 3
        assertCalls(older ? 6 : 2, () -> array.createPool(QUOTA, OWNER, Records.ofPool())); // 4
    }

    private void assertCalls(int most, Runnable work) {
        var before = tested.relay().takeRequests();
        assertThat(before).isNotNull();
        work.run();
        assertThat(tested.relay().takeRequests()).hasSizeLessThanOrEqualTo(most);
    }

    private Rest administrator() {
        return ((EmbeddedFlashArray) tested).administrator();
    }

    private static List<String> groupNames(Rest rest) {
        return rest.items(Call.get("list groups", "protection-groups"), Items.Reference.class).stream()
                .map(Items.Reference::nameOf)
                .toList();
    }

    private static List<String> podNames(Rest rest) {
        return rest.items(Call.get("list pods", "pods"), Items.Pod.class).stream()
                .map(Items.Pod::name)
                .toList();
    }
}
