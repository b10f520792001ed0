package io.stowage.database;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatList;
import static org.assertj.core.api.Assertions.assertThatObject;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.TestTemplate;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(OnBothDatabases.class)
class TablesTest {
    @TestTemplate
    void rowsComeBackAsTheyWerePut(OnBothDatabases.Fresh fresh) {
        Database database = fresh.open();
        PoolRow pool = Rows.pool("p");
        VolumeRow volume = Rows.volume(pool, "v");
        SnapshotRow older = Rows.snapshot(volume, "b", Rows.NOW.minusNanos(1));
        SnapshotRow newer = Rows.snapshot(volume, "a", Rows.NOW);
        MemberRow member = database.write(tx -> tx.members().start(UUID.randomUUID(), "host01", Rows.NOW));
        AttachmentRow attachment = new AttachmentRow(
                UUID.randomUUID(),
                volume.id(),
                newer.id(),
                member.id(),
                "mount",
                "/mnt",
                true,
                RowState.READY,
                Rows.NOW);
        OperationRow operation = Rows.operation(member);
        database.write(tx -> {
            tx.pools().insert(pool);
            tx.volumes().insert(volume);
            tx.snapshots().insert(newer);
            tx.snapshots().insert(older);
            tx.attachments().insert(attachment);
            tx.operations().insert(operation);
            return null;
        });

        database.read(tx -> {
            assertThat(tx.pools().find("p")).contains(pool);
            assertThat(tx.pools().list()).containsExactly(pool);
            assertThat(tx.volumes().find(pool.id(), "default", "custom", "v")).contains(volume);
            assertThat(tx.snapshots().list(volume.id())).containsExactly(older, newer);
            assertThat(tx.snapshots().listPool(pool.id())).containsExactly(older, newer);
            assertThat(tx.attachments().list(volume.id())).containsExactly(attachment);
            assertThat(tx.attachments().listMember(member.id())).containsExactly(attachment);
            assertThat(tx.operations().find(operation.id())).contains(operation);
            assertThat(tx.members().list()).containsExactly(member);
            return null;
        });
    }

    @TestTemplate
    void updatesChangeWhatTheySay(OnBothDatabases.Fresh fresh) {
        Database database = fresh.open();
        PoolRow pool = Rows.pool("p");
        VolumeRow volume = Rows.volume(pool, "v");
        SnapshotRow snapshot = Rows.snapshot(volume, "s", Rows.NOW);
        Instant expiry = Instant.parse("9999-12-31T23:59:59.999999999Z");
        database.write(tx -> {
            tx.pools().insert(pool);
            tx.volumes().insert(volume);
            tx.snapshots().insert(snapshot);
            tx.pools().describe(pool.id(), "about p");
            tx.volumes().rename(volume.id(), "w");
            tx.volumes().describe(volume.id(), "about w");
            tx.volumes().resize(volume.id(), 512);
            tx.volumes().settle(volume.id(), RowState.READY);
            tx.snapshots().rename(snapshot.id(), "t");
            tx.snapshots().update(snapshot.id(), "about t", expiry.atOffset(ZoneOffset.ofHoursMinutes(-3, -30)));
            return null;
        });

        assertThatObject(database.read(tx -> tx.pools().find(pool.id()).orElseThrow())
                        .description())
                .isEqualTo("about p");
        VolumeRow changed = database.read(tx -> tx.volumes().find(volume.id()).orElseThrow());
        assertThat(changed.name()).isEqualTo("w");
        assertThat(changed.description()).isEqualTo("about w");
        assertThat(changed.size()).isEqualTo(512);
        assertThat(changed.state()).isEqualTo(RowState.READY);
        assertThatObject(database.read(
                        tx -> tx.snapshots().find(volume.id(), "t").orElseThrow()))
                .isEqualTo(new SnapshotRow(
                        snapshot.id(),
                        volume.id(),
                        "t",
                        "about t",
                        snapshot.size(),
                        RowState.READY,
                        Rows.NOW,
                        expiry,
                        -12_600));
        database.write(tx -> {
            tx.snapshots().update(snapshot.id(), "", null);
            return null;
        });
        assertThat(database.read(tx -> tx.snapshots().find(snapshot.id()).orElseThrow())
                        .expiresAt())
                .isNull();
    }

