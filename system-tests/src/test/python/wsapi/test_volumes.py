"""Volumes. Sections 6, 11 and 12."""

from .case import ArrayCase


class VolumesTest(ArrayCase):
    def test_a_life(self):
        v = self.volume(size=1000, comment="hello", id=None)
        item = self.get("volumes/" + v)
        self.assertEqual((v, 1024, "hello", self.cpg),
                         (item["name"], item["sizeMiB"], item["comment"], item["userCPG"]))
        self.assertEqual((2, 1, 1, False),
                         (item["provisioningType"], item["copyType"], item["state"], item["readOnly"]))
        self.assertNotIn("copyOf", item)
        self.assertRegex(item["wwn"], "^6[0-9A-F]{31}$")
        self.assertTrue(item["wwn"].startswith("60002AC"))
        self.assertRegex(item["nguid"], "^[0-9A-Fa-f]{32}$")  # trap 7
        self.assertRegex(item["creationTime8601"], r"^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d[+-]\d\d:\d\d$")
        for number in ("id", "totalUsedMiB", "totalReservedMiB", "hostWriteMiB", "baseId", "creationTimeSec"):
            self.assertIsInstance(item[number], int, number)
        for space in ("adminSpace", "snapshotSpace", "userSpace"):
            self.assertLessEqual({"reservedMiB", "rawReservedMiB", "usedMiB", "freeMiB"}, set(item[space]))
        for more in ("failedStates", "degradedStates", "additionalStates", "policies", "deduplicationState",
                     "compressionState", "shortName", "uuid", "capacityEfficiency"):
            self.assertIn(more, item)
        self.assertIn(v, self.names("volumes"))
        self.delete("volumes/" + v)
        self.refused(404, 23, "GET", "volumes/" + v)
        self.refused(404, 23, "DELETE", "volumes/" + v)

    def test_what_a_volume_needs(self):
        good = {"name": self.name("v"), "cpg": self.cpg, "sizeMiB": 256, "tpvv": True}
        for missing in ("name", "cpg", "sizeMiB"):
            body = dict(good)
            del body[missing]
            self.refused(400, 40, "POST", "volumes", body)
        del good["tpvv"]
        # Python's client compares all three
        self.assertEqual("invalid input: one of the parameters is required",
                         self.refused(400, 78, "POST", "volumes", good, ref="tpvv,reduce"))
        self.refused(400, 44, "POST", "volumes", dict(good, tpvv=True, reduce=True))
        good["reduce"] = True
        self.refused(404, 15, "POST", "volumes", dict(good, cpg=self.name("none")))
        self.refused(400, 28, "POST", "volumes", dict(good, sizeMiB=(64 << 20) + 1))
        self.refused(400, 39, "POST", "volumes", dict(good, sizeMiB="big"))
        self.refused(400, 12, "POST", "volumes", dict(good, nonsense=1))
        self.refused(400, 57, "POST", "volumes", dict(good, comment="c" * 512))
        self.refused(400, 43, "POST", "volumes", dict(good, expirationHours=43801))
        self.refused(400, 43, "POST", "volumes", dict(good, expirationHours=1, retentionHours=2))
        self.refused(400, 115, "POST", "volumes", dict(good, retentionHours=0))
        self.refused(400, 60, "POST", "volumes", b'{"name": ')
        self.assertEqual("volumes/" + good["name"], self.post("volumes", good))
        self.addCleanup(self.array.call, "DELETE", "volumes/" + good["name"])
        self.refused(409, 22, "POST", "volumes", good)
        taken = self.get("volumes/" + good["name"])
        self.assertEqual(6, taken["provisioningType"])
        self.refused(409, 59, "POST", "volumes", dict(good, name=self.name("w"), id=taken["id"]))

    def test_names(self):
        """12: LXD's have 34 to 37 characters; 59 are too many."""
        for bad in ("-x", "a b", "a!", "a@", "a#", "a$", "a%", "a^", "a&"):
            self.refused(400, 69, "POST", "volumes", {"name": bad, "cpg": self.cpg, "sizeMiB": 256, "tpvv": True})
        self.refused(400, 57, "POST", "volumes",
                     {"name": "x" * 59, "cpg": self.cpg, "sizeMiB": 256, "tpvv": True})
        self.refused(400, 45, "POST", "volumes", {"name": "", "cpg": self.cpg, "sizeMiB": 256, "tpvv": True})
        long = self.volume("x" * (37 - len(self.prefix) - 1))
        self.assertEqual(37, len(long))
        self.assertEqual(long[:31], self.get("volumes/" + long)["shortName"])

    def test_changing(self):
        v, other = self.volume(), self.volume("other")
        before = self.get("volumes/" + v)
        renamed = self.name("renamed")
        self.addCleanup(self.array.call, "DELETE", "volumes/" + renamed)
        answer = self.put("volumes/" + v, {
            "newName": renamed, "comment": "c", "expirationHours": 3, "retentionHours": 0 or None,
            "policies": {"zeroDetect": True}, "usrSpcAllocWarningPct": 70})
        self.assertEqual("/api/v1/volumes/" + renamed, answer.location)
        self.refused(404, 23, "GET", "volumes/" + v)
        after = self.get("volumes/" + renamed)
        for same in ("id", "uuid", "wwn", "nguid", "sizeMiB"):
            self.assertEqual(before[same], after[same])
        self.assertEqual(("c", 70, True), (
            after["comment"], after["usrSpcAllocWarningPct"], after["policies"]["zeroDetect"]))
        self.assertIn("expirationTimeSec", after)
        self.put("volumes/" + renamed, {"rmExpTime": True, "rmUsrSpcAllocWarning": True})
        self.assertNotIn("expirationTimeSec", self.get("volumes/" + renamed))
        self.refused(409, 22, "PUT", "volumes/" + renamed, {"newName": other})
        self.refused(404, 15, "PUT", "volumes/" + renamed, {"userCPG": self.name("none")})
        self.refused(400, 12, "PUT", "volumes/" + renamed, {"nonsense": 1})
        self.refused(400, 46, "PUT", "volumes/" + renamed, {"action": 77})
        self.refused(404, 23, "PUT", "volumes/" + self.name("none"), {"comment": "c"})

    def test_growing(self):
        """6; trap 10: what is told is added, and rounded up."""
        v = self.volume()
        self.put("volumes/" + v, {"action": 3, "sizeMiB": 100})
        self.assertEqual(512, self.get("volumes/" + v)["sizeMiB"])
        self.refused(400, 152, "PUT", "volumes/" + v, {"action": 3, "sizeMiB": 0})
        self.refused(400, 152, "PUT", "volumes/" + v, {"action": 3, "sizeMiB": -256})
        self.refused(400, 40, "PUT", "volumes/" + v, {"action": 3})
        self.refused(400, 28, "PUT", "volumes/" + v, {"action": 3, "sizeMiB": 64 << 20})
        self.refused(404, 23, "PUT", "volumes/" + self.name("none"), {"action": 3, "sizeMiB": 256})
        s = self.snapshot(v)
        self.refused(403, 150, "PUT", "volumes/" + s, {"action": 3, "sizeMiB": 256})

    def test_deleting(self):
        v = self.volume()
        in_set = self.set("set", v)
        self.refused(409, 34, "DELETE", "volumes/" + v)
        self.refused(409, 34, "DELETE", "volumes/%s?cascade=true" % v)
        self.delete("volumesets/" + in_set)
        writable = self.snapshot(v, "rw")
        self.refused(409, 32, "DELETE", "volumes/" + v)
        self.delete("volumes/" + writable)
        self.snapshot(v, "ro", readOnly=True)
        self.refused(409, 25, "DELETE", "volumes/" + v)
        self.delete("volumes/%s?cascade=true" % v)
        self.assertEqual([], [name for name in self.names("volumes") if name.startswith(self.prefix)])

    def test_queries(self):
        """11; trap 21."""
        v, w = self.volume(), self.volume("w")
        s = self.snapshot(v)
        item = self.get("volumes/" + v)
        self.assertEqual([v], self.names("volumes", query="name==" + v))
        self.assertEqual([v], self.names("volumes", query="name EQ " + v))
        self.assertEqual(sorted([v, w]), self.names("volumes", query="name == %s OR name == %s" % (v, w)))
        self.assertEqual([s], self.names("volumes", query="copyOf==" + v))
        self.assertEqual([s], self.names("volumes", query="copyOf==%s AND provisioningType==3" % v))
        self.assertEqual([v], self.names("volumes", query="id EQ %d" % item["id"]))
        self.assertEqual([v], self.names("volumes", query="wwn EQ " + item["wwn"]))
        self.assertEqual([], self.members("volumes", query="name==" + self.name("none")))
        for spaced in ("%20", "+"):
            for quote in ("%22", ""):
                target = "volumes?query=%sname%sEQ%s%s%s" % (quote, spaced, spaced, v, quote)
                self.assertEqual([v], self.names(target), target)
        for bad in ("name", "name==", "==x", "name==x AND", "nonsense==x"):
            self.assertEqual(400, self.array.call("GET", "volumes", query=bad).status, bad)

    def test_notes(self):
        """10."""
        v = self.volume()
        notes = "volumes/%s/objectKeyValues" % v
        self.post(notes, {"key": "a", "value": "1"})
        self.refused(409, 181, "POST", notes, {"key": "a", "value": "2"})
        self.put(notes + "/a", {"value": "2"})
        item = self.get(notes + "/a")
        self.assertEqual(("a", "2"), (item["key"], item["value"]))
        self.assertLessEqual({"creationTimeSec", "creationTime8601", "date_added"}, set(item))
        self.assertEqual(["a"], [member["key"] for member in self.members(notes)])
        self.delete(notes + "/a")
        self.refused(404, 180, "GET", notes + "/a")
        self.refused(404, 180, "PUT", notes + "/a", {"value": "2"})
        self.refused(404, 180, "DELETE", notes + "/a")
        self.refused(404, 23, "GET", "volumes/%s/objectKeyValues" % self.name("none"))

    def test_tuning(self):
        v = self.volume()
        answer = self.put("volumes/" + v, {
            "action": 6, "tuneOperation": 1, "userCPG": self.cpg, "conversionOperation": 4})
        self.assertEqual(1, self.wait(answer.json["taskid"]))
        self.assertEqual(6, self.get("volumes/" + v)["provisioningType"])
        self.refused(404, 15, "PUT", "volumes/" + v, {
            "action": 6, "tuneOperation": 1, "userCPG": self.name("none")})

    def test_the_distribution_of_space(self):
        v = self.volume()
        self.assertEqual(v, self.get("volumespacedistribution/" + v)["name"])
        self.refused(404, 23, "GET", "volumespacedistribution/" + self.name("none"))
