package io.stowage.array.wsapi;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Hosts and host sets: section 9 of the WSAPI's reference, and what section 14 has for their errors. */
class HostsTest {
    private static final String NQN = "nqn.2014-08.org.nvmexpress:uuid:0b1c2d3e-0000-4000-8000-000000000001";

    private final Lab lab = Lab.inMemory();

    @AfterEach
    void close() {
        lab.close();
    }

    @Test
    void aHostShowsItsPathsThoughNobodyIsLoggedIn() {
        assertThat(lab.make("hosts", "{'name': 'h', 'iSCSINames': ['iqn.2026-11.x:A', 'iqn.2026-11.x:b']}"))
                .isEqualTo("/api/v1/hosts/h");
        var host = lab.get("hosts/h");
        assertThat(host.path("iSCSIPaths").findValuesAsString("name"))
                .containsExactly("iqn.2026-11.x:A", "iqn.2026-11.x:b");
        assertThat(host.path("iSCSIPaths").get(0).has("portPos")).isFalse();
        assertThat(host.path("FCPaths").isEmpty()).isTrue();
        assertThat(host.path("persona").intValue()).isEqualTo(2);
        assertThat(host.path("initiatorChapEnabled").booleanValue()).isFalse();

        lab.make("hosts", "{'name': 'n', 'NQN': '%s', 'transportType': 2}".formatted(NQN));
        assertThat(lab.get("hosts/n").path("NVMETCPPaths").get(0).path("NQN").asString())
                .isEqualTo(NQN);
        lab.make("hosts", "{'name': 'empty'}");
        assertThat(lab.names("hosts")).containsExactly("empty", "h", "n");
    }

