package io.stowage.array.flasharray;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class VolumeGroupsTest extends ArrayTest {
    @BeforeEach
    void makeGroup() {
        rest().post("volume-groups?names=vg", "{}");
    }

    @Test
    void aGroupIsShownWithAllMembersOfTheModel() {
        var group = rest().one("volume-groups?names=VG");
        assertThat(group.path("name").asString()).isEqualTo("vg");
        assertThat(rest().one("volume-groups?ids=" + group.path("id").asString()))
                .isEqualTo(group);
        assertThat(group.path("destroyed").booleanValue()).isFalse();
        assertThat(group.get("time_remaining").isNull()).isTrue();
        assertThat(group.path("pod").toString()).isEqualTo("{\"name\":null,\"id\":null}");
        assertThat(group.path("qos").toString()).isEqualTo("{\"bandwidth_limit\":null,\"iops_limit\":null}");
        assertThat(group.path("priority_adjustment").toString())
                .isEqualTo("{\"priority_adjustment_operator\":\"+\",\"priority_adjustment_value\":0}");
        assertThat(group.path("volume_count").intValue()).isZero();
        rest().post("volumes?names=vg/a,vg/b", "{'provisioned': 2097152}");
        assertThat(rest().one("volume-groups").path("volume_count").intValue()).isEqualTo(2);
        assertThat(rest().one("volume-groups/space")
                        .path("space")
                        .path("total_provisioned")
                        .longValue())
                .isEqualTo(4194304);
    }

    @Test
    void aGroupIsANameSpaceOfItsOwn() {
        rest().post("pods?names=pool", "{}");
        rest().post("volume-groups?names=pool::vg", "{}");
        rest().post("volumes?names=v,vg/v,pool::v,pool::vg/v", "{}");
        assertThat(rest().names("volumes")).containsExactlyInAnyOrder("v", "vg/v", "pool::v", "pool::vg/v");
        assertThat(rest().refused("POST", "volumes?names=pool::VG/V", "{}"))
                .containsExactly("400 pool::VG/V: Volume already exists.");
        assertThat(rest().refused("POST", "volumes?names=none/v", "{}"))
                .containsExactly("400 none/v: Volume group does not exist.");
        assertThat(rest().refused("GET", "volumes?names=none/v", ""))
                .containsExactly("400 none/v: Volume does not exist.");
        assertThat(rest().refused("POST", "volumes?names=vg/a/b", "{}").getFirst())
                .startsWith("400 vg/a/b: Volume name must be");
        var volume = rest().one("volumes?names=pool::vg/v");
        assertThat(volume.path("volume_group").path("name").asString()).isEqualTo("pool::vg");
        assertThat(volume.path("pod").path("name").asString()).isEqualTo("pool");
        assertThat(rest().names("volumes?filter=volume_group.name%3D%27vg%27")).containsExactly("vg/v");
        var snapshot = rest().post("volume-snapshots?source_names=pool::vg/v", "{'suffix': 's'}")
                .getFirst();
        assertThat(snapshot.path("name").asString()).isEqualTo("pool::vg/v.s");
        assertThat(snapshot.path("volume_group").path("name").asString()).isEqualTo("pool::vg");
        rest().post("volumes?names=vg/copy", "{'source': {'name': 'pool::vg/v.s'}}");
        rest().patch("volumes?names=vg/copy", "{'name': 'vg/renamed'}");
        assertThat(rest().get("volume-groups/volumes?group_names=vg"))
                .extracting(item -> item.path("member").path("name").asString())
                .containsExactly("vg/renamed", "vg/v");
        assertThat(rest().get("volumes/volume-groups?member_names=pool::vg/v"))
                .extracting(item -> item.path("group").path("name").asString())
                .containsExactly("pool::vg");
    }

    @Test
    void volumesMoveBetweenGroupsAndPods() {
        rest().post("pods?names=pool", "{}");
        rest().post("volume-groups?names=pool::vg", "{}");
        rest().post("volumes?names=v,w", "{}");
        rest().patch("volumes?names=v", "{'volume_group': {'name': 'vg'}}");
        assertThat(rest().names("volumes")).containsExactly("vg/v", "w");
        rest().patch("volumes?names=vg/v", "{'volume_group': {'name': 'pool::vg'}}");
        assertThat(rest().names("volumes")).containsExactly("pool::vg/v", "w");
        rest().patch("volumes?names=pool::vg/v", "{'volume_group': {'name': ''}}");
        assertThat(rest().names("volumes")).containsExactly("pool::v", "w");
        rest().patch("volumes?names=pool::v", "{'pod': {'name': ''}}");
        assertThat(rest().names("volumes")).containsExactly("v", "w");
        assertThat(rest().refused("PATCH", "volumes?names=v", "{'volume_group': {'name': 'none'}}"))
                .containsExactly("400 none/v: Volume group does not exist.");
        assertThat(rest().refused("PATCH", "volumes?names=v", "{'name': 'vg/v'}"))
                .containsExactly("400 vg/v: Volume cannot be renamed into or out of a volume group.");
        assertThat(rest().refused(
                                "PATCH",
                                "volumes?names=v",
                                "{'volume_group': {'name': 'vg'}, 'pod': {'name': 'pool'}}"))
                .containsExactly("400 -: Invalid combination of parameters specified.");
        rest().post("volumes?names=vg/v", "{}");
        assertThat(rest().refused("PATCH", "volumes?names=v", "{'volume_group': {'name': 'vg'}}"))
                .containsExactly("400 vg/v: Volume already exists.");
    }

    @Test
    void aGroupIsDestroyedRecoveredAndEradicatedWithItsVolumes() {
        rest().post("volumes?names=vg/early,vg/v", "{}");
        rest().post("volume-snapshots?source_names=vg/v", "{'suffix': 's'}");
        rest().patch("volumes?names=vg/early", "{'destroyed': true}");
        time.pass(Duration.ofSeconds(1));
        rest().post("hosts?names=h", "{}");
        rest().post("connections?host_names=h&volume_names=vg/v", "");
        assertThat(rest().refused("PATCH", "volume-groups?names=vg", "{'destroyed': true}"))
                .containsExactly("400 vg/v: Volume cannot be destroyed due to existing connections.");
        rest().delete("connections?host_names=h&volume_names=vg/v");
        assertThat(rest().refused("DELETE", "volume-groups?names=vg", ""))
                .containsExactly("400 vg: Volume group must be destroyed before it can be eradicated.");
        rest().patch("volume-groups?names=vg", "{'destroyed': true}");
        assertThat(rest().names("volumes?destroyed=false")).isEmpty();
        assertThat(rest().one("volume-groups").path("time_remaining").longValue())
                .isEqualTo(86_400_000);
        assertThat(rest().one("volume-groups").path("volume_count").intValue()).isEqualTo(1);
        assertThat(rest().refused("POST", "volume-groups?names=vg", "{}"))
                .containsExactly("400 vg: Volume group already exists.");
        assertThat(rest().refused("POST", "volumes?names=vg/w", "{}"))
                .containsExactly("400 vg/w: Volume group has been destroyed.");
        assertThat(rest().refused("PATCH", "volumes?names=vg/v", "{'destroyed': false}"))
                .containsExactly("400 vg/v: Volume group has been destroyed.");
        assertThat(rest().refused("PATCH", "volume-groups?names=vg", "{'destroyed': true}"))
                .containsExactly("400 vg: Volume group has been destroyed.");
        rest().patch("volume-groups?names=vg", "{'destroyed': false}");
        assertThat(rest().names("volumes?destroyed=false")).containsExactly("vg/v");
        assertThat(rest().names("volume-snapshots?destroyed=false")).containsExactly("vg/v.s");
        assertThat(rest().refused("PATCH", "volume-groups?names=vg", "{'destroyed': false}"))
                .containsExactly("400 vg: Volume group is not destroyed.");
        rest().patch("volume-groups?names=vg", "{'destroyed': true}");
        rest().delete("volume-groups?names=vg");
        assertThat(rest().get("volumes")).isEmpty();
        assertThat(rest().get("volume-groups")).isEmpty();
    }

    @Test
    void aDestroyedGroupGoesWhenItsTimeIsOver() {
        rest().post("volumes?names=vg/v", "{}");
        rest().patch("volume-groups?names=vg", "{'destroyed': true}");
        time.pass(Duration.ofHours(24));
        try (var again = Rest.login(array().endpoints(), "2.26")) {
            assertThat(again.get("volume-groups")).isEmpty();
            assertThat(again.get("volumes")).isEmpty();
            again.post("volume-groups?names=vg", "{}");
        }
    }

    @Test
    void aPodHoldsGroupsAndTakesThemWithIt() {
        rest().post("pods?names=pool,other", "{}");
        rest().post("volume-groups?names=pool::vg", "{}");
        rest().post("volumes?names=pool::vg/v", "{'provisioned': 3145728}");
        rest().patch("pods?names=other", "{'quota_limit': 2097152}");
        assertThat(rest().refused("PATCH", "volume-groups?names=pool::vg", "{'pod': {'name': 'other'}}"))
                .containsExactly("400 other::vg: Operation would exceed the quota limit of the pod.");
        rest().patch("pods?names=other", "{'quota_limit': ''}");
        rest().patch("volume-groups?names=pool::vg", "{'pod': {'name': 'other'}}");
        assertThat(rest().names("volumes")).containsExactly("other::vg/v");
        assertThat(rest().refused("PATCH", "volume-groups?names=other::vg", "{'name': 'pool::vg'}"))
                .containsExactly("400 pool::vg: Volume group cannot be renamed into or out of a pod.");
        rest().patch("volume-groups?names=other::vg", "{'name': 'other::wg'}");
        assertThat(rest().names("volumes")).containsExactly("other::wg/v");
        time.pass(Duration.ofSeconds(1));
        rest().patch("pods?names=other&destroy_contents=true", "{'destroyed': true}");
        assertThat(rest().one("volume-groups?names=other::wg").path("destroyed").booleanValue())
                .isTrue();
        assertThat(rest().refused("PATCH", "volume-groups?names=other::wg", "{'destroyed': false}"))
                .containsExactly("400 other::wg: Pod has been destroyed.");
        rest().patch("pods?names=other", "{'destroyed': false}");
        assertThat(rest().names("volume-groups?destroyed=false")).containsExactly("other::wg", "vg");
        assertThat(rest().names("volumes?destroyed=false")).containsExactly("other::wg/v");
        rest().patch("volume-groups?names=other::wg", "{'pod': {'name': ''}}");
        assertThat(rest().names("volumes")).containsExactly("wg/v");
        rest().post("volume-groups?names=pool::empty", "{}");
        assertThat(rest().refused("PATCH", "pods?names=pool", "{'destroyed': true}"))
                .containsExactly("400 pool: Pod is not empty.");
        rest().patch("pods?names=pool&destroy_contents=true", "{'destroyed': true}");
        rest().delete("pods?names=pool&eradicate_contents=true");
        assertThat(rest().names("volume-groups")).containsExactly("vg", "wg");
    }

    @Test
    void limitsAndPrioritiesAreChecked() {
        rest().post("volumes?names=vg/v", "{}");
        rest().patch(
                        "volume-groups?names=vg",
                        "{'qos': {'iops_limit': 100, 'bandwidth_limit': 1048576}, 'priority_adjustment':"
                                + " {'priority_adjustment_operator': '-', 'priority_adjustment_value': 10}}");
        assertThat(rest().one("volume-groups").path("qos").toString())
                .isEqualTo("{\"bandwidth_limit\":1048576,\"iops_limit\":100}");
        assertThat(rest().one("volumes").path("priority").intValue()).isEqualTo(-10);
        rest().patch("volumes?names=vg/v", "{'priority_adjustment': {'priority_adjustment_value': 10}}");
        assertThat(rest().one("volumes").path("priority").intValue()).isZero();
        rest().patch(
                        "volumes?names=vg/v",
                        "{'priority_adjustment': {'priority_adjustment_operator': '=', 'priority_adjustment_value': 10}}");
        assertThat(rest().one("volumes").path("priority").intValue()).isEqualTo(10);
        for (var wrong : new String[] {
            "{'qos': {'iops_limit': 99}}",
            "{'qos': {'iops_limit': 100000001}}",
            "{'qos': {'bandwidth_limit': 1048575}}",
            "{'priority_adjustment': {'priority_adjustment_operator': '='}}",
            "{'priority_adjustment': {'priority_adjustment_value': 5}}",
        }) {
            assertThat(rest().refused("PATCH", "volume-groups?names=vg", wrong).getFirst())
                    .startsWith("400 -: Invalid value for attribute ");
        }
        rest().patch("volume-groups?names=vg", "{'qos': {'iops_limit': ''}}");
        assertThat(rest().one("volume-groups").path("qos").toString())
                .isEqualTo("{\"bandwidth_limit\":1048576,\"iops_limit\":null}");
    }

    @Test
    void namesAreCheckedAndUnique() {
        for (var wrong : new String[] {"-a", "a.b", "a/b", "a".repeat(64), "1234"}) {
            assertThat(rest().refused("POST", "volume-groups?names=" + wrong, "{}")
                            .getFirst())
                    .startsWith("400 " + wrong + ": Volume group name must be between 1 and 63 characters");
        }
        assertThat(rest().refused("POST", "volume-groups?names=none::vg", "{}"))
                .containsExactly("400 none::vg: Pod does not exist.");
        assertThat(rest().refused("POST", "volume-groups?names=Vg", "{}"))
                .containsExactly("400 Vg: Volume group already exists.");
        assertThat(rest().refused("GET", "volume-groups?names=none", ""))
                .containsExactly("400 none: Volume group does not exist.");
        assertThat(rest().refused("PATCH", "volume-groups?names=vg", "{'name': 'x', 'destroyed': true}"))
                .containsExactly("400 -: Invalid combination of parameters specified.");
        assertThat(rest().refused("PATCH", "volume-groups?names=vg", "{}"))
                .containsExactly("400 -: No attribute specified.");
    }

    @Test
    void groupsOutliveARestart() throws Exception {
        rest().post("volumes?names=vg/v", "{}");
        var before = rest().get("volume-groups").toString() + rest().get("volumes");
        restart();
        assertThat(rest().get("volume-groups").toString() + rest().get("volumes"))
                .isEqualTo(before);
    }
}
