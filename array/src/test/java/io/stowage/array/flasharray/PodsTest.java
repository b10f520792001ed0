package io.stowage.array.flasharray;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class PodsTest extends ArrayTest {
    @Test
    void aPodIsShownWithAllMembersOfTheModel() {
        var made = rest().post("pods?names=pool", "{'quota_limit': 1073741824}").getFirst();
        var pod = rest().one("pods?names=POOL");
        assertThat(pod).isEqualTo(made);
        assertThat(pod.path("name").asString()).isEqualTo("pool");
        assertThat(pod.path("destroyed").booleanValue()).isFalse();
        assertThat(pod.get("time_remaining").isNull()).isTrue();
        assertThat(pod.path("source").toString()).isEqualTo("{\"name\":null,\"id\":null}");
        assertThat(pod.path("quota_limit").longValue()).isEqualTo(1L << 30);
        assertThat(pod.path("arrays").path(0).path("status").asString()).isEqualTo("online");
        assertThat(pod.path("space").path("used_provisioned").longValue()).isZero();
    }

    @Test
    void namesAreCheckedAndUnique() {
        rest().post("pods?names=pool", "{}");
        assertThat(rest().refused("POST", "pods?names=Pool", "{}")).containsExactly("400 Pool: Pod already exists.");
        for (var wrong : new String[] {"a_b", "-a", "a-", "1234", "a.b", "a".repeat(64)}) {
            assertThat(rest().refused("POST", "pods?names=" + wrong, "{}").getFirst())
                    .startsWith("400 " + wrong + ": Pod name must be between 1 and 63 characters");
        }
        assertThat(rest().names("pods")).containsExactly("pool");
    }

    @Test
    void aPodWithContentsIsDestroyedRecoveredAndEradicatedWithThem() {
        rest().post("pods?names=pool", "{}");
        rest().post("volumes?names=pool::early,pool::v", "{'provisioned': 1048576}");
        rest().post("volume-snapshots?source_names=pool::v", "{'suffix': 's1'}");
        rest().patch("volumes?names=pool::early", "{'destroyed': true}");
        time.pass(Duration.ofSeconds(1));

        assertThat(rest().refused("PATCH", "pods?names=pool", "{'destroyed': true}"))
                .containsExactly("400 pool: Pod is not empty.");
        rest().patch("pods?names=pool&destroy_contents=true", "{'destroyed': true}");
        assertThat(rest().names("volumes?destroyed=false")).isEmpty();
        assertThat(rest().names("volume-snapshots?destroyed=false")).isEmpty();
        assertThat(rest().one("pods?names=pool").path("time_remaining").longValue())
                .isEqualTo(86_400_000);
        assertThat(rest().refused("POST", "pods?names=pool", "{}")).containsExactly("400 pool: Pod already exists.");
        assertThat(rest().refused("POST", "volumes?names=pool::w", "{}"))
                .containsExactly("400 pool::w: Pod has been destroyed.");

        rest().patch("pods?names=pool", "{'destroyed': false}");
        assertThat(rest().names("volumes?destroyed=false")).containsExactly("pool::v");
        assertThat(rest().names("volume-snapshots?destroyed=false")).containsExactly("pool::v.s1");

        assertThat(rest().refused("DELETE", "pods?names=pool", ""))
                .containsExactly("400 pool: Pod must be destroyed before it can be eradicated.");
        rest().patch("pods?names=pool&destroy_contents=true", "{'destroyed': true}");
        assertThat(rest().refused("DELETE", "pods?names=pool", "").getFirst())
                .startsWith("400 pool: Cannot eradicate pod");
        rest().delete("pods?names=pool&eradicate_contents=true");
        assertThat(rest().get("pods")).isEmpty();
        assertThat(rest().get("volumes")).isEmpty();
        assertThat(rest().get("volume-snapshots")).isEmpty();
        assertThat(rest().refused("GET", "pods?names=pool", "")).containsExactly("400 pool: Pod does not exist.");
    }

    @Test
    void theQuotaLimitsCreationGrowthAndCopies() {
        rest().post("pods?names=pool", "{'quota_limit': 4194304}");
        rest().post("volumes?names=pool::a", "{'provisioned': 3145728}");
        var refusal = "Operation would exceed the quota limit of the pod.";
        assertThat(rest().refused("POST", "volumes?names=pool::b", "{'provisioned': 2097152}"))
                .containsExactly("400 pool::b: " + refusal);
        assertThat(rest().refused("POST", "volumes?names=pool::b", "{'source': {'name': 'pool::a'}}"))
                .containsExactly("400 pool::b: " + refusal);
        assertThat(rest().refused("PATCH", "volumes?names=pool::a", "{'provisioned': 5242880}"))
                .containsExactly("400 pool::a: " + refusal);
        assertThat(rest().refused("PATCH", "pods?names=pool", "{'quota_limit': 1048576}")
                        .getFirst())
                .startsWith("400 pool: Quota limit is below");
        rest().patch("pods?names=pool&ignore_usage=true", "{'quota_limit': 1048576}");
        rest().patch("pods?names=pool", "{'quota_limit': ''}");
        assertThat(rest().one("pods").get("quota_limit").isNull()).isTrue();
        rest().post("volumes?names=pool::b", "{'source': {'name': 'pool::a'}}");
        assertThat(rest().one("pods/space")
                        .path("space")
                        .path("used_provisioned")
                        .longValue())
                .isEqualTo(6291456);
    }

    @Test
    void versionsBelow223KnowNoQuota() {
        try (var old = Rest.login(array().endpoints(), "2.21")) {
            var pod = old.post("pods?names=pool", "{'quota_limit': 1048576}").getFirst();
            assertThat(pod.has("quota_limit")).isFalse();
            assertThat(pod.path("space").has("used_provisioned")).isFalse();
        }
        assertThat(rest().one("pods").get("quota_limit").isNull()).isTrue();
    }

    @Test
    void aPodIsRenamedAndItsVolumesWithIt() {
        rest().post("pods?names=pool", "{}");
        rest().post("volumes?names=pool::v", "{}");
        rest().patch("pods?names=pool", "{'name': 'other'}");
        assertThat(rest().names("volumes")).containsExactly("other::v");
        assertThat(rest().refused("PATCH", "pods?names=other", "{}")).containsExactly("400 -: No attribute specified.");
        assertThat(rest().refused("PATCH", "pods?names=other", "{'name': 'x', 'destroyed': true}"))
                .containsExactly("400 -: Invalid combination of parameters specified.");
    }

    @Test
    void whatIsProtectedInAPodIsContentToo() {
        rest().post("pods?names=pool", "{}");
        rest().post("protection-groups?names=pool::pg", "");
        rest().post("protection-group-snapshots?source_names=pool::pg", "{'suffix': 's'}");
        assertThat(rest().refused("PATCH", "pods?names=pool", "{'destroyed': true}"))
                .containsExactly("400 pool: Pod is not empty.");
        rest().patch("pods?names=pool&destroy_contents=true", "{'destroyed': true}");
        assertThat(rest().names("protection-groups?destroyed=true")).containsExactly("pool::pg");
        assertThat(rest().refused("PATCH", "protection-groups?names=pool::pg", "{'destroyed': false}"))
                .containsExactly("400 pool::pg: Pod has been destroyed.");
        rest().patch("pods?names=pool", "{'destroyed': false}");
        assertThat(rest().names("protection-groups?destroyed=false")).containsExactly("pool::pg");
        assertThat(rest().names("protection-group-snapshots?destroyed=false")).containsExactly("pool::pg.s");
        rest().patch("pods?names=pool&destroy_contents=true", "{'destroyed': true}");
        assertThat(rest().refused("DELETE", "pods?names=pool", "").getFirst())
                .startsWith("400 pool: Cannot eradicate pod");
        rest().delete("pods?names=pool&eradicate_contents=true");
        assertThat(rest().get("protection-groups")).isEmpty();
        assertThat(rest().get("protection-group-snapshots")).isEmpty();
    }

    @Test
    void aCloneHasCopiesOfAllVolumes() {
        rest().post("pods?names=pool", "{}");
        rest().post("volume-groups?names=pool::vg", "{}");
        rest().post("volumes?names=pool::a,pool::vg/b,pool::gone", "{'provisioned': 2097152}");
        rest().patch("volumes?names=pool::gone", "{'destroyed': true}");
        var clone = rest().post(
                        "pods?names=clone",
                        "{'source': {'name': 'pool'}, 'quota_limit': 0, 'requested_promotion_state': 'promoted'}")
                .getFirst();
        assertThat(clone.path("source").path("name").asString()).isEqualTo("pool");
        assertThat(clone.path("source").path("id").asString())
                .isEqualTo(rest().one("pods?names=pool").path("id").asString());
        assertThat(clone.get("quota_limit").isNull()).isTrue();
        assertThat(clone.path("space").path("used_provisioned").longValue()).isEqualTo(4 << 20);
        assertThat(rest().names("volumes?filter=pod.name='clone'")).containsExactly("clone::a", "clone::vg/b");
        assertThat(rest().one("volumes?names=clone::a")
                        .path("source")
                        .path("name")
                        .asString())
                .isEqualTo("pool::a");

        assertThat(rest().refused("POST", "pods?names=small", "{'source': {'name': 'pool'}, 'quota_limit': 2097152}"))
                .containsExactly("400 small: Operation would exceed the quota limit of the pod.");
        assertThat(rest().refused("POST", "pods?names=other", "{'source': {'name': 'none'}}"))
                .containsExactly("400 none: Pod does not exist.");
        rest().patch("pods?names=clone&destroy_contents=true", "{'destroyed': true}");
        assertThat(rest().refused("POST", "pods?names=other", "{'source': {'name': 'clone'}}"))
                .containsExactly("400 clone: Pod has been destroyed.");
        assertThat(rest().names("pods")).containsExactly("clone", "pool");
    }

    @Test
    void aPodIsOnThisArrayAlone() {
        rest().post("pods?names=one,two", "{}");
        var array = rest().one("arrays").path("name").asString();
        var members = rest().get("pods/arrays?group_names=two");
        assertThat(members).hasSize(1);
        assertThat(members.getFirst().path("group").path("name").asString()).isEqualTo("two");
        assertThat(members.getFirst().path("member").path("name").asString()).isEqualTo(array);
        assertThat(rest().get("pods/arrays?member_names=" + array)).hasSize(2);
        assertThat(rest().refused("POST", "pods/arrays?group_names=two&member_names=far", ""))
                .containsExactly("400 far: Array does not exist.");
        assertThat(rest().refused("POST", "pods/arrays?group_names=two&member_names=" + array, ""))
                .containsExactly("400 " + array + ": Pod already includes the array.");
        assertThat(rest().refused("DELETE", "pods/arrays?group_names=two&member_names=" + array, "")
                        .getFirst())
                .startsWith("400 " + array + ": Array cannot be removed");
        assertThat(rest().refused("GET", "pods/arrays?group_names=no", ""))
                .containsExactly("400 no: Pod does not exist.");
    }

    @Test
    void optionsAreCheckedAndKept() throws Exception {
        rest().post("pods?names=pool", "{}");
        var array = rest().one("arrays").path("name").asString();
        rest().patch(
                        "pods?names=pool",
                        "{'failover_preferences': [{'name': '" + array + "'}], 'mediator': '10.0.0.1'}");
        restart();
        var pod = rest().one("pods");
        assertThat(pod.path("failover_preferences").path(0).path("name").asString())
                .isEqualTo(array);
        assertThat(pod.path("mediator").asString()).isEqualTo("10.0.0.1");
        assertThat(rest().refused("PATCH", "pods?names=pool", "{'failover_preferences': [{'name': 'far'}]}"))
                .containsExactly("400 far: Array does not exist.");
        assertThat(rest().patch("pods?names=pool", "{'failover_preferences': []}")
                        .getFirst()
                        .path("failover_preferences"))
                .isEmpty();
        assertThat(rest().refused("PATCH", "pods?names=pool", "{'quota_limit': 1048577}"))
                .containsExactly(
                        "400 pool: Quota limit must be a multiple of 512 between 1048576 and" + " 4503599627370496.");
    }

    @Test
    void aDemotedPodTakesNoVolumes() {
        rest().post("pods?names=pool,full", "{}");
        rest().post("volumes?names=full::v", "{}");
        var demoted = rest().patch("pods?names=pool", "{'requested_promotion_state': 'demoted'}")
                .getFirst();
        assertThat(demoted.path("promotion_status").asString()).isEqualTo("demoted");
        assertThat(rest().refused("POST", "volumes?names=pool::v", "{}"))
                .containsExactly("400 pool::v: Pod is demoted.");
        assertThat(rest().refused("PATCH", "volumes?names=full::v", "{'pod': {'name': 'pool'}}"))
                .containsExactly("400 pool::v: Pod is demoted.");
        assertThat(rest().refused("PATCH", "pods?names=full", "{'requested_promotion_state': 'demoted'}"))
                .containsExactly("400 full: Pod cannot be demoted while it contains volumes.");
        assertThat(rest().refused("PATCH", "pods?names=full", "{'requested_promotion_state': 'idle'}"))
                .containsExactly("400 -: Invalid value for attribute requested_promotion_state.");
        rest().patch("pods?names=pool", "{'requested_promotion_state': 'promoted'}");
        rest().post("volumes?names=pool::v", "{}");
    }

    @Test
    void theQuotaCountsWhatIsLive() {
        rest().post("pods?names=pool", "{'quota_limit': 2097152}");
        rest().post("volumes?names=pool::a,pool::b", "{'provisioned': 1048576}");
        rest().patch("volumes?names=pool::a", "{'destroyed': true}");
        assertThat(used()).isEqualTo(1 << 20);
        rest().post("volumes?names=pool::c", "{'provisioned': 1048576}");
        assertThat(rest().refused("PATCH", "volumes?names=pool::a", "{'destroyed': false}"))
                .containsExactly("400 pool::a: Operation would exceed the quota limit of the pod.");
        rest().patch("pods?names=pool&ignore_usage=true", "{'quota_limit': 1048576}");
        time.pass(Duration.ofSeconds(1));
        rest().patch("pods?names=pool&destroy_contents=true", "{'destroyed': true}");
        assertThat(used()).as("what recovery needs").isEqualTo(2 << 20);
        rest().patch("pods?names=pool", "{'destroyed': false}");
        assertThat(rest().names("volumes?destroyed=false")).containsExactly("pool::b", "pool::c");
    }

    private long used() {
        return rest().one("pods?names=pool")
                .path("space")
                .path("used_provisioned")
                .longValue();
    }
}
