"""Fault switches, as the README tells of them. 8.2, 8.23; section 1.5."""

import http.client
import time

from .case import ArrayCase


class FaultsTest(ArrayCase):
    def setUp(self):
        super().setUp()
        self.pattern = self.prefix + "*"  # only what this test names
        self.addCleanup(lambda: self.array.control(clear=True))

    def fault(self, **line):
        line.setdefault("times", 1)
        answer = self.array.control(on=line.pop("on", "volumes"), name=self.pattern, **line)
        self.assertTrue(answer["ok"], answer)

    def test_delay(self):
        self.fault(do="delay", ms=300)
        before = time.monotonic()
        self.refused("GET", "volumes", names=self.name("none"), says="does not exist.")
        self.assertGreaterEqual(time.monotonic() - before, 0.3)

    def test_error(self):
        self.fault(do="error", status=500, message="Something broke.")
        self.refused("POST", "volumes", {}, names=self.name("v"), status=500, says="Something broke.")
        self.refused("GET", "volumes", names=self.name("v"), says="does not exist.")

    def test_drops(self):
        for kind, after in (("drop-before", 400), ("drop-after", 200)):
            name = self.name(kind)
            self.addCleanup(self.eradicate, "volumes", name)
            self.fault(do=kind, method="POST")
            with self.assertRaises((OSError, http.client.HTTPException)):
                self.array.call("POST", "volumes", {}, names=name)
            self.assertEqual(after, self.array.call("GET", "volumes", names=name).status)

    def test_busy(self):
        self.fault(do="busy")
        answer = self.array.call("GET", "volumes", names=self.name("v"))
        self.assertEqual((429, "0"), (answer.status, answer.headers["x-ratelimit-remaining-second"]))
        self.fault(do="busy", status=503)
        self.refused("GET", "volumes", names=self.name("v"), status=503)

    def test_expire(self):
        self.fault(do="expire")
        self.refused("GET", "volumes", names=self.name("v"), status=401, says="Invalid session.")
        self.refused("GET", "arrays", status=401, says="Invalid session.")
        self.array.login()
        self.get("arrays")

    def test_full(self):
        self.fault(do="full", method="POST")
        self.refused("POST", "volumes", {}, names=self.name("v"), says="out of space")
        self.refused("GET", "volumes", names=self.name("v"), says="does not exist.")

    def test_bad_lines(self):
        for line in ({}, {"on": "volumes"}, {"on": "no-such-path", "do": "error"}, {"on": "volumes", "do": "jump"},
                     {"set": "nothing", "to": 1}):
            with self.subTest(line):
                answer = self.array.control(**line)
                self.assertFalse(answer["ok"])
                self.assertTrue(answer["error"].endswith("."), answer)
