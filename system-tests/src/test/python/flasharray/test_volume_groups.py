"""Volume groups. Sections 4.1, 6.6."""

from .case import GIB, MIB, ArrayCase


class VolumeGroupsTest(ArrayCase):
    def group(self, rest="vg"):
        name = rest if "::" in rest else self.name(rest)
        self.post("volume-groups", {}, names=name)
        self.addCleanup(self.dissolve, name)
        return name

    def dissolve(self, name):
        answer = self.array.call("GET", "volumes", filter="volume_group.name='%s'" % name)
        for item in answer.items if answer.status == 200 else []:
            self.eradicate("volumes", item["name"])
        self.array.call("PATCH", "volume-groups", {"destroyed": True}, names=name)
        self.array.call("DELETE", "volume-groups", names=name)

    def test_a_life(self):
        name = self.group()
        group = self.one("volume-groups", names=name)
        self.assertEqual((name, False, None, 0),
                         tuple(group[key] for key in ("name", "destroyed", "time_remaining", "volume_count")))
        self.assertEqual({"name": None, "id": None}, group["pod"])
        self.refused("POST", "volume-groups", {}, names=name, says="already exists")
        self.refused("DELETE", "volume-groups", names=name)
        other = self.name("renamed")
        self.addCleanup(self.dissolve, other)
        self.patch("volume-groups", {"name": other}, names=name)
        self.assertGreater(self.patch("volume-groups", {"destroyed": True}, names=other)[0]["time_remaining"], 0)
        self.refused("POST", "volume-groups", {}, names=other, says="already exists")
        self.patch("volume-groups", {"destroyed": False}, names=other)
        self.patch("volume-groups", {"destroyed": True}, names=other)
        self.delete("volume-groups", names=other)
        self.refused("GET", "volume-groups", names=other, context=other, says="does not exist.")

    def test_volumes_in_it(self):
        """4.1: vg/vol."""
        group = self.group()
        made = self.post("volumes", {"provisioned": GIB}, names=group + "/v")[0]
        self.assertEqual((group + "/v", group), (made["name"], made["volume_group"]["name"]))
        self.assertEqual(1, self.one("volume-groups", names=group)["volume_count"])
        self.assertEqual([group + "/v"], self.names("volumes", filter="volume_group.name='%s'" % group))
        snapshot = self.post("volume-snapshots", {"suffix": "s"}, source_names=group + "/v")[0]
        self.assertEqual(group + "/v.s", snapshot["name"])
        self.refused("POST", "volumes", {}, names=self.name("none") + "/v", says="does not exist.")

    def test_moving(self):
        """6.6: PATCH volumes volume_group."""
        group = self.group()
        made = self.volume("v", MIB)
        moved = self.patch("volumes", {"volume_group": {"name": group}}, names=made["name"])[0]
        self.assertEqual((group + "/" + made["name"], made["serial"]), (moved["name"], moved["serial"]))
        back = self.patch("volumes", {"volume_group": {"name": ""}}, names=moved["name"])[0]
        self.assertEqual((made["name"], None), (back["name"], back["volume_group"]["name"]))

    def test_in_a_pod(self):
        """4.1: pod::vg/vol."""
        pod = self.pod()["name"]
        group = self.group(pod + "::vg")
        self.assertEqual(pod, self.one("volume-groups", names=group)["pod"]["name"])
        made = self.post("volumes", {"provisioned": MIB}, names=group + "/v")[0]
        self.assertEqual((pod + "::vg/v", pod), (made["name"], made["pod"]["name"]))

    def test_limits_of_throughput(self):
        group = self.group()
        qos = self.patch("volume-groups", {"qos": {"iops_limit": 1000}}, names=group)[0]["qos"]
        self.assertEqual({"iops_limit": 1000, "bandwidth_limit": None}, qos)
        self.refused("PATCH", "volume-groups", {"qos": {"iops_limit": 1}}, names=group)
