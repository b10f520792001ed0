"""Volumes. Sections 4, 6.6, 6.7, 3; 8.9 to 8.14, 8.22."""

from .case import GIB, MIB, ArrayCase

NAME_RULE = ("Volume name must be between 1 and 63 characters (alphanumeric, '_' and '-') in length and begin and end "
             "with a letter or number.")
REFERENCE = {"name": None, "id": None}


class VolumesTest(ArrayCase):
    def test_a_new_volume(self):
        """6.6: every key, nulls as in 2.5."""
        made = self.volume("v", GIB)
        volume = self.one("volumes", names=made["name"])
        self.assertEqual(made["id"], volume["id"])
        self.assertEqual((GIB, False, None, 0, "regular"),
                         tuple(volume[key] for key in
                               ("provisioned", "destroyed", "time_remaining", "connection_count", "subtype")))
        for key in ("source", "pod", "volume_group"):
            self.assertEqual(REFERENCE, volume[key])
        self.assertEqual({"bandwidth_limit": None, "iops_limit": None}, volume["qos"])
        self.assertEqual({"priority_adjustment_operator": "+", "priority_adjustment_value": 0},
                         volume["priority_adjustment"])
        self.assertEqual(("promoted", "promoted"),
                         (volume["promotion_status"], volume["requested_promotion_state"]))
        self.assertGreater(volume["created"], 1500000000000)  # ms, 2.6
        self.assertIsNone(volume["space"]["shared"])  # 8.21
        self.assertIsNone(volume["space"]["system"])
        self.assertEqual(GIB, volume["space"]["total_provisioned"])
        self.assertEqual(0, volume["space"]["virtual"])

    def test_serials(self):
        """6.6, 8.22: the array's id, then a counter; kept over rename, resize and overwrite, new for a copy."""
        made = self.volume("v")
        array = self.one("arrays")["id"].replace("-", "")[:16].upper()
        self.assertRegex(made["serial"], "^%s[0-9A-F]{8}$" % array)
        other = self.volume("w")
        self.assertNotEqual(made["serial"], other["serial"])
        copy = self.post("volumes", {"source": {"name": made["name"]}}, names=self.name("copy"))[0]
        self.addCleanup(self.eradicate, "volumes", copy["name"])
        self.assertNotIn(copy["serial"], (made["serial"], other["serial"]))
        over = self.post("volumes", {"source": {"name": other["name"]}}, names=made["name"], overwrite=True)[0]
        self.assertEqual((made["serial"], made["id"]), (over["serial"], over["id"]))

    def test_the_smallest_is_made_without_a_size(self):
        """4.2."""
        name = self.name("v")
        self.addCleanup(self.eradicate, "volumes", name)
        self.assertEqual(MIB, self.post("volumes", {}, names=name)[0]["provisioned"])

    def test_sizes(self):
        """4.2: 1 MiB to 4 PiB, multiples of 512."""
        for bad in (MIB + 1, (4 << 50) + 512, -512, "big", 1.5, [1]):
            with self.subTest(bad):
                self.refused("POST", "volumes", {"provisioned": bad}, names=self.name("v"))
        self.assertEqual(4 << 50, self.volume("big", 4 << 50)["provisioned"])
        self.assertEqual(MIB + 512, self.volume("odd", MIB + 512)["provisioned"])

    def test_names(self):
        """3, 4.1."""
        for bad in ("-v", "v-", "_v", "v_", "v.w", "v w", "x" * 64, "v:w", "ä"):
            with self.subTest(bad):
                self.refused("POST", "volumes", {}, names=bad, context=bad, says=NAME_RULE)
        self.volume("with_underscore-and-minus")
        longest = (self.prefix + "x" * 63)[:63]
        self.addCleanup(self.eradicate, "volumes", longest)
        self.post("volumes", {}, names=longest)
        self.refused("POST", "volumes", {}, names=longest.upper(), says="already exists")
        self.refused("POST", "volumes", {})

    def test_the_limit_of_63_counts_each_part(self):
        """4.1."""
        pod = self.pod((self.prefix + "p" * 63)[len(self.prefix) + 1:62])["name"]
        self.post("volumes", {}, names=pod + "::" + "v" * 63)
        self.refused("POST", "volumes", {}, names=self.name("nopod") + "::v", says="Pod does not exist.")

    def test_several_at_once(self):
        """6.6: many equal volumes in one call; 3: one error for each."""
        names = [self.name("a"), self.name("b")]
        for name in names:
            self.addCleanup(self.eradicate, "volumes", name)
        made = self.post("volumes", {"provisioned": 2 * MIB}, names=names)
        self.assertEqual([(name, 2 * MIB) for name in names], [(item["name"], item["provisioned"]) for item in made])
        self.patch("volumes", {"destroyed": True}, names=names)
        self.assertEqual(2, len(self.get("volumes", names=names, destroyed=True)))
        self.delete("volumes", names=names)

    def test_a_life(self):
        """6.6: create, rename, grow, shrink, destroy, recover, eradicate."""
        name = self.volume("v", GIB)["name"]
        self.refused("POST", "volumes", {"provisioned": GIB}, names=name, context=name, says="already exists")
        self.assertEqual(2 * GIB, self.patch("volumes", {"provisioned": 2 * GIB}, names=name)[0]["provisioned"])
        self.refused("PATCH", "volumes", {"provisioned": GIB}, names=name)  # 8.14
        self.patch("volumes", {"provisioned": GIB}, names=name, truncate=True)
        self.patch("volumes", {"provisioned": 3 * GIB}, names=name, truncate=True)  # harmless while growing
        other = self.name("renamed")
        self.addCleanup(self.eradicate, "volumes", other)
        self.assertEqual(other, self.patch("volumes", {"name": other}, names=name)[0]["name"])
        self.refused("PATCH", "volumes", {"name": other}, names=name, says="does not exist.")  # a blind retry
        self.refused("DELETE", "volumes", names=other)
        destroyed = self.patch("volumes", {"destroyed": True}, names=other)[0]
        self.assertTrue(destroyed["destroyed"])
        self.assertTrue(0 < destroyed["time_remaining"] <= 30 * 86400000)
        self.refused("PATCH", "volumes", {"destroyed": True}, names=other, says="Volume has been destroyed.")
        self.refused("POST", "volumes", {}, names=other, says="already exists")  # 8.13
        self.assertIsNone(self.patch("volumes", {"destroyed": False}, names=other)[0]["time_remaining"])
        self.patch("volumes", {"destroyed": True}, names=other)
        self.delete("volumes", names=other)
        self.refused("GET", "volumes", names=other, context=other, says="Volume does not exist.")
        self.refused("DELETE", "volumes", names=other, says="does not exist.")

    def test_a_destroyed_volume_is_out_of_use(self):
        """3: Volume has been destroyed."""
        name = self.volume()["name"]
        host = self.host()["name"]
        self.patch("volumes", {"destroyed": True}, names=name)
        self.refused("PATCH", "volumes", {"provisioned": 2 * GIB}, names=name, says="has been destroyed")
        self.refused("POST", "connections", host_names=host, volume_names=name, says="has been destroyed")
        self.refused("POST", "volume-snapshots", {}, source_names=name, says="has been destroyed")
        self.refused("POST", "volumes", {"source": {"name": name}}, names=self.name("c"), says="has been destroyed")

    def test_combinations(self):
        """3."""
        name = self.volume()["name"]
        self.refused("PATCH", "volumes", {"name": self.name("w"), "destroyed": True}, names=name,
                     says="Invalid combination of parameters specified.")
        for nothing in ({}, {"unknown": 1}, {"source": {"name": "x"}}):
            self.refused("PATCH", "volumes", nothing, names=name, says="No attribute specified.")
        self.refused("PATCH", "volumes", {"destroyed": "yes"}, names=name)
        self.refused("POST", "volumes", b"{", names=self.name("x"))
        self.refused("POST", "volumes", {"provisioned": MIB, "source": {"name": name}}, names=self.name("x"))

    def test_copies(self):
        """6.6: of a volume, of a snapshot, across pods; the size is the source's."""
        source = self.volume("source", 2 * GIB)["name"]
        self.post("volume-snapshots", {"suffix": "one"}, source_names=source)
        self.patch("volumes", {"provisioned": 3 * GIB}, names=source)
        pod = self.pod()["name"]
        for name, of, size in ((self.name("c1"), source, 3 * GIB), (pod + "::c2", source + ".one", 2 * GIB)):
            self.addCleanup(self.eradicate, "volumes", name)
            copy = self.post("volumes", {"source": {"name": of}}, names=name)[0]
            self.assertEqual(size, copy["provisioned"])
            self.assertEqual(source, copy["source"]["name"].split(".")[0])
        self.refused("POST", "volumes", {"source": {"name": self.name("none")}}, names=self.name("c3"),
                     says="No such volume or snapshot.")
        self.refused("POST", "volumes", {"source": {"name": source + ".none"}}, names=self.name("c3"))

    def test_overwriting(self):
        """6.6, 8.9: replaces data and size, keeps id, serial and connections; makes what is missing."""
        target = self.volume("target", GIB)
        source = self.volume("source", 2 * GIB)["name"]
        host = self.host(iqns=[self.iqn()])["name"]
        self.connect(host, target["name"])
        self.refused("POST", "volumes", {"source": {"name": source}}, names=target["name"], says="already exists")
        over = self.post("volumes", {"source": {"name": source}}, names=target["name"], overwrite=True)[0]
        self.assertEqual((target["id"], target["serial"], 2 * GIB, 1),
                         (over["id"], over["serial"], over["provisioned"], over["connection_count"]))
        self.assertEqual(source, over["source"]["name"])
        fresh = self.name("fresh")
        self.addCleanup(self.eradicate, "volumes", fresh)
        self.assertEqual(fresh, self.post("volumes", {"source": {"name": source}}, names=fresh, overwrite=True)[0]["name"])
        for key in ("with_default_protection", "add_to_protection_group_names"):
            self.refused("POST", "volumes", {"source": {"name": source}}, names=target["name"], overwrite=True,
                         **{key: True})

    def test_a_connected_volume_is_not_destroyed(self):
        """6.6, 8.11."""
        name = self.volume()["name"]
        host = self.host()["name"]
        self.connect(host, name)
        self.assertEqual(1, self.one("volumes", names=name)["connection_count"])
        self.refused("PATCH", "volumes", {"destroyed": True}, names=name, context=name)
        self.delete("connections", host_names=host, volume_names=name)
        self.patch("volumes", {"destroyed": True}, names=name)

    def test_limits_of_throughput(self):
        """4.2: "" clears."""
        name = self.volume()["name"]
        qos = self.patch("volumes", {"qos": {"iops_limit": 100, "bandwidth_limit": MIB}}, names=name)[0]["qos"]
        self.assertEqual({"iops_limit": 100, "bandwidth_limit": MIB}, qos)
        for bad in ({"iops_limit": 99}, {"iops_limit": 100000001}, {"bandwidth_limit": MIB - 1},
                    {"bandwidth_limit": (512 << 30) + 1}, {"iops_limit": "x"}):
            with self.subTest(bad):
                self.refused("PATCH", "volumes", {"qos": bad}, names=name)
        self.assertEqual({"iops_limit": None, "bandwidth_limit": MIB},
                         self.patch("volumes", {"qos": {"iops_limit": ""}}, names=name)[0]["qos"])

    def test_moving_into_a_pod_and_out(self):
        """6.6: `pod`; "" leaves it; a rename does not change the pod."""
        pod = self.pod()["name"]
        made = self.volume()
        self.refused("PATCH", "volumes", {"name": pod + "::v"}, names=made["name"])
        moved = self.patch("volumes", {"pod": {"name": pod}}, names=made["name"])[0]
        self.assertEqual((pod + "::" + made["name"], made["serial"]), (moved["name"], moved["serial"]))
        self.assertEqual(pod, moved["pod"]["name"])
        back = self.patch("volumes", {"pod": {"name": ""}}, names=moved["name"])[0]
        self.assertEqual((made["name"], REFERENCE), (back["name"], back["pod"]))
        self.refused("PATCH", "volumes", {"pod": {"name": self.name("none")}}, names=made["name"],
                     says="Pod does not exist.")

    def test_space(self):
        """6.7."""
        name = self.volume("v", 3 * MIB)["name"]
        item = self.one("volumes/space", names=name)
        self.assertEqual((name, 3 * MIB), (item["name"], item["space"]["total_provisioned"]))
        self.assertIsInstance(item["time"], int)
        page = self.page("volumes/space", names=name, total_only=True)
        self.assertEqual(([], 3 * MIB), (page["items"], page["total"][0]["space"]["total_provisioned"]))
        self.refused("GET", "volumes/space", names=self.name("none"), says="does not exist.")


class VolumeSafetyTest(ArrayCase):
    def test_concurrent_creation_has_one_winner(self):
        """6.6: POST with the same name fails for the other."""
        import threading
        from .client import Client
        name = self.name("race")
        self.addCleanup(self.eradicate, "volumes", name)
        statuses = []

        def create():
            client = Client(self.array.state, self.array.version)
            client.login()
            statuses.append(client.call("POST", "volumes", {}, names=name).status)
            client.call("POST", "logout")
            client.close()

        threads = [threading.Thread(target=create) for _ in range(4)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        self.assertEqual([200, 400, 400, 400], sorted(statuses))
