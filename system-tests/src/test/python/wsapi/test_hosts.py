"""Hosts, host sets and VLUNs. Sections 9, 11, 13 and 15."""

from .case import ArrayCase


class HostsTest(ArrayCase):
    def test_a_life(self):
        h = self.host(iSCSINames=[self.iqn()])
        item = self.get("hosts/" + h)
        self.assertEqual([self.iqn()], [path["name"] for path in item["iSCSIPaths"]])
        self.assertIs(False, item["initiatorChapEnabled"])
        self.assertIn("id", item)
        self.assertEqual([h], self.names("hosts", query="iSCSIPaths[name==%s]" % self.iqn()))
        self.put("hosts/" + h, {"pathOperation": 1, "iSCSINames": [self.iqn("two")]})
        self.assertEqual(2, len(self.get("hosts/" + h)["iSCSIPaths"]))
        self.put("hosts/" + h, {"pathOperation": 2, "iSCSINames": [self.iqn("two")]})
        renamed = self.name("renamed")
        self.addCleanup(self.array.call, "DELETE", "hosts/" + renamed)
        self.put("hosts/" + h, {"newName": renamed})
        self.delete("hosts/" + renamed)
        # Cinder and the tests of Python's client compare the text
        self.assertEqual("host does not exist", self.refused(404, 17, "GET", "hosts/" + renamed))
        self.assertEqual("host does not exist", self.refused(404, 17, "DELETE", "hosts/" + renamed))

    def test_errors(self):
        h = self.host(iSCSINames=[self.iqn()])
        self.refused(409, 16, "POST", "hosts", {"name": h})
        self.refused(409, 73, "POST", "hosts", {"name": self.name("x"), "iSCSINames": [self.iqn()]})
        self.refused(400, 40, "POST", "hosts", {})
        self.refused(400, 45, "POST", "hosts", {"name": ""})
        self.refused(400, 69, "POST", "hosts", {"name": "a b"})
        self.refused(400, 57, "POST", "hosts", {"name": "x" * 60})
        self.refused(400, 44, "POST", "hosts", {
            "name": self.name("x"), "iSCSINames": [self.iqn("x")], "FCWWNs": ["2000000000000001"]})
        self.refused(400, 39, "POST", "hosts", {"name": self.name("x"), "FCWWNs": ["2"]})
        self.refused(400, 78, "PUT", "hosts/" + h, {"iSCSINames": [self.iqn("x")]})
        self.refused(404, 17, "PUT", "hosts/" + self.name("none"), {"newName": self.name("x")})

    def test_an_nvme_host(self):
        """13; trap 9."""
        nqn = "nqn.2014-08.org.nvmexpress:uuid:" + self.prefix
        h = self.host(NQN=nqn, transportType=2)
        self.assertEqual([nqn], [path["NQN"] for path in self.get("hosts/" + h)["NVMETCPPaths"]])
        v = self.volume()
        location = self.export(v, h, lun=0, autoLun=True)
        row = self.members("vluns", query="volumeName==" + v)[0]
        self.assertGreater(row["lun"], 0)  # trap 17
        self.assertTrue(row["Subsystem_NQN"].startswith("nqn.2020-07.com.hpe:"))
        self.delete(location)

    def test_host_sets(self):
        h = self.host()
        name = self.name("hs")
        self.assertEqual("hostsets/" + name, self.post("hostsets", {"name": name, "setmembers": [h]}))
        self.addCleanup(self.array.call, "DELETE", "hostsets/" + name)
        self.assertEqual("host is a member of a set", self.refused(409, 77, "DELETE", "hosts/" + h))
        self.refused(409, 101, "POST", "hostsets", {"name": name})
        self.refused(404, 17, "PUT", "hostsets/" + name, {"action": 1, "setmembers": [self.name("none")]})
        self.put("hostsets/" + name, {"action": 2, "setmembers": [h]})
        self.delete("hostsets/" + name)
        self.refused(404, 102, "GET", "hostsets/" + name)


