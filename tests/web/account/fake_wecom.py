"""A made-up WeCom: a process of its own that answers as WeCom's developer pages describe.

It is not WeCom. What it proves is that our provider asks at the documented addresses with the
documented parameters and copes with the documented answers.
"""

import json
import sys
from http.server import BaseHTTPRequestHandler, HTTPServer
from urllib.parse import parse_qs, urlsplit

CORP, SECRET, TOKEN = "ww-corp", "corp-secret", "corp-token"
MEMBERS = {"code-of-zhou": "ZhouMin"}


class FakeWecom(BaseHTTPRequestHandler):
    """Token for the right secret, member for a known code, `errcode` in a 200 for all else."""

    def do_GET(self):
        asked = {key: values[0] for key, values in parse_qs(urlsplit(self.path).query).items()}
        answers = {
            "/cgi-bin/gettoken": self._token,
            "/cgi-bin/auth/getuserinfo": self._member,
            "/cgi-bin/user/get": self._name,
        }
        answer = answers.get(urlsplit(self.path).path, lambda _: {"errcode": 404})(asked)
        body = json.dumps(answer).encode()
        self.send_response(200)
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def _token(self, asked):
        if (asked.get("corpid"), asked.get("corpsecret")) != (CORP, SECRET):
            return {"errcode": 40001, "errmsg": "invalid credential"}
        return {"errcode": 0, "errmsg": "ok", "access_token": TOKEN, "expires_in": 7200}

    def _member(self, asked):
        if asked.get("access_token") != TOKEN:
            return {"errcode": 40014, "errmsg": "invalid access_token"}
        if asked.get("code") == "code-of-outsider":
            return {"errcode": 0, "errmsg": "ok", "openid": "outsider"}
        if asked.get("code") not in MEMBERS:
            return {"errcode": 40029, "errmsg": "invalid code"}
        return {"errcode": 0, "errmsg": "ok", "userid": MEMBERS[asked["code"]]}

    def _name(self, asked):
        return {"errcode": 0, "errmsg": "ok", "userid": asked.get("userid"), "name": "周敏"}

    def log_message(self, *_):
        pass


if __name__ == "__main__":
    HTTPServer(("127.0.0.1", int(sys.argv[1])), FakeWecom).serve_forever()
