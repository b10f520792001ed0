package io.stowage.array.flasharray;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class ProtectionGroupsTest extends ArrayTest {
    @BeforeEach
    void makeObjects() {
        rest().post("pods?names=pool", "{}");
        rest().post("volumes?names=pool::a,pool::b", "{'provisioned': 1048576}");
        rest().post("volumes?names=plain", "{'provisioned': 2097152}");
        rest().post("hosts?names=h1,h2", "{}");
    }

    @Test
    void aGroupIsShownWithAllMembersOfTheModel() {
        var made = rest().post("protection-groups?names=pool::pg", "").getFirst();
        assertThat(rest().one("protection-groups?names=POOL::pg")).isEqualTo(made);
        assertThat(rest().one("protection-groups?ids=" + made.path("id").asString()))
                .isEqualTo(made);
        var pod = rest().one("pods?names=pool").path("id").asString();
        var reference = "{\"name\":\"pool\",\"id\":\"" + pod + "\"}";
        assertThat(made.path("pod").toString()).isEqualTo(reference);
        assertThat(made.path("source").toString()).isEqualTo(reference);
        assertThat(made.path("is_local").booleanValue()).isTrue();
        assertThat(made.path("destroyed").booleanValue()).isFalse();
        assertThat(made.get("time_remaining").isNull()).isTrue();
        for (var count : new String[] {"volume_count", "host_count", "host_group_count", "target_count"}) {
            assertThat(made.get(count).intValue()).isZero();
        }
        assertThat(made.path("snapshot_schedule").toString())
                .isEqualTo("{\"enabled\":false,\"frequency\":3600000,\"at\":null}");
        assertThat(made.path("replication_schedule").path("blackout").toString())
                .isEqualTo("{\"start\":null,\"end\":null}");
        assertThat(made.path("source_retention").toString())
                .isEqualTo("{\"all_for_sec\":86400,\"days\":7,\"per_day\":4}");
        assertThat(made.path("target_retention").has("all_for_sec")).isTrue();
        assertThat(made.path("retention_lock").asString()).isEqualTo("unlocked");
        assertThat(made.path("eradication_config").toString()).isEqualTo("{\"manual_eradication\":\"enabled\"}");

        var array = rest().one("arrays").path("name").asString();
        assertThat(rest().post("protection-groups?names=pg", "")
                        .getFirst()
                        .path("source")
                        .path("name")
                        .asString())
                .isEqualTo(array);
    }

    @Test
    void namesAreCheckedAndUniquePerPod() {
        rest().post("protection-groups?names=pg,pool::pg", "");
        assertThat(rest().refused("POST", "protection-groups?names=pool::PG", ""))
                .containsExactly("400 pool::PG: Protection group already exists.");
        assertThat(rest().refused("POST", "protection-groups?names=none::pg", ""))
                .containsExactly("400 none::pg: Pod does not exist.");
        for (var wrong : new String[] {"a_b", "pool::-a", "1", "pool::" + "a".repeat(64)}) {
            assertThat(rest().refused("POST", "protection-groups?names=" + wrong, "")
                            .getFirst())
                    .startsWith("400 " + wrong + ": Protection group name must be between 1 and 63 characters");
        }
        rest().patch("protection-groups?names=pg", "{'name': 'other'}");
        assertThat(rest().names("protection-groups")).containsExactly("other", "pool::pg");
        assertThat(rest().refused("PATCH", "protection-groups?names=pool::pg", "{'name': 'loose'}"))
                .containsExactly("400 loose: Protection group cannot be renamed into or out of a pod.");
        rest().post("protection-groups?names=pool::two", "");
        assertThat(rest().refused("PATCH", "protection-groups?names=pool::pg", "{'name': 'pool::Two'}"))
                .containsExactly("400 pool::Two: Protection group already exists.");
        rest().patch("pods?names=pool", "{'name': 'pond'}");
        assertThat(rest().names("protection-groups?filter=pod.name='pond'")).containsExactly("pond::pg", "pond::two");
        assertThat(rest().refused("GET", "protection-groups?names=pool::pg", ""))
                .containsExactly("400 pool::pg: Protection group does not exist.");
    }

    @Test
    void membersAreAddedAndRemovedFromBothEnds() {
        rest().post("protection-groups?names=pool::pg", "");
        var added = rest().post("protection-groups/volumes?group_names=pool::pg&member_names=pool::a", "");
        assertThat(added.getFirst().path("group").path("name").asString()).isEqualTo("pool::pg");
        assertThat(added.getFirst().path("member").path("name").asString()).isEqualTo("pool::a");
        assertThat(rest().get("volumes/protection-groups?member_names=pool::a")).isEqualTo(added);
        assertThat(rest().get("protection-groups/volumes?member_names=pool::b")).isEmpty();
        rest().post("volumes/protection-groups?group_names=pool::pg&member_names=pool::b", "");
        assertThat(count("pool::pg", "volume_count")).isEqualTo(2);
        assertThat(rest().one("protection-groups/space?names=pool::pg")
                        .path("space")
                        .path("total_provisioned")
                        .longValue())
                .isEqualTo(2 << 20);

        assertThat(rest().refused("POST", "protection-groups/volumes?group_names=pool::pg&member_names=pool::a", ""))
                .containsExactly("400 pool::a: Member already belongs to the protection group.");
        rest().delete("protection-groups/volumes?group_names=pool::pg&member_names=pool::a");
        assertThat(rest().refused("DELETE", "volumes/protection-groups?group_names=pool::pg&member_names=pool::a", ""))
                .containsExactly("400 pool::a: Member could not be found in the protection group.");
        assertThat(rest().refused("POST", "protection-groups/volumes?group_names=pool::no&member_names=pool::a", ""))
                .containsExactly("400 pool::no: Protection group does not exist.");
        assertThat(rest().refused("POST", "protection-groups/volumes?group_names=pool::pg&member_names=pool::no", ""))
                .containsExactly("400 pool::no: Volume does not exist.");
        assertThat(rest().refused("POST", "protection-groups/volumes?group_names=pool::pg", ""))
                .containsExactly("400 -: Names or ids must be specified.");
    }

    @Test
    void aGroupHasOneKindOfMembersAndOnlyVolumesOfItsPod() {
        rest().post("protection-groups?names=pg,pool::pg", "");
        assertThat(rest().refused("POST", "protection-groups/volumes?group_names=pg&member_names=pool::a", ""))
                .containsExactly("400 pool::a: Volume and protection group must be in the same pod.");
        assertThat(rest().refused("POST", "protection-groups/volumes?group_names=pool::pg&member_names=plain", ""))
                .containsExactly("400 plain: Volume and protection group must be in the same pod.");
        assertThat(rest().refused("POST", "protection-groups/hosts?group_names=pool::pg&member_names=h1", ""))
                .containsExactly("400 h1: Only volumes can be members of a protection group in a pod.");
        rest().post("protection-groups/hosts?group_names=pg&member_names=h1,h2", "");
        assertThat(count("pg", "host_count")).isEqualTo(2);
        assertThat(rest().one("hosts/protection-groups?member_names=h2")
                        .path("member")
                        .toString())
                .isEqualTo("{\"name\":\"h2\"}");
        assertThat(rest().refused("POST", "protection-groups/volumes?group_names=pg&member_names=plain", ""))
                .containsExactly("400 plain: Protection group members must be either volumes, hosts or host groups.");
        rest().delete("hosts?names=h2");
        assertThat(count("pg", "host_count")).isEqualTo(1);
        assertThat(rest().get("protection-groups/targets?group_names=pg")).isEmpty();
        assertThat(rest().refused("POST", "protection-groups/targets?group_names=pg&member_names=far", ""))
                .containsExactly("400 far: Array is not connected.");
    }

    @Test
    void hostsAndHostGroupsStandForTheVolumesTheySee() {
        rest().post("host-groups?names=hg", "{}");
        rest().post("host-groups/hosts?group_names=hg&member_names=h1", "");
        rest().post("volumes?names=shared", "{'provisioned': 1048576}");
        rest().post("connections?host_names=h1&volume_names=plain", "");
        rest().post("connections?host_names=h1&volume_names=pool::a", "");
        rest().post("connections?host_group_names=hg&volume_names=shared", "");
        rest().post("protection-groups?names=ph,pg", "");
        rest().post("hosts/protection-groups?group_names=ph&member_names=h1", "");
        rest().post("host-groups/protection-groups?group_names=pg&member_names=hg", "");
        assertThat(count("pg", "host_group_count")).isEqualTo(1);
        rest().post("protection-group-snapshots?source_names=ph,pg", "{'suffix': 's'}");
        assertThat(rest().names("volume-snapshots")).containsExactly("pg.s.shared", "ph.s.plain", "ph.s.shared");
    }

    @Test
    void aDestroyedVolumeCountsAgainWhenItComesBackAndNoMoreWhenItIsGone() {
        rest().post("protection-groups?names=pool::pg", "");
        rest().post("protection-groups/volumes?group_names=pool::pg&member_names=pool::a,pool::b", "");
        rest().patch("volumes?names=pool::a", "{'destroyed': true}");
        assertThat(count("pool::pg", "volume_count")).isEqualTo(1);
        rest().patch("volumes?names=pool::a", "{'destroyed': false}");
        assertThat(count("pool::pg", "volume_count")).isEqualTo(2);
        rest().patch("volumes?names=pool::a", "{'destroyed': true}");
        rest().delete("volumes?names=pool::a");
        assertThat(rest().get("protection-groups/volumes")).hasSize(1);
    }

    @Test
    void aGroupIsDestroyedRecoveredAndEradicatedWithItsSnapshots() throws Exception {
        rest().post("protection-groups?names=pool::pg", "");
        rest().post("protection-groups/volumes?group_names=pool::pg&member_names=pool::a,pool::b", "");
        rest().post("protection-group-snapshots?source_names=pool::pg", "{'suffix': 's1'}");

        assertThat(rest().refused("DELETE", "protection-groups?names=pool::pg", ""))
                .containsExactly("400 pool::pg: Protection group must be destroyed before it can be eradicated.");
        assertThat(rest().refused("PATCH", "protection-groups?names=pool::pg", "{'destroyed': false}"))
                .containsExactly("400 pool::pg: Protection group is not destroyed.");
        rest().patch("protection-groups?names=pool::pg", "{'destroyed': true}");
        restart();
        assertThat(rest().one("protection-groups").path("time_remaining").longValue())
                .isEqualTo(86_400_000);
        assertThat(rest().names("protection-group-snapshots?destroyed=false")).isEmpty();
        assertThat(rest().names("volume-snapshots?destroyed=true")).containsExactly("pool::pg.s1.a", "pool::pg.s1.b");
        var gone = "400 pool::pg: Protection group has been destroyed.";
        assertThat(rest().refused("PATCH", "protection-groups?names=pool::pg", "{'destroyed': true}"))
                .containsExactly(gone);
        assertThat(rest().refused("PATCH", "protection-groups?names=pool::pg", "{'name': 'pool::x'}"))
                .containsExactly(gone);
        assertThat(rest().refused("POST", "protection-group-snapshots?source_names=pool::pg", ""))
                .containsExactly(gone);
        assertThat(rest().refused("POST", "protection-groups/volumes?group_names=pool::pg&member_names=pool::a", ""))
                .containsExactly(gone);
        assertThat(rest().refused("POST", "protection-groups?names=pool::pg", ""))
                .containsExactly("400 pool::pg: Protection group already exists.");

        rest().patch("protection-groups?names=pool::pg", "{'destroyed': false}");
        assertThat(rest().names("protection-group-snapshots?destroyed=false")).containsExactly("pool::pg.s1");
        assertThat(count("pool::pg", "volume_count")).isEqualTo(2);

        rest().patch("protection-groups?names=pool::pg", "{'destroyed': true}");
        rest().delete("protection-groups?names=pool::pg");
        for (var kind : new String[] {
            "protection-groups", "protection-group-snapshots", "protection-groups/volumes", "volume-snapshots"
        }) {
            assertThat(rest().get(kind)).isEmpty();
        }
    }

    @Test
    void schedulesAndRetentionAreStoredAndChecked() throws Exception {
        rest().post("protection-groups?names=pg", "");
        var set = "{'snapshot_schedule': {'enabled': true, 'frequency': 86400000, 'at': 7200},"
                + " 'replication_schedule': {'frequency': 7200000, 'blackout': {'start': 18000000, 'end': 28800000}},"
                + " 'source_retention': {'all_for_sec': 3600, 'days': 3, 'per_day': 2},"
                + " 'target_retention': {'days': 0}}";
        var changed = rest().patch("protection-groups?names=pg", set).getFirst();
        restart();
        assertThat(rest().one("protection-groups")).isEqualTo(changed);
        assertThat(changed.path("snapshot_schedule").toString())
                .isEqualTo("{\"enabled\":true,\"frequency\":86400000,\"at\":7200}");
        assertThat(changed.path("replication_schedule").toString())
                .isEqualTo("{\"enabled\":false,\"frequency\":7200000,\"at\":null,"
                        + "\"blackout\":{\"start\":18000000,\"end\":28800000}}");
        assertThat(changed.path("source_retention").toString())
                .isEqualTo("{\"all_for_sec\":3600,\"days\":3,\"per_day\":2}");
        assertThat(changed.path("target_retention").toString())
                .isEqualTo("{\"all_for_sec\":86400,\"days\":0,\"per_day\":4}");

        refuses("{'snapshot_schedule': {'frequency': 299999}}", "Frequency must be");
        refuses("{'snapshot_schedule': {'at': 86400}}", "At must be");
        refuses("{'snapshot_schedule': {'frequency': 3600000, 'at': 60}}", "At must be");
        refuses("{'replication_schedule': {'blackout': {'start': 1, 'end': 3600000}}}", "Blackout must");
        refuses("{'source_retention': {'all_for_sec': 59}}", "Retention must");
        refuses("{'source_retention': {'days': 4001}}", "Retention must");
        refuses("{'target_retention': {'per_day': 1441}}", "Retention must");
        assertThat(rest().refused("PATCH", "protection-groups?names=pg", "{'retention_lock': 'open'}"))
                .containsExactly("400 -: Invalid value for attribute retention_lock.");
        assertThat(rest().refused("PATCH", "protection-groups?names=pg", "{'colour': 'red'}"))
                .containsExactly("400 -: No attribute specified.");
        assertThat(rest().one("protection-groups")).isEqualTo(changed);

        rest().patch("protection-groups?names=pg", "{'replication_schedule': {'blackout': ''}}");
        assertThat(rest().one("protection-groups")
                        .path("replication_schedule")
                        .path("blackout")
                        .get("start")
                        .isNull())
                .isTrue();
    }

    private void refuses(String body, String message) {
        assertThat(rest().refused("PATCH", "protection-groups?names=pg", body).getFirst())
                .startsWith("400 pg: " + message);
    }

    private int count(String group, String what) {
        return rest().one("protection-groups?names=" + group).path(what).intValue();
    }
}
