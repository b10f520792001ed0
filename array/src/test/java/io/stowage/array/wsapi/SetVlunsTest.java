package io.stowage.array.wsapi;

import static org.assertj.core.api.Assertions.assertThat;

import io.stowage.array.core.LogicalUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import java.util.TreeMap;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;

/** Volume sets and ports in VLUNs: {@code set:NAME} as volumeName, and no hostname (section 11 of the reference). */
class SetVlunsTest {
    private static final String H = "iqn.2026-11.io.stowage:h";
    private static final String G = "iqn.2026-11.io.stowage:g";
    private static final String N = "nqn.2014-08.org.nvmexpress:uuid:0b1c2d3e-0000-4000-8000-000000000003";

    private Lab lab = Lab.inMemory();

    @BeforeEach
    void prepare() {
        lab.make("hosts", "{'name': 'h', 'iSCSINames': ['%s']}".formatted(H));
        lab.make("hosts", "{'name': 'g', 'iSCSINames': ['%s']}".formatted(G));
        lab.make("hosts", "{'name': 'n', 'NQN': '%s'}".formatted(N));
        lab.make("hostsets", "{'name': 'hosts', 'setmembers': ['h', 'g']}");
        List.of("a", "b", "c", "d").forEach(name -> lab.create(name, 256));
        lab.make("volumesets", "{'name': 'set', 'setmembers': ['a', 'b']}");
    }

    @AfterEach
    void close() {
        assertThat(lab.findings()).isEmpty();
        lab.close();
    }

    private String export(String volume, String host, String more) {
        return lab.make("vluns", "{'volumeName': '%s', 'hostname': '%s', %s}".formatted(volume, host, more));
    }

    /** What a host sees: its volumes by LUN, named as their WWNs tell. */
    private String seen(String initiator) {
        var names = new TreeMap<String, String>();
        lab.get("volumes")
                .path("members")
                .forEach(volume -> names.put(
                        volume.path("wwn").asString().toLowerCase(Locale.ROOT),
                        volume.path("name").asString()));
        var seen = new TreeMap<Integer, String>();
        for (var unit : lab.estate().units().visibleTo(initiator).entrySet()) {
            LogicalUnit volume = unit.getValue();
            seen.put(unit.getKey(), names.getOrDefault(volume.identity().naa().toLowerCase(Locale.ROOT), "?"));
        }
        return seen.toString();
    }

    private List<JsonNode> rows(String query) {
        var rows = new ArrayList<JsonNode>();
        lab.get("vluns?query=%22" + query + "%22").path("members").forEach(rows::add);
        return rows;
    }

    private void members(int action, String... names) {
        lab.put("volumesets/set", "{'action': %d, 'setmembers': ['%s']}".formatted(action, String.join("', '", names)));
    }

    @Test
    void aHostSeesTheVolumesOfASetAsTheyComeAndGo() {
        assertThat(export("set:set", "h", "'lun': 5")).isEqualTo("/api/v1/vluns/set:set,5,h");
        assertThat(seen(H)).isEqualTo("{5=a, 6=b}");
        assertThat(seen(G)).isEqualTo("{}");
        members(1, "c");
        assertThat(seen(H)).isEqualTo("{5=a, 6=b, 7=c}");
        members(2, "a", "b");
        assertThat(seen(H)).isEqualTo("{7=c}");
        members(1, "d");
        assertThat(seen(H)).isEqualTo("{5=d, 7=c}");
        lab = lab.restarted(new Random(1));
        assertThat(seen(H)).isEqualTo("{5=d, 7=c}");
        lab.delete("vluns/set:set,5,h");
        assertThat(seen(H)).isEqualTo("{}");
        assertThat(lab.get("vluns").path("total").intValue()).isZero();
    }

