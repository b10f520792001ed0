"""Snapshots, promotions, physical copies and their tasks. Sections 7, 8 and 15."""

from .case import ArrayCase


class CopiesTest(ArrayCase):
    def test_a_snapshot(self):
        v = self.volume(size=512)
        s = self.snapshot(v, comment="c")
        item, parent = self.get("volumes/" + s), self.get("volumes/" + v)
        self.assertEqual((3, 3, v, 512, False, "c"), (
            item["copyType"], item["provisioningType"], item["copyOf"], item["sizeMiB"], item["readOnly"],
            item["comment"]))  # trap 11
        self.assertEqual((parent["id"], parent["id"]), (item["parentId"], item["baseId"]))
        for own in ("id", "uuid", "wwn", "nguid"):
            self.assertNotEqual(parent[own], item[own])
        renamed = self.name("renamed")
        self.put("volumes/" + v, {"newName": renamed})
        self.addCleanup(self.array.call, "DELETE", "volumes/%s?cascade=true" % renamed)
        self.assertEqual(renamed, self.get("volumes/" + s)["copyOf"])  # trap 15
        self.delete("volumes/%s?cascade=true" % s)
        self.assertEqual([], self.members("volumes", query="copyOf==" + renamed))

    def test_snapshots_that_are_refused(self):
        v = self.volume()
        ro = self.snapshot(v, "ro", readOnly=True)
        self.assertTrue(self.get("volumes/" + ro)["readOnly"])

        def refused(status, code, parent, **parameters):
            self.refused(status, code, "POST", "volumes/" + parent,
                         {"action": "createSnapshot", "parameters": parameters})

        refused(409, 22, v, name=ro)
        refused(404, 23, self.name("none"), name=self.name("x"))
        refused(400, 40, v)
        refused(400, 69, v, name="a b")
        answer = self.array.call("POST", "volumes/" + ro, {
            "action": "createSnapshot", "parameters": {"name": self.name("x"), "readOnly": True}})
        self.assertEqual(403, answer.status)
        self.snapshot(ro, "rw")

    def test_retention_and_expiration(self):
        v = self.volume()
        s = self.snapshot(v, retentionHours=1, expirationHours=2)
        item = self.get("volumes/" + s)
        self.assertEqual(3600, item["expirationTimeSec"] - item["retentionTimeSec"])
        self.refused(409, 27, "DELETE", "volumes/" + s)
        self.refused(409, 27, "DELETE", "volumes/%s?cascade=true" % v)

    def test_several_at_once(self):
        a, b = self.volume("a"), self.volume("b")
        answer = self.array.call("POST", "volumes", {"action": 8, "parameters": {"volumeGroup": [
            {"volumeName": a, "snapshotName": self.name("sa"), "readWrite": True},
            {"volumeName": b, "snapshotName": self.name("sb")}]}})
        self.assertIn(answer.status, (200, 201), answer.raw)
        self.assertFalse(self.get("volumes/" + self.name("sa"))["readOnly"])
        self.assertTrue(self.get("volumes/" + self.name("sb"))["readOnly"])
        self.refused(404, 23, "POST", "volumes", {"action": 8, "parameters": {"volumeGroup": [
            {"volumeName": a, "snapshotName": self.name("x")},
            {"volumeName": self.name("none"), "snapshotName": self.name("y")}]}})
        self.refused(404, 23, "GET", "volumes/" + self.name("x"))

    def test_a_promotion(self):
        """15, restore; trap 13."""
        v = self.volume()
        s = self.snapshot(v)
        before = self.get("volumes/" + v)
        task = self.promote(s)
        told = self.get("tasks/%d?view=excludeDetail" % task)
        self.assertEqual((1, 4), (told["status"], told["type"]))
        self.assertNotIn("detailedStatus", told)
        after = self.get("volumes/" + v)
        for same in ("id", "uuid", "wwn", "nguid", "name", "sizeMiB", "copyType"):
            self.assertEqual(before[same], after[same])
        self.assertEqual([s], self.names("volumes", query="copyOf==" + v))
        self.promote(s, online=True, priority=2)
        self.assertEqual(409, self.array.call("PUT", "volumes/" + v, {"action": 4}).status)
        self.refused(409, 185, "PUT", "volumes/" + s, {"action": 5})
        self.put("volumes/" + v, {"action": 3, "sizeMiB": 256})
        self.assertEqual(409, self.array.call("PUT", "volumes/" + s, {"action": 4}).status)  # trap 12

    def test_a_copy_as_lxd_makes_it(self):
        """15, copy: onto a new volume, snapshot by snapshot; trap 14."""
        v = self.volume()
        s = self.snapshot(v)
        target = self.volume("target", size=512)
        for source in (s, v):
            task = self.copy(source, target, saveSnapshot=False, priority=1)
            self.assertEqual(1, self.get("tasks/%d?view=excludeDetail" % task)["status"])
            self.snapshot(target, "t-" + source[-1])
        item = self.get("volumes/" + target)
        self.assertEqual((1, 512), (item["copyType"], item["sizeMiB"]))
        self.put("volumes/" + target, {"action": 3, "sizeMiB": 256})

    def test_copies_that_are_refused(self):
        v, small, target = self.volume(size=512), self.volume("small"), self.volume("target", size=512)
        s = self.snapshot(v)

        def refused(status, source, **parameters):
            answer = self.array.call("POST", "volumes/" + source, {
                "action": "createPhysicalCopy", "parameters": parameters})
            self.assertEqual(status, answer.status, answer.raw)
            self.assertTrue(answer.json["desc"])
            return answer.code

        self.assertEqual(23, refused(404, v, destVolume=self.name("none")))
        self.assertEqual(23, refused(404, self.name("none"), destVolume=target))
        self.assertEqual(40, refused(400, v))
        refused(403, v, destVolume=v)
        refused(403, v, destVolume=s)
        refused(409, v, destVolume=small)
        refused(400, v, destVolume=target, destCPG=self.cpg)
        refused(400, v, destVolume=target, tpvv=True)
        self.assertEqual(46, refused(400, v, destVolume=target, priority=9))

    def test_an_online_copy(self):
        v = self.volume(size=512)
        copy = self.name("copy")
        self.addCleanup(self.array.call, "DELETE", "volumes/" + copy)
        task = self.copy(v, copy, online=True, destCPG=self.cpg, tpvv=True)
        told = self.get("tasks/%d" % task)
        self.assertEqual((18, copy, 1), (told["type"], told["name"], told["status"]))
        item = self.get("volumes/" + copy)
        self.assertEqual((1, 512), (item["copyType"], item["sizeMiB"]))
        self.refused(409, 22, "POST", "volumes/" + v, {"action": "createPhysicalCopy", "parameters": {
            "destVolume": copy, "online": True, "destCPG": self.cpg, "tpvv": True}})
        self.refused(400, 40, "POST", "volumes/" + v, {"action": "createPhysicalCopy", "parameters": {
            "destVolume": self.name("x"), "online": True}})
        self.delete("volumes/" + v)
        self.get("volumes/" + copy)

    def test_synchronizing_again(self):
        v, copy = self.volume(), self.volume("copy")
        self.copy(v, copy, saveSnapshot=True)
        item = self.get("volumes/" + copy)
        self.assertEqual((2, v), (item["copyType"], item["copyOf"]))
        self.assertEqual(409, self.array.call("PUT", "volumes/" + copy, {"action": 3, "sizeMiB": 256}).status)
        self.assertEqual(1, self.wait(self.put("volumes/" + copy, {"action": 2}).json["taskid"]))
        self.put("volumes/" + copy, {"action": 1})
        self.assertEqual(1, self.get("volumes/" + copy)["copyType"])


