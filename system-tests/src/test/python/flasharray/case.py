"""What all test cases share."""

import itertools
import os
import unittest
import uuid

from .client import Client

MIB = 1 << 20
GIB = 1 << 30


def since(minor):
    """Only for arrays that serve REST 2.minor."""

    def decorate(test):
        def wrapped(self):
            if not self.array.has(minor):
                self.skipTest("2.%d is not served" % minor)
            test(self)

        wrapped.__name__ = test.__name__
        return wrapped

    return decorate


class ArrayCase(unittest.TestCase):
    """A client that has logged in, and names that nobody else uses. What a test makes is eradicated after it."""

    _run = uuid.uuid4().hex[:8]
    _count = itertools.count(1)

    def setUp(self):
        state = os.environ.get("STOWAGE_ARRAY")
        if not state:
            self.fail("STOWAGE_ARRAY names the state folder of a running stowage-array")
        self.array = Client(state)
        self.addCleanup(self.array.close)
        self.assertEqual(200, self.array.login().status)
        self.addCleanup(lambda: self.array.call("POST", "logout"))
        self.prefix = "t%s%d" % (self._run, next(self._count))

    def name(self, rest):
        return self.prefix + "-" + rest

    # -- calls that have to succeed; 8.3: every success is 200

    def ok(self, answer):
        self.assertEqual(200, answer.status, answer.raw)
        return answer

    def get(self, path, **query):
        return self.ok(self.array.call("GET", path, **query)).items

    def page(self, path, **query):
        return self.ok(self.array.call("GET", path, **query)).json

    def one(self, path, **query):
        items = self.get(path, **query)
        self.assertEqual(1, len(items), items)
        return items[0]

    def names(self, path, **query):
        return [item["name"] for item in self.get(path, **query)]

    def post(self, path, body=None, **query):
        return self.ok(self.array.call("POST", path, body, **query)).items

    def patch(self, path, body=None, **query):
        return self.ok(self.array.call("PATCH", path, body, **query)).items

    def delete(self, path, **query):
        answer = self.ok(self.array.call("DELETE", path, **query))
        self.assertEqual(b"", answer.raw)  # 2.1

    def refused(self, method, path, body=None, context=None, says=None, status=400, **query):
        """The call is refused in the form of section 3; returns the message of the first problem."""
        answer = self.array.call(method, path, body, **query)
        self.assertEqual(status, answer.status, answer.raw)
        first, message = answer.errors[0]
        self.assertTrue(message.endswith("."), message)
        if context is not None:
            self.assertEqual(context, first)
        if says is not None:
            self.assertIn(says.lower(), message.lower())
        return message

    # -- what tests need, with its end

    def volume(self, rest="v", size=GIB, **more):
        name = self.name(rest) if "::" not in rest and "/" not in rest else rest
        item = self.post("volumes", dict(provisioned=size, **more), names=name)[0]
        self.addCleanup(self.eradicate, "volumes", name)
        return item

    def pod(self, rest="pod", body=None):
        name = self.name(rest)
        item = self.post("pods", body or {}, names=name)[0]
        self.addCleanup(self.eradicate_pod, name)
        return item

    def host(self, rest="h", **body):
        name = self.name(rest)
        item = self.post("hosts", body, names=name)[0]
        self.addCleanup(self.delete_host, name)
        return item

    def iqn(self, rest="h"):
        return "iqn.2004-10.com.ubuntu:01:%s-%s" % (self.prefix, rest)

    def connect(self, host, volume, body=None):
        return self.post("connections", body, host_names=host, volume_names=volume)[0]

    def eradicate(self, path, name):
        """Whatever state it is in, or gone already."""
        for item in self._connections(path, name):
            side = "host_group_names" if item["host_group"]["name"] else "host_names"
            owner = item["host_group"]["name"] or item["host"]["name"]
            self.array.call("DELETE", "connections", volume_names=name, **{side: owner})
        self.array.call("PATCH", path, {"destroyed": True}, names=name)
        self.array.call("DELETE", path, names=name)

    def _connections(self, path, name):
        if path != "volumes":
            return []
        answer = self.array.call("GET", "connections", volume_names=name)
        return answer.items if answer.status == 200 else []

    def eradicate_pod(self, name):
        self.array.call("PATCH", "container-default-protections", {"default_protections": []}, names=name)
        self.array.call("PATCH", "pods", {"destroyed": True}, names=name, destroy_contents=True)
        self.array.call("DELETE", "pods", names=name, eradicate_contents=True)

    def delete_host(self, name):
        answer = self.array.call("GET", "connections", host_names=name)
        for item in answer.items if answer.status == 200 else []:
            self.array.call("DELETE", "connections", host_names=name, volume_names=item["volume"]["name"])
        self.array.call("DELETE", "hosts", names=name)
