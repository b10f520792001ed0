"""The array itself. Sections 6.1, 6.2, 6.18."""

from .case import ArrayCase, since

DAY = 86400000


class ArraysTest(ArrayCase):
    def test_the_array(self):
        """6.1."""
        array = self.one("arrays")
        self.assertRegex(array["id"], "^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$")
        self.assertTrue(array["name"])
        self.assertGreater(array["capacity"], 0)
        self.assertEqual("Purity//FA", array["os"])
        self.assertTrue(array["version"])
        self.assertIsNone(array["space"]["total_provisioned"])  # 8.21
        for key in ("data_reduction", "shared", "snapshots", "system", "thin_provisioning", "total_physical",
                    "total_reduction", "unique", "virtual", "replication"):
            self.assertIn(key, array["space"])
        self.assertIn("manual_eradication", array["eradication_config"])
        self.assertIn("idle_timeout", array)
        self.assertIn("scsi_timeout", array)

    def test_renaming(self):
        """6.1; 4.1: at most 56 characters."""
        before = self.one("arrays")["name"]
        self.addCleanup(lambda: self.array.call("PATCH", "arrays", {"name": before}))
        self.assertEqual(self.prefix, self.patch("arrays", {"name": self.prefix})[0]["name"])
        self.assertEqual(self.prefix, self.one("arrays")["name"])
        for bad in ("", "x" * 57, "-x", "x-", "a_b", "a.b"):
            self.refused("PATCH", "arrays", {"name": bad})

    def test_the_idle_timeout(self):
        """1.4: 0, or whole minutes from 5 to 180, in ms."""
        before = self.one("arrays")["idle_timeout"]
        self.addCleanup(lambda: self.array.call("PATCH", "arrays", {"idle_timeout": before}))
        for good in (0, 300000, 10800000):
            self.assertEqual(good, self.patch("arrays", {"idle_timeout": good})[0]["idle_timeout"])
        for bad in (299999, 60000, 10860000, -1, "x"):
            self.refused("PATCH", "arrays", {"idle_timeout": bad})

    def test_the_banner_and_other_texts(self):
        """6.1."""
        before = self.one("arrays")
        self.addCleanup(lambda: self.array.call(
            "PATCH", "arrays", {"banner": before["banner"] or "", "ntp_servers": before["ntp_servers"]}))
        changed = self.patch("arrays", {"banner": "hello", "ntp_servers": ["ntp.example.com"]})[0]
        self.assertEqual(("hello", ["ntp.example.com"]), (changed["banner"], changed["ntp_servers"]))

    def test_nothing_to_change_is_refused(self):
        """3."""
        self.refused("PATCH", "arrays", {}, says="No attribute specified.")
        self.refused("PATCH", "arrays", {"unknown": 1})

    def test_the_eradication_delay(self):
        """6.18: 1 to 30 days; others are rounded down to whole days."""
        before = self.one("arrays")["eradication_config"]
        self.addCleanup(lambda: self.array.call("PATCH", "arrays", {"eradication_config": {
            key: value for key, value in before.items() if key.endswith("delay")}}))
        key = "enabled_delay" if self.array.has(26) else "eradication_delay"
        for given, kept in ((2 * DAY, 2 * DAY), (3 * DAY + 1000, 3 * DAY), (30 * DAY, 30 * DAY)):
            changed = self.patch("arrays", {"eradication_config": {key: given}})[0]
            self.assertEqual(kept, changed["eradication_config"][key])

    @since(26)
    def test_the_delays_are_split(self):
        """6.18."""
        config = self.one("arrays")["eradication_config"]
        self.assertLessEqual({"enabled_delay", "disabled_delay", "manual_eradication"}, set(config))
        older = self.ok(self.array.call("GET", "arrays", version="2.21")).items[0]["eradication_config"]
        self.assertIn("eradication_delay", older)

    def test_space(self):
        """6.1: the capacity view."""
        item = self.one("arrays/space")
        array = self.one("arrays")
        self.assertEqual((array["id"], array["name"], array["capacity"]),
                         (item["id"], item["name"], item["capacity"]))
        self.assertIn("parity", item)
        self.assertIn("virtual", item["space"])
        self.assertIsInstance(item["time"], int)

    def test_controllers(self):
        """6.2."""
        controllers = self.get("controllers")
        for controller in controllers:
            self.assertEqual("array_controller", controller["type"])
            self.assertLessEqual({"name", "status", "mode", "model", "version", "mode_since"}, set(controller))
        self.assertEqual(["CT0"], self.names("controllers", filter="name='ct0' and status='ready'"))
        self.assertIn("primary", [controller["mode"] for controller in controllers])

    def test_methods_that_are_not_there(self):
        for method in ("POST", "DELETE", "PUT"):
            self.assertIn(self.array.call(method, "controllers", {}).status, (400, 404, 405))
