"""Pods. Sections 6.3, 6.5; 8.13, 8.15, 8.20."""

from .case import GIB, MIB, ArrayCase


class PodsTest(ArrayCase):
    def test_a_life(self):
        name = self.pod()["name"]
        pod = self.one("pods", names=name)
        self.assertEqual((name, False, None), (pod["name"], pod["destroyed"], pod["time_remaining"]))
        self.assertEqual({"name": None, "id": None}, pod["source"])  # 2.5
        self.assertEqual(1, pod["array_count"])
        self.assertEqual([self.one("arrays")["name"]], [array["name"] for array in pod["arrays"]])
        self.assertEqual(("promoted", "promoted"), (pod["promotion_status"], pod["requested_promotion_state"]))
        self.assertEqual("purestorage", pod["mediator"])
        self.assertIsNone(pod["space"]["system"])
        self.assertEqual("all-enabled", pod["eradication_config"]["manual_eradication"])
        self.assertIsNone(pod["quota_limit"])  # 6.5

        self.refused("POST", "pods", {}, names=name, context=name, says="already exists")
        self.refused("DELETE", "pods", names=name)  # not destroyed
        destroyed = self.patch("pods", {"destroyed": True}, names=name)[0]
        self.assertTrue(destroyed["destroyed"])
        self.assertGreater(destroyed["time_remaining"], 0)
        self.refused("PATCH", "pods", {"destroyed": True}, names=name)
        self.refused("POST", "pods", {}, names=name, says="already exists")  # 4.1: the name stays taken
        self.assertFalse(self.patch("pods", {"destroyed": False}, names=name)[0]["destroyed"])
        self.refused("PATCH", "pods", {"destroyed": False}, names=name)
        self.patch("pods", {"destroyed": True}, names=name)
        self.delete("pods", names=name)
        self.refused("GET", "pods", names=name, context=name, says="Pod does not exist.")
        self.refused("DELETE", "pods", names=name, says="Pod does not exist.")

    def test_contents_need_a_word(self):
        """6.3, 8.15."""
        name = self.pod()["name"]
        self.volume(name + "::v")
        self.refused("PATCH", "pods", {"destroyed": True}, names=name, context=name)
        self.patch("pods", {"destroyed": True}, names=name, destroy_contents=True)
        self.assertTrue(self.one("volumes", names=name + "::v")["destroyed"])
        self.refused("DELETE", "pods", names=name, context=name, says="Cannot eradicate pod")
        self.patch("pods", {"destroyed": False}, names=name)
        self.assertFalse(self.one("volumes", names=name + "::v")["destroyed"])
        self.patch("pods", {"destroyed": True}, names=name, destroy_contents=True)
        self.delete("pods", names=name, eradicate_contents=True)
        self.refused("GET", "volumes", names=name + "::v", says="does not exist.")

    def test_what_was_destroyed_before_stays_destroyed(self):
        """6.3."""
        name = self.pod()["name"]
        self.volume(name + "::early")
        self.volume(name + "::late")
        self.patch("volumes", {"destroyed": True}, names=name + "::early")
        self.patch("pods", {"destroyed": True}, names=name, destroy_contents=True)
        self.patch("pods", {"destroyed": False}, names=name)
        states = {item["name"]: item["destroyed"] for item in self.get("volumes", filter="pod.name='%s'" % name)}
        self.assertEqual({name + "::early": True, name + "::late": False}, states)

    def test_renaming(self):
        name = self.pod()["name"]
        self.volume(name + "::v")
        other = self.name("renamed")
        self.addCleanup(self.eradicate_pod, other)
        self.assertEqual(other, self.patch("pods", {"name": other}, names=name)[0]["name"])
        self.assertEqual([other + "::v"], self.names("volumes", filter="pod.name='%s'" % other))
        self.refused("GET", "pods", names=name, says="Pod does not exist.")
        taken = self.pod("taken")["name"]
        self.refused("PATCH", "pods", {"name": taken}, names=other, says="already exists")

    def test_names(self):
        """4.1: no underscore, no dot, 63 characters, a letter among them."""
        for bad in ("a_b", "a.b", "-a", "a-", "1234", "x" * 64, "a b", "a/b"):
            with self.subTest(bad):
                self.refused("POST", "pods", {}, names=bad, context=bad)
        longest = (self.prefix + "x" * 63)[:63]
        self.addCleanup(self.eradicate_pod, longest)
        self.post("pods", {}, names=longest)

    def test_several_at_once(self):
        names = [self.name("one"), self.name("two")]
        for name in names:
            self.addCleanup(self.eradicate_pod, name)
        self.assertEqual(names, [item["name"] for item in self.post("pods", {}, names=names)])

    def test_the_quota(self):
        """6.5, 8.20."""
        name = self.pod(body={"quota_limit": 10 * MIB})["name"]
        self.assertEqual(10 * MIB, self.one("pods", names=name)["quota_limit"])
        self.volume(name + "::v", 8 * MIB)
        self.refused("POST", "volumes", {"provisioned": 3 * MIB}, names=name + "::w")
        self.refused("PATCH", "volumes", {"provisioned": 11 * MIB}, names=name + "::v")
        self.patch("volumes", {"provisioned": 10 * MIB}, names=name + "::v")
        self.refused("PATCH", "pods", {"quota_limit": 5 * MIB}, names=name)
        self.patch("pods", {"quota_limit": 5 * MIB}, names=name, ignore_usage=True)
        self.assertEqual(5 * MIB, self.one("pods", names=name)["quota_limit"])
        for bad in (MIB - 512, MIB + 1, (4 << 50) + 512, -1, "x"):
            with self.subTest(bad):
                self.refused("PATCH", "pods", {"quota_limit": bad}, names=name)
        self.assertIsNone(self.patch("pods", {"quota_limit": ""}, names=name)[0]["quota_limit"])
        self.patch("volumes", {"provisioned": GIB}, names=name + "::v")

    def test_the_quota_is_newer_than_2_23(self):
        """6.5: never returned before."""
        name = self.pod()["name"]
        older = self.ok(self.array.call("GET", "pods", version="2.22", names=name)).items[0]
        self.assertNotIn("quota_limit", older)

    def test_space(self):
        name = self.pod()["name"]
        self.volume(name + "::v", 5 * MIB)
        item = self.one("pods/space", names=name)
        self.assertEqual(name, item["name"])
        self.assertEqual(5 * MIB, item["space"]["used_provisioned"])
        page = self.page("pods/space", names=name, total_only=True)
        self.assertEqual([], page["items"])

    def test_it_needs_a_name(self):
        for method in ("POST", "PATCH", "DELETE"):
            self.refused(method, "pods", {"destroyed": True} if method == "PATCH" else None)
        self.refused("PATCH", "pods", {"destroyed": True}, names=self.name("none"), says="Pod does not exist.")
