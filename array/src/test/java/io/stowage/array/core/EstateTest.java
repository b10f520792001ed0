package io.stowage.array.core;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.stowage.array.store.DiskStore;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Random;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.Timeout.ThreadMode;
import org.junit.jupiter.api.io.TempDir;

@Timeout(value = 120, unit = TimeUnit.SECONDS, threadMode = ThreadMode.SEPARATE_THREAD)
class EstateTest {
    private static final long MIB = 1 << 20;
    private static final InstantSource TIME = InstantSource.fixed(Instant.parse("2026-11-21T12:00:00Z"));

    @TempDir
    @Nullable
    Path folder;

    private @Nullable DiskStore opened;
    private int serials;

    @BeforeEach
    void open() {
        opened = DiskStore.open(java.util.Objects.requireNonNull(folder).resolve("store"), 1 << 30);
    }

    @AfterEach
    void close() {
        store().close();
    }

    private DiskStore store() {
        return java.util.Objects.requireNonNull(opened);
    }

    private Estate estate() {
        return Estate.open("test", store(), TIME);
    }

    private UnitIdentity identity() {
        var serial = "%024X".formatted(++serials);
        return new UnitIdentity("PURE", "FlashArray", "1", serial, "624a9370" + serial.toLowerCase());
    }

    /** Once a host was in one group at most, and its record said "group". */
    @Test
    void recordsOfHostsFromBeforeTheyCouldBeInSeveralGroupsAreRead() {
        var group = UUID.randomUUID();
        put("host-group", group, "{\"id\":\"%s\",\"name\":\"g\",\"attributes\":{}}".formatted(group));
        for (var record : Map.of("in", "\"" + group + "\"", "out", "null").entrySet()) {
            var id = UUID.randomUUID();
            put(
                    "host",
                    id,
                    "{\"id\":\"%s\",\"name\":\"%s\",\"initiators\":[],\"chap\":null,\"group\":%s,\"attributes\":{}}"
                            .formatted(id, record.getKey(), record.getValue()));
        }
        estate().<Boolean>read(objects -> {
            assertThat(objects.hostsIn(group)).extracting(Host::name).containsExactly("in");
            assertThat(objects.host("out").orElseThrow().groups()).isEmpty();
            return true;
        });
    }

    private void put(String kind, UUID id, String record) {
        store().put(
                        "core/test/%s/%s".formatted(kind, id).getBytes(StandardCharsets.UTF_8),
                        record.getBytes(StandardCharsets.UTF_8));
    }

    /** APTPL: what is to be kept is there after a restart, nothing else is, and nothing outlives its volume. */
    @Test
    void reservationsOutliveARestartIfTheyAreToBeKept() throws Exception {
        var estate = estate();
        var volume = connectedVolume(estate);
        var a = new Registrant("iqn.a,i,0x1", 1);
        var b = new Registrant("iqn.b,i,0x1", 2);
        var reservations = reservations(estate);
        reservations.register(List.of(a), OptionalLong.of(0), 0x8000_0000_0000_0001L, true);
        reservations.register(List.of(b), OptionalLong.of(0), 2, true);
        reservations.reserve(b, 2, ReservationType.EXCLUSIVE_ACCESS_REGISTRANTS_ONLY);

        var after = reservations(estate());
        assertThat(after.state().reservation()).isEqualTo(reservations.state().reservation());
        assertThat(after.state().kept()).isTrue();
        assertThat(after.state().reservation().admits(b, true)).isTrue();
        assertThat(after.state().reservation().admits(new Registrant("iqn.c", 1), false))
                .isFalse();

        after.register(List.of(a), OptionalLong.empty(), 3, false);
        assertThat(reservations(estate()).state().reservation().registrations()).isEmpty();
        after.register(List.of(a), OptionalLong.empty(), 3, true);
        assertThat(reservations(estate()).state().reservation().registrations()).hasSize(2);
        after.clear(a, 3);
        assertThat(reservations(estate()).state().reservation().registrations()).isEmpty();

        after.register(List.of(a), OptionalLong.of(0), 3, true);
        var last = estate();
        last.change(draft -> {
            draft.objects().connections().stream().toList().forEach(draft::disconnect);
            draft.eradicate(volume);
            return 0;
        });
        assertThat(store().scan("core/test/reservation/".getBytes(StandardCharsets.UTF_8)))
                .isEmpty();
    }

    private Volume connectedVolume(Estate estate) {
        return estate.change(draft -> {
            var volume = draft.createVolume(Optional.empty(), "v", MIB, identity());
            var host = new Host(UUID.randomUUID(), "h", List.of("iqn.a"), Optional.empty(), Map.of());
            draft.put(host);
            draft.connect(host, volume, 1);
            return volume;
        });
    }

    private static Reservations reservations(Estate estate) {
        return estate.units().visibleTo("iqn.a").firstEntry().getValue().reservations();
    }

