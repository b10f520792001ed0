"""Versions, login, sessions. Sections 1.1 to 1.4; 8.1, 8.2."""

import os

from .case import ArrayCase
from .client import Client


class LoginTest(ArrayCase):
    def test_versions_are_told_to_everybody(self):
        """1.1: strings, REST 1.x among them; 2.12 and 2.18 were never published. 8.1: 2.21 for LXD."""
        stranger = Client(os.environ["STOWAGE_ARRAY"])
        self.addCleanup(stranger.close)
        versions = stranger.request("GET", "/api/api_version").json["version"]
        self.assertTrue(all(isinstance(version, str) for version in versions))
        for version in ("1.0", "1.19", "2.0", "2.21"):
            self.assertIn(version, versions)
        self.assertNotIn("2.12", versions)
        self.assertNotIn("2.18", versions)

    def test_unknown_urls_are_404(self):
        """3: 404 only for an unknown URL; 8.1: also for an unknown version."""
        self.refused("GET", "nothing", status=404)
        self.assertEqual(404, self.array.call("GET", "arrays", version="2.12").status)
        self.assertEqual(404, self.array.call("GET", "arrays", version="2.999").status)
        self.assertEqual(404, self.array.request("GET", "/").status)

    def test_login_by_token(self):
        """1.2: 200, the session in a header, the user in the body."""
        answer = self.ok(self.array.login())
        self.assertTrue(answer.headers["x-auth-token"])
        self.assertEqual(1, len(answer.items))
        self.assertTrue(answer.items[0]["username"])
        upper = self.array.call("POST", "login", headers={"API-TOKEN": self.array.endpoints["apiToken"]})
        self.assertEqual(200, upper.status)

    def test_a_bad_token_is_401(self):
        for token in ("00000000-0000-0000-0000-000000000000", "", "x" * 3000):
            answer = self.array.call("POST", "login", headers={"api-token": token})
            self.assertEqual(401, answer.status)
            self.assertTrue(answer.errors[0][1])
            self.assertNotIn("x-auth-token", answer.headers)

    def test_no_session_or_an_unknown_one_is_401(self):
        """1.4."""
        for session in (None, "", "00000000-0000-0000-0000-000000000000"):
            self.array.session = session
            self.refused("GET", "arrays", status=401, says="Invalid session.")
        self.array.login()

    def test_logout_ends_only_its_session(self):
        """1.2: 200 with an empty body. 1.4: several sessions for a token are allowed."""
        other = Client(os.environ["STOWAGE_ARRAY"])
        self.addCleanup(other.close)
        other.login()
        self.assertNotEqual(self.array.session, other.session)
        answer = self.ok(other.call("POST", "logout"))
        self.assertEqual(b"", answer.raw)
        self.assertEqual(401, other.call("GET", "arrays").status)
        self.assertEqual(200, self.array.call("GET", "arrays").status)

    def test_a_session_is_not_tied_to_a_connection(self):
        """1.4."""
        self.array.close()
        self.assertEqual(1, len(self.get("arrays")))

    def test_the_request_id_is_echoed(self):
        """1."""
        answer = self.array.call("GET", "arrays", headers={"X-Request-ID": "abc-1"})
        self.assertEqual("abc-1", answer.headers["x-request-id"])
