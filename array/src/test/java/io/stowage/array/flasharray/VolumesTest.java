package io.stowage.array.flasharray;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class VolumesTest extends ArrayTest {
    @BeforeEach
    void makePod() {
        rest().post("pods?names=pool", "{}");
    }

    @Test
    void aVolumeIsShownWithAllMembersOfTheModel() {
        var made = rest().post("volumes?names=pool::v&with_default_protection=false", "{'provisioned': 10485760}")
                .getFirst();
        assertThat(rest().one("volumes?names=pool::V")).isEqualTo(made);
        assertThat(rest().one("volumes?ids=" + made.path("id").asString())).isEqualTo(made);
        var array = rest().one("arrays").path("id").asString().replace("-", "").substring(0, 16);
        assertThat(made.path("serial").asString())
                .isEqualToIgnoringCase(array + "00011000")
                .isUpperCase();
        assertThat(made.path("provisioned").longValue()).isEqualTo(10485760);
        assertThat(made.path("created").longValue()).isEqualTo(time.millis());
        assertThat(made.path("pod").path("name").asString()).isEqualTo("pool");
        assertThat(made.path("volume_group").toString()).isEqualTo("{\"name\":null,\"id\":null}");
        assertThat(made.path("qos").toString()).isEqualTo("{\"bandwidth_limit\":null,\"iops_limit\":null}");
        assertThat(made.path("space").get("shared").isNull()).isTrue();
    }

    @Test
    void sizesAndNamesAreChecked() {
        var size = "Volume size must be a multiple of 512 between 1048576 and 4503599627370496.";
        for (var wrong : new long[] {0, 512, 1048577, 4503599627370496L + 512}) {
            assertThat(rest().refused("POST", "volumes?names=pool::v", "{'provisioned': " + wrong + "}"))
                    .containsExactly("400 pool::v: " + size);
        }
        var name = "Volume name must be between 1 and 63 characters (alphanumeric, '_' and '-') in length"
                + " and begin and end with a letter or number.";
        for (var wrong : new String[] {"pool::_a", "pool::a.b", "pool::" + "a".repeat(64), "pool::"}) {
            assertThat(rest().refused("POST", "volumes?names=" + wrong, "{}"))
                    .containsExactly("400 " + wrong + ": " + name);
        }
        assertThat(rest().refused("POST", "volumes?names=none::v", "{}"))
                .containsExactly("400 none::v: Pod does not exist.");
        assertThat(rest().refused("POST", "volumes?names=pool::v", "{'provisioned': '1M'}")
                        .getFirst())
                .startsWith("400 -: Invalid value for attribute provisioned");
        assertThat(rest().refused("POST", "volumes?names=pool::v", "{").getFirst())
                .startsWith("400 -: ");
        assertThat(rest().get("volumes")).isEmpty();
        assertThat(rest().post("volumes?names=plain", "{}")
                        .getFirst()
                        .path("provisioned")
                        .longValue())
                .isEqualTo(1 << 20);
    }

    @Test
    void anEmptyNameDoesNotStandForAllVolumes() {
        rest().post("volumes?names=pool::a", "{}");
        assertThat(rest().refused("PATCH", "volumes?names=", "{'destroyed': true}"))
                .hasSize(1);
        assertThat(rest().one("volumes").path("destroyed").booleanValue()).isFalse();
        rest().patch("volumes?names=pool::a", "{'destroyed': true}");
        assertThat(rest().refused("DELETE", "volumes?names=", "")).hasSize(1);
        assertThat(rest().refused("DELETE", "volumes?ids=", "")).hasSize(1);
        assertThat(rest().names("volumes")).containsExactly("pool::a");
    }

    @Test
    void aCallForSeveralVolumesIsCarriedOutWholeOrNotAtAll() {
        rest().post("volumes?names=pool::b", "{}");
        assertThat(rest().refused("POST", "volumes?names=pool::a,pool::b", "{}"))
                .containsExactly("400 pool::b: Volume already exists.");
        assertThat(rest().names("volumes")).containsExactly("pool::b");
        assertThat(rest().refused("PATCH", "volumes?names=pool::x,pool::b,pool::y", "{'destroyed': true}"))
                .containsExactly("400 pool::x: Volume does not exist.", "400 pool::y: Volume does not exist.");
        assertThat(rest().one("volumes").path("destroyed").booleanValue()).isFalse();
    }

    @Test
    void destroyRecoverEradicate() {
        rest().post("volumes?names=pool::v", "{}");
        rest().post("volume-snapshots?source_names=pool::v", "{'suffix': 'early'}");
        rest().patch("volume-snapshots?names=pool::v.early", "{'destroyed': true}");
        time.pass(Duration.ofSeconds(1));
        rest().post("volume-snapshots?source_names=pool::v", "{'suffix': 's1'}");

        assertThat(rest().refused("DELETE", "volumes?names=pool::v", ""))
                .containsExactly("400 pool::v: Volume must be destroyed before it can be eradicated.");
        assertThat(rest().refused("PATCH", "volumes?names=pool::v", "{'name': 'pool::w', 'destroyed': true}"))
                .containsExactly("400 -: Invalid combination of parameters specified.");
        rest().patch("volumes?names=pool::v", "{'destroyed': true}");
        assertThat(rest().refused("PATCH", "volumes?names=pool::v", "{'destroyed': true}"))
                .containsExactly("400 pool::v: Volume has been destroyed.");
        assertThat(rest().one("volumes?names=pool::v").path("destroyed").booleanValue())
                .isTrue();
        assertThat(rest().refused("GET", "volumes?names=pool::v&destroyed=false", ""))
                .hasSize(1);
        assertThat(rest().refused("POST", "volumes?names=pool::v", "{}").getFirst())
                .contains("already exists");
        assertThat(rest().names("volume-snapshots?destroyed=false")).isEmpty();

        rest().patch("volumes?names=pool::v", "{'destroyed': false}");
        assertThat(rest().names("volume-snapshots?destroyed=false")).containsExactly("pool::v.s1");
        rest().patch("volumes?names=pool::v", "{'destroyed': true}");
        rest().delete("volumes?names=pool::v");
        assertThat(rest().refused("GET", "volumes?names=pool::v", ""))
                .containsExactly("400 pool::v: Volume does not exist.");
        assertThat(rest().get("volume-snapshots")).isEmpty();
        rest().post("volumes?names=pool::v", "{}");
    }

    @Test
    void timeEradicatesWhatIsDestroyed() {
        rest().post("volumes?names=pool::v", "{}");
        rest().patch("volumes?names=pool::v", "{'destroyed': true}");
        time.pass(Duration.ofHours(23));
        try (var again = Rest.login(array().endpoints(), "2.26")) {
            assertThat(again.one("volumes").path("time_remaining").longValue()).isEqualTo(3_600_000);
            time.pass(Duration.ofMinutes(59));
            assertThat(again.get("volumes")).hasSize(1);
            time.pass(Duration.ofMinutes(1));
            assertThat(again.get("volumes")).isEmpty();
        }
    }

    @Test
    void overwriteKeepsTheIdentityAndTakesSizeAndSource() {
        var volume =
                rest().post("volumes?names=pool::v", "{'provisioned': 1048576}").getFirst();
        rest().post("volume-snapshots?source_names=pool::v", "{'suffix': 's1'}");
        rest().patch("volumes?names=pool::v", "{'provisioned': 2097152}");
        var restored = rest().post("volumes?names=pool::v&overwrite=true", "{'source': {'name': 'pool::v.s1'}}")
                .getFirst();
        assertThat(restored.path("provisioned").longValue()).isEqualTo(1048576);
        assertThat(restored.path("serial")).isEqualTo(volume.path("serial"));
        assertThat(restored.path("id")).isEqualTo(volume.path("id"));
        assertThat(restored.path("source").path("name").asString()).isEqualTo("pool::v");

        var fresh = rest().post("volumes?names=pool::w&overwrite=true", "{'source': {'name': 'pool::v.s1'}}")
                .getFirst();
        assertThat(fresh.path("serial")).isNotEqualTo(volume.path("serial"));
        assertThat(rest().refused("POST", "volumes?names=pool::w", "{'source': {'name': 'pool::v'}}"))
                .containsExactly("400 pool::w: Volume already exists.");
        assertThat(rest().refused(
                                "POST",
                                "volumes?names=pool::w&overwrite=true&with_default_protection=false",
                                "{'source': {'name': 'pool::v'}}"))
                .containsExactly("400 -: Invalid combination of parameters specified.");
        assertThat(rest().refused("POST", "volumes?names=pool::x", "{'source': {'name': 'pool::v.none'}}"))
                .containsExactly("400 pool::v.none: No such volume or snapshot.");
        rest().patch("volume-snapshots?names=pool::v.s1", "{'destroyed': true}");
        assertThat(rest().refused("POST", "volumes?names=pool::x", "{'source': {'name': 'pool::v.s1'}}")
                        .getFirst())
                .contains("Volume snapshot has been destroyed.");
    }

    @Test
    void resizeRenameAndMove() {
        rest().post("pods?names=other", "{}");
        rest().post("volumes?names=pool::v,pool::w", "{'provisioned': 2097152}");
        assertThat(rest().refused("PATCH", "volumes?names=pool::v", "{'provisioned': 1048576}"))
                .containsExactly("400 pool::v: Volume cannot be shrunk without truncate.");
        rest().patch("volumes?names=pool::v&truncate=true", "{'provisioned': 1048576}");
        rest().patch("volumes?names=pool::v&truncate=true", "{'provisioned': 3145728}");
        assertThat(rest().one("volumes?names=pool::v").path("provisioned").longValue())
                .isEqualTo(3145728);

        assertThat(rest().refused("PATCH", "volumes?names=pool::v", "{'name': 'pool::W'}"))
                .containsExactly("400 pool::W: Volume already exists.");
        assertThat(rest().refused("PATCH", "volumes?names=pool::v", "{'name': 'other::v'}"))
                .containsExactly("400 other::v: Volume cannot be renamed into or out of a pod.");
        rest().patch("volumes?names=pool::v", "{'name': 'pool::renamed'}");
        rest().patch("volumes?names=pool::renamed", "{'pod': {'name': 'other'}}");
        assertThat(rest().names("volumes")).containsExactly("other::renamed", "pool::w");
        rest().patch("volumes?names=other::renamed", "{'pod': {'name': ''}}");
        assertThat(rest().names("volumes")).containsExactly("pool::w", "renamed");
        assertThat(rest().refused("PATCH", "volumes?names=renamed", "{'source': {'name': 'pool::w'}}"))
                .containsExactly("400 -: No attribute specified.");
    }

    @Test
    void snapshotsHaveSuffixesOrNumbers() {
        rest().post("volumes?names=pool::v", "{'provisioned': 2097152}");
        var snapshot = rest().post("volume-snapshots?source_names=pool::v", "{'suffix': 'one'}")
                .getFirst();
        assertThat(snapshot.path("name").asString()).isEqualTo("pool::v.one");
        assertThat(snapshot.path("suffix").asString()).isEqualTo("one");
        assertThat(snapshot.path("provisioned").longValue()).isEqualTo(2097152);
        assertThat(snapshot.path("serial").asString()).hasSize(24);
        assertThat(snapshot.path("source").path("name").asString()).isEqualTo("pool::v");
        assertThat(rest().post("volume-snapshots?source_names=pool::v", "")
                        .getFirst()
                        .path("name")
                        .asString())
                .isEqualTo("pool::v.1");
        assertThat(rest().post("volume-snapshots?source_names=pool::v", "{}")
                        .getFirst()
                        .path("name")
                        .asString())
                .isEqualTo("pool::v.2");
        assertThat(rest().refused("POST", "volume-snapshots?source_names=pool::v", "{'suffix': 'ONE'}")
                        .getFirst())
                .contains("already exists");
        assertThat(rest().names("volume-snapshots?source_names=pool::v"))
                .containsExactly("pool::v.1", "pool::v.2", "pool::v.one");
        rest().patch("volume-snapshots?names=pool::v.one", "{'name': 'two'}");
        rest().patch("volume-snapshots?names=pool::v.two", "{'destroyed': true}");
        assertThat(rest().refused("PATCH", "volume-snapshots?names=pool::v.two", "{'destroyed': true}"))
                .containsExactly("400 pool::v.two: Volume snapshot has been destroyed. It can be recovered by purevol"
                        + " recover and eradicated by purevol eradicate.");
        rest().delete("volume-snapshots?names=pool::v.two");
        assertThat(rest().refused("GET", "volume-snapshots?names=pool::v.two", ""))
                .containsExactly("400 pool::v.two: No such volume or snapshot.");
        assertThat(rest().refused("POST", "volume-snapshots?source_names=pool::none", "{}"))
                .containsExactly("400 pool::none: Volume does not exist.");
    }

    @Test
    void whatMakesNoSenseTogetherIsRefused() {
        rest().post("volumes?names=pool::v", "{}");
        var combination = "400 -: Invalid combination of parameters specified.";
        assertThat(rest().refused("POST", "volumes?names=x", "{'provisioned': 1048576, 'source': {'name': 'pool::v'}}"))
                .containsExactly(combination);
        assertThat(rest().refused("PATCH", "volumes?names=pool::v", "{'provisioned': 2097152, 'destroyed': true}"))
                .containsExactly(combination);
        assertThat(rest().refused("POST", "volumes?names=pool::v&overwrite=true", "{}"))
                .containsExactly("400 -: Source must be specified to overwrite a volume.");
        assertThat(rest().refused("POST", "volumes", "{}")).containsExactly("400 -: Names or ids must be specified.");
        assertThat(rest().refused("PATCH", "volumes?names=pool::v&ids=x", "{'destroyed': true}"))
                .containsExactly("400 -: Names and ids cannot be used together.");
        assertThat(rest().refused("GET", "volumes?ids=x", "")).containsExactly("400 x: Volume does not exist.");
        assertThat(rest().refused("POST", "volumes?names=x", "{'subtype': 'other'}"))
                .containsExactly("400 -: Invalid value for attribute subtype.");
        assertThat(rest().refused("POST", "volumes?names=x", "{'subtype': 'protocol_endpoint'}"))
                .containsExactly("400 -: Protocol endpoints are not supported by this array.");
        rest().post("volumes?names=x", "{'subtype': 'regular', 'qos': {'iops_limit': 100}}");
        assertThat(rest().one("volumes?names=x").path("qos").path("iops_limit").intValue())
                .isEqualTo(100);
        rest().patch("volumes?names=x", "{'requested_promotion_state': 'promoted'}");
        assertThat(rest().refused("PATCH", "volumes?names=x", "{'requested_promotion_state': 'demoted'}"))
                .containsExactly("400 x: Volume cannot be demoted because it is not replicated.");
        assertThat(rest().names("volumes")).containsExactly("pool::v", "x");
    }

    @Test
    void severalVolumesAreMadeAlike() {
        assertThat(rest().post("volumes?names=a,b,pool::c", "{'provisioned': 2097152}"))
                .extracting(item -> item.path("name").asString())
                .containsExactly("a", "b", "pool::c");
        var serials = rest().get("volumes").stream()
                .map(item -> item.path("serial").asString())
                .distinct();
        assertThat(serials).hasSize(3);
        assertThat(rest().refused("PATCH", "volumes?names=a,b", "{'name': 'same'}"))
                .containsExactly("400 same: Volume already exists.");
        rest().patch("volumes?names=a,b,pool::c", "{'destroyed': true}");
        rest().delete("volumes?names=a,b,pool::c");
        assertThat(rest().get("volumes")).isEmpty();
    }
}
