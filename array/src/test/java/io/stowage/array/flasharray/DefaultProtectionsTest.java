package io.stowage.array.flasharray;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class DefaultProtectionsTest extends ArrayTest {
    private static final String PATH = "container-default-protections";

    @Test
    void aFreshArrayHasNone() {
        rest().post("pods?names=pool", "{}");
        var rows = rest().get(PATH);
        assertThat(rows).hasSize(2);
        assertThat(rows.getFirst().toString())
                .isEqualTo("{\"name\":null,\"id\":null,\"type\":null,\"default_protections\":[]}");
        assertThat(rest().get(PATH + "?names=")).containsExactly(rows.getFirst());
        var pod = rest().one(PATH + "?names=pool");
        assertThat(pod.path("type").asString()).isEqualTo("pod");
        assertThat(pod.path("default_protections")).isEmpty();
        assertThat(rest().refused("GET", PATH + "?names=none", "")).containsExactly("400 none: Pod does not exist.");
    }

    @Test
    void newVolumesOfAContainerJoinItsGroups() {
        rest().post("pods?names=pool", "{}");
        rest().post("protection-groups?names=pool::auto,pool::more,loose", "");
        setDefaults("pool", "{'name': 'pool::auto', 'type': 'protection_group'}");
        setDefaults("", "{'name': 'loose'}");
        assertThat(rest().one(PATH + "?names=pool")
                        .path("default_protections")
                        .path(0)
                        .path("id")
                        .asString())
                .isEqualTo(rest().one("protection-groups?names=pool::auto")
                        .path("id")
                        .asString());

        rest().post("volumes?names=pool::a&add_to_protection_group_names=pool::more", "{}");
        rest().post("volumes?names=pool::b&with_default_protection=false", "{}");
        rest().post("volumes?names=pool::c&overwrite=true", "{'source': {'name': 'pool::b'}}");
        rest().post("volumes?names=d", "{}");
        assertThat(members("pool::auto")).containsExactly("pool::a", "pool::c");
        assertThat(members("pool::more")).containsExactly("pool::a");
        assertThat(members("loose")).containsExactly("d");
        for (var parameter : List.of("with_default_protection=false", "add_to_protection_group_names=pool::more")) {
            assertThat(rest().refused(
                                    "POST",
                                    "volumes?names=pool::c&overwrite=true&" + parameter,
                                    "{'source': {'name': 'pool::b'}}"))
                    .containsExactly("400 -: Invalid combination of parameters specified.");
        }
        assertThat(rest().refused("POST", "volumes?names=pool::e&add_to_protection_group_names=pool::no", "{}"))
                .containsExactly("400 pool::no: Protection group does not exist.");
        assertThat(rest().refused("POST", "volumes?names=pool::e&add_to_protection_group_names=loose", "{}"))
                .containsExactly("400 pool::e: Volume and protection group must be in the same pod.");
        assertThat(rest().names("volumes?filter=name='pool::e'")).isEmpty();

        setDefaults("pool", "");
        rest().post("volumes?names=pool::f", "{}");
        assertThat(members("pool::auto")).containsExactly("pool::a", "pool::c");
    }

    @Test
    void aNewPodGetsGroupsOfItsOwnForTheArraysList() {
        rest().post("protection-groups?names=auto", "");
        rest().patch("protection-groups?names=auto", "{'snapshot_schedule': {'frequency': 7200000}}");
        setDefaults("", "{'name': 'auto'}");
        rest().post("pods?names=pool", "{}");
        rest().post("pods?names=bare&with_default_protection=false", "{}");
        assertThat(rest().names("protection-groups")).containsExactly("auto", "pool::auto");
        assertThat(rest().one("protection-groups?names=pool::auto")
                        .path("snapshot_schedule")
                        .path("frequency")
                        .longValue())
                .isEqualTo(7_200_000);
        assertThat(rest().one(PATH + "?names=pool")
                        .path("default_protections")
                        .path(0)
                        .path("name")
                        .asString())
                .isEqualTo("pool::auto");
        // What is done to the array's list later is nothing to the pod.
        setDefaults("", "");
        rest().post("volumes?names=pool::v,w", "{}");
        assertThat(members("pool::auto")).containsExactly("pool::v");
        assertThat(members("auto")).isEmpty();
    }

    @Test
    void aDefaultGroupIsDestroyedOnlyWhenItIsNoneAnyMore() {
        rest().post("pods?names=pool", "{}");
        rest().post("protection-groups?names=pool::auto,loose", "");
        setDefaults("pool", "{'name': 'pool::auto'}");
        assertThat(rest().refused("PATCH", "protection-groups?names=pool::auto", "{'destroyed': true}"))
                .containsExactly("400 pool::auto: Protection group cannot be destroyed because it is a default"
                        + " protection of its container.");
        setDefaults("pool", "");
        rest().patch("protection-groups?names=pool::auto", "{'destroyed': true}");
        rest().delete("protection-groups?names=pool::auto");

        assertThat(refused("pool", "{'name': 'loose'}"))
                .containsExactly("400 loose: Default protection must be in its container.");
        assertThat(refused("pool", "{'name': 'pool::auto'}"))
                .containsExactly("400 pool::auto: Protection group does not exist.");
        assertThat(refused("", "{'name': 'loose', 'type': 'snapshot_policy'}"))
                .containsExactly("400 -: Invalid value for attribute type.");
        assertThat(rest().refused("PATCH", PATH + "?names=pool", "{}"))
                .containsExactly("400 -: No attribute specified.");
        assertThat(rest().refused("PATCH", PATH, "{'default_protections': []}"))
                .containsExactly("400 -: Names or ids must be specified.");
    }

    @Test
    void aVolumeMovesFromThePodOfOneGroupToThatOfAnother() {
        rest().post("pods?names=one,two", "{}");
        rest().post("volumes?names=one::v", "{}");
        rest().post("protection-groups?names=one::pg,two::pg", "");
        rest().patch("volumes?names=one::v&add_to_protection_group_names=one::pg", "{}");
        assertThat(rest().refused("PATCH", "volumes?names=one::v", "{'pod': {'name': 'two'}}"))
                .containsExactly("400 two::v: Volume cannot be moved while it is a member of a protection group.");
        rest().patch(
                        "volumes?names=one::v&remove_from_protection_group_names=one::pg"
                                + "&add_to_protection_group_names=two::pg",
                        "{'pod': {'name': 'two'}}");
        assertThat(members("two::pg")).containsExactly("two::v");
        assertThat(members("one::pg")).isEmpty();
    }

    private void setDefaults(String container, String entries) {
        rest().patch(PATH + "?names=" + container, "{'default_protections': [" + entries + "]}");
    }

    private List<String> refused(String container, String entries) {
        return rest().refused("PATCH", PATH + "?names=" + container, "{'default_protections': [" + entries + "]}");
    }

    private List<String> members(String group) {
        return rest().get("protection-groups/volumes?group_names=" + group).stream()
                .map(item -> item.path("member").path("name").asString())
                .toList();
    }
}
