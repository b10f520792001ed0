"""What all test cases share."""

import itertools
import os
import unittest
import uuid

from .client import Client


class ArrayCase(unittest.TestCase):
    """A client that has logged in, and names that nobody else uses. What a test makes is removed after it."""

    _run = uuid.uuid4().hex[:6]
    _count = itertools.count(1)

    def setUp(self):
        state = os.environ.get("STOWAGE_ARRAY")
        if not state:
            self.fail("STOWAGE_ARRAY names the state folder of a running stowage-array")
        self.array = Client(state)
        self.addCleanup(self.array.close)
        self.assertEqual(201, self.array.login().status)
        self.addCleanup(lambda: self.array.logout())
        self.cpg = self.array.endpoints["cpg"]
        self.prefix = "t%s%d" % (self._run, next(self._count))

    def name(self, rest):
        return self.prefix + "-" + rest

    # -- calls that have to succeed

    def ok(self, answer, *statuses):
        self.assertIn(answer.status, statuses or (200,), answer.raw)
        if answer.raw:
            # section 1: exactly this, without a charset
            self.assertEqual("application/json", answer.headers["content-type"])
        return answer

    def get(self, path, **more):
        return self.ok(self.array.call("GET", path, **more)).json

    def members(self, path, **more):
        found = self.get(path, **more)
        self.assertEqual(found["total"], len(found["members"]))
        return found["members"]

    def names(self, path, **more):
        return sorted(member["name"] for member in self.members(path, **more))

    def post(self, path, body):
        """Something is made: 201, an empty body, its Location, which is returned without /api/v1/."""
        answer = self.ok(self.array.call("POST", path, body), 201)
        self.assertEqual(b"", answer.raw)
        self.assertTrue(answer.location.startswith("/api/v1/"), answer.location)
        return answer.location[len("/api/v1/"):]

    def put(self, path, body):
        return self.ok(self.array.call("PUT", path, body))

    def delete(self, path):
        self.assertEqual(b"", self.ok(self.array.call("DELETE", path)).raw)

    def refused(self, status, code, method, path, body=None, ref=None, **more):
        """The call is refused in the form of section 1; returns the text for people."""
        answer = self.array.call(method, path, body, **more)
        self.assertEqual("application/json", answer.headers.get("content-type"))
        error = answer.json
        self.assertEqual((status, code), (answer.status, error["code"]), error)
        self.assertTrue(error["desc"])
        if ref is not None:
            self.assertEqual(ref, error.get("ref"))
        return error["desc"]

    # -- what tests need, with its end

    def volume(self, rest="v", size=256, **more):
        name = self.name(rest)
        body = {"name": name, "cpg": self.cpg, "sizeMiB": size, "tpvv": True}
        body.update(more)
        self.assertEqual("volumes/" + name, self.post("volumes", body))
        self.addCleanup(self.array.call, "DELETE", "volumes/%s?cascade=true" % name)
        return name

    def snapshot(self, volume, rest="s", **more):
        name = self.name(rest)
        self.post("volumes/" + volume, {"action": "createSnapshot", "parameters": dict(more, name=name)})
        return name

    def copy(self, source, target, **more):
        """A physical copy; its task."""
        answer = self.ok(self.array.call("POST", "volumes/" + source, {
            "action": "createPhysicalCopy", "parameters": dict(more, destVolume=target)}), 200, 201)
        self.assertEqual("/api/v1/volumes/" + target, answer.location)  # section 7: with Location
        return answer.json["taskid"]

    def promote(self, snapshot, **more):
        answer = self.put("volumes/" + snapshot, dict(more, action=4)).json
        self.assertTrue(answer["links"])
        return answer["taskid"]

    def set(self, rest="set", *members, **more):
        name = self.name(rest)
        body = dict(more, name=name)
        if members:
            body["setmembers"] = list(members)
        self.assertEqual("volumesets/" + name, self.post("volumesets", body))
        self.addCleanup(self.array.call, "DELETE", "volumesets/" + name)
        return name

    def host(self, rest="h", **body):
        name = self.name(rest)
        self.assertEqual("hosts/" + name, self.post("hosts", dict(body, name=name)))
        self.addCleanup(self.array.call, "DELETE", "hosts/" + name)
        return name

    def iqn(self, rest="h"):
        return "iqn.2004-10.com.ubuntu:01:%s-%s" % (self.prefix, rest)

    def export(self, volume, host, lun=0, **more):
        """A VLUN; its path."""
        location = self.post("vluns", dict(more, volumeName=volume, hostname=host, lun=lun))
        self.addCleanup(self.array.call, "DELETE", location)
        return location

    def tasks_last(self, milliseconds):
        self.assertTrue(self.array.control(set="task-duration", to=milliseconds)["ok"])
        self.addCleanup(lambda: self.array.control(set="task-duration", to=None))

    def wait(self, task):
        """Until the task is over; its status."""
        while True:
            told = self.get("tasks/%d?view=excludeDetail" % task)
            if told["status"] != 2:
                return told["status"]