class VlunsTest(ArrayCase):
    def setUp(self):
        super().setUp()
        self.h = self.host(iSCSINames=[self.iqn()])
        self.v = self.volume()

    def test_as_lxd_maps_and_unmaps(self):
        """15; traps 5, 6, 7."""
        self.assertEqual([], self.members("vluns", query="volumeName==" + self.v))
        location = self.export(self.v, self.h, lun=0, autoLun=True)
        row = self.members("vluns", query="volumeName==" + self.v)[0]
        self.assertEqual("vluns/%s,%d,%s" % (self.v, row["lun"], self.h), location)
        volume = self.get("volumes/" + self.v)
        self.assertEqual((self.h, volume["wwn"], False), (row["hostname"], row["volumeWWN"], row["active"]))
        self.refused(400, 29, "POST", "vluns", {
            "hostname": self.h, "volumeName": self.v, "lun": 0, "autoLun": True})  # trap 18
        self.assertEqual("has exported VLUN", self.refused(409, 26, "DELETE", "hosts/" + self.h))
        self.refused(409, 34, "DELETE", "volumes/" + self.v)
        self.delete("vluns/%s%%2C%d%%2C%s" % (self.v, row["lun"], self.h))
        self.assertEqual([], self.members("vluns", query="hostname==" + self.h))
        self.refused(404, 19, "DELETE", location)
        self.delete("hosts/" + self.h)
        self.delete("volumes/" + self.v)

    def test_luns(self):
        second = self.volume("second")
        location = self.export(self.v, self.h, lun=5)
        self.assertEqual("vluns/%s,5,%s" % (self.v, self.h), location)
        self.refused(409, 18, "POST", "vluns", {"volumeName": second, "hostname": self.h, "lun": 5})
        self.assertEqual("vluns/%s,6,%s" % (second, self.h), self.export(second, self.h, lun=5, autoLun=True))
        self.assertEqual(1, len(self.members("vluns/%s,5,%s" % (self.v, self.h))))

    def test_errors(self):
        self.refused(404, 23, "POST", "vluns", {"volumeName": self.name("none"), "hostname": self.h, "lun": 1})
        self.refused(404, 17, "POST", "vluns", {"volumeName": self.v, "hostname": self.name("none"), "lun": 1})
        self.refused(400, 28, "POST", "vluns", {"volumeName": self.v, "hostname": self.h, "lun": 16385})
        self.assertEqual(400, self.array.call("POST", "vluns", {"volumeName": self.v, "lun": 1}).status)
        self.refused(404, 19, "DELETE", "vluns/%s,1,%s" % (self.v, self.h))
        self.refused(404, 17, "DELETE", "vluns/%s,1,%s" % (self.v, self.name("none")))
        self.refused(400, 40, "DELETE", "vluns/" + self.v)

    def test_snapshots_are_mapped(self):
        s = self.snapshot(self.v)
        self.export(s, self.h, lun=1, autoLun=True)
        self.refused(409, 34, "DELETE", "volumes/%s?cascade=true" % s)
        self.refused(409, 34, "DELETE", "volumes/%s?cascade=true" % self.v)

    def test_what_is_exported_is_not_overwritten(self):
        """7."""
        s, source = self.snapshot(self.v), self.volume("source")
        location = self.export(self.v, self.h, lun=1, autoLun=True)
        for method, path, body in (
                ("PUT", "volumes/" + s, {"action": 4}),
                ("POST", "volumes/" + source, {
                    "action": "createPhysicalCopy", "parameters": {"destVolume": self.v}})):
            self.assertEqual(403, self.array.call(method, path, body).status)
        self.promote(s, online=True)
        self.delete(location)
        self.promote(s)
        self.copy(source, self.v)

    def test_the_target_of_a_copy_is_not_exported(self):
        source = self.volume("source")
        self.tasks_last(3600000)
        task = self.copy(source, self.v)
        self.refused(409, 97, "POST", "vluns", {"volumeName": self.v, "hostname": self.h, "lun": 1})
        self.put("tasks/%d" % task, {"action": 1})
