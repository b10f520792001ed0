"""Volume sets and rules of quality of service. Section 10."""

from .case import ArrayCase


class VolumeSetsTest(ArrayCase):
    def test_a_life(self):
        a, b = self.volume("a"), self.volume("b")
        name = self.set("set", a, comment="c")
        item = self.get("volumesets/" + name)
        self.assertEqual(([a], "c", 1, False), (
            item["setmembers"], item["comment"], item["count"], item["qosEnabled"]))
        self.assertLessEqual({"id", "uuid", "flashCachePolicy", "vvolStorageContainerEnabled"}, set(item))
        self.put("volumesets/" + name, {"action": 1, "setmembers": [b]})
        self.assertEqual([a, b], self.get("volumesets/" + name)["setmembers"])
        self.put("volumesets/" + name, {"action": 2, "setmembers": [a, b]})
        self.assertNotIn("setmembers", self.get("volumesets/" + name))
        renamed = self.name("renamed")
        self.addCleanup(self.array.call, "DELETE", "volumesets/" + renamed)
        self.put("volumesets/" + name, {"newName": renamed, "comment": "other"})
        self.assertIn(renamed, self.names("volumesets"))
        self.delete("volumesets/" + renamed)
        self.refused(404, 102, "GET", "volumesets/" + renamed)
        self.refused(404, 102, "DELETE", "volumesets/" + renamed)

    def test_errors(self):
        v, w = self.volume(), self.volume("w")
        name = self.set("set", v)
        self.refused(409, 101, "POST", "volumesets", {"name": name})
        self.refused(400, 40, "POST", "volumesets", {"comment": "c"})
        self.refused(400, 57, "POST", "volumesets", {"name": "x" * 60})
        self.refused(400, 69, "POST", "volumesets", {"name": "a b"})
        self.refused(400, 57, "POST", "volumesets", {"name": self.name("x"), "comment": "c" * 256})
        self.refused(404, 23, "POST", "volumesets", {"name": self.name("x"), "setmembers": [self.name("none")]})
        self.refused(404, 102, "PUT", "volumesets/" + self.name("none"), {"action": 1, "setmembers": [v]})
        self.refused(404, 23, "PUT", "volumesets/" + name, {"action": 1, "setmembers": [self.name("none")]})
        self.refused(400, 44, "PUT", "volumesets/" + name, {"setmembers": [w], "flashCachePolicy": 1})
        for action, member, status in ((1, v, 409), (2, w, 404)):  # trap 19
            answer = self.array.call("PUT", "volumesets/" + name, {"action": action, "setmembers": [member]})
            self.assertEqual(status, answer.status)
            self.assertTrue(answer.json["desc"])

    def test_a_volume_in_several_sets(self):
        v = self.volume()
        one, two = self.set("one", v), self.set("two", v)
        self.delete("volumesets/" + one)
        self.refused(409, 34, "DELETE", "volumes/" + v)
        self.delete("volumesets/" + two)
        self.delete("volumes/" + v)

    def test_snapshots_of_a_set(self):
        a, b = self.volume("a"), self.volume("b")
        name, snaps = self.set("set", a, b), self.name("snaps")
        self.addCleanup(self.array.call, "DELETE", "volumesets/" + snaps)
        answer = self.array.call("POST", "volumesets/" + name, {"action": "createSnapshot", "parameters": {
            "name": self.name("s_@count@"), "addToSet": snaps}})
        self.assertEqual(201, answer.status, answer.raw)
        made = self.names("volumes", query="copyOf==%s OR copyOf==%s" % (a, b))
        self.assertEqual(2, len(made))
        self.assertEqual(made, sorted(self.get("volumesets/" + snaps)["setmembers"]))
        promoted = self.put("volumesets/" + snaps, {"action": 4}).json
        self.assertEqual([1, 1], [self.wait(task["taskid"]) for task in promoted["tasks"]])
        self.delete("volumesets/" + snaps)
        empty = self.set("empty")
        self.assertEqual(404, self.array.call("POST", "volumesets/" + empty, {
            "action": "createSnapshot", "parameters": {"name": self.name("x@count@")}}).status)
        self.assertEqual(400, self.array.call("POST", "volumesets/" + name, {
            "action": "createSnapshot", "parameters": {"name": self.name("@nonsense@")}}).status)

    def test_rules(self):
        v = self.volume()
        name = self.set("set", v)
        path = "qos/vvset:" + name
        self.refused(404, 100, "GET", path)
        self.ok(self.array.call("POST", "qos", {
            "name": name, "type": 1, "priority": 2, "bwMinGoalKB": 1024, "bwMaxLimitKB": 2048,
            "ioMinGoal": 10, "ioMaxLimit": 100, "enable": True}), 201)
        self.addCleanup(self.array.call, "DELETE", path)
        self.refused(400, 114, "POST", "qos", {"name": name, "type": 1})
        self.refused(404, 117, "POST", "qos", {"name": self.name("none"), "type": 1})
        self.assertEqual((name, 100), (self.get(path)["name"], self.get(path)["ioMaxLimit"]))
        self.assertTrue(self.get("volumesets/" + name)["qosEnabled"])
        self.put(path, {"ioMaxLimit": 200})
        self.assertEqual(200, self.get(path)["ioMaxLimit"])
        self.assertIn(name, self.names("qos"))
        self.assertEqual(409, self.array.call("DELETE", "volumesets/" + name).status)
        self.delete(path)
        self.refused(404, 100, "DELETE", path)
        self.delete("volumesets/" + name)
