package io.stowage.array.flasharray;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.Socket;
import java.util.List;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** Interfaces, ports and subnets, with the traps that drivers fall into. */
class NetworkTest extends ArrayTest {
    @Test
    void onlyOneInterfaceIsWhatADriverLooksFor() {
        var items = rest().get("network-interfaces");
        assertThat(items).extracting(item -> item.path("name").asString()).isSortedAccordingTo(String::compareTo);
        assertThat(items)
                .extracting(item -> item.path("eth").path("mac_address").asString())
                .doesNotHaveDuplicates();
        assertThat(rest().names("network-interfaces?filter=not%20enabled")).containsExactly("ct0.eth19");
        assertThat(rest().names("network-interfaces?filter=services%3D%27management%27"))
                .containsExactly("ct0.eth0", "vir0");
        assertThat(rest().names("network-interfaces?filter=services%3D%27replication%27"))
                .containsExactly("ct0.eth2");
        var vlan = rest().one("network-interfaces?names=CT0.ETH4.222");
        assertThat(vlan.path("name").asString()).isEqualTo("ct0.eth4.222");
        assertThat(vlan.path("enabled").booleanValue()).isTrue();
        assertThat(vlan.path("eth").get("address").isNull()).isTrue();
        assertThat(vlan.path("eth").path("vlan").intValue()).isEqualTo(222);
        assertThat(rest().one("ports?names=ct0.eth19").get("iqn").isNull()).isTrue();
        assertThat(rest().refused("GET", "ports?names=ct9.eth9", ""))
                .containsExactly("400 ct9.eth9: Port does not exist.");
        assertThat(rest().get("ports/initiators")).isEmpty();
    }

    @Test
    void interfacesOutOfServiceCanBeSwitchedTheOthersNot() throws Exception {
        rest().patch("network-interfaces?names=ct0.eth19", "{'enabled': true, 'eth': {'mtu': 9000}}");
        restart();
        var changed = rest().one("network-interfaces?names=ct0.eth19");
        assertThat(changed.path("enabled").booleanValue()).isTrue();
        assertThat(changed.path("eth").path("mtu").intValue()).isEqualTo(9000);
        assertThat(rest().refused("PATCH", "network-interfaces?names=ct0.eth0", "{'enabled': false}"))
                .containsExactly("400 ct0.eth0: Network interface cannot be changed while it serves this array.");
        assertThat(rest().refused("PATCH", "network-interfaces?names=ct0.eth4", "{'eth': {'address': '10.0.0.1'}}"))
                .containsExactly("400 ct0.eth4: Addresses of this array are set where it is started.");
        assertThat(rest().refused("PATCH", "network-interfaces?names=ct0.eth19", "{'eth': {'mtu': 1279}}"))
                .hasSize(1);
        assertThat(rest().refused("PATCH", "network-interfaces?names=ct0.eth19", "{}"))
                .containsExactly("400 -: No attribute specified.");
    }

    @Test
    void hostsComeOnlyThroughInterfacesThatAreEnabled() throws Exception {
        assertThat(reachable()).isTrue();
        rest().patch("network-interfaces?names=ct0.eth4", "{'enabled': false}");
        assertThat(reachable()).isFalse();
        restart();
        assertThat(reachable()).as("after a restart").isFalse();
        rest().patch("network-interfaces?names=ct0.eth4", "{'enabled': true}");
        assertThat(reachable()).isTrue();
    }

    /** Whether the array's one data portal takes connections. */
    private boolean reachable() {
        var portal = array().endpoints().flasharray().iscsi().portals().getFirst();
        int colon = portal.lastIndexOf(':');
        try (var socket = new Socket(portal.substring(0, colon), Integer.parseInt(portal.substring(colon + 1)))) {
            return socket.isConnected();
        } catch (IOException e) {
            return false;
        }
    }

    @Test
    void subnetsHoldTheInterfacesThatAreAttached() throws Exception {
        var made = rest().post("subnets?names=Data", "{'prefix': '127.0.0.0/8', 'gateway': '127.0.0.254', 'mtu': 9000}")
                .getFirst();
        assertThat(made.path("enabled").booleanValue()).isTrue();
        assertThat(made.path("interfaces").isEmpty()).isTrue();
        rest().patch("network-interfaces?names=ct0.eth4", "{'eth': {'subnet': {'name': 'data'}}}");
        restart();
        var subnet = rest().one("subnets?names=DATA");
        assertThat(subnet.path("name").asString()).isEqualTo("Data");
        assertThat(subnet.path("interfaces").toString()).isEqualTo("[{\"name\":\"ct0.eth4\"}]");
        assertThat(subnet.path("services").toString()).isEqualTo("[\"iscsi\",\"nvme-tcp\"]");
        assertThat(eth().path("subnet").path("name").asString()).isEqualTo("Data");
        assertThat(eth().path("gateway").asString()).isEqualTo("127.0.0.254");
        assertThat(eth().path("netmask").asString()).isEqualTo("255.0.0.0");

        rest().patch("subnets?names=data", "{'name': 'front', 'vlan': 12}");
        assertThat(eth().path("subnet").path("name").asString()).isEqualTo("front");
        assertThat(eth().path("vlan").intValue()).isEqualTo(12);
        assertThat(rest().refused("DELETE", "subnets?names=front", ""))
                .containsExactly("400 front: Subnet cannot be deleted while it has interfaces.");
        assertThat(rest().refused("PATCH", "subnets?names=front", "{'prefix': '10.0.0.0/8', 'gateway': ''}"))
                .containsExactly("400 front: Address of the network interface is not in the subnet.");
        rest().patch("network-interfaces?names=ct0.eth4", "{'eth': {'subnet': {'name': ''}}}");
        rest().delete("subnets?names=front");
        assertThat(rest().refused("GET", "subnets?names=front", ""))
                .containsExactly("400 front: Subnet does not exist.");
    }

    @Test
    void subnetsThatMakeNoSenseAreRefused() {
        rest().post("subnets?names=a", "{'prefix': '10.0.0.0/24'}");
        assertThat(rest().refused("POST", "subnets?names=A", "{'prefix': '10.0.0.0/24'}"))
                .containsExactly("400 A: Subnet already exists.");
        for (var wrong : List.of(
                "{}",
                "{'prefix': '10.0.0.1/24'}",
                "{'prefix': '10.0.0.0/33'}",
                "{'prefix': 'x/8'}",
                "{'prefix': '10.0.0.0/24', 'gateway': '10.0.1.1'}",
                "{'prefix': '10.0.0.0/24', 'vlan': 4095}",
                "{'prefix': '10.0.0.0/24', 'mtu': 9217}",
                "{'prefix': 10}")) {
            assertThat(rest().refused("POST", "subnets?names=b", wrong))
                    .as(wrong)
                    .hasSize(1);
        }
        rest().post("subnets?names=six", "{'prefix': '2001:db8::/32', 'gateway': '2001:db8::1'}");
        assertThat(rest().names("subnets")).containsExactly("a", "six");
    }

    private JsonNode eth() {
        return rest().one("network-interfaces?names=ct0.eth4").path("eth");
    }
}
