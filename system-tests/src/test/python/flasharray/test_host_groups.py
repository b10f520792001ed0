"""Host groups. Sections 6.11, 6.12."""

from .case import ArrayCase


class HostGroupsTest(ArrayCase):
    def group(self, rest="g"):
        name = self.name(rest)
        self.post("host-groups", {}, names=name)
        self.addCleanup(self.dissolve, name)
        return name

    def dissolve(self, name):
        answer = self.array.call("GET", "connections", host_group_names=name)
        for volume in {item["volume"]["name"] for item in (answer.items if answer.status == 200 else [])}:
            self.array.call("DELETE", "connections", host_group_names=name, volume_names=volume)
        answer = self.array.call("GET", "host-groups/hosts", group_names=name)
        for item in answer.items if answer.status == 200 else []:
            self.array.call("DELETE", "host-groups/hosts", group_names=name, member_names=item["member"]["name"])
        self.array.call("DELETE", "host-groups", names=name)

    def join(self, group, host):
        self.post("host-groups/hosts", group_names=group, member_names=host)

    def test_a_life(self):
        name = self.group()
        group = self.one("host-groups", names=name)
        self.assertEqual((name, 0, 0, True), tuple(group[key] for key in
                                                   ("name", "host_count", "connection_count", "is_local")))
        self.refused("POST", "host-groups", {}, names=name, says="already exists")
        other = self.name("renamed")
        self.addCleanup(self.dissolve, other)
        self.patch("host-groups", {"name": other}, names=name)
        self.refused("GET", "host-groups", names=name, context=name, says="does not exist.")
        self.delete("host-groups", names=other)
        self.refused("DELETE", "host-groups", names=other, says="does not exist.")

    def test_members(self):
        """6.11: a host is in one group; 6.4: the shape of membership."""
        group, other = self.group(), self.group("other")
        host = self.host(iqns=[self.iqn()])["name"]
        self.join(group, host)
        item = self.one("host-groups/hosts", group_names=group)
        self.assertEqual((group, host), (item["group"]["name"], item["member"]["name"]))
        self.assertEqual(item, self.one("hosts/host-groups", member_names=host))
        self.assertEqual({"name": group}, self.one("hosts", names=host)["host_group"])
        self.assertEqual(1, self.one("host-groups", names=group)["host_count"])
        self.refused("POST", "host-groups/hosts", group_names=other, member_names=host)
        self.refused("POST", "host-groups/hosts", group_names=self.name("none"), member_names=host,
                     says="does not exist.")
        self.refused("POST", "host-groups/hosts", group_names=group, member_names=self.name("none"),
                     says="does not exist.")
        self.delete("host-groups/hosts", group_names=group, member_names=host)
        self.assertEqual({"name": None}, self.one("hosts", names=host)["host_group"])
        self.refused("DELETE", "host-groups/hosts", group_names=group, member_names=host)

    def test_a_host_joins_and_leaves_by_its_own(self):
        """6.10: PATCH hosts host_group."""
        group = self.group()
        host = self.host()["name"]
        self.assertEqual(group, self.patch("hosts", {"host_group": {"name": group}}, names=host)[0]["host_group"]["name"])
        self.assertIsNone(self.patch("hosts", {"host_group": {"name": ""}}, names=host)[0]["host_group"]["name"])

    def test_shared_connections(self):
        """6.12: the same LUN for all members, listed once for each; from 254 downwards."""
        group = self.group()
        hosts = [self.host(rest, iqns=[self.iqn(rest)])["name"] for rest in "ab"]
        for host in hosts:
            self.join(group, host)
        volume = self.volume()["name"]
        self.post("connections", host_group_names=group, volume_names=volume)
        items = self.get("connections", volume_names=volume)
        self.assertEqual([(host, group, 254) for host in hosts],
                         sorted((item["host"]["name"], item["host_group"]["name"], item["lun"]) for item in items))
        self.assertEqual(2, len(self.get("connections", host_group_names=group)))
        self.assertEqual(1, self.one("hosts", names=hosts[0])["connection_count"])
        second = self.volume("w")["name"]
        self.post("connections", host_group_names=group, volume_names=second)
        self.assertEqual({253}, {item["lun"] for item in self.get("connections", volume_names=second)})
        self.refused("POST", "connections", host_group_names=group, volume_names=volume,
                     says="Connection already exists.")
        self.refused("PATCH", "volumes", {"destroyed": True}, names=volume)
        self.refused("DELETE", "host-groups", names=group)
        self.delete("connections", host_group_names=group, volume_names=volume)
        self.assertEqual([], self.get("connections", volume_names=volume))
        self.refused("DELETE", "connections", host_group_names=group, volume_names=volume,
                     says="Connection does not exist.")

    def test_who_joins_later_sees_what_is_shared(self):
        group = self.group()
        volume = self.volume()["name"]
        self.post("connections", {"lun": 77}, host_group_names=group, volume_names=volume)
        host = self.host(iqns=[self.iqn()])["name"]
        self.join(group, host)
        item = self.one("connections", host_names=host)
        self.assertEqual((77, group), (item["lun"], item["host_group"]["name"]))

    def test_names(self):
        for bad in ("a_b", "a.b", "-a", "123", "x" * 64):
            with self.subTest(bad):
                self.refused("POST", "host-groups", {}, names=bad, context=bad)
