package io.stowage.array.flasharray;

import static org.assertj.core.api.Assertions.assertThat;

import io.stowage.array.ArrayOptions;
import org.junit.jupiter.api.Test;

/** What an array shows to clients of a newer version than the usual one. */
class NewerVersionsTest extends ArrayTest {
    @Override
    ArrayOptions options(ArrayOptions usual) {
        return usual.withRestVersion(ApiVersion.NEWEST);
    }

    private Rest version(String version) {
        return Rest.login(array().endpoints(), version);
    }

    @Test
    void namespacesHaveNumbersOfTheirOwnSince227() {
        rest().post("hosts?names=nvme", "{'nqns': ['nqn.2014-08.org.nvmexpress:uuid:1']}");
        rest().post("hosts?names=scsi", "{'iqns': ['iqn.a']}");
        rest().post("host-groups?names=g", "{}");
        rest().post("host-groups/hosts?group_names=g&member_names=nvme,scsi", "");
        rest().post("volumes?names=v,w", "{}");
        assertThat(rest().refused("POST", "connections?host_names=nvme&volume_names=v", "{'lun': 3}"))
                .containsExactly("400 nvme: LUN cannot be specified for an NVMe host.");
        assertThat(rest().refused("POST", "connections?host_group_names=g&volume_names=v", "{'lun': 3}"))
                .containsExactly("400 nvme: LUN cannot be specified for an NVMe host.");
        rest().post("connections?host_group_names=g&volume_names=v", "");
        var number = rest().one("connections?host_names=nvme").path("lun").intValue();
        assertThat(number).isBetween(1, 4095);
        assertThat(rest().one("connections?host_names=nvme").has("nsid")).isFalse();
        try (var newer = version("2.27")) {
            var namespace = newer.one("connections?host_names=nvme");
            assertThat(namespace.path("nsid").intValue()).isEqualTo(number);
            assertThat(namespace.get("lun").isNull()).isTrue();
            var unit = newer.one("connections?host_names=scsi");
            assertThat(unit.path("lun").intValue()).isEqualTo(number);
            assertThat(unit.get("nsid").isNull()).isTrue();
        }
    }

    @Test
    void aBatchMakesVolumesThatDiffer() {
        rest().post("pods?names=pool", "{}");
        try (var newer = version("2.50")) {
            var made = newer.post(
                    "volumes/batch",
                    "[{'name': 'a', 'provisioned': 1048576}, {'name': 'pool::b', 'provisioned': 2097152},"
                            + " {'name': 'c', 'source': {'name': 'a'}}]");
            assertThat(made)
                    .extracting(item -> item.path("name").asString() + " "
                            + item.path("provisioned").longValue())
                    .containsExactly("a 1048576", "pool::b 2097152", "c 1048576");
            assertThat(newer.refused("POST", "volumes/batch", "[{'name': 'd'}, {'name': 'a'}]"))
                    .containsExactly("400 a: Volume already exists.");
            assertThat(newer.refused("POST", "volumes/batch", "[{'provisioned': 1048576}]"))
                    .containsExactly("400 -: Invalid value for attribute name.");
            assertThat(newer.refused("POST", "volumes/batch", "[]")).containsExactly("400 -: No attribute specified.");
            assertThat(newer.refused("POST", "volumes/batch", "{}")).hasSize(1);
            assertThat(newer.names("volumes")).containsExactly("a", "c", "pool::b");

            var id = made.getFirst().path("id").asString();
            var snapshots = newer.post(
                    "volume-snapshots/batch",
                    "[{'source_id': '" + id + "', 'suffix': 'one'}, {'source_name': 'c', 'suffix': 'two'},"
                            + " {'source_name': 'c'}]");
            assertThat(snapshots)
                    .extracting(item -> item.path("name").asString())
                    .containsExactly("a.one", "c.two", "c.1");
            assertThat(newer.refused(
                            "POST",
                            "volume-snapshots/batch",
                            "[{'source_name': 'a', 'suffix': 'x'}, {'source_name': 'none', 'suffix': 'x'}]"))
                    .containsExactly("400 none: Volume does not exist.");
            assertThat(newer.refused("POST", "volume-snapshots/batch", "[{'suffix': 'x'}]"))
                    .containsExactly("400 -: Names or ids must be specified.");
            assertThat(newer.names("volume-snapshots")).hasSize(3);
        }
        assertThat(rest().send("POST", "volumes/batch", "[]").status()).isEqualTo(404);
    }

    @Test
    void limitsHaveAListOfTheirOwnSince249() {
        rest().post("volumes?names=v", "{'qos': {'iops_limit': 100}}");
        try (var newer = version("2.49")) {
            assertThat(newer.one("volumes/qos?names=v").path("qos").toString())
                    .isEqualTo("{\"bandwidth_limit\":null,\"iops_limit\":100}");
        }
    }
}