    @TestTemplate
    void aNameIsUniqueAmongWhatIsNotBeingDeleted(OnBothDatabases.Fresh fresh) {
        Database database = fresh.open();
        PoolRow pool = Rows.pool("p");
        VolumeRow first = Rows.volume(pool, "v");
        database.write(tx -> {
            tx.pools().insert(pool);
            tx.volumes().insert(first);
            return null;
        });

        assertThatThrownBy(() -> insert(database, Rows.volume(pool, "v"))).isInstanceOf(RuntimeException.class);
        database.write(tx -> {
            tx.volumes().settle(first.id(), RowState.DELETING);
            return null;
        });
        VolumeRow second = Rows.volume(pool, "v");
        insert(database, second);

        assertThatList(database.read(tx -> tx.volumes().list(pool.id()))).containsExactly(second);
        assertThatList(database.read(tx -> tx.volumes().everything(pool.id()))).hasSize(2);
        assertThatObject(database.read(tx -> tx.volumes().find(first.id()))).isNotEqualTo(Optional.empty());
    }

    private static void insert(Database database, VolumeRow row) {
        database.write(tx -> {
            tx.volumes().insert(row);
            return null;
        });
    }

    @TestTemplate
    void configIsReplacedAndGoesWithItsOwner(OnBothDatabases.Fresh fresh) {
        Database database = fresh.open();
        PoolRow pool = Rows.pool("p");
        database.write(tx -> {
            tx.pools().insert(pool);
            tx.poolConfig().replace(pool.id(), Map.of("a", "1", "b", "2"));
            return null;
        });
        database.write(tx -> {
            tx.poolConfig().replace(pool.id(), Map.of("b", "3", "c", "'; DROP TABLE pools; --"));
            return null;
        });
        Map<String, String> expected = Map.of("b", "3", "c", "'; DROP TABLE pools; --");

        assertThatObject(database.read(tx -> tx.poolConfig().get(pool.id()))).isEqualTo(expected);
        assertThatObject(database.read(tx -> tx.poolConfig().all())).isEqualTo(Map.of(pool.id(), expected));
        database.write(tx -> {
            tx.pools().delete(pool.id());
            return null;
        });
        assertThatObject(database.read(tx -> tx.poolConfig().all())).isEqualTo(Map.of());
    }

    @TestTemplate
    void aPoolWithVolumesCannotGo(OnBothDatabases.Fresh fresh) {
        Database database = fresh.open();
        PoolRow pool = Rows.pool("p");
        database.write(tx -> {
            tx.pools().insert(pool);
            tx.volumes().insert(Rows.volume(pool, "v"));
            return null;
        });
        assertThatThrownBy(() -> database.write(tx -> {
                    tx.pools().delete(pool.id());
                    return null;
                }))
                .isInstanceOf(RuntimeException.class);
        assertThatList(database.read(tx -> tx.pools().list())).containsExactly(pool);
    }

    @TestTemplate
    void aRecoveryRecordIsDueUntilItsNewestRevisionIsWritten(OnBothDatabases.Fresh fresh) {
        Database database = fresh.open();
        UUID owner = UUID.randomUUID();
        database.write(tx -> {
            tx.recovery().touch(owner, "volume");
            tx.recovery().touch(owner, "volume");
            return null;
        });
        assertThatList(database.read(tx -> tx.recovery().due())).containsExactly(new RecoveryRow(owner, "volume", 2));
        database.write(tx -> {
            tx.recovery().touch(owner, "volume");
            tx.recovery().written(owner, 2);
            return null;
        });
        assertThatList(database.read(tx -> tx.recovery().due())).containsExactly(new RecoveryRow(owner, "volume", 3));
        database.write(tx -> {
            tx.recovery().written(owner, 3);
            return null;
        });
        assertThatList(database.read(tx -> tx.recovery().due())).isEmpty();
    }

