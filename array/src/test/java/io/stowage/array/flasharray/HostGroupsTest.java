package io.stowage.array.flasharray;

import static org.assertj.core.api.Assertions.assertThat;

import io.stowage.array.core.LogicalUnit;
import io.stowage.array.core.LogicalUnits;
import io.stowage.array.core.Registrant;
import io.stowage.array.core.Reservations;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

class HostGroupsTest extends ArrayTest {
    private void hosts(String... names) {
        for (var name : names) {
            rest().post("hosts?names=" + name, "{'iqns': ['iqn." + name + "']}");
        }
    }

    private static List<Integer> luns(List<JsonNode> connections) {
        return connections.stream()
                .map(connection -> connection.path("lun").intValue())
                .toList();
    }

    @Test
    void aGroupIsShownWithItsCounts() {
        var made = rest().post("host-groups?names=Cluster01", "{}").getFirst();
        assertThat(made.path("name").asString()).isEqualTo("Cluster01");
        assertThat(made.path("is_local").booleanValue()).isTrue();
        assertThat(made.path("host_count").intValue()).isZero();
        assertThat(made.path("connection_count").intValue()).isZero();
        assertThat(made.has("id")).isFalse();
        hosts("a", "b");
        rest().post("volumes?names=v,w", "{'provisioned': 1048576}");
        rest().post("host-groups/hosts?group_names=cluster01&member_names=a,b", "");
        rest().post("connections?host_group_names=CLUSTER01&volume_names=v,w", "");
        var group = rest().one("host-groups?names=cluster01");
        assertThat(group.path("host_count").intValue()).isEqualTo(2);
        assertThat(group.path("connection_count").intValue()).isEqualTo(2);
        assertThat(group.path("space").path("total_provisioned").longValue()).isEqualTo(2097152);
        assertThat(rest().one("hosts?names=a").path("host_group").toString()).isEqualTo("{\"name\":\"Cluster01\"}");
        assertThat(rest().one("hosts?names=a").path("connection_count").intValue())
                .isEqualTo(2);
        assertThat(rest().one("volumes?names=v").path("connection_count").intValue())
                .isEqualTo(1);
    }

    @Test
    void namesAreCheckedAndUnique() {
        rest().post("host-groups?names=g,h", "{}");
        assertThat(rest().refused("POST", "host-groups?names=G", "{}"))
                .containsExactly("400 G: Host group already exists.");
        for (var wrong : new String[] {"a_b", "-a", "1234", "a".repeat(64)}) {
            assertThat(rest().refused("POST", "host-groups?names=" + wrong, "{}")
                            .getFirst())
                    .startsWith("400 " + wrong + ": Host group name must be between 1 and 63 characters");
        }
        assertThat(rest().refused("GET", "host-groups?names=none", ""))
                .containsExactly("400 none: Host group does not exist.");
        assertThat(rest().refused("PATCH", "host-groups?names=g", "{'name': 'H'}"))
                .containsExactly("400 H: Host group already exists.");
        assertThat(rest().refused("PATCH", "host-groups?names=g", "{}"))
                .containsExactly("400 -: No attribute specified.");
        rest().patch("host-groups?names=g", "{'name': 'G'}");
        rest().patch("host-groups?names=g", "{'name': 'k'}");
        assertThat(rest().names("host-groups")).containsExactly("h", "k");
        rest().delete("host-groups?names=h,k");
        assertThat(rest().get("host-groups")).isEmpty();
    }

