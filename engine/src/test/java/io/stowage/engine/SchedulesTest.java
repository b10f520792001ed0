package io.stowage.engine;

import static org.assertj.core.api.Assertions.assertThat;

import io.stowage.engine.Refused.Kind;
import io.stowage.engine.fake.World;
import io.stowage.model.ContentType;
import java.nio.file.Files;
import java.time.Duration;
import java.time.OffsetDateTime;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Snapshots by schedule, pattern and expiry. Time is what the test says. */
class SchedulesTest extends EngineTest {
    @BeforeEach
    void startClock() {
        world.clock().set("2026-03-04T12:00:00Z");
    }

    private Volume makeScheduled(String name, String schedule, String pattern) {
        return make(name, Map.of("size", "10MiB", "snapshots.schedule", schedule, "snapshots.pattern", pattern));
    }

    private void at(String time) {
        world.clock().set(time);
        engine.keepSchedules();
    }

    private List<String> names(String volume) {
        return engine.snapshots().list(VolumeName.of("p", volume)).stream()
                .map(snapshot -> snapshot.name().name())
                .toList();
    }

    private void set(String key, String value) {
        Map<String, String> config = new HashMap<>(engine.volumes().get(V).config());
        config.put(key, value);
        engine.volumes().update(V, "", config).await();
    }

    @Test
    void snapshotsAreTakenWhenTheyAreDue() {
        makeScheduled("v", "30 * * * *", "{{ creation_date|date:'15-04' }}");
        make("w");
        at("2026-03-04T12:29:59Z");
        assertThat(names("v")).isEmpty();
        at("2026-03-04T12:30:02Z");
        at("2026-03-04T12:30:50Z");
        assertThat(names("v")).containsExactly("12-30");
        at("2026-03-04T13:30:00Z");
        assertThat(names("v")).containsExactly("12-30", "13-30");
        assertThat(names("w")).isEmpty();
    }

    @Test
    void afterDowntimeThereIsOneForAllThatWereMissed() {
        makeScheduled("v", "@hourly, 0 0 * * *", "auto%d");
        world.close();
        world.clock().set("2026-03-09T12:00:00Z");
        engine = world.open();
        engine.keepSchedules();
        assertThat(names("v")).containsExactly("auto0");
        at("2026-03-09T12:00:01Z");
        assertThat(names("v")).containsExactly("auto0");
        at("2026-03-09T13:00:01Z");
        assertThat(names("v")).containsExactly("auto0", "auto1");
    }

    @Test
    void scheduleAndPatternOfThePoolAreInherited() {
        Map<String, String> pool = new HashMap<>(engine.pools().get("p").config());
        pool.put("volume.snapshots.schedule", "0 13 * * *");
        pool.put("volume.snapshots.expiry", "1H");
        engine.pools().update("p", "", pool).await();
        make("v");
        at("2026-03-04T13:00:00Z");
        assertThat(engine.snapshots().get(V.snapshot("snap0")).expiresAt())
                .isEqualTo(OffsetDateTime.parse("2026-03-04T14:00:00Z"));
    }

    @Test
    void aScheduleCanBeChangedAndTurnedOff() {
        makeScheduled("v", "0 * * * *", "s%d");
        set("snapshots.schedule", "45 * * * *");
        at("2026-03-04T13:00:00Z");
        assertThat(names("v")).containsExactly("s0");
        set("user.note", "the same schedule keeps its time");
        at("2026-03-04T13:45:00Z");
        assertThat(names("v")).containsExactly("s0", "s1");
        set("snapshots.schedule", "");
        at("2026-03-05T13:45:00Z");
        assertThat(names("v")).hasSize(2);
    }

    @Test
    void copiesFollowTheirOwnSchedule() {
        makeScheduled("v", "0 13 * * *", "s%d");
        engine.volumes()
                .copy(new VolumeCopy(V, null, W, false, null, null, null))
                .await();
        at("2026-03-04T13:00:00Z");
        assertThat(names("w")).containsExactly("s0");
    }

    @Test
    void aVolumeWhosePatternFailsDoesNotStopTheOthers() {
        makeScheduled("a", "0 * * * *", "no/good");
        make("x", Map.of("size", "10MiB", "snapshots.schedule", "0 * * * *"));
        makeScheduled("v", "0 * * * *", "fix");
        at("2026-03-04T13:00:00Z");
        at("2026-03-04T14:00:00Z");
        assertThat(names("a")).isEmpty();
        assertThat(names("x")).containsExactly("snap0", "snap1");
        assertThat(names("v")).containsExactly("fix", "fix-1");
    }

