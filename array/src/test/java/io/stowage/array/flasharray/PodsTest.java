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
}