    @Test
    void aSetOfVolumesIsExportedToASetOfHosts() {
        export("d", "g", "'lun': 1");
        assertThat(export("set:set", "set:hosts", "'lun': 0, 'autoLun': true")).endsWith("/set:set,0,set:hosts");
        assertThat(seen(H)).isEqualTo("{0=a, 2=b}");
        assertThat(seen(G)).isEqualTo("{0=a, 1=d, 2=b}");
        lab.put("hostsets/hosts", "{'action': 2, 'setmembers': ['h']}");
        assertThat(seen(H)).isEqualTo("{}");
        members(1, "c");
        assertThat(seen(G)).isEqualTo("{0=a, 1=d, 2=b, 3=c}");
        lab.put("hostsets/hosts", "{'action': 1, 'setmembers': ['h']}");
        assertThat(seen(H)).isEqualTo("{0=a, 2=b, 3=c}");
        assertThat(lab.refused("DELETE", "hostsets/hosts", "")).isEqualTo("409 26");
        lab.delete("vluns/set%3Aset%2C0%2Cset%3Ahosts");
        assertThat(seen(G)).isEqualTo("{1=d}");
    }

    @Test
    void namespacesCountFromOne() {
        export("set:set", "n", "'lun': 0, 'autoLun': true");
        assertThat(seen(N)).isEqualTo("{1=a, 2=b}");
    }