    @Test
    void aChangeThatFailsHasChangedNothing() {
        var estate = estate();
        var volume = estate.change(draft -> draft.createVolume(Optional.empty(), "v", MIB, identity()));
        var volumes = store().volumes();
        assertThatThrownBy(() -> estate.change(draft -> {
                    draft.snapshot(volume, "s", "1");
                    draft.put(volume.withName("w"));
                    draft.resize(volume, 2 * MIB);
                    var host = new Host(UUID.randomUUID(), "h", List.of("iqn.a"), Optional.empty(), Map.of());
                    draft.put(host);
                    draft.connect(host, volume, 1);
                    draft.eradicate(draft.createVolume(Optional.empty(), "x", MIB, identity()));
                    throw new IllegalStateException("on purpose");
                }))
                .hasMessage("on purpose");
        assertThat(dump(estate)).isEqualTo(dump(estate())).containsExactly(volume.toString(), "[]");
        assertThat(store().volumes()).isEqualTo(volumes);
        assertThat(store().require(volume.stored()).size()).isEqualTo(MIB);
        assertThat(estate.units().visibleTo("iqn.a")).isEmpty();
    }

    @Test
    void estatesDoNotSeeEachOther() {
        estate().change(draft -> draft.createVolume(Optional.empty(), "v", MIB, identity()));
        assertThat(dump(Estate.open("other", store(), TIME))).containsExactly("[]");
    }

    /** Random changes, some of them failing half way: what is in memory is what a new start reads. */
    @Test
    void memoryAndStoreTellTheSameAfterAnyChanges() throws Exception {
        var random = new Random(20261121);
        var estate = estate();
        for (int round = 0; round < 150; round++) {
            try {
                estate.change(draft -> {
                    change(draft, random);
                    change(draft, random);
                    if (random.nextInt(4) == 0) {
                        throw new IllegalStateException("on purpose");
                    }
                    return true;
                });
            } catch (IllegalStateException e) {
                assertThat(e).hasMessage("on purpose");
            }
            if (round % 10 == 0) {
                assertThat(dump(estate())).isEqualTo(dump(estate));
            }
        }
        var before = dump(estate);
        assertThat(before).hasSizeGreaterThan(10);
        assertThat(store().volumes())
                .hasSize(estate.read(objects ->
                        objects.volumes().size() + objects.snapshots().size()));
        close();
        open();
        assertThat(dump(estate())).isEqualTo(before);
    }

    private void change(Draft draft, Random random) {
        var objects = draft.objects();
        var volume = any(new ArrayList<>(objects.volumes()), random);
        var free = volume.filter(one -> objects.connectionsOfVolume(one.id()).isEmpty());
        var name = "n" + random.nextInt(1_000_000);
        switch (random.nextInt(17)) {
            case 0, 1 -> draft.createVolume(Optional.empty(), name, MIB, identity());
            case 2 -> volume.ifPresent(one -> draft.copyVolume(Optional.empty(), name, content(one), identity()));
            case 3, 4 -> volume.ifPresent(one -> draft.snapshot(one, name, name));
            case 5 -> volume.ifPresent(one -> draft.resize(one, MIB * (1 + random.nextInt(4))));
            case 6 ->
                any(new ArrayList<>(objects.snapshots()), random)
                        .ifPresent(snapshot -> draft.overwrite(
                                objects.volume(snapshot.volume()).orElseThrow(), Content.of(snapshot, "v")));
            case 7 -> free.ifPresent(one -> draft.destroy(one, draft.after(Duration.ofDays(1))));
            case 8 ->
                volume.filter(Volume::isDestroyed)
                        .filter(one -> objects.childrenOf(one.id()).isEmpty())
                        .ifPresent(draft::eradicate);
            case 9 ->
                volume.ifPresent(one ->
                        draft.put(new Tag(UUID.randomUUID(), one.id(), "ns", name, "value", random.nextBoolean())));
            case 10 -> {
                var host = new Host(UUID.randomUUID(), name, List.of("iqn." + name), Optional.empty(), Map.of());
                draft.put(host);
                volume.filter(one -> !one.isDestroyed()).ifPresent(one -> draft.connect(host, one, 1));
            }
            case 11, 12 ->
                volume.ifPresent(one -> draft.branch(
                        one, VolumePlace.outsideOfGroups(Optional.empty(), name), identity(), random.nextBoolean()));
            case 13 -> {
                var set = new VolumeSet(UUID.randomUUID(), name, Map.of("key", "value"));
                draft.put(set);
                volume.ifPresent(one -> draft.join(one, set));
            }
            case 14 -> any(new ArrayList<>(objects.volumeSets()), random).ifPresent(draft::remove);
            case 15 -> {
                var id = new UUID(0, random.nextInt(8));
                var start = Instant.EPOCH.plusSeconds(random.nextInt(100));
                var job = new Job(
                        id,
                        id.getLeastSignificantBits(),
                        "copy",
                        List.of(),
                        start,
                        TIME.instant(),
                        Optional.empty(),
                        Map.of());
                draft.put(random.nextBoolean() ? job : job.endedAt(TIME.instant()));
            }
            default -> any(new ArrayList<>(objects.connections()), random).ifPresent(draft::disconnect);
        }
    }

