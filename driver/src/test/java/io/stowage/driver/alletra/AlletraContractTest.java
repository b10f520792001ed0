package io.stowage.driver.alletra;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.stowage.driver.ArrayLacks;
import io.stowage.driver.ArrayUnderTest;
import io.stowage.driver.Capabilities;
import io.stowage.driver.Initiator;
import io.stowage.driver.Mapping;
import io.stowage.driver.Progress;
import io.stowage.driver.Records;
import io.stowage.driver.StorageArrayContract;
import io.stowage.driver.VolumeRef;
import io.stowage.driver.rest.Call;
import io.stowage.model.ByteSize;
import io.stowage.model.Protocol;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** The driver against our own Alletra. */
class AlletraContractTest extends StorageArrayContract {
    private static final Initiator NVME =
            new Initiator(Protocol.NVME_TCP, "nqn.2014-08.org.nvmexpress:uuid:" + OWNER, "host01");

    @Override
    protected ArrayUnderTest start(Path folder) throws IOException {
        return new EmbeddedAlletra(folder);
    }

    @Override
    protected Capabilities capabilities() {
        return AlletraDriver.CAPABILITIES;
    }

    private EmbeddedAlletra embedded() {
        return (EmbeddedAlletra) tested;
    }

    @Test
    void aPoolNeedsItsGroup() {
        try (var other = tested.open("pool2", Map.of(AlletraKeys.CPG, "nowhere"))) {
            assertThatThrownBy(() -> other.createPool(Optional.empty(), OWNER, Records.ofPool()))
                    .isInstanceOf(ArrayLacks.class)
                    .hasMessageContaining("\"nowhere\"")
                    .hasMessageContaining("\"alletra.cpg\"")
                    .hasMessageContaining("(error 15)");
            assertThat(other.poolExists()).isFalse();
        }
    }

    /** Section 13: each host object has a subsystem of its own, and a new host object has a new one. */
    @Test
    void aHostFindsItsNamespacesInASubsystemOfItsOwn() {
        var first = create(ByteSize.ofMiB(256)).name();
        var second = create(ByteSize.ofMiB(256)).name();
        var one = array.map(NVME, first);
        assertThat(one.host()).isEqualTo("host01-nvme");
        assertThat(one.unit()).isPositive();
        assertThat(one.target()).as("it would have to be asked for").isEmpty();
        array.map(NVME, second);
        var seen = array.mappings(NVME);
        assertThat(seen).extracting(Mapping::volume).containsExactlyInAnyOrder(first, second);
        var names =
                seen.stream().flatMap(each -> each.target().stream()).distinct().toList();
        assertThat(names).singleElement().asString().startsWith("nqn.2020-07.com.hpe:");
        assertThat(new AlletraDriver().targetAmong(List.of("nqn.2010-06.com.purestorage:x", names.getFirst())))
                .contains(names.getFirst());
        array.unmap(NVME, first);
        array.unmap(NVME, second);
        array.map(NVME, first);
        assertThat(array.mappings(NVME).getFirst().target()).isPresent().isNotEqualTo(Optional.of(names.getFirst()));
    }

    @Test
    void aHostOfAnotherNameIsUsedAndStays() {
        try (var administrator = embedded().administrator()) {
            administrator.send(Call.post("create host", "hosts")
                    .body(Map.of("name", "theirs", "iSCSINames", List.of(HOST.qualifiedName()))));
        }
        var volume = create(ByteSize.ofMiB(256)).name();
        assertThat(array.map(HOST, volume).host()).isEqualTo("theirs");
        array.unmap(HOST, volume);
        assertThat(tested.hasHost(HOST.qualifiedName())).isTrue();
    }

    @Test
    void anotherMachineOfTheSameNameKeepsItsHost() {
        var volume = create(ByteSize.ofMiB(256)).name();
        array.map(HOST, volume);
        var namesake = new Initiator(Protocol.ISCSI, OTHER.qualifiedName(), HOST.server());
        assertThat(array.map(namesake, volume).host()).startsWith("host01-iscsi-");
        assertThat(tested.visibleUnits(HOST.qualifiedName())).isEqualTo(1);
    }