    /** One template, without a WWN, for the set; whatever a volume is asked about is told by active VLUNs. */
    @Test
    void anExportedSetIsOneTemplate() {
        export("set:set", "set:hosts", "'lun': 3");
        export("c", "h", "'lun': 1");
        var row = rows("volumeName==set:set").getFirst();
        assertThat(row.path("hostname").asString()).isEqualTo("set:hosts");
        assertThat(row.path("lun").intValue()).isEqualTo(3);
        assertThat(row.path("type").intValue()).isEqualTo(5);
        assertThat(row.path("active").booleanValue()).isFalse();
        assertThat(rows("hostname==set:hosts")).containsExactly(row);
        assertThat(lab.get("vluns/set:set,3,set:hosts").path("members")).containsExactly(row);
        assertThat(rows("volumeName==a")).isEmpty();
        assertThat(rows("hostname==h")).hasSize(1);
        assertThat(rows("hostname==h%20AND%20volumeName==a")).isEmpty();
        assertThat(rows("hostname==h%20OR%20volumeName==set:set")).hasSize(2);
        assertThat(rows("volumeName%20LIKE%20*")).hasSize(2);
        assertThat(lab.refused("DELETE", "vluns/a,3,set:hosts", "")).isEqualTo("404 19");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            {'volumeName': 'set:none', 'hostname': 'h', 'lun': 1}     | 404 102
            {'volumeName': 'set:set', 'hostname': 'none', 'lun': 1}   | 404 17
            {'volumeName': 'set:set', 'hostname': 'h'}                | 400 40 lun
            {'volumeName': 'set:set', 'hostname': 'n', 'lun': 256}    | 409 18
            {'volumeName': 'set:set', 'hostname': 'h', 'lun': 4}      | 409 18
            {'volumeName': 'set:set', 'hostname': 'g', 'lun': 4}      | 400 29
            {'volumeName': 'set:set', 'hostname': 'set:hosts', 'lun': 9} | 400 29
            """)
    void whatCannotBeExportedLeavesNothingBehind(String body, String refusal) {
        export("d", "h", "'lun': 4");
        export("b", "g", "'lun': 5");
        assertThat(lab.refused("POST", "vluns", body)).isEqualTo(refusal);
        assertThat(lab.get("vluns").path("total").intValue()).isEqualTo(2);
        assertThat(seen(H) + seen(G) + seen(N)).isEqualTo("{4=d}{5=b}{}");
    }

    @Test
    void whatIsSeenAlreadyDoesNotJoin() {
        export("set:set", "h", "'lun': 1");
        export("c", "h", "'lun': 7");
        assertThat(lab.refused("PUT", "volumesets/set", "{'action': 1, 'setmembers': ['d', 'c']}"))
                .isEqualTo("400 29");
        assertThat(seen(H)).isEqualTo("{1=a, 2=b, 7=c}");
        assertThat(lab.refused("POST", "vluns", "{'volumeName': 'a', 'hostname': 'h', 'lun': 8}"))
                .isEqualTo("400 29");
        assertThat(lab.refused("POST", "vluns", "{'volumeName': 'set:set', 'hostname': 'h', 'lun': 8}"))
                .isEqualTo("400 29");
    }

    /** Section 10: a set that is exported isn't deleted; nor is a host while a set is exported to it, even an empty one. */
    @Test
    void whatTakesPartInAnExportStays() {
        lab.make("volumesets", "{'name': 'empty'}");
        export("set:empty", "n", "'lun': 1");
        export("set:empty", "set:hosts", "'lun': 1");
        assertThat(lab.refused("DELETE", "volumesets/empty", "")).isEqualTo("409 26");
        assertThat(lab.refused("DELETE", "hosts/n", "")).isEqualTo("409 26");
        assertThat(lab.refused("DELETE", "hostsets/hosts", "")).isEqualTo("409 26");
        lab.delete("vluns/set:empty,1,n");
        lab.delete("vluns/set:empty,1,set:hosts");
        lab.delete("volumesets/empty");
        lab.delete("hosts/n");
        lab.delete("hostsets/hosts");
    }

    @Test
    void snapshotsThatJoinAnExportedSetAreSeen() {
        export("set:set", "h", "'lun': 1");
        lab.make("volumes/c", "{'action': 'createSnapshot', 'parameters': {'name': 's', 'addToSet': 'set'}}");
        assertThat(seen(H)).isEqualTo("{1=a, 2=b, 3=s}");
    }

    /** Port VLUNs, type 2: whoever comes by the port's protocol sees them, those included that are made later. */
    @Test
    void aVolumeIsExportedToAPortAlone() {
        var port = lab.get("ports").path("members").get(0).path("portPos");
        var there = "'portPos': " + port.toString().replace('"', '\'');
        var nsp = port.path("node") + ":" + port.path("slot") + ":" + port.path("cardPort");
        assertThat(lab.make("vluns", "{'volumeName': 'a', 'lun': 6, " + there + "}"))
                .isEqualTo("/api/v1/vluns/a,6,," + nsp);
        assertThat(seen(H) + seen(G) + seen(N)).isEqualTo("{6=a}{6=a}{}");
        lab.make("hosts", "{'name': 'later', 'iSCSINames': ['iqn.later']}");
        assertThat(seen("iqn.later")).isEqualTo("{6=a}");
        var row = rows("volumeName==a").getFirst();
        assertThat(row.path("type").intValue()).isEqualTo(2);
        assertThat(row.path("portPos")).isEqualTo(port);
        assertThat(row.has("hostname")).isFalse();
        assertThat(lab.refused("POST", "vluns", "{'volumeName': 'b', 'hostname': 'h', 'lun': 6}"))
                .isEqualTo("409 18");
        assertThat(lab.refused("POST", "vluns", "{'volumeName': 'b', 'lun': 6, " + there + "}"))
                .isEqualTo("409 18");
        assertThat(lab.refused("POST", "vluns", "{'volumeName': 'set:set', 'lun': 7, " + there + "}"))
                .isEqualTo("400 44 portPos");
        assertThat(lab.refused("POST", "vluns", "{'volumeName': 'a', 'lun': 6}"))
                .isEqualTo("400 40 hostname");
        lab.delete("hosts/later");
        assertThat(lab.refused("DELETE", "volumes/a", "")).isEqualTo("409 34");
        lab.delete("vluns/a,6,," + nsp);
        assertThat(seen(H)).isEqualTo("{}");
    }

    @Test
    void aPathIsNotAddedWhereTwoVolumesWouldMeet() {
        lab.make("hosts", "{'name': 'bare'}");
        export("b", "bare", "'lun': 6");
        var port = lab.get("ports")
                .path("members")
                .get(0)
                .path("portPos")
                .toString()
                .replace('"', '\'');
        lab.make("vluns", "{'volumeName': 'a', 'lun': 6, 'portPos': " + port + "}");
        assertThat(lab.refused("PUT", "hosts/bare", "{'pathOperation': 1, 'iSCSINames': ['iqn.bare']}"))
                .isEqualTo("409 18");
        lab.delete("vluns/b,6,bare");
        lab.put("hosts/bare", "{'pathOperation': 1, 'iSCSINames': ['iqn.bare']}");
        assertThat(seen("iqn.bare")).isEqualTo("{6=a}");
    }
}
