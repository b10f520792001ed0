"""How the API is spoken. Sections 1 to 3."""

from .case import ArrayCase
from .client import Client


class TransportTest(ArrayCase):
    def test_a_session(self):
        """2."""
        client = Client(self.array.state)
        self.addCleanup(client.close)
        answer = client.login()
        self.assertEqual(201, answer.status)
        key = answer.json["key"]
        self.assertEqual("/api/v1/credentials/" + key, answer.location)
        self.assertEqual("application/json", answer.headers["content-type"])
        self.assertEqual(200, client.call("GET", "volumes").status)
        ended = client.logout()
        self.assertEqual((200, b""), (ended.status, ended.raw))
        for method, path in (("GET", "volumes"), ("DELETE", "credentials/" + key)):
            again = client.call(method, path)
            self.assertEqual((403, 6), (again.status, again.code))  # trap 3

    def test_logins_that_fail(self):
        client = Client(self.array.state)
        self.addCleanup(client.close)
        for user, password in ((None, "wrong"), ("nobody", None)):
            answer = client.login(user, password)
            self.assertEqual((403, 5), (answer.status, answer.code))
        answer = client.call("GET", "system")
        self.assertEqual((403, 6), (answer.status, answer.code))
        self.assertEqual(400, client.call("POST", "credentials", {"user": "x"}).status)

    def test_names_of_headers_in_any_case(self):
        headers = {"X-Hp3Par-Wsapi-Sessionkey": self.array.key}
        self.array.key, key = None, self.array.key
        self.assertEqual(200, self.array.call("GET", "volumes", headers=headers).status)
        self.array.key = key

    def test_the_version_needs_no_session(self):
        """3."""
        version = self.array.request("GET", "/api").json
        self.assertEqual(1, version["major"])
        self.assertGreaterEqual(version["build"], 100000000)

    def test_representations(self):
        self.refused(406, 35, "GET", "volumes", headers={"Accept": "text/html"})
        self.refused(406, 36, "GET", "volumes", headers={"Accept-Language": "fr"})
        self.refused(415, 51, "POST", "volumes", b"{}", headers={"Content-Type": "text/plain"})
        for accept in ("*/*", "application/json", "application/*", "application/json; charset=utf-8"):
            self.assertEqual(200, self.array.call("GET", "volumes", headers={"Accept": accept}).status)
        self.assertEqual(200, self.array.call("GET", "volumes", headers={"Accept-Language": "en"}).status)

    def test_bodies(self):
        self.refused(400, 60, "POST", "volumes", b"{")
        self.refused(400, 52, "POST", "volumes", b"[]")
        self.refused(413, 4, "POST", "volumes", b'{"name": "' + b"x" * (4 << 20) + b'"}')

    def test_paths(self):
        self.refused(404, 11, "GET", "nonsense")
        self.refused(404, 11, "GET", "volumes/a/b/c")
        self.assertIn(self.array.call("PUT", "volumes", {}).status, (404, 405, 501))
        for odd in ("/api/v1//volumes", "/api/v1/volumes/"):
            answer = self.array.request("GET", odd, headers={"X-HP3PAR-WSAPI-SessionKey": self.array.key})
            self.assertEqual(200, answer.status, odd)
        answer = self.array.request(
            "GET", "/api/v1/volumes?query=%zz", headers={"X-HP3PAR-WSAPI-SessionKey": self.array.key})
        self.assertEqual((400, 56), (answer.status, answer.code))

    def test_null_is_the_same_as_absent(self):
        name = self.volume(comment=None, reduce=None)
        self.assertNotIn("comment", self.get("volumes/" + name))