    @Test
    void aFailureIsTakenBackAndNotTriedBeforeTheNextTime() {
        makeScheduled("v", "0 * * * *", "s%d");
        world.faults().fail("createSnapshot", new Refused(Kind.FAILED, "no"));
        at("2026-03-04T13:00:00Z");
        assertThat(names("v")).isEmpty();
        world.faults().heal();
        at("2026-03-04T13:01:00Z");
        assertThat(names("v")).isEmpty();
        at("2026-03-04T14:00:00Z");
        assertThat(names("v")).containsExactly("s0");
    }

    @Test
    void whatIsDueWaitsForAnArrayOutOfReach() {
        makeScheduled("v", "0 * * * *", "s%d");
        world.faults().cutOff();
        at("2026-03-04T13:00:00Z");
        assertThat(names("v")).isEmpty();
        world.faults().heal();
        at("2026-03-04T13:07:00Z");
        assertThat(names("v")).containsExactly("s0");
    }

    @Test
    void aMountedFileSystemStandsStill() {
        makeScheduled("v", "0 * * * *", "s%d");
        Attachment mount = attach(V, AttachmentKind.MOUNT);
        world.faults().takeLog();
        at("2026-03-04T13:00:00Z");
        assertThat(world.faults().takeLog()).containsSubsequence("freeze", "createSnapshot", "thaw");
        detach(mount);
    }

    @Test
    void expiredSnapshotsAreDeleted() {
        make("v");
        OffsetDateTime end = OffsetDateTime.parse("2026-03-04T17:00:00+04:00");
        for (String name : new String[] {"a", "b", "c"}) {
            engine.snapshots()
                    .create(new SnapshotCreation(V, name, null, new Expiry.At(end)))
                    .await();
        }
        snapshot(V, "kept");
        engine.snapshots().update(V.snapshot("b"), "", end.plusSeconds(60)).await();
        Attachment use = attachSnapshot(V, "c");
        at("2026-03-04T12:59:59Z");
        assertThat(names("v")).containsExactlyInAnyOrder("a", "b", "c", "kept");
        at("2026-03-04T13:00:00Z");
        assertThat(names("v")).containsExactlyInAnyOrder("b", "c", "kept");
        detach(use);
        at("2026-03-04T14:00:00Z");
        assertThat(names("v")).containsExactly("kept");
    }

    @Test
    void aScheduleThatIsNoneIsRefused() {
        refused(
                Kind.BAD_INPUT,
                "Invalid value \"every day\" for key \"snapshots.schedule\"",
                () -> engine.volumes()
                        .create(new VolumeCreation(
                                V, ContentType.BLOCK, "", Map.of("snapshots.schedule", "every day"))));
    }

    @Test
    void oneOfSeveralMembersTakesIt() throws Exception {
        Engine other = world.openMember(Files.createDirectory(folder.resolve("other")));
        for (int i = 0; i < 10; i++) {
            makeScheduled("v" + i, "* * * * *", "s%d");
        }
        for (int round = 1; round <= 3; round++) {
            world.clock().advance(Duration.ofMinutes(1));
            Thread second = Thread.ofVirtual().start(other::keepSchedules);
            engine.keepSchedules();
            second.join();
            engine.keepSchedules();
            for (int i = 0; i < 10; i++) {
                assertThat(names("v" + i)).hasSize(round);
            }
        }
    }

    @Test
    void theMemberThatHasItMountedTakesItUnlessItDoesNotCome() throws Exception {
        Engine other = world.openMember(Files.createDirectory(folder.resolve("other")));
        makeScheduled("v", "0 * * * *", "s%d");
        Attachment mount = World.mount(other, "v");
        at("2026-03-04T13:00:00Z");
        assertThat(names("v")).isEmpty();
        world.faults().takeLog();
        other.keepSchedules();
        assertThat(names("v")).hasSize(1);
        assertThat(world.faults().takeLog()).containsSubsequence("freeze", "createSnapshot", "thaw");
        at("2026-03-04T14:02:00Z");
        assertThat(names("v")).hasSize(2);
        other.attachments().detach(mount.id()).await();
    }

    @Test
    void manyAreTakenInTheSameMinute() {
        for (int i = 0; i < 25; i++) {
            engine.volumes()
                    .create(new VolumeCreation(
                            VolumeName.of("p", "v" + i),
                            ContentType.BLOCK,
                            "",
                            Map.of("size", "1MiB", "snapshots.schedule", "* * * * *")))
                    .await();
        }
        world.clock().advance(Duration.ofMinutes(1));
        engine.keepSchedules();
        for (int i = 0; i < 25; i++) {
            assertThat(names("v" + i)).containsExactly("snap0");
        }
    }
}
