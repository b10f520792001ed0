"""Private connections. Section 6.12; 8.18."""

from .case import ArrayCase


class ConnectionsTest(ArrayCase):
    def setUp(self):
        super().setUp()
        self.h = self.host(iqns=[self.iqn()])["name"]
        self.v = self.volume()["name"]

    def test_a_life(self):
        made = self.connect(self.h, self.v)
        item = self.one("connections", host_names=self.h, volume_names=self.v)
        self.assertEqual(made, item)
        volume = self.one("volumes", names=self.v)
        self.assertEqual({"name": self.h}, item["host"])
        self.assertEqual({"name": None}, item["host_group"])
        self.assertEqual({"name": self.v, "id": volume["id"]}, item["volume"])
        self.assertEqual(1, item["lun"])
        self.refused("POST", "connections", host_names=self.h, volume_names=self.v, says="Connection already exists.")
        self.delete("connections", host_names=self.h, volume_names=self.v)
        self.refused("DELETE", "connections", host_names=self.h, volume_names=self.v,
                     says="Connection does not exist.")
        self.assertEqual([], self.get("connections", host_names=self.h))

    def test_luns(self):
        """4.2: 1 to 4095; 6.12: private ones from 1 upwards; an explicit one must be free."""
        self.assertEqual(4095, self.connect(self.h, self.v, {"lun": 4095})["lun"])
        second, third, fourth = (self.volume(rest)["name"] for rest in "abc")
        self.refused("POST", "connections", {"lun": 4095}, host_names=self.h, volume_names=second)
        for bad in (0, -1, 4096, "x", 1.5):
            with self.subTest(bad):
                self.refused("POST", "connections", {"lun": bad}, host_names=self.h, volume_names=second)
        self.assertEqual(2, self.connect(self.h, second, {"lun": 2})["lun"])
        self.assertEqual(1, self.connect(self.h, third)["lun"])
        self.assertEqual(3, self.connect(self.h, fourth)["lun"])

    def test_several_at_once(self):
        """6.12: either side may list several."""
        other = self.host("i", iqns=[self.iqn("i")])["name"]
        made = self.post("connections", host_names=[self.h, other], volume_names=self.v)
        self.assertEqual({self.h, other}, {item["host"]["name"] for item in made})
        self.assertEqual(2, self.one("volumes", names=self.v)["connection_count"])

    def test_by_id(self):
        """6.12."""
        volume = self.one("volumes", names=self.v)["id"]
        self.post("connections", host_names=self.h, volume_ids=volume)
        self.assertEqual(self.h, self.one("connections", volume_ids=volume)["host"]["name"])
        self.delete("connections", host_names=self.h, volume_ids=volume)

    def test_missing_ends(self):
        """3."""
        self.refused("POST", "connections", host_names=self.name("none"), volume_names=self.v,
                     says="Host does not exist.")
        self.refused("POST", "connections", host_names=self.h, volume_names=self.name("none"),
                     says="Volume does not exist.")
        self.refused("GET", "connections", host_names=self.name("none"), says="Host does not exist.")
        self.refused("GET", "connections", volume_names=self.name("none"), says="Volume does not exist.")
        self.refused("POST", "connections", host_names=self.h)
        self.refused("POST", "connections", volume_names=self.v)
        self.refused("DELETE", "connections", host_names=self.h)

    def test_filters(self):
        self.connect(self.h, self.v)
        found = self.get("connections", filter="host.name='%s' and volume.name='%s' and lun=1" % (self.h, self.v))
        self.assertEqual(1, len(found))