class TasksTest(ArrayCase):
    HOUR = 3600000

    def test_watching(self):
        v = self.volume()
        s = self.snapshot(v)
        task = self.promote(s)
        item = self.get("tasks/%d" % task)
        self.assertEqual(task, item["id"])
        self.assertLessEqual({"id", "type", "name", "status", "startTime", "finishTime", "priority", "user",
                              "detailedStatus"}, set(item))
        self.assertIn(task, [member["id"] for member in self.members("tasks")])
        self.assertRegex(item["finishTime"], r"^\d{4}-\d\d-\d\d \d\d:\d\d:\d\d ")

    def test_numbers(self):
        """8."""
        self.refused(400, 39, "GET", "tasks/x")
        self.refused(400, 115, "GET", "tasks/0")
        self.refused(400, 115, "GET", "tasks/-1")
        self.refused(400, 43, "GET", "tasks/99999999999")
        self.refused(404, 145, "GET", "tasks/1999999999")

    def test_a_task_that_takes_time(self):
        v, copy = self.volume(), self.volume("copy")
        self.tasks_last(self.HOUR)
        task = self.copy(v, copy)
        item = self.get("tasks/%d?view=excludeDetail" % task)
        self.assertEqual((2, "-"), (item["status"], item["finishTime"]))
        self.assertLess(item["completedSteps"], item["totalSteps"])
        for busy in (v, copy):
            self.refused(409, 151, "DELETE", "volumes/" + busy)
            self.refused(409, 151, "PUT", "volumes/" + busy, {"action": 3, "sizeMiB": 256})
        self.assertEqual(b"", self.put("tasks/%d" % task, {"action": 1}).raw)
        self.assertEqual(3, self.get("tasks/%d" % task)["status"])
        self.assertEqual([9], self.get("volumes/" + copy)["failedStates"])
        self.assertGreaterEqual(self.array.call("PUT", "tasks/%d" % task, {"action": 1}).status, 400)
        self.tasks_last(None)
        self.assertEqual(1, self.wait(self.copy(v, copy)))
        self.assertEqual([], self.get("volumes/" + copy)["failedStates"])

    def test_a_task_that_ends(self):
        v = self.volume()
        s = self.snapshot(v)
        self.tasks_last(200)
        self.assertEqual(1, self.wait(self.promote(s)))
        self.delete("volumes/%s?cascade=true" % v)
