package io.stowage.array.wsapi;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;

/** VLUNs: section 11 of the WSAPI's reference, and the traps of section 17 that are about them. */
class VlunsTest {
    private static final String IQN = "iqn.2026-11.io.stowage:vluns";
    private static final String NQN = "nqn.2014-08.org.nvmexpress:uuid:0b1c2d3e-0000-4000-8000-000000000002";

    private final Lab lab = Lab.inMemory();

    @BeforeEach
    void prepare() {
        lab.make("hosts", "{'name': 'h', 'iSCSINames': ['%s']}".formatted(IQN));
        lab.make("hosts", "{'name': 'g', 'iSCSINames': ['iqn.x:2']}");
        lab.make("hosts", "{'name': 'n', 'NQN': '%s', 'transportType': 2}".formatted(NQN));
        lab.create("v", 256);
        lab.create("w", 256);
    }

    @AfterEach
    void close() {
        lab.close();
    }

    private String export(String volume, String host, String more) {
        return lab.make("vluns", "{'volumeName': '%s', 'hostname': '%s', %s}".formatted(volume, host, more));
    }

    private List<JsonNode> rows(String query) {
        var rows = new ArrayList<JsonNode>();
        lab.get("vluns?query=%22" + query + "%22").path("members").forEach(rows::add);
        return rows;
    }

    @Test
    void anExportIsATemplateUntilTheHostComes() {
        assertThat(export("v", "h", "'lun': 0, 'autoLun': true")).isEqualTo("/api/v1/vluns/v,0,h");
        assertThat(lab.estate().units().visibleTo(IQN)).containsOnlyKeys(0);
        var row = rows("volumeName==v").getFirst();
        assertThat(row.path("hostname").asString()).isEqualTo("h");
        assertThat(row.path("lun").intValue()).isZero();
        assertThat(row.path("type").intValue()).isEqualTo(3);
        assertThat(row.path("active").booleanValue()).isFalse();
        assertThat(row.path("volumeWWN").asString())
                .isEqualTo(lab.volume("v").path("wwn").asString());
        assertThat(row.has("Subsystem_NQN")).isFalse();
        assertThat(rows("hostname%20EQ%20h")).hasSize(1);
        assertThat(rows("hostname==g")).isEmpty();
    }

    /** LXD writes the commas as %2C, others as they are; both name the same VLUN (trap 21). */
    @Test
    void aVlunIsNamedByVolumeLunAndHost() {
        export("v", "h", "'lun': 7");
        assertThat(lab.get("vluns/v,7,h").path("total").intValue()).isEqualTo(1);
        assertThat(lab.get("/vluns/v%2C7%2Ch")
                        .path("members")
                        .get(0)
                        .path("lun")
                        .intValue())
                .isEqualTo(7);
        lab.delete("vluns/v%2C7%2Ch");
        assertThat(rows("volumeName==v")).isEmpty();
        assertThat(lab.estate().units().visibleTo(IQN)).isEmpty();
        assertThat(lab.refused("DELETE", "vluns/v,7,h", "")).isEqualTo("404 19");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            vluns/v,8,h        | 404 19
            vluns/none,7,h     | 404 19
            vluns/v,7,none     | 404 17
            vluns/v,7,set:none | 404 102
            vluns/v,7          | 400 40
            vluns/v,7,         | 400 40
            vluns/v,x,h        | 400 39 lun
            vluns/v,7,h,9:9:9  | 400 55
            vluns/v,7,h,9      | 400 55
            """)
    void whatIsNoVlunIsRefusedWithItsNumber(String path, String refusal) {
        export("v", "h", "'lun': 7");
        assertThat(lab.refused("DELETE", path, "")).isEqualTo(refusal);
        assertThat(lab.refused("GET", path, "")).isEqualTo(refusal);
        assertThat(rows("volumeName==v")).hasSize(1);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            {'volumeName': 'none', 'hostname': 'h', 'lun': 1}     | 404 23
            {'volumeName': 'w', 'hostname': 'none', 'lun': 1}     | 404 17
            {'volumeName': 'w', 'hostname': 'set:none', 'lun': 1} | 404 102
            {'volumeName': 'w', 'hostname': 'h'}                  | 400 40 lun
            {'volumeName': 'w', 'lun': 1}                         | 400 40 hostname
            {'hostname': 'h', 'lun': 1}                           | 400 40 volumeName
            {'volumeName': 'w', 'hostname': 'h', 'lun': 16384}    | 400 28 lun
            {'volumeName': 'w', 'hostname': 'h', 'lun': -1}       | 400 115 lun
            {'volumeName': 'w', 'hostname': 'h', 'lun': '1'}      | 400 39 lun
            {'volumeName': 'w', 'hostname': 'h', 'lun': 7}        | 409 18
            {'volumeName': 'w', 'hostname': 'n', 'lun': 0}        | 400 115 lun
            {'volumeName': 'w', 'hostname': 'n', 'lun': 257}      | 400 43 lun
            {'volumeName': 'v', 'hostname': 'h', 'lun': 8}        | 400 29
            {'volumeName': 'v', 'hostname': 'h', 'lun': 0, 'autoLun': true} | 400 29
            {'volumeName': 'w', 'hostname': 'h', 'lun': 7, 'autoLun': true, 'maxAutoLun': 7} | 409 18
            {'volumeName': 'w', 'hostname': 'h', 'lun': 1, 'portPos': {'node': 9, 'slot': 9, 'cardPort': 9}} | 400 55
            {'volumeName': 'w', 'hostname': 'h', 'lun': 1, 'unit': 2} | 400 12 unit
            """)
    void whatCannotBeExportedIsRefusedWithItsNumber(String body, String refusal) {
        export("v", "h", "'lun': 7");
        assertThat(lab.refused("POST", "vluns", body)).isEqualTo(refusal);
        assertThat(lab.get("vluns").path("total").intValue()).isEqualTo(1);
    }

