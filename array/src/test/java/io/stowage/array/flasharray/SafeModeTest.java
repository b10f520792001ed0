package io.stowage.array.flasharray;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.stowage.array.fault.ControlClient;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class SafeModeTest extends ArrayTest {
    private static final String DISABLED = "400 -: Eradication is disabled.";

    @BeforeEach
    void makeObjects() {
        rest().patch("arrays", "{'idle_timeout': 0}");
        rest().post("pods?names=pool", "{}");
        rest().post("volumes?names=pool::a,pool::b,plain", "{'provisioned': 1048576}");
        rest().post("volume-snapshots?source_names=pool::a,plain", "{'suffix': 's'}");
        rest().post("protection-groups?names=pool::pg", "");
        rest().post("protection-groups/volumes?group_names=pool::pg&member_names=pool::a", "");
        rest().post("protection-group-snapshots?source_names=pool::pg", "{'suffix': 's'}");
    }

    @Test
    void withoutManualEradicationOnlyTimeEradicates() throws Exception {
        array().support().allowManualEradication(false);
        restart();
        assertThat(arrayMode()).isEqualTo("all-disabled");
        assertThat(podMode()).isEqualTo("all-disabled");
        assertThat(groupMode()).isEqualTo("disabled");
        rest().patch("volume-snapshots?names=plain.s", "{'destroyed': true}");
        rest().patch("volumes?names=plain", "{'destroyed': true}");
        rest().patch("protection-group-snapshots?names=pool::pg.s", "{'destroyed': true}");
        assertThat(rest().refused("DELETE", "volume-snapshots?names=plain.s", ""))
                .containsExactly(DISABLED);
        assertThat(rest().refused("DELETE", "volumes?names=plain", "")).containsExactly(DISABLED);
        assertThat(rest().refused("DELETE", "protection-group-snapshots?names=pool::pg.s", ""))
                .containsExactly(DISABLED);
        rest().patch("protection-groups?names=pool::pg", "{'destroyed': true}");
        assertThat(rest().refused("DELETE", "protection-groups?names=pool::pg", ""))
                .containsExactly(DISABLED);
        rest().patch("pods?names=pool&destroy_contents=true", "{'destroyed': true}");
        assertThat(rest().refused("DELETE", "pods?names=pool&eradicate_contents=true", "")
                        .getFirst())
                .startsWith("400 pool: Cannot eradicate pod");
        time.pass(Duration.ofDays(1));
        for (var kind : new String[] {"pods", "volumes", "volume-snapshots", "protection-groups"}) {
            assertThat(rest().get(kind)).isEmpty();
        }
        array().support().allowManualEradication(true);
        assertThat(arrayMode()).isEqualTo("all-enabled");
    }

    @Test
    void testersSwitchItOnTheControlSocket() throws Exception {
        try (var control = ControlClient.connect(state())) {
            control.ok("{'set': 'safemode', 'to': true}");
            assertThat(arrayMode()).isEqualTo("all-disabled");
            control.ok("{'set': 'safemode', 'to': null}");
            assertThat(arrayMode()).isEqualTo("all-enabled");
        }
    }

    @Test
    void aPodCanBeProtectedAlone() {
        array().support().allowManualEradication("pool", false);
        assertThat(arrayMode()).isEqualTo("partially-disabled");
        assertThat(podMode()).isEqualTo("all-disabled");
        rest().patch("volumes?names=pool::b,plain", "{'destroyed': true}");
        assertThat(rest().refused("DELETE", "volumes?names=pool::b", "")).containsExactly(DISABLED);
        rest().delete("volumes?names=plain");
        assertThatThrownBy(() -> array().support().allowManualEradication("none", false))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void aLockedGroupOnlyBecomesStronger() {
        rest().patch(
                        "protection-groups?names=pool::pg",
                        "{'snapshot_schedule': {'enabled': true, 'frequency': 3600000}, 'retention_lock': 'ratcheted'}");
        assertThat(groupMode()).isEqualTo("disabled");
        assertThat(podMode()).isEqualTo("partially-disabled");
        assertThat(arrayMode()).isEqualTo("partially-disabled");

        var group = "protection-groups?names=pool::pg";
        assertThat(rest().refused("PATCH", group, "{'destroyed': true}"))
                .containsExactly("400 pool::pg: Protection group cannot be destroyed because its retention is locked.");
        assertThat(rest().refused("PATCH", group, "{'retention_lock': 'unlocked'}")
                        .getFirst())
                .startsWith("400 pool::pg: Retention lock cannot be removed.");
        for (var weaker : new String[] {
            "{'source_retention': {'days': 6}}",
            "{'source_retention': {'all_for_sec': 86399}}",
            "{'target_retention': {'per_day': 3}}",
            "{'snapshot_schedule': {'enabled': false}}",
            "{'snapshot_schedule': {'frequency': 7200000}}"
        }) {
            assertThat(rest().refused("PATCH", group, weaker).getFirst())
                    .startsWith("400 pool::pg: Protection group cannot be given a weaker schedule or retention");
        }
        rest().patch(group, "{'source_retention': {'days': 8}, 'snapshot_schedule': {'frequency': 1800000}}");
        rest().post("protection-groups/volumes?group_names=pool::pg&member_names=pool::b", "");
        assertThat(rest().refused("DELETE", "protection-groups/volumes?group_names=pool::pg&member_names=pool::b", "")
                        .getFirst())
                .startsWith("400 pool::b: Member cannot be removed");
        assertThat(rest().refused("PATCH", "protection-group-snapshots?names=pool::pg.s", "{'destroyed': true}")
                        .getFirst())
                .startsWith("400 pool::pg.s: Protection group snapshot cannot be destroyed");

        rest().patch("volumes?names=pool::b,plain", "{'destroyed': true}");
        assertThat(rest().refused("DELETE", "volumes?names=pool::b", "")).containsExactly(DISABLED);
        rest().delete("volumes?names=plain");
        rest().patch("pods?names=pool&destroy_contents=true", "{'destroyed': true}");
        assertThat(rest().refused("DELETE", "pods?names=pool&eradicate_contents=true", "")
                        .getFirst())
                .startsWith("400 pool: Cannot eradicate pod");
        array().support().unlockRetention("pool::pg");
        rest().delete("pods?names=pool&eradicate_contents=true");
    }

    @Test
    void theDelaysAreWholeDays() throws Exception {
        rest().patch("arrays", "{'eradication_config': {'eradication_delay': 259199999}}");
        assertThat(config()).isEqualTo(delays(2, 2, 2));
        rest().patch("arrays", "{'eradication_config': {'disabled_delay': 2592000000}}");
        restart();
        assertThat(config()).isEqualTo(delays(null, 2, 30));
        assertThat(rest().refused("PATCH", "arrays", "{'eradication_config': {'eradication_delay': 86400000}}"))
                .containsExactly("400 -: Eradication delay cannot be set while enabled delay and disabled delay are"
                        + " different.");
        for (var wrong : new long[] {86_399_999, 2_678_400_000L, -1}) {
            assertThat(rest().refused("PATCH", "arrays", "{'eradication_config': {'enabled_delay': " + wrong + "}}"))
                    .containsExactly("400 -: Eradication delay must be between 86400000 and 2592000000 milliseconds.");
        }
        assertThat(rest().refused("PATCH", "arrays", "{'eradication_config': {'manual_eradication': 'all-enabled'}}"))
                .containsExactly("400 -: Attribute manual_eradication is read-only.");

        rest().patch("volumes?names=pool::b", "{'destroyed': true}");
        array().support().allowManualEradication(false);
        rest().patch("volumes?names=plain", "{'destroyed': true}");
        assertThat(remaining("pool::b")).isEqualTo(Duration.ofDays(2).toMillis());
        assertThat(remaining("plain")).isEqualTo(Duration.ofDays(30).toMillis());
        try (var old = Rest.login(array().endpoints(), "2.25")) {
            assertThat(old.one("arrays").path("eradication_config").has("enabled_delay"))
                    .isFalse();
        }
    }

    private long remaining(String volume) {
        return rest().one("volumes?names=" + volume).path("time_remaining").longValue();
    }

    private static String delays(@Nullable Integer both, int enabled, int disabled) {
        return "{\"manual_eradication\":\"all-enabled\",\"eradication_delay\":%s,\"enabled_delay\":%d,\"disabled_delay\":%d}"
                .formatted(
                        both == null ? null : Duration.ofDays(both).toMillis(),
                        Duration.ofDays(enabled).toMillis(),
                        Duration.ofDays(disabled).toMillis());
    }

    private String config() {
        return rest().one("arrays").path("eradication_config").toString();
    }

    private String arrayMode() {
        return rest().one("arrays")
                .path("eradication_config")
                .path("manual_eradication")
                .asString();
    }

    private String podMode() {
        return mode("pods?names=pool");
    }

    private String groupMode() {
        return mode("protection-groups?names=pool::pg");
    }

    private String mode(String target) {
        return rest().one(target)
                .path("eradication_config")
                .path("manual_eradication")
                .asString();
    }
}