    @Test
    void hostsJoinAndLeaveByEitherEndOfTheMembership() {
        hosts("a", "b", "c");
        rest().post("host-groups?names=g,h", "{}");
        var made = rest().post("host-groups/hosts?group_names=g&member_names=a,b", "");
        assertThat(made.getFirst().toString()).isEqualTo("{\"group\":{\"name\":\"g\"},\"member\":{\"name\":\"a\"}}");
        rest().post("hosts/host-groups?group_names=h&member_names=c", "");
        assertThat(members("host-groups/hosts?group_names=g")).containsExactly("g a", "g b");
        assertThat(members("hosts/host-groups?member_names=c")).containsExactly("h c");
        assertThat(members("host-groups/hosts")).containsExactly("g a", "g b", "h c");
        assertThat(rest().refused("POST", "host-groups/hosts?group_names=h&member_names=a", ""))
                .containsExactly("400 a: Host already belongs to a host group.");
        assertThat(rest().refused("DELETE", "host-groups/hosts?group_names=h&member_names=a", ""))
                .containsExactly("400 a: Host does not belong to the host group.");
        assertThat(rest().refused("POST", "host-groups/hosts?group_names=none&member_names=a", ""))
                .containsExactly("400 none: Host group does not exist.");
        assertThat(rest().refused("POST", "host-groups/hosts?group_names=g&member_names=none", ""))
                .containsExactly("400 none: Host does not exist.");
        assertThat(rest().refused("GET", "host-groups/hosts?group_names=none", ""))
                .containsExactly("400 none: Host group does not exist.");
        rest().delete("host-groups/hosts?group_names=g&member_names=a");
        rest().delete("hosts/host-groups?group_names=h&member_names=c");
        assertThat(members("host-groups/hosts")).containsExactly("g b");

        rest().patch("hosts?names=a", "{'host_group': {'name': 'G'}}");
        assertThat(rest().refused("PATCH", "hosts?names=a", "{'host_group': {'name': 'h'}}"))
                .containsExactly("400 a: Host already belongs to a host group.");
        rest().patch("hosts?names=a", "{'host_group': {'name': 'g'}}");
        assertThat(members("host-groups/hosts")).containsExactly("g a", "g b");
        assertThat(rest().refused("DELETE", "hosts?names=a", ""))
                .containsExactly("400 a: Host cannot be deleted while it belongs to a host group.");
        assertThat(rest().refused("DELETE", "host-groups?names=g", ""))
                .containsExactly("400 g: Host group cannot be deleted while it contains hosts.");
        rest().patch("hosts?names=a,b", "{'host_group': {'name': ''}}");
        assertThat(members("host-groups/hosts")).isEmpty();
        assertThat(rest().refused("PATCH", "hosts?names=a", "{'host_group': {'name': 'none'}}"))
                .containsExactly("400 none: Host group does not exist.");
        rest().delete("host-groups?names=g");
        rest().delete("hosts?names=a");
    }

    private List<String> members(String target) {
        return rest().get(target).stream()
                .map(item -> item.path("group").path("name").asString() + " "
                        + item.path("member").path("name").asString())
                .toList();
    }

    @Test
    void aSharedConnectionIsListedOnceForEachMember() {
        hosts("a", "b", "c");
        rest().post("volumes?names=v,w", "{}");
        rest().post("host-groups?names=g", "{}");
        rest().post("host-groups/hosts?group_names=g&member_names=a,b", "");
        var made = rest().post("connections?host_group_names=g&volume_names=v", "");
        assertThat(made).hasSize(2);
        rest().post("connections?host_names=a&volume_names=w", "");
        assertThat(rest().get("connections"))
                .extracting(item -> item.path("host").path("name").asString() + " "
                        + item.path("host_group").path("name").asString("-") + " "
                        + item.path("lun").intValue() + " "
                        + item.path("volume").path("name").asString())
                .containsExactly("a - 1 w", "a g 254 v", "b g 254 v");
        assertThat(rest().get("connections?host_names=a")).hasSize(2);
        assertThat(rest().get("connections?host_group_names=g")).isEqualTo(made);
        assertThat(rest().get("connections?volume_names=v")).isEqualTo(made);
        assertThat(rest().get("connections?host_names=b&volume_names=v")).hasSize(1);
        assertThat(rest().get("connections?host_names=c")).isEmpty();
        assertThat(rest().refused("GET", "connections?host_group_names=none", ""))
                .containsExactly("400 none: Host group does not exist.");

        rest().post("host-groups?names=empty", "{}");
        var item = rest().post("connections?host_group_names=empty&volume_names=w", "")
                .getFirst();
        assertThat(item.path("host").toString()).isEqualTo("{\"name\":null}");
        assertThat(rest().get("connections?host_group_names=empty")).containsExactly(item);
    }

