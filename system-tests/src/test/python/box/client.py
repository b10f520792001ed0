"""Requests over TLS that is verified by the certificate in the state folder, and lines to the control socket."""

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


class Box:
    """One client of one of the array's personalities."""

    answer = Answer

    def __init__(self, state, personality):
        with open(os.path.join(state, "endpoints.json")) as file:
            self.endpoints = json.load(file)[personality]
        self.state = state
        url = urllib.parse.urlsplit(self.endpoints["management"])
        self.address = (url.hostname, url.port)
        self.tls = ssl.create_default_context(cafile=self.endpoints["certificate"])
        self.connection = None

    def request(self, method, target, data=None, headers=None):
        if self.connection is None:
            self.connection = http.client.HTTPSConnection(*self.address, context=self.tls, timeout=60)
        try:
            self.connection.request(method, target, data, headers or {})
            response = self.connection.getresponse()
            answer = self.answer(response.status, response.getheaders(), response.read())
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
