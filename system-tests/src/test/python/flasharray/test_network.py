"""Ports, interfaces, subnets. Sections 6.13, 6.14; 8.19."""

from .case import ArrayCase


class NetworkTest(ArrayCase):
    def test_ports(self):
        """6.13: upper case; one IQN; ADDRESS:PORT."""
        iscsi = self.array.endpoints["iscsi"]
        ports = self.get("ports", filter="iqn")
        self.assertEqual({iscsi["iqn"]}, {port["iqn"] for port in ports})
        self.assertEqual(set(iscsi["portals"]), {port["portal"] for port in ports if port["portal"]})
        for port in self.get("ports"):
            self.assertEqual(port["name"].upper(), port["name"])
            self.assertLessEqual({"iqn", "nqn", "wwn", "portal", "failover"}, set(port))
        self.assertRegex(iscsi["iqn"], r"^iqn\.2010-06\.com\.purestorage:flasharray\.[0-9a-f]{16}$")

    def test_interfaces_and_their_ports(self):
        """9.3: how LXD finds its way, through names that differ in case."""
        interfaces = self.get("network-interfaces", filter="enabled='true' and eth.address and services='iscsi'")
        self.assertTrue(interfaces)
        found = set()
        for interface in interfaces:
            self.assertEqual(interface["name"].lower(), interface["name"])
            self.assertEqual("eth", interface["interface_type"])
            self.assertLessEqual({"address", "netmask", "mac_address", "mtu", "subtype", "vlan", "subnet"},
                                 set(interface["eth"]))
            for port in self.get("ports", filter="name='%s'" % interface["name"]):
                found.add(port["portal"])
        self.assertEqual(set(self.array.endpoints["iscsi"]["portals"]), found)

    def test_traps(self):
        """8.19: what a careful client passes over."""
        interfaces = self.get("network-interfaces")
        self.assertTrue([one for one in interfaces if not one["enabled"]])
        self.assertTrue([one for one in interfaces if one["enabled"] and not one["eth"]["address"]])
        self.assertTrue([one for one in interfaces if "replication" in one["services"]])
        self.assertTrue([one for one in interfaces if "management" in one["services"]])
        self.assertEqual(["vir0"], self.names("network-interfaces", names="vir0"))

    def test_missing_ones(self):
        self.refused("GET", "ports", names="CT9.ETH9", says="does not exist.")
        self.refused("GET", "network-interfaces", names="ct9.eth9", says="does not exist.")

    def test_initiators(self):
        """6.13."""
        for item in self.get("ports/initiators"):
            self.assertLessEqual({"initiator", "target"}, set(item))


class SubnetsTest(ArrayCase):
    def test_a_life(self):
        """6.14."""
        name = self.name("net")
        self.addCleanup(lambda: self.array.call("DELETE", "subnets", names=name))
        made = self.post("subnets", {"prefix": "192.0.2.0/24", "vlan": 222, "mtu": 9000}, names=name)[0]
        self.assertEqual((name, True, "192.0.2.0/24", 222, 9000, []),
                         tuple(made[key] for key in ("name", "enabled", "prefix", "vlan", "mtu", "interfaces")))
        self.assertEqual("192.0.2.1", self.patch("subnets", {"gateway": "192.0.2.1"}, names=name)[0]["gateway"])
        for bad in ({"mtu": 1279}, {"mtu": 9217}, {"prefix": "192.0.2.0/33"}, {"prefix": "x"}, {"gateway": "x"}):
            with self.subTest(bad):
                self.refused("PATCH", "subnets", bad, names=name)
        self.refused("POST", "subnets", {"prefix": "192.0.2.0/24"}, names=name, says="already exists")
        self.delete("subnets", names=name)
        self.refused("GET", "subnets", names=name, says="does not exist.")