    @Test
    void sharedLunsCountDownFrom254AndPrivateOnesUpFromOne() {
        hosts("a", "b");
        rest().post("host-groups?names=g", "{}");
        rest().post("host-groups/hosts?group_names=g&member_names=a,b", "");
        var names = String.join(
                ",", IntStream.rangeClosed(1, 258).mapToObj(i -> "v" + i).toList());
        rest().post("volumes?names=" + names, "{}");
        rest().post("connections?host_names=b&volume_names=v1", "{'lun': 253}");
        rest().post("connections?host_names=a&volume_names=v2", "{'lun': 2}");
        var shared = names.substring("v1,v2,".length());
        rest().post("connections?host_group_names=g&volume_names=" + shared, "");
        var expected = IntStream.concat(
                        IntStream.iterate(254, lun -> lun >= 1, lun -> lun - 1).filter(lun -> lun != 253 && lun != 2),
                        IntStream.of(255, 256, 257, 258))
                .boxed()
                .toList();
        var connections = rest().get("connections?host_names=b&host_group_names=g&sort=volume.id");
        assertThat(luns(connections)).containsExactlyInAnyOrderElementsOf(expected);
        assertThat(lunOf("v3")).isEqualTo(254);
        assertThat(lunOf("v4")).isEqualTo(252);
        assertThat(lunOf("v258")).isEqualTo(258);
        rest().post("volumes?names=private", "{}");
        assertThat(luns(rest().post("connections?host_names=a&volume_names=private", "")))
                .containsExactly(253);
        assertThat(luns(rest().post("connections?host_names=b&volume_names=private", "")))
                .containsExactly(2);
    }

    private int lunOf(String volume) {
        return rest().get("connections?host_group_names=g&volume_names=" + volume)
                .getFirst()
                .path("lun")
                .intValue();
    }

    @Test
    void anExplicitLunHasToBeFreeOnEveryHostConcerned() {
        hosts("a", "b", "c");
        rest().post("volumes?names=v,w,x", "{}");
        rest().post("host-groups?names=g", "{}");
        rest().post("host-groups/hosts?group_names=g&member_names=a,b", "");
        rest().post("connections?host_names=b&volume_names=v", "{'lun': 7}");
        assertThat(rest().refused("POST", "connections?host_group_names=g&volume_names=w", "{'lun': 7}"))
                .containsExactly("400 g: LUN is already in use on the host.");
        rest().post("connections?host_group_names=g&volume_names=w", "{'lun': 4095}");
        assertThat(rest().refused("POST", "connections?host_names=a&volume_names=v", "{'lun': 4095}"))
                .containsExactly("400 a: LUN is already in use on the host.");
        for (var wrong : new int[] {0, 4096, -1}) {
            assertThat(rest().refused(
                                    "POST", "connections?host_group_names=g&volume_names=x", "{'lun': " + wrong + "}"))
                    .containsExactly("400 -: LUN must be between 1 and 4095.");
        }
        assertThat(rest().refused("POST", "connections?host_group_names=g&volume_names=w", ""))
                .containsExactly("400 w: Connection already exists.");
        assertThat(rest().refused("POST", "connections?host_names=a&volume_names=w", ""))
                .containsExactly("400 w: Connection already exists.");
        assertThat(rest().refused("POST", "connections?host_group_names=g&volume_names=v", ""))
                .containsExactly("400 v: Connection already exists.");
        assertThat(rest().refused("DELETE", "connections?host_names=a&volume_names=w", ""))
                .containsExactly("400 w: Connection does not exist.");
        assertThat(rest().refused("POST", "connections?host_names=a&host_group_names=g&volume_names=x", ""))
                .containsExactly("400 -: Invalid combination of parameters specified.");
        assertThat(rest().refused("POST", "connections?host_group_names=g", ""))
                .containsExactly("400 -: Names or ids must be specified.");

        rest().post("connections?host_names=c&volume_names=x", "{'lun': 4095}");
        assertThat(rest().refused("POST", "host-groups/hosts?group_names=g&member_names=c", ""))
                .containsExactly("400 c: LUN is already in use on the host.");
        rest().delete("connections?host_names=c&volume_names=x");
        rest().post("connections?host_names=c&volume_names=w", "");
        assertThat(rest().refused("PATCH", "hosts?names=c", "{'host_group': {'name': 'g'}}"))
                .containsExactly("400 c: Connection already exists.");
        assertThat(rest().refused("DELETE", "host-groups?names=g", ""))
                .containsExactly("400 g: Host group cannot be deleted due to existing connections.");
        assertThat(rest().refused("PATCH", "volumes?names=w", "{'destroyed': true}"))
                .containsExactly("400 w: Volume cannot be destroyed due to existing connections.");
        // as clients do that take the volumes' names from a listing, where each stands once for every member
        rest().delete("connections?host_group_names=g&volume_names=w,w");
        assertThat(rest().get("connections?host_group_names=g")).isEmpty();
    }

