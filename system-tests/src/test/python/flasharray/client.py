"""A client of the array as its state folder describes it: TLS verified by the certificate that stands there."""

import http.client
import json
import os
import socket
import ssl
import urllib.parse


class Answer:
    def __init__(self, status, headers, raw):
        self.status = status
        self.headers = {name.lower(): value for name, value in headers}
        self.raw = raw

    @property
    def json(self):
        return json.loads(self.raw)

    @property
    def items(self):
        return self.json["items"]

    @property
    def errors(self):
        """(context, message) of each problem."""
        return [(error["context"], error["message"]) for error in self.json["errors"]]


class Client:
    """One client; `version` is the newest that both sides know unless another is asked for."""

    NEWEST = (2, 56)

    def __init__(self, state, version=None):
        with open(os.path.join(state, "endpoints.json")) as file:
            self.endpoints = json.load(file)["flasharray"]
        self.state = state
        url = urllib.parse.urlsplit(self.endpoints["management"])
        self.address = (url.hostname, url.port)
        self.tls = ssl.create_default_context(cafile=self.endpoints["certificate"])
        self.connection = None
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

    def request(self, method, target, data=None, headers=None):
        if self.connection is None:
            self.connection = http.client.HTTPSConnection(*self.address, context=self.tls, timeout=60)
        try:
            self.connection.request(method, target, data, headers or {})
            response = self.connection.getresponse()
            answer = Answer(response.status, response.getheaders(), response.read())
        except (OSError, http.client.HTTPException):
            self.close()
            raise
        if response.will_close:
            self.close()
        return answer

    def control(self, **line):
        """One line to the control socket; its answer."""
        with socket.socket(socket.AF_UNIX) as control:
            control.settimeout(60)
            control.connect(os.path.join(self.state, "control.socket"))
            control.sendall(json.dumps(line).encode() + b"\n")
            with control.makefile() as answers:
                return json.loads(answers.readline())

    def close(self):
        if self.connection is not None:
            self.connection.close()
            self.connection = None


def _text(value):
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, (list, tuple)):
        return ",".join(map(str, value))
    return str(value)
