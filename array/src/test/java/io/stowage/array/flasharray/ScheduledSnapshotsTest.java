package io.stowage.array.flasharray;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Time begins at noon (UTC) and passes by hand. */
class ScheduledSnapshotsTest extends ArrayTest {
    @BeforeEach
    void makeGroup() {
        rest().patch("arrays", "{'idle_timeout': 0}");
        rest().post("volumes?names=a,b", "{'provisioned': 1048576}");
        rest().post("protection-groups?names=pg", "");
        rest().post("protection-groups/volumes?group_names=pg&member_names=a,b", "");
    }

    @Test
    void snapshotsAreTakenAtTheFrequency() throws Exception {
        assertThat(taken()).isEmpty();
        set("{'snapshot_schedule': {'enabled': true, 'frequency': 600000}}");
        assertThat(taken()).containsExactly("12:00:00");
        assertThat(rest().names("volume-snapshots")).containsExactly("pg.1.a", "pg.1.b");
        time.pass(Duration.ofSeconds(599));
        assertThat(taken()).hasSize(1);
        time.pass(Duration.ofSeconds(31));
        // Late as it is, the step stays that of the schedule.
        assertThat(taken()).containsExactly("12:00:00", "12:10:30");
        restart();
        time.pass(Duration.ofSeconds(569));
        assertThat(taken()).hasSize(2);
        time.pass(Duration.ofSeconds(1));
        assertThat(taken()).containsExactly("12:00:00", "12:10:30", "12:20:00");
        set("{'snapshot_schedule': {'enabled': false}}");
        time.pass(Duration.ofHours(1));
        assertThat(taken()).hasSize(3);
    }

    @Test
    void whatWasMissedIsNotMadeUpFor() throws Exception {
        set("{'snapshot_schedule': {'enabled': true, 'frequency': 3600000}}");
        assertThat(taken()).containsExactly("12:00:00");
        time.pass(Duration.ofMinutes(310));
        restart();
        assertThat(taken()).containsExactly("12:00:00", "17:10:00");
        time.pass(Duration.ofMinutes(49));
        assertThat(taken()).hasSize(2);
        time.pass(Duration.ofMinutes(1));
        assertThat(taken()).containsExactly("12:00:00", "17:10:00", "18:00:00");
    }

    @Test
    void snapshotsAreTakenAtATimeOfDay() {
        set("{'snapshot_schedule': {'enabled': true, 'frequency': 172800000, 'at': 7200}}");
        assertThat(taken()).isEmpty();
        time.pass(Duration.ofHours(13));
        assertThat(taken()).isEmpty();
        time.pass(Duration.ofHours(1));
        assertThat(taken()).containsExactly("02:00:00");
        time.pass(Duration.ofHours(47));
        assertThat(taken()).hasSize(1);
        time.pass(Duration.ofHours(1));
        assertThat(taken()).containsExactly("02:00:00", "02:00:00");
    }

    @Test
    void aDestroyedGroupTakesNone() {
        set("{'snapshot_schedule': {'enabled': true, 'frequency': 3600000}}");
        rest().patch("protection-groups?names=pg", "{'destroyed': true}");
        time.pass(Duration.ofHours(2));
        assertThat(rest().get("protection-group-snapshots")).hasSize(1);
        rest().patch("protection-groups?names=pg", "{'destroyed': false}");
        assertThat(taken()).containsExactly("12:00:00", "14:00:00");
    }

    @Test
    void retentionThinsOutWhatTheScheduleTookAndNothingElse() {
        set("{'snapshot_schedule': {'enabled': true, 'frequency': 21600000},"
                + " 'source_retention': {'all_for_sec': 86400, 'days': 2, 'per_day': 2}}");
        rest().post("protection-group-snapshots?source_names=pg", "{'suffix': 'kept'}");
        rest().post("protection-group-snapshots?source_names=pg&apply_retention=true", "{'suffix': 'mine'}");
        for (int i = 0; i < 20; i++) {
            rest().get("protection-groups");
            time.pass(Duration.ofHours(6));
        }
        // Now it is noon of the 26th: all of the last 24 hours, and of the 48 before them the first of each half day.
        assertThat(live())
                .containsExactly(
                        "2026-11-21T12:00:00Z", // the one without retention
                        "2026-11-24T00:00:00Z",
                        "2026-11-24T12:00:00Z",
                        "2026-11-25T00:00:00Z",
                        "2026-11-25T12:00:00Z",
                        "2026-11-25T18:00:00Z",
                        "2026-11-26T00:00:00Z",
                        "2026-11-26T06:00:00Z",
                        "2026-11-26T12:00:00Z");
    }

    @Test
    void whatRetentionEndsIsDestroyedAndGoesAfterTheDelay() {
        set("{'source_retention': {'all_for_sec': 3600, 'days': 0, 'per_day': 0}}");
        rest().post("protection-group-snapshots?source_names=pg&apply_retention=true", "{'suffix': 'mine'}");
        time.pass(Duration.ofMinutes(59));
        assertThat(rest().names("protection-group-snapshots?destroyed=false")).containsExactly("pg.mine");
        time.pass(Duration.ofMinutes(1));
        assertThat(rest().one("protection-group-snapshots?names=pg.mine")
                        .path("time_remaining")
                        .longValue())
                .isEqualTo(86_400_000);
        assertThat(rest().names("volume-snapshots?destroyed=true")).containsExactly("pg.mine.a", "pg.mine.b");
        time.pass(Duration.ofDays(1));
        assertThat(rest().get("protection-group-snapshots")).isEmpty();
    }

    private void set(String body) {
        rest().patch("protection-groups?names=pg", body);
    }

    /** The times of day of all live snapshots. */
    private List<String> taken() {
        return live().stream().map(at -> at.substring(11, 19)).toList();
    }

    private List<String> live() {
        return rest().get("protection-group-snapshots?destroyed=false&sort=created").stream()
                .map(item ->
                        Instant.ofEpochMilli(item.path("created").longValue()).toString())
                .toList();
    }
}
