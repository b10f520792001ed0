"""A client of the FlashArray's REST 2.x."""

import json
import urllib.parse

from box import client


class Answer(client.Answer):
    @property
    def items(self):
        return self.json["items"]

    @property
    def errors(self):
        """(context, message) of each problem."""
        return [(error["context"], error["message"]) for error in self.json["errors"]]


class Client(client.Box):
    """One client; `version` is the newest that both sides know unless another is asked for."""

    NEWEST = (2, 56)
    answer = Answer

    def __init__(self, state, version=None):
        super().__init__(state, "flasharray")
        self.session = None
        self.version = version or self.newest()

    def newest(self):
        told = self.request("GET", "/api/api_version").json["version"]
        versions = [tuple(map(int, text.split("."))) for text in told]
        return "%d.%d" % max(version for version in versions if version <= self.NEWEST)

    def has(self, minor):
        """Whether the version spoken is 2.minor or newer."""
        return int(self.version.split(".")[1]) >= minor

    def login(self, token=None):
        answer = self.call("POST", "login", headers={"api-token": token or self.endpoints["apiToken"]})
        self.session = answer.headers.get("x-auth-token")
        return answer

    def call(self, method, path, body=None, headers=None, version=None, **query):
        """Calls /api/VERSION/PATH; lists in the query become comma-separated, True and False lower case."""
        target = "/api/%s/%s" % (version or self.version, path)
        pairs = [(name, _text(value)) for name, value in query.items()]
        if pairs:
            target += "?" + urllib.parse.urlencode(pairs, quote_via=urllib.parse.quote)
        all_headers = {}
        if self.session:
            all_headers["x-auth-token"] = self.session
        data = None
        if body is not None:
            data = body if isinstance(body, bytes) else json.dumps(body).encode()
            all_headers["Content-Type"] = "application/json"
        all_headers.update(headers or {})
        return self.request(method, target, data, all_headers)


def _text(value):
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, (list, tuple)):
        return ",".join(map(str, value))
    return str(value)