    /** LXD judges by the first row of a volume, whichever host it is for (trap 5). */
    @Test
    void aVolumeHasTheSameLunForAllHostsIfItCan() {
        export("w", "h", "'lun': 0, 'autoLun': true");
        export("v", "h", "'lun': 0, 'autoLun': true");
        assertThat(export("v", "g", "'lun': 0, 'autoLun': true")).endsWith("/v,1,g");
    }

    /** LUN 0 can be no namespace (trap 17); the subsystem is the host object's, and a new one's is new (trap 16). */
    @Test
    void hostsThatComeByNvmeHaveASubsystemAndCountFromOne() {
        assertThat(export("v", "n", "'lun': 0, 'autoLun': true")).endsWith("/v,1,n");
        var subsystem = rows("volumeName==v").getFirst().path("Subsystem_NQN").asString();
        assertThat(subsystem).startsWith("nqn.2020-07.com.hpe:");
        lab.delete("vluns/v,1,n");
        lab.delete("hosts/n");
        lab.make("hosts", "{'name': 'n', 'NQN': '%s'}".formatted(NQN));
        export("v", "n", "'lun': 0, 'autoLun': true");
        assertThat(rows("volumeName==v").getFirst().path("Subsystem_NQN").asString())
                .startsWith("nqn.2020-07.com.hpe:")
                .isNotEqualTo(subsystem);
    }

    @Test
    void whatIsExportedIsNotDeleted() {
        export("v", "h", "'lun': 1");
        assertThat(lab.refused("DELETE", "volumes/v", "")).isEqualTo("409 34");
        assertThat(lab.refused("DELETE", "volumes/v?cascade=true", "")).isEqualTo("409 34");
        lab.delete("vluns/v,1,h");
        lab.delete("volumes/v");
    }

    /** cinder exports by each port in turn, and looks for its VLUNs by their ports. */
    @Test
    void aVolumeIsExportedByOnePortAfterTheOther() {
        var port = lab.get("ports").path("members").get(0).path("portPos");
        var there = "'portPos': " + port.toString().replace('"', '\'');
        var nsp = port.path("node") + ":" + port.path("slot") + ":" + port.path("cardPort");
        assertThat(export("v", "h", "'lun': 3, " + there)).isEqualTo("/api/v1/vluns/v,3,h," + nsp);
        var row = rows("volumeName==v").getFirst();
        assertThat(row.path("type").intValue()).isEqualTo(4);
        assertThat(row.path("portPos")).isEqualTo(port);
        assertThat(lab.refused("POST", "vluns", "{'volumeName': 'v', 'hostname': 'h', 'lun': 3, " + there + "}"))
                .isEqualTo("400 29");
        assertThat(lab.refused("DELETE", "vluns/v,3,h", "")).isEqualTo("404 19");
        lab.delete("vluns/v,3,h," + nsp.replace(":", "%3A"));
        assertThat(lab.estate().units().visibleTo(IQN)).isEmpty();
    }

    @Test
    void whatIsExportedToASetAllItsHostsSee() {
        lab.make("hostsets", "{'name': 's', 'setmembers': ['h']}");
        assertThat(export("v", "set:s", "'lun': 5")).isEqualTo("/api/v1/vluns/v,5,set:s");
        assertThat(lab.estate().units().visibleTo(IQN)).containsOnlyKeys(5);
        var row = rows("volumeName==v").getFirst();
        assertThat(row.path("hostname").asString()).isEqualTo("set:s");
        assertThat(row.path("type").intValue()).isEqualTo(5);
        lab.put("hostsets/s", "{'action': 1, 'setmembers': ['g']}");
        assertThat(lab.estate().units().visibleTo("iqn.x:2")).containsOnlyKeys(5);
        assertThat(lab.refused("POST", "vluns", "{'volumeName': 'v', 'hostname': 'h', 'lun': 6}"))
                .isEqualTo("400 29");
        assertThat(lab.refused("DELETE", "hostsets/s", "")).isEqualTo("409 26");
        lab.delete("vluns/v,5,set:s");
        assertThat(lab.estate().units().visibleTo("iqn.x:2")).isEmpty();
        lab.delete("hostsets/s");
    }
}