    @TestTemplate
    void whatIsDueIsReadInPagesAndMovedOnOnce(OnBothDatabases.Fresh fresh) {
        Database database = fresh.open();
        PoolRow pool = Rows.pool("p");
        List<ScheduleRow> rows = new ArrayList<>();
        database.write(tx -> {
            tx.pools().insert(pool);
            for (int i = 0; i < 5; i++) {
                VolumeRow volume = Rows.volume(pool, "v" + i);
                tx.volumes().insert(volume);
                tx.volumes().settle(volume.id(), RowState.READY);
                ScheduleRow row = new ScheduleRow(volume.id(), "@daily", Rows.NOW.plusSeconds(i / 2));
                tx.schedules().put(row);
                rows.add(row);
            }
            VolumeRow unfinished = Rows.volume(pool, "unfinished");
            tx.volumes().insert(unfinished);
            tx.schedules().put(new ScheduleRow(unfinished.id(), "@daily", Rows.NOW));
            return null;
        });
        Instant later = Rows.NOW.plusSeconds(1);
        database.read(tx -> {
            assertThat(tx.schedules().poolsDue(Rows.NOW.minusNanos(1))).isEmpty();
            assertThat(tx.schedules().poolsDue(Rows.NOW)).containsExactly(pool.id());
            List<ScheduleRow> first = tx.schedules().due(pool.id(), later, Optional.empty(), 3);
            List<ScheduleRow> second = tx.schedules().due(pool.id(), later, Optional.of(first.getLast()), 3);
            assertThat(first).hasSize(3);
            assertThat(second).hasSize(1);
            assertThat(Stream.concat(first.stream(), second.stream()))
                    .containsExactlyInAnyOrderElementsOf(rows.subList(0, 4));
            return null;
        });
        ScheduleRow row = rows.getFirst();
        Instant next = Rows.NOW.plusSeconds(86_400);
        boolean moved = database.write(tx -> tx.schedules().advance(row.volume(), row.dueAt(), next));
        boolean again = database.write(tx -> tx.schedules().advance(row.volume(), row.dueAt(), next));
        assertThat(moved).isTrue();
        assertThat(again).isFalse();
    }

    @TestTemplate
    void schedulesGoWithTheirVolumesAndAreFoundWhereTheyAreMissing(OnBothDatabases.Fresh fresh) {
        Database database = fresh.open();
        PoolRow pool = Rows.pool("p");
        VolumeRow volume = Rows.volume(pool, "v");
        database.write(tx -> {
            tx.pools().insert(pool);
            tx.volumes().insert(volume);
            tx.volumeConfig().replace(volume.id(), Map.of("snapshots.schedule", "@daily", "size", "1GiB"));
            return null;
        });
        database.read(tx -> {
            assertThat(tx.schedules().unplanned()).isEqualTo(Map.of(volume.id(), "@daily"));
            return null;
        });
        database.write(tx -> {
            tx.schedules().put(new ScheduleRow(volume.id(), "@daily", Rows.NOW));
            return null;
        });
        database.write(tx -> {
            assertThat(tx.schedules().unplanned()).isEmpty();
            tx.volumes().delete(volume.id());
            assertThat(tx.schedules().find(volume.id())).isEmpty();
            return null;
        });
    }

    @TestTemplate
    void expiredSnapshotsAreReadInPages(OnBothDatabases.Fresh fresh) {
        Database database = fresh.open();
        PoolRow pool = Rows.pool("p");
        VolumeRow volume = Rows.volume(pool, "v");
        database.write(tx -> {
            tx.pools().insert(pool);
            tx.volumes().insert(volume);
            tx.volumes().settle(volume.id(), RowState.READY);
            for (int i = 0; i < 4; i++) {
                SnapshotRow snapshot = Rows.snapshot(volume, "s" + i, Rows.NOW);
                tx.snapshots().insert(snapshot);
                tx.snapshots()
                        .update(
                                snapshot.id(),
                                "",
                                i == 3 ? null : Rows.NOW.plusSeconds(i / 2).atOffset(ZoneOffset.ofHours(2 * i)));
            }
            return null;
        });
        database.read(tx -> {
            assertThat(tx.snapshots().poolsExpired(Rows.NOW.minusNanos(1))).isEmpty();
            assertThat(tx.snapshots().poolsExpired(Rows.NOW)).containsExactly(pool.id());
            List<SnapshotRow> first = tx.snapshots().expired(pool.id(), Rows.NOW, Optional.empty(), 1);
            List<SnapshotRow> second = tx.snapshots().expired(pool.id(), Rows.NOW, Optional.of(first.getFirst()), 1);
            assertThat(Stream.concat(first.stream(), second.stream()).map(SnapshotRow::name))
                    .containsExactlyInAnyOrder("s0", "s1");
            assertThat(tx.snapshots().expired(pool.id(), Rows.NOW, Optional.of(second.getFirst()), 1))
                    .isEmpty();
            assertThat(tx.snapshots().expired(pool.id(), Rows.NOW.plusSeconds(1), Optional.empty(), 9))
                    .hasSize(3);
            return null;
        });
    }
}
