"""The system, its space, ports and CPGs. Sections 3, 4 and 5."""

from .case import ArrayCase


class SystemTest(ArrayCase):
    def test_the_system(self):
        system = self.get("system")
        self.assertLessEqual({"id", "name", "systemVersion", "serialNumber", "model", "totalCapacityMiB",
                              "freeCapacityMiB", "allocatedCapacityMiB", "licenseInfo"}, set(system))
        self.assertTrue(system["licenseInfo"]["licenses"])
        self.assertGreater(system["totalCapacityMiB"], 0)

    def test_sessions_are_counted(self):
        """2."""
        self.assertGreaterEqual(self.get("wsapiconfiguration")["sessionsInUse"], 1)

    def test_space(self):
        """3; 15, pool usage."""
        capacity = self.get("capacity")["allCapacity"]
        self.assertGreaterEqual(capacity["totalMiB"], capacity["freeMiB"])
        answer = self.ok(self.array.call("POST", "spacereporter", {"cpg": self.cpg}))
        for number in ("overProvisionedUsedMiB", "overProvisionedFreeMiB", "usableFreeMiB", "rawFreeMiB"):
            self.assertIsInstance(answer.json[number], int, number)
        self.refused(404, 15, "POST", "spacereporter", {"cpg": self.name("none")})

    def test_ports(self):
        """4; trap 8."""
        ports = self.members("ports")
        iscsi = [port for port in ports if port["protocol"] == 2 and port["linkState"] == 4]
        self.assertTrue(iscsi)
        for port in ports:
            self.assertLessEqual({"portPos", "mode", "linkState", "protocol", "type"}, set(port))
        for port in iscsi:
            self.assertEqual(port["IPAddr"], port["iSCSIPortInfo"]["IPAddr"])
            self.assertEqual(0, port["iSCSIPortInfo"]["vlan"])
        self.assertEqual(1, len({port["iSCSIName"] for port in iscsi}))
        self.assertEqual(self.array.endpoints["iscsi"]["iqn"], iscsi[0]["iSCSIName"])


class CpgsTest(ArrayCase):
    def test_a_life(self):
        name = self.name("cpg")
        self.assertEqual("cpgs/" + name, self.post("cpgs", {"name": name, "growthLimitMiB": 102400}))
        self.addCleanup(self.array.call, "DELETE", "cpgs/" + name)
        item = self.get("cpgs/" + name)
        self.assertEqual(102400, item["SDGrowth"]["limitMiB"])
        self.assertLessEqual({"id", "uuid", "numFPVVs", "numTPVVs", "UsrUsage", "SAUsage", "SDUsage", "SAGrowth",
                              "totalSpaceMiB", "state"}, set(item))
        v = self.volume(cpg=name)
        self.assertEqual(1, self.get("cpgs/" + name)["numTPVVs"])
        self.refused(409, 34, "DELETE", "cpgs/" + name)
        self.delete("volumes/" + v)
        renamed = self.name("renamed")
        self.addCleanup(self.array.call, "DELETE", "cpgs/" + renamed)
        self.put("cpgs/" + name, {"newName": renamed, "rmGrowthLimit": True})
        self.assertNotIn("limitMiB", self.get("cpgs/" + renamed)["SDGrowth"])
        self.delete("cpgs/" + renamed)
        self.refused(404, 15, "GET", "cpgs/" + renamed)
        self.refused(404, 15, "DELETE", "cpgs/" + renamed)

    def test_errors(self):
        self.assertIn(self.cpg, self.names("cpgs"))
        self.refused(409, 14, "POST", "cpgs", {"name": self.cpg})
        self.refused(404, 38, "POST", "cpgs", {"name": self.name("x"), "domain": self.name("none")})
        self.refused(400, 57, "POST", "cpgs", {"name": "x" * 60})


class OthersTest(ArrayCase):
    def test_remote_copy_is_empty(self):
        """14."""
        self.assertEqual([], self.members("remotecopygroups"))
        self.refused(404, 187, "GET", "remotecopygroups/none")
