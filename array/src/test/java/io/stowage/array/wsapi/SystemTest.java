package io.stowage.array.wsapi;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The system, its ports and CPGs: sections 3 to 5 of the WSAPI's reference. */
class SystemTest {
    private static final long PIB_IN_MIB = 1L << 30;

    private final Lab lab = Lab.inMemory();

    @AfterEach
    void close() {
        lab.close();
    }

    @Test
    void theSystemTellsWhatClientsRead() {
        var system = lab.get("system");
        assertThat(system.path("id").isIntegralNumber()).isTrue();
        assertThat(system.path("serialNumber").asString()).isNotEmpty();
        assertThat(system.path("licenseInfo")
                        .path("licenses")
                        .get(0)
                        .path("name")
                        .isString())
                .isTrue();
        assertThat(system.path("totalCapacityMiB").longValue()).isEqualTo(PIB_IN_MIB);
        var all = lab.get("capacity").path("allCapacity");
        assertThat(all.path("totalMiB").longValue()).isEqualTo(PIB_IN_MIB);
        assertThat(all.path("freeMiB").longValue()
                        + all.path("allocated").path("totalAllocatedMiB").longValue())
                .isEqualTo(PIB_IN_MIB);
        assertThat(lab.get("capacity").path("FCCapacity").path("totalMiB").longValue())
                .isZero();
        assertThat(lab.get("wsapiconfiguration").path("sessionsInUse").intValue())
                .isEqualTo(1);
        assertThat(lab.get("hostpersonas").path("total").intValue()).isEqualTo(11);
    }

    @Test
    void thePortsTellWhatClientsNeed() {
        var port = lab.get("ports").path("members").get(0);
        assertThat(port.path("linkState").intValue()).isEqualTo(4);
        assertThat(port.path("protocol").intValue()).isEqualTo(2);
        assertThat(port.path("mode").intValue()).isEqualTo(2);
        assertThat(port.path("IPAddr").asString()).isEqualTo("127.0.0.1");
        assertThat(port.path("iSCSIName").asString()).matches("iqn\\.2000-05\\.com\\.3pardata:[0-9a-f]{16}");
        assertThat(port.path("iSCSIPortInfo").path("vlan").intValue()).isZero();
        var position = port.path("portPos");
        var name = position.path("node") + ":" + position.path("slot") + ":" + position.path("cardPort");
        assertThat(lab.get("ports/" + name)).isEqualTo(port);
        assertThat(lab.get("ports/" + name + "/iSCSIVlans/").path("iSCSIVlans").isEmpty())
                .isTrue();
        assertThat(lab.refused("GET", "ports/9:9:9", "")).isEqualTo("404 20");
        assertThat(lab.refused("GET", "ports/x", "")).isEqualTo("400 55");
    }

    @Test
    void aCpgIsThereFromTheBeginningAndOthersComeAndGo() {
        assertThat(lab.names("cpgs")).containsExactly("SSD_r6");
        var first = lab.get("cpgs/SSD_r6");
        assertThat(first.path("SDGrowth").path("limitMiB").longValue()).isEqualTo(PIB_IN_MIB);
        assertThat(lab.make("cpgs", "{'name': 'c', 'LDLayout': {'RAIDType': 2, 'diskPatterns': [{'diskType': 3}]}}"))
                .isEqualTo("/api/v1/cpgs/c");
        var cpg = lab.get("cpgs/c");
        assertThat(cpg.path("SDGrowth").has("limitMiB")).isFalse(); // cinder asks for this
        assertThat(cpg.path("SDGrowth").path("LDLayout").path("RAIDType").intValue())
                .isEqualTo(2);
        lab.put("cpgs/c", "{'newName': 'd', 'growthLimitMiB': 1024}");
        assertThat(lab.get("cpgs/d").path("SDGrowth").path("limitMiB").intValue())
                .isEqualTo(1024);
        lab.put("cpgs/d", "{'rmGrowthLimit': true}");
        assertThat(lab.get("cpgs/d").path("SDGrowth").has("limitMiB")).isFalse();
        lab.make("volumes", "{'name': 'v', 'cpg': 'd', 'sizeMiB': 256, 'tpvv': true}");
        assertThat(lab.get("cpgs/d").path("numTPVVs").intValue()).isEqualTo(1);
        assertThat(lab.refused("DELETE", "cpgs/d", "")).isEqualTo("409 34");
        lab.delete("volumes/v");
        lab.delete("cpgs/d");
        assertThat(lab.refused("GET", "cpgs/d", "")).isEqualTo("404 15");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            {'name': 'SSD_r6'}                              | 409 14
            {'name': 'c', 'domain': 'd'}                    | 404 38 domain
            {'name': 'c', 'growthLimitMiB': 0}              | 400 115 growthLimitMiB
            {'name': 'c', 'growthLimitMiB': 4294967296}     | 400 43 growthLimitMiB
            {'name': 'c', 'growthLimitMiB': '1'}            | 400 39 growthLimitMiB
            {'name': 'c', 'LDLayout': {'RAIDType': 9}}      | 400 46 RAIDType
            {'name': 'c', 'LDLayout': 5}                    | 400 39 LDLayout
            {'growthLimitMiB': 1024}                        | 400 40 name
            {'name': 'c', 'diskType': 3}                    | 400 12 diskType
            """)
    void whatCannotBeACpgIsRefusedWithItsNumber(String body, String refusal) {
        assertThat(lab.refused("POST", "cpgs", body)).isEqualTo(refusal);
    }

    /** A volume takes space as it is written to; a CPG that has come to its limit takes no more volumes. */
    @Test
    void aGrowthLimitIsKept() {
        lab.make("cpgs", "{'name': 'small', 'growthLimitMiB': 1}");
        lab.make("volumes", "{'name': 'v', 'cpg': 'small', 'sizeMiB': 256, 'tpvv': true}");
        for (int mebibyte = 0; mebibyte < 256; mebibyte++) {
            lab.write("v", mebibyte, 1);
        }
        assertThat(lab.refused("POST", "volumes", "{'name': 'w', 'cpg': 'small', 'sizeMiB': 256, 'tpvv': true}"))
                .isEqualTo("400 24");
        assertThat(lab.refused("PUT", "volumes/v", "{'action': 3, 'sizeMiB': 256}"))
                .isEqualTo("403 153");
    }

    @Test
    void theSpaceReporterAnswersForACpg() {
        lab.create("v", 512);
        var answer = lab.send("POST", "spacereporter", "{'cpg': 'SSD_r6'}");
        assertThat(answer.status()).isEqualTo(200);
        var report = Lab.json(answer);
        assertThat(report.path("overProvisionedVirtualSizeMiB").intValue()).isEqualTo(512);
        assertThat(report.path("overProvisionedUsedMiB").longValue()
                        + report.path("overProvisionedFreeMiB").longValue())
                .isEqualTo(PIB_IN_MIB);
        assertThat(lab.refused("POST", "spacereporter", "{'cpg': 'none'}")).isEqualTo("404 15");
        assertThat(lab.refused("POST", "spacereporter", "")).isEqualTo("400 78 cpg,LDLayout");
    }

    @Test
    void thereAreNoRemoteCopies() {
        assertThat(lab.get("remotecopygroups").path("total").intValue()).isZero();
        assertThat(lab.refused("GET", "remotecopygroups/g", "")).isEqualTo("404 187");
    }
}
