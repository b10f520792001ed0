"""Volume snapshots. Section 6.8; 8.10."""

from .case import GIB, ArrayCase, since


class SnapshotsTest(ArrayCase):
    def setUp(self):
        super().setUp()
        made = self.volume("v", GIB)
        self.source, self.id, self.serial = made["name"], made["id"], made["serial"]

    def snapshot(self, suffix):
        return self.post("volume-snapshots", {"suffix": suffix}, source_names=self.source)[0]

    def test_a_life(self):
        made = self.snapshot("one")
        name = self.source + ".one"
        snapshot = self.one("volume-snapshots", names=name)
        self.assertEqual(made["id"], snapshot["id"])
        self.assertEqual((name, "one", GIB, False, None),
                         tuple(snapshot[key] for key in
                               ("name", "suffix", "provisioned", "destroyed", "time_remaining")))
        self.assertEqual({"name": self.source, "id": self.id}, snapshot["source"])
        self.assertNotEqual(self.serial, snapshot["serial"])
        self.assertRegex(snapshot["serial"], "^[0-9A-F]{24}$")
        self.assertIsNone(snapshot["space"]["shared"])
        self.refused("POST", "volume-snapshots", {"suffix": "one"}, source_names=self.source, says="already exists")
        self.refused("DELETE", "volume-snapshots", names=name)
        destroyed = self.patch("volume-snapshots", {"destroyed": True}, names=name)[0]
        self.assertGreater(destroyed["time_remaining"], 0)
        self.refused("PATCH", "volume-snapshots", {"destroyed": True}, names=name,
                     says="Volume snapshot has been destroyed. It can be recovered by purevol recover and eradicated "
                          "by purevol eradicate.")
        self.refused("POST", "volume-snapshots", {"suffix": "one"}, source_names=self.source, says="already exists")
        self.refused("POST", "volumes", {"source": {"name": name}}, names=self.name("c"), says="has been destroyed")
        self.patch("volume-snapshots", {"destroyed": False}, names=name)
        self.patch("volume-snapshots", {"destroyed": True}, names=name)
        self.delete("volume-snapshots", names=name)
        self.refused("GET", "volume-snapshots", names=name, context=name, says="No such volume or snapshot.")

    def test_the_array_numbers_those_without_a_suffix(self):
        """4.1, 6.8."""
        first = self.post("volume-snapshots", {}, source_names=self.source)[0]
        second = self.post("volume-snapshots", source_names=self.source)[0]
        self.assertRegex(first["suffix"], "^[0-9]+$")
        self.assertGreater(int(second["suffix"]), int(first["suffix"]))

    def test_several_sources_get_the_same_suffix(self):
        other = self.volume("w")["name"]
        made = self.post("volume-snapshots", {"suffix": "same"}, source_names=[self.source, other])
        self.assertEqual([self.source + ".same", other + ".same"], [item["name"] for item in made])

    def test_by_source(self):
        """6.8: destroyed ones are listed too."""
        self.snapshot("one")
        self.snapshot("two")
        self.patch("volume-snapshots", {"destroyed": True}, names=self.source + ".one")
        names = [self.source + ".one", self.source + ".two"]
        self.assertEqual(names, self.names("volume-snapshots", source_names=self.source))
        self.assertEqual(names, self.names("volume-snapshots", source_ids=self.id))
        self.assertEqual(names[1:], self.names("volume-snapshots", source_names=self.source, destroyed=False))
        self.assertEqual(names[1:], self.names(
            "volume-snapshots", filter="source.name='%s' and not destroyed" % self.source))
        self.refused("GET", "volume-snapshots", source_names=self.name("none"))

    def test_a_rename_takes_the_bare_suffix(self):
        self.snapshot("one")
        self.snapshot("taken")
        renamed = self.patch("volume-snapshots", {"name": "two"}, names=self.source + ".one")[0]
        self.assertEqual((self.source + ".two", "two"), (renamed["name"], renamed["suffix"]))
        self.refused("PATCH", "volume-snapshots", {"name": "taken"}, names=self.source + ".two", says="already exists")
        self.refused("PATCH", "volume-snapshots", {"name": "bad name"}, names=self.source + ".two")
        self.refused("PATCH", "volume-snapshots", {}, names=self.source + ".two", says="No attribute specified.")

    def test_suffixes(self):
        """4.1."""
        for bad in ("-x", "x-", "a b", "a.b", "x" * 66, "ä", 7):
            with self.subTest(bad):
                self.refused("POST", "volume-snapshots", {"suffix": bad}, source_names=self.source)
        self.refused("POST", "volume-snapshots", {"suffix": "s"})
        self.refused("POST", "volume-snapshots", {"suffix": "s"}, source_names=self.name("none"),
                     says="Volume does not exist.")

    def test_they_keep_their_size(self):
        """8.10."""
        self.snapshot("small")
        self.patch("volumes", {"provisioned": 2 * GIB}, names=self.source)
        self.assertEqual(GIB, self.one("volume-snapshots", names=self.source + ".small")["provisioned"])
        back = self.post("volumes", {"source": {"name": self.source + ".small"}}, names=self.source, overwrite=True)[0]
        self.assertEqual((GIB, self.serial), (back["provisioned"], back["serial"]))

    def test_they_follow_their_volume(self):
        """6.6: destroyed and recovered with it; 6.8: eradicated with it."""
        self.snapshot("one")
        self.patch("volumes", {"destroyed": True}, names=self.source)
        self.assertTrue(self.one("volume-snapshots", names=self.source + ".one")["destroyed"])
        self.patch("volumes", {"destroyed": False}, names=self.source)
        self.assertFalse(self.one("volume-snapshots", names=self.source + ".one")["destroyed"])
        self.patch("volumes", {"destroyed": True}, names=self.source)
        self.delete("volumes", names=self.source)
        self.refused("GET", "volume-snapshots", names=self.source + ".one", says="No such volume or snapshot.")

    def test_they_are_renamed_with_their_volume(self):
        self.snapshot("one")
        other = self.name("renamed")
        self.addCleanup(self.eradicate, "volumes", other)
        self.patch("volumes", {"name": other}, names=self.source)
        self.assertEqual([other + ".one"], self.names("volume-snapshots", source_names=other))

    def test_they_have_no_connections(self):
        self.snapshot("one")
        self.refused("POST", "connections", host_names=self.host()["name"], volume_names=self.source + ".one")

    @since(50)
    def test_a_batch(self):
        made = self.post("volume-snapshots/batch", [{"source_name": self.source, "suffix": "a"},
                                                    {"source_id": self.id, "suffix": "b"}])
        self.assertEqual([self.source + ".a", self.source + ".b"], [item["name"] for item in made])
