"""Every error of section 14's table that a client can bring about: its number, with its HTTP status."""

from .case import ArrayCase
from .client import Client


class ErrorsTest(ArrayCase):
    # number: HTTP status, in the words of section 14's table
    TABLE = {
        4: 413, 5: 403, 6: 403, 9: 501, 11: 404, 12: 400, 13: 403, 14: 409, 15: 404, 16: 409, 17: 404, 18: 409,
        19: 404, 20: 404, 21: 400, 22: 409, 23: 404, 24: 400, 25: 409, 26: 409, 27: 409, 28: 400, 29: 400, 31: 503,
        32: 409, 34: 409, 35: 406, 36: 406, 38: 404, 39: 400, 40: 400, 43: 400, 44: 400, 45: 400, 46: 400, 51: 415,
        52: 400, 55: 400, 56: 400, 57: 400, 59: 409, 60: 400, 69: 400, 73: 409, 77: 409, 78: 400, 80: 404, 97: 409,
        98: 400, 100: 404, 101: 409, 102: 404, 114: 400, 115: 400, 117: 404, 145: 404, 150: 403, 151: 409, 152: 400,
        180: 404, 181: 409, 185: 409, 187: 404, 270: 503,
    }

    def says(self, code, method, path, body=None, **more):
        self.refused(self.TABLE[code], code, method, path, body, **more)

    def test_of_sessions_and_rights(self):
        """2. A right that is missing is no reason to log in again (trap 3)."""
        client = Client(self.array.state)
        self.addCleanup(client.close)
        answer = client.login(password="wrong")
        self.assertEqual((self.TABLE[5], 5), (answer.status, answer.code))
        answer = client.call("GET", "volumes")
        self.assertEqual((self.TABLE[6], 6), (answer.status, answer.code))
        name = self.volume()
        answer = client.login(self.array.endpoints["browseUser"], self.array.endpoints["browsePassword"])
        self.assertEqual(201, answer.status)
        self.addCleanup(client.logout)
        self.assertEqual(name, client.call("GET", "volumes/" + name).json["name"])
        for method, path in (("DELETE", "volumes/" + name), ("PUT", "volumes/" + name), ("POST", "hosts")):
            answer = client.call(method, path, {"newName": "x"})
            self.assertEqual((self.TABLE[13], 13), (answer.status, answer.code))
        self.assertEqual(name, self.get("volumes/" + name)["name"])

    def test_of_the_transport(self):
        """1."""
        self.says(4, "POST", "volumes", b'{"name": "' + b"x" * (4 << 20) + b'"}')
        self.says(9, "PUT", "volumes", {})
        self.says(11, "GET", "nonsense")
        self.says(35, "GET", "volumes", headers={"Accept": "text/html"})
        self.says(36, "GET", "volumes", headers={"Accept-Language": "fr"})
        self.says(51, "POST", "volumes", b"{}", headers={"Content-Type": "text/plain"})
        self.says(52, "POST", "volumes", b"[]")
        self.says(56, "GET", "volumes/%zz")
        self.says(60, "POST", "volumes", b"{")

    def test_of_values(self):
        def volume(**more):
            body = {"name": self.name("v"), "cpg": self.cpg, "sizeMiB": 256, "tpvv": True}
            body.update(more)
            return body
        self.says(12, "POST", "volumes", volume(unknown=1), ref="unknown")
        self.says(28, "POST", "volumes", volume(sizeMiB=1 << 40))
        self.says(39, "POST", "volumes", volume(sizeMiB="256"))
        self.says(40, "POST", "volumes", volume(cpg=None))
        self.says(43, "POST", "volumes", volume(expirationHours=43801))
        self.says(45, "POST", "volumes", volume(name=""))
        self.says(57, "POST", "volumes", volume(name="x" * 59))
        self.says(69, "POST", "volumes", volume(name="a!b"))
        self.says(78, "POST", "volumes", volume(tpvv=None))
        self.says(115, "GET", "tasks/0")
        self.says(46, "POST", "volumes/" + self.volume(), {"action": "explode", "parameters": {}})
        self.says(44, "POST", "hosts", {
            "name": self.name("h"), "iSCSINames": [self.iqn()], "FCWWNs": ["10000000C9000001"]})

    def test_of_volumes(self):
        """6 and 7."""
        volume = self.volume(id=777001)
        self.says(15, "POST", "volumes", {"name": self.name("x"), "cpg": "none", "sizeMiB": 256, "tpvv": True})
        self.says(22, "POST", "volumes", {"name": volume, "cpg": self.cpg, "sizeMiB": 256, "tpvv": True})
        self.says(23, "GET", "volumes/" + self.name("none"))
        self.says(59, "POST", "volumes", {
            "name": self.name("x"), "cpg": self.cpg, "sizeMiB": 256, "tpvv": True, "id": 777001})
        self.says(152, "PUT", "volumes/" + volume, {"action": 3, "sizeMiB": 0})
        snapshot = self.snapshot(volume)
        self.says(150, "PUT", "volumes/" + snapshot, {"action": 3, "sizeMiB": 256})
        self.says(185, "PUT", "volumes/" + snapshot, {"action": 5})
        self.says(32, "DELETE", "volumes/" + volume)
        self.delete("volumes/" + snapshot)
        snapshot = self.snapshot(volume, readOnly=True)
        self.says(25, "DELETE", "volumes/" + volume)
        self.delete("volumes/" + snapshot)
        self.set("set", volume)
        self.says(34, "DELETE", "volumes/" + volume)
        self.tasks_last(600000)
        other = self.volume("other")
        task = self.copy(other, self.volume("target"))
        self.says(151, "DELETE", "volumes/" + self.name("target"))
        self.says(97, "POST", "vluns", {
            "volumeName": self.name("target"), "hostname": self.host(iSCSINames=[self.iqn()]), "lun": 1})
        self.put("tasks/%d" % task, {"action": 1})

    def test_of_retention(self):
        """6. The one volume of this suite that stays until its hour is over."""
        volume = self.volume("kept", retentionHours=1, expirationHours=2)
        self.says(27, "DELETE", "volumes/" + volume)

    def test_of_hosts(self):
        """9."""
        host = self.host(iSCSINames=[self.iqn()])
        self.says(16, "POST", "hosts", {"name": host})
        self.says(17, "GET", "hosts/" + self.name("none"))
        self.says(38, "POST", "hosts", {"name": self.name("x"), "domain": "none"})
        self.says(73, "POST", "hosts", {"name": self.name("x"), "iSCSINames": [self.iqn()]})
        self.says(98, "POST", "hosts", {"name": self.name("x"), "iSCSINames": [self.iqn("y"), self.iqn("y")]})
        self.says(80, "PUT", "hosts/" + host, {"pathOperation": 2, "iSCSINames": [self.iqn("none")]})
        hosts = self.name("hs")
        self.post("hostsets", {"name": hosts, "setmembers": [host]})
        self.says(77, "DELETE", "hosts/" + host)
        self.delete("hostsets/" + hosts)

    def test_of_exports(self):
        """11."""
        volume, other = self.volume(), self.volume("other")
        host = self.host(iSCSINames=[self.iqn()])
        self.export(volume, host, 5)
        self.says(18, "POST", "vluns", {"volumeName": other, "hostname": host, "lun": 5})
        self.says(19, "DELETE", "vluns/%s,6,%s" % (volume, host))
        self.says(26, "DELETE", "hosts/" + host)
        self.says(29, "POST", "vluns", {"volumeName": volume, "hostname": host, "lun": 6})  # trap 18
        self.says(40, "DELETE", "vluns/%s,5" % volume)
        self.says(55, "DELETE", "vluns/%s,5,%s,9:9:9" % (volume, host))
        self.says(20, "GET", "ports/7:9:9")
        for port in self.members("ports"):
            if port["protocol"] == 6:
                self.says(21, "GET", "ports/%(node)d:%(slot)d:%(cardPort)d/iSCSIVlans" % port["portPos"])

    def test_of_limits(self):
        """2, 5 to 7 and 15: what is full or busy is so because the array was told to be."""
        def once(path, what):
            self.assertTrue(self.array.control(
                on=path, do=what, method="POST", times=1, personality="alletra")["ok"])
        once("volumes", "full")
        self.says(24, "POST", "volumes", {"name": self.name("v"), "cpg": self.cpg, "sizeMiB": 256, "tpvv": True})
        once("volumes", "busy")
        self.says(270, "POST", "volumes", {"name": self.name("v"), "cpg": self.cpg, "sizeMiB": 256, "tpvv": True})
        self.says(23, "GET", "volumes/" + self.name("v"))
        self.assertTrue(self.array.control(set="session-limit", to=1)["ok"])
        self.addCleanup(lambda: self.array.control(set="session-limit", to=None))
        client = Client(self.array.state)
        self.addCleanup(client.close)
        answer = client.login()
        self.assertEqual((self.TABLE[31], 31), (answer.status, answer.code))

    def test_of_sets_rules_and_notes(self):
        """10."""
        name, volume = self.set(), self.volume()
        self.says(101, "POST", "volumesets", {"name": name})
        self.says(102, "GET", "volumesets/" + self.name("none"))
        self.says(100, "GET", "qos/vvset:" + name)
        self.says(117, "POST", "qos", {"name": self.name("none"), "type": 1})
        self.post("qos", {"name": name, "type": 1, "ioMaxLimit": 100})
        self.says(114, "POST", "qos", {"name": name, "type": 1})
        self.delete("qos/vvset:" + name)
        notes = "volumes/%s/objectKeyValues" % volume
        self.says(180, "GET", notes + "/k")
        self.post(notes, {"key": "k", "value": "v"})
        self.says(181, "POST", notes, {"key": "k", "value": "v"})

    def test_of_the_rest(self):
        """5, 8, 14."""
        self.says(14, "POST", "cpgs", {"name": self.cpg})
        self.says(34, "DELETE", "cpgs/" + self.get("volumes/" + self.volume())["userCPG"])
        self.says(39, "GET", "tasks/x")
        self.says(145, "GET", "tasks/99999999")
        self.says(187, "GET", "remotecopygroups/none")
