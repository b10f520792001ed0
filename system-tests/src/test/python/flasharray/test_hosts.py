"""Hosts. Section 6.10; 8.17."""

from .case import ArrayCase


class HostsTest(ArrayCase):
    def test_a_life(self):
        iqn = self.iqn()
        name = self.host(iqns=[iqn])["name"]
        host = self.one("hosts", names=name)
        self.assertEqual((name, True, None, [iqn], [], [], 0, []),
                         tuple(host[key] for key in ("name", "is_local", "personality", "iqns", "nqns", "wwns",
                                                     "connection_count", "preferred_arrays")))
        self.assertEqual({"name": None}, host["host_group"])  # 2.5: no id
        self.assertEqual({"host_password": None, "host_user": None, "target_password": None, "target_user": None},
                         host["chap"])
        self.assertIn(host["port_connectivity"]["status"], ("healthy", "unhealthy", "critical"))
        self.refused("POST", "hosts", {}, names=name, context=name, says="Host already exists.")
        other = self.name("renamed")
        self.addCleanup(self.delete_host, other)
        self.assertEqual(other, self.patch("hosts", {"name": other}, names=name)[0]["name"])
        self.refused("GET", "hosts", names=name, context=name, says="Host does not exist.")
        self.delete("hosts", names=other)
        self.refused("DELETE", "hosts", names=other, says="Host does not exist.")

    def test_initiators(self):
        """6.10: add, remove, replace."""
        first, second, third = (self.iqn(rest) for rest in "abc")
        name = self.host(iqns=[first])["name"]
        self.assertEqual([first, second], self.patch("hosts", {"add_iqns": [second]}, names=name)[0]["iqns"])
        self.assertEqual([second], self.patch("hosts", {"remove_iqns": [first]}, names=name)[0]["iqns"])
        self.assertEqual([third], self.patch("hosts", {"iqns": [third]}, names=name)[0]["iqns"])
        self.assertEqual([name], self.names("hosts", filter="iqns='%s' and is_local" % third.upper()))
        self.refused("PATCH", "hosts", {"remove_iqns": [first]}, names=name)

    def test_an_initiator_belongs_to_one_host(self):
        """6.10, 8.17."""
        iqn = self.iqn()
        self.host("a", iqns=[iqn])
        self.refused("POST", "hosts", {"iqns": [iqn.upper()]}, names=self.name("b"), says="already in use")
        other = self.host("c")["name"]
        self.refused("PATCH", "hosts", {"add_iqns": [iqn]}, names=other, says="already in use")

    def test_nvme_is_not_mixed(self):
        """6.10, 8.17."""
        nqn = "nqn.2014-08.org.nvmexpress:uuid:" + self.prefix
        self.refused("POST", "hosts", {"iqns": [self.iqn()], "nqns": [nqn]}, names=self.name("h"))
        name = self.host(nqns=[nqn])["name"]
        self.refused("PATCH", "hosts", {"add_iqns": [self.iqn()]}, names=name)
        self.assertEqual([nqn], self.one("hosts", names=name)["nqns"])

    def test_wwns_are_upper_case_without_colons(self):
        """6.10."""
        wwn = "52:4a:93:71:%s:%s:%s:00" % (self._run[:2], self._run[2:4], self._run[4:6])
        name = self.host(wwns=[wwn])["name"]
        self.assertEqual([wwn.replace(":", "").upper()], self.one("hosts", names=name)["wwns"])
        self.refused("POST", "hosts", {"wwns": ["xyz"]}, names=self.name("bad"))

    def test_chap(self):
        """6.10: 12 to 255 characters, two different ones, never told."""
        name = self.host(iqns=[self.iqn()], chap={"host_user": "u", "host_password": "first-password"})["name"]
        answer = self.ok(self.array.call("GET", "hosts", names=name))
        self.assertNotIn(b"first-password", answer.raw)
        chap = answer.items[0]["chap"]
        self.assertEqual(("u", None, None), (chap["host_user"], chap["target_user"], chap["target_password"]))
        self.assertEqual("****", chap["host_password"])
        for bad in ({"host_password": "short"}, {"host_password": "x" * 256},
                    {"host_user": "u", "host_password": "the-same-password",
                     "target_user": "t", "target_password": "the-same-password"}):
            with self.subTest(bad):
                self.refused("PATCH", "hosts", {"chap": bad}, names=name)

    def test_personality_and_vlan(self):
        name = self.host(personality="esxi")["name"]
        self.assertEqual("esxi", self.one("hosts", names=name)["personality"])
        self.assertIsNone(self.patch("hosts", {"personality": ""}, names=name)[0]["personality"])
        self.refused("PATCH", "hosts", {"personality": "linux"}, names=name)
        for good in ("any", "untagged", "1", "4094"):
            self.assertEqual(good, self.patch("hosts", {"vlan": good}, names=name)[0]["vlan"])

    def test_names(self):
        """4.1: no underscore, no dot."""
        for bad in ("a_b", "a.b", "-a", "a-", "123", "x" * 64):
            with self.subTest(bad):
                self.refused("POST", "hosts", {}, names=bad, context=bad)
        self.refused("POST", "hosts", {})
        name = self.host()["name"]
        self.refused("POST", "hosts", {}, names=name.upper(), says="already exists")
        self.refused("PATCH", "hosts", {}, names=name, says="No attribute specified.")
        self.refused("PATCH", "hosts", {"name": "x_y"}, names=name)

    def test_a_connected_host_is_not_deleted(self):
        """3, 8.17."""
        name = self.host(iqns=[self.iqn()])["name"]
        volume = self.volume()["name"]
        self.connect(name, volume)
        self.assertEqual(1, self.one("hosts", names=name)["connection_count"])
        self.refused("DELETE", "hosts", names=name, context=name, says="cannot be deleted due to existing connections.")
        self.delete("connections", host_names=name, volume_names=volume)
        self.assertEqual(0, self.one("hosts", names=name)["connection_count"])
        self.delete("hosts", names=name)
