"""A client of the Web Services API."""

import json
import urllib.parse

from box import client


class Answer(client.Answer):
    @property
    def code(self):
        return self.json["code"]

    @property
    def location(self):
        return self.headers.get("location")


class Client(client.Box):
    answer = Answer

    def __init__(self, state):
        super().__init__(state, "alletra")
        self.key = None

    def login(self, user=None, password=None):
        answer = self.call("POST", "credentials", {
            "user": user or self.endpoints["user"],
            "password": password or self.endpoints["password"],
            "sessionType": 1,
        })
        if answer.status == 201:
            self.key = answer.json["key"]
        return answer

    def logout(self):
        return self.call("DELETE", "credentials/" + self.key)

    def call(self, method, path, body=None, headers=None, query=None):
        """Calls /api/v1/PATH; `query` is an expression, without its quotes."""
        target = "/api/v1/" + path
        if query is not None:
            target += "?query=" + urllib.parse.quote('"%s"' % query, safe="")
        all_headers = {}
        if self.key:
            all_headers["X-HP3PAR-WSAPI-SessionKey"] = self.key
        data = None
        if body is not None:
            data = body if isinstance(body, bytes) else json.dumps(body).encode()
            all_headers["Content-Type"] = "application/json"
        all_headers.update(headers or {})
        return self.request(method, target, data, all_headers)