    @Test
    void membersSeeSharedUnitsForAsLongAsTheyAreMembers() {
        var told = new CopyOnWriteArrayList<String>();
        units().watch(new LogicalUnits.Watcher() {
            @Override
            public void unitsChanged(String initiator) {
                told.add(initiator);
            }

            @Override
            public void sizeChanged(String initiator, int lun) {
                told.add(initiator + " " + lun);
            }

            @Override
            public void reservationChanged(LogicalUnit unit, Registrant registrant, Reservations.Event event) {
                told.add(event.toString());
            }
        });
        hosts("a", "b");
        rest().post("volumes?names=v", "{}");
        rest().post("host-groups?names=g", "{}");
        rest().post("connections?host_group_names=g&volume_names=v", "{'lun': 9}");
        assertThat(told).isEmpty();
        rest().post("host-groups/hosts?group_names=g&member_names=a,b", "");
        assertThat(told).containsExactlyInAnyOrder("iqn.a", "iqn.b");
        assertThat(units().visibleTo("iqn.a")).containsOnlyKeys(9).isEqualTo(units().visibleTo("iqn.b"));
        told.clear();
        rest().patch("volumes?names=v", "{'provisioned': 2097152}");
        assertThat(told).containsExactlyInAnyOrder("iqn.a 9", "iqn.b 9");
        told.clear();
        rest().patch("hosts?names=a", "{'add_iqns': ['iqn.second']}");
        assertThat(told).containsExactly("iqn.second");
        told.clear();
        rest().patch("hosts?names=a", "{'host_group': {'name': ''}}");
        assertThat(told).containsExactlyInAnyOrder("iqn.a", "iqn.second");
        assertThat(units().visibleTo("iqn.a")).isEmpty();
        assertThat(units().visibleTo("iqn.b")).containsOnlyKeys(9);
        told.clear();
        rest().delete("connections?host_group_names=g&volume_names=v");
        assertThat(told).containsExactly("iqn.b");
        assertThat(units().visibleTo("iqn.b")).isEmpty();
    }

    @Test
    void groupsAndTheirConnectionsOutliveARestart() throws Exception {
        hosts("a", "b");
        rest().post("volumes?names=v", "{}");
        rest().post("host-groups?names=g", "{}");
        rest().post("host-groups/hosts?group_names=g&member_names=a,b", "");
        rest().post("connections?host_group_names=g&volume_names=v", "");
        var before = rest().get("connections").toString() + rest().get("host-groups") + rest().get("hosts");
        restart();
        assertThat(rest().get("connections").toString() + rest().get("host-groups") + rest().get("hosts"))
                .isEqualTo(before);
        assertThat(units().visibleTo("iqn.b")).containsOnlyKeys(254);
    }
}