    private static Content content(Volume volume) {
        return Content.of(volume, volume.name());
    }

    private static <T> Optional<T> any(List<T> all, Random random) {
        return all.isEmpty() ? Optional.empty() : Optional.of(all.get(random.nextInt(all.size())));
    }

    @Test
    void copiesAndSnapshotsHoldWhatWasThereAtTheirTime() throws Exception {
        var estate = estate();
        var volume = estate.change(draft -> draft.createVolume(Optional.empty(), "v", MIB, identity()));
        var host = new Host(UUID.randomUUID(), "h", List.of("iqn.a"), Optional.empty(), Map.of());
        estate.change(draft -> {
            draft.put(host);
            return draft.connect(host, volume, 1);
        });
        var contents = new HashMap<Integer, Snapshot>();
        for (int i = 1; i <= 3; i++) {
            fill(estate, 1, (byte) i);
            var name = "s" + i;
            contents.put(i, estate.change(draft -> draft.snapshot(volume, name, name)));
        }
        for (var entry : contents.entrySet()) {
            var lun = 10 + entry.getKey();
            estate.change(draft -> draft.connect(
                    host,
                    draft.copyVolume(Optional.empty(), "copy" + lun, Content.of(entry.getValue(), "v"), identity()),
                    lun));
            var bytes = ByteBuffer.allocate(512);
            unit(estate, lun).read(0, bytes);
            assertThat(bytes.array()).containsOnly(entry.getKey());
        }
    }

    /** A volume of its own that shows what its parent held; a read-only one can't be written by hosts. */
    @Test
    void aBranchShowsWhatWasThereAndGoesItsOwnWay() throws Exception {
        var estate = estate();
        var volume = connectedVolume(estate);
        fill(estate, 1, (byte) 7);
        var host = estate.read(objects -> objects.host("h").orElseThrow());
        var branches = estate.change(draft -> {
            var writable = draft.branch(volume, volume.withName("w").place(), identity(), false);
            var readOnly = draft.branch(volume, volume.withName("r").place(), identity(), true);
            draft.connect(host, writable, 2);
            draft.connect(host, readOnly, 3);
            return List.of(writable, readOnly);
        });
        fill(estate, 1, (byte) 8);
        fill(estate, 2, (byte) 9);
        assertThat(firstByte(estate, 1)).isEqualTo((byte) 8);
        assertThat(firstByte(estate, 2)).isEqualTo((byte) 9);
        assertThat(firstByte(estate, 3)).isEqualTo((byte) 7);
        assertThat(unit(estate, 2).condition().state().readOnly()).isFalse();
        assertThat(unit(estate, 3).condition().state().readOnly()).isTrue();
        var again = estate();
        List<Volume> children = again.read(objects -> objects.childrenOf(volume.id()));
        assertThat(children).containsExactlyInAnyOrderElementsOf(branches);
        assertThat(unit(again, 3).condition().state().readOnly()).isTrue();
    }

    private static byte firstByte(Estate estate, int lun) throws Exception {
        var bytes = ByteBuffer.allocate(512);
        unit(estate, lun).read(0, bytes);
        return bytes.get(0);
    }

    private static void fill(Estate estate, int lun, byte with) throws Exception {
        var bytes = new byte[512];
        java.util.Arrays.fill(bytes, with);
        unit(estate, lun).write(0, ByteBuffer.wrap(bytes));
    }

    private static LogicalUnit unit(Estate estate, int lun) {
        return java.util.Objects.requireNonNull(
                estate.units().visibleTo("iqn.a").get(lun));
    }

    private static List<String> dump(Estate estate) {
        Function<Objects, List<String>> all = objects -> {
            var dump = new ArrayList<String>();
            for (var kind : List.of(
                    objects.containers(),
                    objects.volumes(),
                    objects.snapshots(),
                    objects.hosts(),
                    objects.connections(),
                    objects.volumeSets(),
                    objects.jobs(),
                    objects.tags())) {
                kind.stream().map(Object::toString).sorted().forEach(dump::add);
            }
            objects.volumeSets().stream()
                    .map(set -> objects.membersOfSet(set.id()).toString())
                    .sorted()
                    .forEach(dump::add);
            var due = objects.jobsDue(TIME.instant()).stream().map(Job::number).sorted();
            dump.add(due.toList().toString());
            return dump;
        };
        return estate.read(all);
    }
}