    /** Somebody has deleted what we remember. */
    @Test
    void aHostThatHasGoneIsMadeAgain() {
        var first = create(ByteSize.ofMiB(256)).name();
        var second = create(ByteSize.ofMiB(256)).name();
        var mapping = array.map(HOST, first);
        try (var administrator = embedded().administrator()) {
            administrator.send(
                    Call.delete("disconnect", "vluns").below(first + "," + mapping.unit() + "," + mapping.host()));
            administrator.send(Call.delete("delete host", "hosts").below(mapping.host()));
        }
        array.map(HOST, second);
        assertThat(tested.visibleUnits(HOST.qualifiedName())).isEqualTo(1);
        assertThatCode(() -> array.unmap(HOST, first)).doesNotThrowAnyException();
        array.unmap(HOST, second);
        assertThat(tested.hasHost(HOST.qualifiedName())).isFalse();
    }

    /** An online copy can be used at once, and deleted while the array is still at it. */
    @Test
    void whatIsStillBeingCopiedCanBeUsedAndDeleted() throws IOException {
        var origin = create(ByteSize.ofMiB(256)).name();
        write(origin, "one");
        embedded().tasksTake(Duration.ofDays(1));
        var copy = volumeName();
        array.copy(new VolumeRef(origin), copy, Records.ANY, Progress.NONE);
        assertThat(content(copy)).isEqualTo(sector("one"));
        array.deleteVolume(copy);
        array.deleteVolume(origin);
        assertThat(array.volumes()).isEmpty();
    }

    @Test
    void anOfflineCopyThatIsCancelledCanBeBegunAgain() throws IOException {
        var origin = create(ByteSize.ofMiB(256)).name();
        write(origin, "one");
        var target = create(ByteSize.ofMiB(256)).name();
        embedded().tasksTake(Duration.ofDays(1));
        assertThatThrownBy(() -> array.overwrite(new VolumeRef(origin), target, _ -> {
                    throw new IllegalStateException("enough");
                }))
                .hasMessage("enough");
        embedded().tasksTake(Duration.ZERO);
        array.overwrite(new VolumeRef(origin), target, Progress.NONE);
        assertThat(content(target)).isEqualTo(sector("one"));
    }

    /** Upper bounds; LXD's figures are in the WSAPI reference, section 15. */
    @Test
    void callsAreFew() {
        var volume = volumeName();
        var copy = volumeName();
        var snapshot = snapshotOf(volume);
        array.facts();
        assertCalls(2, () -> array.createVolume(volume, mebibytes(1), Records.ANY)); // 2
        assertCalls(3, () -> array.map(HOST, volume)); // 5 or 6
        assertCalls(2, () -> array.unmap(HOST, volume)); // 6 or 7
        assertCalls(2, () -> array.map(HOST, volume)); // its identity is known
        var other = create(mebibytes(1)).name();
        assertCalls(1, () -> array.map(HOST, other)); // both are known
        assertCalls(1, () -> array.unmap(HOST, other)); // 5
        assertCalls(2, () -> array.unmap(HOST, volume));
        assertCalls(2, () -> array.resizeVolume(volume, mebibytes(512), false)); // 2
        assertCalls(1, () -> array.createSnapshot(snapshot, Records.ANY)); // 1
        assertCalls(1, () -> array.snapshots(volume)); // 1
        assertCalls(2, () -> array.copy(snapshot, copy, Records.ANY, Progress.NONE)); // 6
        assertCalls(2, () -> array.restore(snapshot, Progress.NONE)); // 2
        assertCalls(1, () -> array.writeRecord(new VolumeRef(volume), Records.of("volume", "d")));
        assertCalls(1, () -> array.createTemporary(snapshot));
        assertCalls(1, () -> array.deleteVolume(snapshot.name()));
        assertCalls(1, () -> array.deleteSnapshot(snapshot)); // 1
        assertCalls(2, () -> array.deleteVolume(copy)); // 4 to 6
        assertCalls(1, array::space); // 1
        assertCalls(1, () -> array.target(Protocol.ISCSI));
        assertCalls(2, array::records);
        array.volumes().forEach(each -> array.deleteVolume(each.name()));
        assertCalls(2, () -> array.deletePool(OWNER)); // 1, which doesn't look whose it is
        assertCalls(2, () -> array.createPool(Optional.empty(), OWNER, Records.ofPool())); // 1
    }

    private void assertCalls(int most, Runnable work) {
        tested.relay().takeRequests();
        work.run();
        assertThat(tested.relay().takeRequests()).hasSizeLessThanOrEqualTo(most);
    }
}
