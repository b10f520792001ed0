package io.stowage.array.flasharray;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class HostsTest extends ArrayTest {
    private static final String IQN = "iqn.2004-10.com.ubuntu:01:abc";

    @Test
    void aHostIsFoundByItsInitiatorWhateverItsCase() {
        rest().post("hosts?names=host01-iscsi", "{'iqns': ['" + IQN + "']}");
        rest().post("hosts?names=other", "{'nqns': ['nqn.2014-08.org.nvmexpress:uuid:1']}");
        var host = rest().one("hosts?filter=iqns%3D%27IQN.2004-10.com.ubuntu:01:ABC%27%20and%20is_local");
        assertThat(host.path("name").asString()).isEqualTo("host01-iscsi");
        assertThat(host.path("iqns").toString()).isEqualTo("[\"" + IQN + "\"]");
        assertThat(host.path("nqns").isEmpty()).isTrue();
        assertThat(host.path("host_group").toString()).isEqualTo("{\"name\":null}");
        assertThat(host.get("personality").isNull()).isTrue();
        assertThat(host.path("connection_count").intValue()).isZero();
        assertThat(host.has("id")).isFalse();
    }

    @Test
    void anInitiatorBelongsToOneHost() {
        rest().post("hosts?names=a", "{'iqns': ['" + IQN + "']}");
        assertThat(rest().refused("POST", "hosts?names=b", "{'iqns': ['" + IQN.toUpperCase() + "']}")
                        .getFirst())
                .contains("already in use");
        assertThat(rest().names("hosts")).containsExactly("a");
        rest().post("hosts?names=b", "{}");
        assertThat(rest().refused("PATCH", "hosts?names=b", "{'add_iqns': ['" + IQN + "']}")
                        .getFirst())
                .contains("already in use");
        assertThat(rest().refused("POST", "hosts?names=A", "{}")).containsExactly("400 A: Host already exists.");
        assertThat(rest().refused("POST", "hosts?names=a.b", "{}").getFirst()).startsWith("400 a.b: Host name must");
        assertThat(rest().refused("POST", "hosts?names=c", "{'iqns': ['x']}")).hasSize(1);
        assertThat(rest().refused("POST", "hosts?names=c", "{'iqns': ['iqn.a'], 'nqns': ['nqn.b']}"))
                .hasSize(1);
    }

    @Test
    void initiatorsAreReplacedAddedAndRemoved() {
        rest().post("hosts?names=a", "{'iqns': ['iqn.a']}");
        rest().patch("hosts?names=a", "{'add_iqns': ['iqn.b', 'IQN.B']}");
        assertThat(rest().one("hosts").path("iqns").toString()).isEqualTo("[\"iqn.a\",\"iqn.b\"]");
        rest().patch("hosts?names=a", "{'remove_iqns': ['IQN.A']}");
        assertThat(rest().one("hosts").path("iqns").toString()).isEqualTo("[\"iqn.b\"]");
        rest().patch("hosts?names=a", "{'iqns': [], 'wwns': ['52:4a:93:71:af:4e:82:00'], 'name': 'c'}");
        var host = rest().one("hosts?names=c");
        assertThat(host.path("iqns").isEmpty()).isTrue();
        assertThat(host.path("wwns").toString()).isEqualTo("[\"524A9371AF4E8200\"]");
        assertThat(rest().refused("PATCH", "hosts?names=c", "{'remove_iqns': ['iqn.a']}"))
                .hasSize(1);
        assertThat(rest().refused("PATCH", "hosts?names=a", "{'iqns': []}"))
                .containsExactly("400 a: Host does not exist.");
    }

    @Test
    void chapPasswordsComeBackMasked() {
        var chap = "{'chap': {'host_user': 'u', 'host_password': 'secret-secret',"
                + " 'target_user': 't', 'target_password': 'other-secret!'}}";
        rest().post("hosts?names=a", chap);
        assertThat(rest().one("hosts").path("chap").toString())
                .contains("\"host_user\":\"u\"", "****")
                .doesNotContain("secret");
        assertThat(rest().refused("PATCH", "hosts?names=a", "{'chap': {'host_password': 'short'}}")
                        .getFirst())
                .contains("between 12 and 255")
                .doesNotContain("short'");
        rest().patch("hosts?names=a", "{'iqns': ['iqn.a']}");
        var credentials = units().credentialsOf("IQN.a").orElseThrow();
        assertThat(credentials.initiator().password()).isEqualTo("secret-secret");
        assertThat(credentials).asString().doesNotContain("secret");
        rest().patch("hosts?names=a", "{'chap': {'host_user': '', 'target_user': ''}}");
        assertThat(units().credentialsOf("iqn.a")).isEmpty();
    }

    @Test
    void connectionsTakeTheLowestFreeLun() {
        rest().post("pods?names=pool", "{}");
        rest().post("volumes?names=pool::a,pool::b,pool::c", "{}");
        rest().post("hosts?names=h", "{'iqns': ['" + IQN + "']}");
        var made = rest().post("connections?host_names=h&volume_names=pool::a,pool::b", "");
        assertThat(made).hasSize(2);
        assertThat(made.get(1).path("lun").intValue()).isEqualTo(2);
        assertThat(made.getFirst().path("volume").path("name").asString()).isEqualTo("pool::a");
        assertThat(made.getFirst().has("nsid")).isFalse();
        rest().delete("connections?host_names=h&volume_names=pool::a");
        var id = rest().one("volumes?names=pool::c").path("id").asString();
        assertThat(rest().post("connections?host_names=h&volume_ids=" + id, "{}")
                        .getFirst()
                        .path("lun")
                        .intValue())
                .isEqualTo(1);
        assertThat(rest().refused("POST", "connections?host_names=h&volume_names=pool::c", ""))
                .containsExactly("400 pool::c: Connection already exists.");
        assertThat(rest().refused("DELETE", "connections?host_names=h&volume_names=pool::a", ""))
                .containsExactly("400 pool::a: Connection does not exist.");
        assertThat(rest().refused("POST", "connections?host_names=h&volume_names=pool::a", "{'lun': 2}")
                        .getFirst())
                .contains("LUN is already in use");
        assertThat(rest().refused("POST", "connections?host_names=none&volume_names=pool::a", ""))
                .containsExactly("400 none: Host does not exist.");
        assertThat(rest().refused("POST", "connections?host_names=h&volume_names=pool::none", ""))
                .containsExactly("400 pool::none: Volume does not exist.");
        assertThat(rest().get("connections?host_names=h")).hasSize(2);
        assertThat(rest().get("connections?volume_names=pool::a")).isEmpty();
        assertThat(rest().one("hosts").path("connection_count").intValue()).isEqualTo(2);
        assertThat(rest().refused("DELETE", "hosts?names=h", "").getFirst()).contains("due to existing connections");
        assertThat(rest().refused("PATCH", "volumes?names=pool::b", "{'destroyed': true}")
                        .getFirst())
                .contains("existing connections");
        rest().delete("connections?host_names=h&volume_names=pool::b,pool::c");
        rest().delete("hosts?names=h");
        assertThat(rest().get("hosts")).isEmpty();
    }

    @Test
    void optionsAreCheckedAndCleared() {
        rest().post("hosts?names=h", "{'personality': 'esxi', 'vlan': '4094'}");
        var host = rest().one("hosts");
        assertThat(host.path("personality").asString()).isEqualTo("esxi");
        assertThat(host.path("vlan").asString()).isEqualTo("4094");
        assertThat(host.path("preferred_arrays").isEmpty()).isTrue();
        rest().patch("hosts?names=h", "{'personality': '', 'vlan': 'untagged'}");
        assertThat(rest().one("hosts").get("personality").isNull()).isTrue();
        assertThat(rest().one("hosts").path("vlan").asString()).isEqualTo("untagged");
        for (var wrong : new String[] {"0", "4095", "04", "1a", "", "tagged"}) {
            assertThat(rest().refused("PATCH", "hosts?names=h", "{'vlan': '" + wrong + "'}"))
                    .containsExactly("400 -: Invalid value for attribute vlan.");
        }
        assertThat(rest().refused("PATCH", "hosts?names=h", "{'personality': 'linux'}"))
                .containsExactly("400 -: Invalid value for attribute personality.");
        assertThat(rest().refused("PATCH", "hosts?names=h", "{}")).containsExactly("400 -: No attribute specified.");
        try (var old = Rest.login(array().endpoints(), "2.15")) {
            assertThat(old.one("hosts").has("vlan")).isFalse();
        }
    }

    @Test
    void onlyThisArrayCanBePreferred() {
        var array = rest().one("arrays");
        var name = array.path("name").asString();
        rest().post("hosts?names=h", "{'preferred_arrays': [{'name': '" + name + "'}]}");
        var preferred = rest().one("hosts").path("preferred_arrays");
        assertThat(preferred).hasSize(1);
        assertThat(preferred.path(0).path("id")).isEqualTo(array.path("id"));
        rest().patch("arrays", "{'name': 'box'}");
        assertThat(rest().one("hosts")
                        .path("preferred_arrays")
                        .path(0)
                        .path("name")
                        .asString())
                .isEqualTo("box");
        assertThat(rest().refused("PATCH", "hosts?names=h", "{'preferred_arrays': [{'name': 'other'}]}"))
                .containsExactly("400 other: Array does not exist.");
        rest().patch("hosts?names=h", "{'preferred_arrays': []}");
        assertThat(rest().one("hosts").path("preferred_arrays").isEmpty()).isTrue();
    }

    @Test
    void chapCredentialsComeInPairs() {
        assertThat(rest().refused("POST", "hosts?names=h", "{'chap': {'host_user': 'u'}}"))
                .containsExactly("400 -: CHAP user and password must be specified together.");
        assertThat(rest().refused(
                                "POST",
                                "hosts?names=h",
                                "{'chap': {'host_user': 'u', 'host_password': 'twelve-chars', 'target_user': 't',"
                                        + " 'target_password': 'twelve-chars'}}"))
                .containsExactly("400 -: Host password and target password must be different.");
        rest().post(
                        "hosts?names=h",
                        "{'iqns': ['iqn.h'], 'chap': {'host_user': 'u', 'host_password': 'twelve-chars'}}");
        rest().patch("hosts?names=h", "{'chap': {'host_password': 'other-twelve'}}");
        assertThat(units().credentialsOf("iqn.h").orElseThrow().initiator().password())
                .isEqualTo("other-twelve");
        rest().patch("hosts?names=h", "{'chap': {'host_password': ''}}");
        assertThat(rest().one("hosts").path("chap").get("host_user").isNull()).isTrue();
    }

    @Test
    void aHostWithoutSessionsHasNoConnectivity() {
        rest().post("hosts?names=h", "{'iqns': ['" + IQN + "']}");
        assertThat(rest().one("hosts").path("port_connectivity").toString())
                .isEqualTo("{\"status\":\"critical\",\"details\":\"None\"}");
    }

    @Test
    void aCallForSeveralHostsIsCarriedOutWholeOrNotAtAll() {
        rest().post("hosts?names=b", "{}");
        assertThat(rest().refused("POST", "hosts?names=a,b", "{}")).containsExactly("400 b: Host already exists.");
        assertThat(rest().refused("POST", "hosts?names=x,y", "{'iqns': ['iqn.one']}"))
                .containsExactly("400 iqn.one: Initiator is already in use.");
        assertThat(rest().names("hosts")).containsExactly("b");
        rest().post("volumes?names=v,w", "{}");
        rest().post("connections?host_names=b&volume_names=w", "{'lun': 2}");
        assertThat(rest().refused("POST", "connections?host_names=b&volume_names=v,w", ""))
                .containsExactly("400 w: Connection already exists.");
        assertThat(rest().refused("DELETE", "connections?host_names=b&volume_names=w,v", ""))
                .containsExactly("400 v: Connection does not exist.");
        assertThat(rest().get("connections")).hasSize(1);
    }

    @Test
    void aDestroyedVolumeCantBeConnected() {
        rest().post("hosts?names=h", "{}");
        rest().post("volumes?names=v", "{}");
        rest().patch("volumes?names=v", "{'destroyed': true}");
        assertThat(rest().refused("POST", "connections?host_names=h&volume_names=v", ""))
                .containsExactly("400 v: Volume has been destroyed.");
        assertThat(rest().refused("DELETE", "connections?host_names=h&volume_names=v", ""))
                .containsExactly("400 v: Volume has been destroyed.");
    }
}
