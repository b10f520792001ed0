"""Fault switches, as the README tells of them."""

import http.client

from .case import ArrayCase


class FaultsTest(ArrayCase):
    def setUp(self):
        super().setUp()
        self.addCleanup(lambda: self.array.control(clear=True))

    def fault(self, **line):
        line.setdefault("times", 1)
        answer = self.array.control(personality="alletra", **line)
        self.assertTrue(answer["ok"], answer)

    def test_error(self):
        v = self.volume()
        self.fault(on="volumes/*", method="GET", do="error", status=500)
        self.assertEqual(500, self.array.call("GET", "volumes/" + v).status)
        self.get("volumes/" + v)

    def test_drops(self):
        for kind, after in (("drop-before", 404), ("drop-after", 200)):
            name = self.name(kind)
            self.addCleanup(self.array.call, "DELETE", "volumes/" + name)
            self.fault(on="volumes", method="POST", do=kind)
            with self.assertRaises((OSError, http.client.HTTPException)):
                self.array.call("POST", "volumes", {"name": name, "cpg": self.cpg, "sizeMiB": 256, "tpvv": True})
            self.assertEqual(after, self.array.call("GET", "volumes/" + name).status)

    def test_busy(self):
        """14: 503 with code 270."""
        self.fault(on="volumes", do="busy")
        self.refused(503, 270, "GET", "volumes")
        self.get("volumes")

    def test_expiry(self):
        """trap 3."""
        self.fault(on="volumes", do="expire")
        self.refused(403, 6, "GET", "volumes")
        self.refused(403, 6, "GET", "volumes")
        self.assertEqual(201, self.array.login().status)

    def test_full(self):
        self.fault(on="volumes", method="POST", do="full")
        self.refused(400, 24, "POST", "volumes", {
            "name": self.name("v"), "cpg": self.cpg, "sizeMiB": 256, "tpvv": True})

    def test_all_sessions_end(self):
        self.assertTrue(self.array.control(end="sessions")["ok"])
        self.refused(403, 6, "GET", "volumes")
        self.assertEqual(201, self.array.login().status)
