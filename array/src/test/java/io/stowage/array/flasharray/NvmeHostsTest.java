package io.stowage.array.flasharray;

import static org.assertj.core.api.Assertions.assertThat;

import io.stowage.array.ArrayOptions;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** NVMe over TCP in the FlashArray's REST: hosts with NQNs, namespaces, where hosts come in. */
class NvmeHostsTest extends ArrayTest {
    private static final String A = "nqn.2014-08.org.nvmexpress:uuid:0b1c2d3e-0000-4000-8000-00000000000a";
    private static final String B = "nqn.2014-08.org.nvmexpress:uuid:0b1c2d3e-0000-4000-8000-00000000000b";

    @Override
    ArrayOptions options(ArrayOptions usual) {
        return usual.withRestVersion(ApiVersion.NEWEST);
    }

    @BeforeEach
    void prepare() {
        rest().post("hosts?names=a", "{'nqns': ['" + A + "']}");
        rest().post("volumes?names=v,w", "{'provisioned': 1048576}");
    }

    private static String array(String... names) {
        return "[\"" + String.join("\",\"", names) + "\"]";
    }

    @Test
    void aHostHasNqnsOrIqnsAndNobodyElseHasThem() {
        var host = rest().one("hosts?names=a");
        assertThat(host.path("nqns").toString()).isEqualTo(array(A));
        assertThat(host.path("iqns").isEmpty() && host.path("wwns").isEmpty()).isTrue();
        assertThat(rest().names("hosts?filter=nqns%3D%27" + A + "%27")).containsExactly("a");
        rest().patch("hosts?names=a", "{'add_nqns': ['" + B + "']}");
        assertThat(rest().one("hosts?names=a").path("nqns").toString()).isEqualTo(array(A, B));
        assertThat(rest().refused("POST", "hosts?names=b", "{'nqns': ['" + B + "']}"))
                .hasSize(1)
                .first()
                .asString()
                .startsWith("400 " + B + ": ");
        rest().patch("hosts?names=a", "{'remove_nqns': ['" + A + "']}");
        rest().post("hosts?names=b", "{'nqns': ['" + A + "']}");
        assertThat(rest().refused("PATCH", "hosts?names=b", "{'add_iqns': ['iqn.b']}"))
                .hasSize(1);
        assertThat(rest().one("hosts?names=b").path("iqns").isEmpty()).isTrue();
    }

    /** Since 2.27 a namespace's number is {@code nsid}, and there is no LUN. */
    @Test
    void connectionsAreNamespaces() throws Exception {
        try (var newer = Rest.login(array().endpoints(), "2.27")) {
            var made = newer.post("connections?host_names=a&volume_names=v,w", "{}");
            assertThat(made).hasSize(2).allSatisfy(connection -> {
                assertThat(connection.get("lun").isNull()).isTrue();
                assertThat(connection.path("nsid").intValue()).isPositive();
            });
            assertThat(made.getFirst().path("nsid")).isNotEqualTo(made.getLast().path("nsid"));
            assertThat(units().visibleTo(A))
                    .containsOnlyKeys(
                            made.getFirst().path("nsid").intValue(),
                            made.getLast().path("nsid").intValue());
            assertThat(newer.refused("POST", "connections?host_names=a&volume_names=v", "{}"))
                    .hasSize(1);
            newer.delete("connections?host_names=a&volume_names=v");
            assertThat(newer.one("connections?host_names=a").path("nsid"))
                    .isEqualTo(made.getLast().path("nsid"));
        }
    }

    /** What drivers look for: the addresses of enabled interfaces with this service, and the array's NQN at its ports. */
    @Test
    void interfacesAndPortsTellWhereHostsComeIn() {
        var looked =
                rest().get("network-interfaces?filter=enabled%20and%20eth.address%20and%20services%3D%27nvme-tcp%27");
        var endpoint = array().endpoints().flasharray().nvme();
        var addresses = looked.stream()
                .map(item -> item.path("eth").path("address").asString())
                .distinct()
                .toList();
        assertThat(looked).isNotEmpty();
        assertThat(endpoint.portals())
                .allSatisfy(portal -> assertThat(addresses).contains(portal.substring(0, portal.lastIndexOf(':'))));
        var ports = rest().get("ports").stream()
                .filter(port -> !port.path("nqn").isNull())
                .toList();
        assertThat(ports).isNotEmpty().allSatisfy(port -> {
            assertThat(port.path("nqn").asString()).isEqualTo(endpoint.nqn());
            assertThat(List.of(port.path("iqn").isNull(), port.path("wwn").isNull()))
                    .containsOnly(true);
        });
    }
}