    @Test
    void queriesFindHostsByTheirPaths() {
        lab.make("hosts", "{'name': 'h', 'iSCSINames': ['iqn.2026-11.x:a']}");
        lab.make("hosts", "{'name': 'f', 'FCWWNs': ['10:00:00:00:c9:00:00:01']}");
        lab.make("hosts", "{'name': 'n', 'NQN': '%s'}".formatted(NQN));
        assertThat(lab.names("hosts?query=%22FCPaths%5Bwwn%3D%3D10000000C9000001%5D%22"))
                .containsExactly("f");
        assertThat(
                        lab.names(
                                "hosts?query=%22FCPaths%5Bwwn==10000000C9000001%5D+OR+iSCSIPaths%5Bname==iqn.2026-11.x:a%5D%22"))
                .containsExactly("f", "h");
        assertThat(lab.names("hosts?query=%22NVMETCPPaths%5BNQN%20EQ%20" + NQN + "%5D%22"))
                .containsExactly("n");
        assertThat(lab.names("hosts?query=%22name==none%22")).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            {'name': 'h'}                                               | 409 16
            {'name': 'H'}                                               | 409 16
            {'name': 'x', 'iSCSINames': ['IQN.2026-11.x:a']}            | 409 73
            {'name': 'x', 'iSCSINames': ['iqn.x:1', 'iqn.x:1']}         | 400 98 iSCSINames
            {'name': 'x', 'iSCSINames': ['iqn.x:1'], 'FCWWNs': ['1000000000000001']} | 400 44 FCWWNs,iSCSINames
            {'name': 'x', 'FCWWNs': ['10']}                             | 400 39 FCWWNs
            {'name': 'x', 'iSCSINames': 'iqn.x:1'}                      | 400 39 iSCSINames
            {'name': 'x', 'iSCSINames': ['']}                           | 400 45 iSCSINames
            {'name': ''}                                                | 400 45 name
            {'name': 7}                                                 | 400 39 name
            {}                                                          | 400 40 name
            {'name': 'a23456789012345678901234567890123'}               | 400 57 name
            {'name': 'a!b'}                                             | 400 69 name
            {'name': '-b'}                                              | 400 69 name
            {'name': 'x', 'persona': 12}                                | 400 46 persona
            {'name': 'x', 'domain': 'd'}                                | 404 38 domain
            {'name': 'x', 'iqn': 'y'}                                   | 400 12 iqn
            {'name': 'x', 'descriptors': {'colour': 'red'}}             | 400 12 colour
            [1]                                                         | 400 52
            {'name'                                                     | 400 60
            """)
    void whatCannotBeMadeIsRefusedWithItsNumber(String body, String refusal) {
        lab.make("hosts", "{'name': 'h', 'iSCSINames': ['iqn.2026-11.x:a']}");
        assertThat(lab.refused("POST", "hosts", body)).isEqualTo(refusal);
        assertThat(lab.names("hosts")).containsExactly("h");
    }

    @Test
    void pathsComeAndGo() {
        lab.make("hosts", "{'name': 'h', 'iSCSINames': ['iqn.x:1']}");
        lab.make("hosts", "{'name': 'other', 'iSCSINames': ['iqn.x:9']}");
        lab.put("hosts/h", "{'pathOperation': 1, 'iSCSINames': ['iqn.x:2']}");
        lab.put("hosts/h", "{'pathOperation': 2, 'iSCSINames': ['iqn.x:1']}");
        assertThat(lab.get("hosts/h").path("iSCSIPaths").findValuesAsString("name"))
                .containsExactly("iqn.x:2");
        assertThat(lab.refused("PUT", "hosts/h", "{'iSCSINames': ['iqn.x:3']}")).isEqualTo("400 78 pathOperation");
        assertThat(lab.refused("PUT", "hosts/h", "{'pathOperation': 1}")).isEqualTo("400 78 FCWWNs,iSCSINames");
        assertThat(lab.refused("PUT", "hosts/h", "{'pathOperation': 3, 'iSCSINames': ['iqn.x:3']}"))
                .isEqualTo("400 46 pathOperation");
        assertThat(lab.refused("PUT", "hosts/h", "{'pathOperation': 2, 'iSCSINames': ['iqn.x:1']}"))
                .isEqualTo("404 80");
        assertThat(lab.refused("PUT", "hosts/h", "{'pathOperation': 1, 'iSCSINames': ['iqn.x:9']}"))
                .isEqualTo("409 73");
        assertThat(lab.refused("PUT", "hosts/none", "{'persona': 1}")).isEqualTo("404 17");
    }

    @Test
    void aHostIsRenamedAndDescribed() {
        lab.make("hosts", "{'name': 'h', 'descriptors': {'os': 'linux', 'location': 'here'}}");
        lab.make("hosts", "{'name': 'taken'}");
        assertThat(Lab.location(lab.put("hosts/h", "{'newName': 'g', 'persona': 1, 'descriptors': {'os': ''}}")))
                .isEqualTo("/api/v1/hosts/g");
        var host = lab.get("hosts/g");
        assertThat(host.path("persona").intValue()).isEqualTo(1);
        assertThat(host.path("descriptors").propertyNames()).containsExactly("location");
        assertThat(lab.refused("PUT", "hosts/g", "{'newName': 'taken'}")).isEqualTo("409 16");
    }

    @Test
    void chapIsSetAndTakenAwayAndItsSecretNeverTold() {
        lab.make("hosts", "{'name': 'h', 'iSCSINames': ['iqn.x:1']}");
        assertThat(lab.refused(
                        "PUT", "hosts/h", "{'chapOperation': 1, 'chapOperationMode': 2, 'chapSecret': '123456789012'}"))
                .isEqualTo("400 78 chapOperationMode");
        lab.put(
                "hosts/h",
                "{'chapOperation': 1, 'chapOperationMode': 1, 'chapName': 'me', 'chapSecret': 'secret-of-host'}");
        lab.put("hosts/h", "{'chapOperation': 1, 'chapOperationMode': 2, 'chapSecret': 'secret-of-array'}");
        var host = lab.get("hosts/h");
        assertThat(host.path("initiatorChapEnabled").booleanValue()).isTrue();
        assertThat(host.path("targetChapEnabled").booleanValue()).isTrue();
        assertThat(host.path("initiatorChapName").asString()).isEqualTo("me");
        assertThat(host.toString()).doesNotContain("secret-of");
        var credentials = lab.estate().units().credentialsOf("iqn.x:1").orElseThrow();
        assertThat(credentials.initiator().password()).isEqualTo("secret-of-host");
        assertThat(credentials.target().orElseThrow().password()).isEqualTo("secret-of-array");
        assertThat(lab.refused("PUT", "hosts/h", "{'chapOperation': 1, 'chapOperationMode': 1, 'chapSecret': 'short'}"))
                .isEqualTo("400 115 chapSecret");

        lab.put("hosts/h", "{'chapOperation': 2, 'chapRemoveTargetOnly': true}");
        assertThat(lab.get("hosts/h").path("initiatorChapEnabled").booleanValue())
                .isTrue();
        assertThat(lab.get("hosts/h").path("targetChapEnabled").booleanValue()).isFalse();
        lab.put("hosts/h", "{'chapOperation': 2}");
        assertThat(lab.get("hosts/h").path("initiatorChapEnabled").booleanValue())
                .isFalse();
    }

    /** cinder and the Python client's tests compare these texts. */
    @Test
    void whatIsInUseIsNotDeletedAndTheArraySaysWhy() {
        lab.make("hosts", "{'name': 'h', 'iSCSINames': ['iqn.x:1']}");
        lab.make("hosts", "{'name': 'm'}");
        lab.make("hostsets", "{'name': 's', 'setmembers': ['m']}");
        lab.create("v", 256);
        lab.make("vluns", "{'volumeName': 'v', 'hostname': 'h', 'lun': 1}");
        assertThat(says("h")).isEqualTo("409 26 has exported VLUN");
        assertThat(says("m")).isEqualTo("409 77 host is a member of a set");
        assertThat(says("none")).isEqualTo("404 17 host does not exist");
        assertThat(lab.refused("PUT", "hosts/h", "{'pathOperation': 2, 'iSCSINames': ['iqn.x:1']}"))
                .isEqualTo("409 26");
        lab.delete("vluns/v,1,h");
        lab.delete("hosts/h");
        lab.delete("hostsets/s");
        lab.delete("hosts/m");
        assertThat(lab.names("hosts")).isEmpty();
    }

    private String says(String host) {
        var answer = lab.send("DELETE", "hosts/" + host, "");
        var error = Lab.json(answer);
        return answer.status() + " " + error.path("code").asInt() + " "
                + error.path("desc").asString();
    }

    /** A host sees what is exported to any of its sets, and each set keeps it from being deleted. */
    @Test
    void aHostMayBeInSeveralSets() {
        lab.make("hosts", "{'name': 'm', 'iSCSINames': ['iqn.m']}");
        lab.create("v", 256);
        lab.create("w", 256);
        lab.make("hostsets", "{'name': 's', 'setmembers': ['m']}");
        lab.make("hostsets", "{'name': 't'}");
        lab.make("vluns", "{'volumeName': 'v', 'hostname': 'set:s', 'lun': 1}");
        lab.make("vluns", "{'volumeName': 'w', 'hostname': 'set:t', 'lun': 1}");
        assertThat(lab.refused("PUT", "hostsets/t", "{'action': 1, 'setmembers': ['m']}"))
                .as("LUN 1 would be two volumes")
                .isEqualTo("409 18");
        lab.delete("vluns/w,1,set:t");
        lab.make("vluns", "{'volumeName': 'v', 'hostname': 'set:t', 'lun': 2}");
        assertThat(lab.refused("PUT", "hostsets/t", "{'action': 1, 'setmembers': ['m']}"))
                .as("one volume at two LUNs")
                .isEqualTo("400 29");
        lab.delete("vluns/v,2,set:t");
        lab.make("vluns", "{'volumeName': 'w', 'hostname': 'set:t', 'lun': 2}");
        lab.put("hostsets/t", "{'action': 1, 'setmembers': ['m']}");
        assertThat(lab.estate().units().visibleTo("iqn.m")).containsOnlyKeys(1, 2);
        lab.put("hostsets/s", "{'action': 2, 'setmembers': ['m']}");
        assertThat(lab.estate().units().visibleTo("iqn.m")).containsOnlyKeys(2);
        assertThat(says("m")).isEqualTo("409 77 host is a member of a set");
        lab.delete("vluns/w,2,set:t");
        lab.delete("hostsets/t");
        lab.delete("hosts/m");
    }

    /** A secret of 16 bytes in hexadecimal digits; the target's proof is that of {@code AuthenticationTest}. */
    @Test
    void chapSecretsMayBeBytes() {
        lab.make("hosts", "{'name': 'h', 'iSCSINames': ['iqn.h']}");
        var hex = "00ff8081".repeat(4);
        var put = "{'chapOperation': 1, 'chapOperationMode': 1, 'chapSecretHex': true, 'chapSecret': '%s'}";
        lab.put("hosts/h", put.formatted(hex));
        var secret = lab.estate().units().credentialsOf("iqn.h").orElseThrow().initiator();
        assertThat(secret.hex()).isTrue();
        assertThat(secret.password()).isEqualTo(hex);
        assertThat(lab.get("hosts/h").toString()).doesNotContain(hex);
        for (var wrong : List.of("00ff", "g".repeat(32), "0".repeat(33))) {
            assertThat(lab.refused("PUT", "hosts/h", put.formatted(wrong))).isEqualTo("400 12 chapSecret");
        }
    }

    @Test
    void setsOfHosts() {
        lab.make("hosts", "{'name': 'a'}");
        lab.make("hosts", "{'name': 'b'}");
        assertThat(lab.make("hostsets", "{'name': 's', 'comment': 'c', 'setmembers': ['a']}"))
                .isEqualTo("/api/v1/hostsets/s");
        assertThat(lab.refused("POST", "hostsets", "{'name': 's'}")).isEqualTo("409 101");
        assertThat(lab.refused("POST", "hostsets", "{'name': 't', 'setmembers': ['none']}"))
                .isEqualTo("404 17");
        lab.put("hostsets/s", "{'action': 1, 'setmembers': ['b']}");
        assertThat(lab.refused("PUT", "hostsets/s", "{'action': 1, 'setmembers': ['b']}"))
                .isEqualTo("409 103");
        lab.put("hostsets/s", "{'action': 2, 'setmembers': ['a', 'b']}");
        assertThat(lab.refused("PUT", "hostsets/s", "{'action': 2, 'setmembers': ['b']}"))
                .isEqualTo("404 104");
        var set = lab.get("hostsets/s");
        assertThat(set.has("setmembers")).isFalse();
        assertThat(set.path("count").intValue()).isZero();
        assertThat(set.path("comment").asString()).isEqualTo("c");
        assertThat(Lab.location(lab.put("hostsets/s", "{'newName': 't'}"))).isEqualTo("/api/v1/hostsets/t");
        assertThat(lab.refused("GET", "hostsets/s", "")).isEqualTo("404 102");
    }
}
