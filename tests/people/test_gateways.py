"""Texts leave by the backend of their channel, and no log keeps what they say."""

import hmac
import json
import threading
from http.server import BaseHTTPRequestHandler, HTTPServer

import pytest

from hequan.people.gateways import GatewayError, Receipt, gateway, outgoing_file

PHONE, TEXT = "13812345678", "Your code is 204981."


@pytest.fixture
def operator(settings):
    """A web server in the operator's place; `status` and `body` are what it answers."""

    class Operator(BaseHTTPRequestHandler):
        def do_POST(self):
            body = self.rfile.read(int(self.headers["Content-Length"]))
            self.server.got.append((body, self.headers["X-Hequan-Signature"]))
            self.send_response(self.server.status)
            self.send_header("Location", "http://127.0.0.1:1/")
            self.end_headers()
            self.wfile.write(self.server.body)

        def log_message(self, *_):
            pass

    with HTTPServer(("127.0.0.1", 0), Operator) as server:
        server.got, server.status, server.body = [], 200, b'{"id": "a7"}'
        thread = threading.Thread(target=server.serve_forever, args=(0.01,))
        thread.start()
        settings.GATEWAYS = {"sms": "http"}
        settings.GATEWAY_ADDRESSES = {"sms": f"http://127.0.0.1:{server.server_port}/sms"}
        settings.GATEWAY_SECRETS = {"sms": "shared"}
        yield server
        server.shutdown()
        thread.join()


def test_the_console_shows_the_text_and_masks_the_phone(settings, capsys):
    settings.GATEWAYS = {"sms": "console"}

    receipt = gateway("sms").send(PHONE, TEXT, "r1")

    shown = capsys.readouterr().out
    assert receipt == Receipt("r1")
    assert TEXT in shown
    assert PHONE not in shown
    assert "138****5678" in shown


def test_the_file_keeps_every_message_for_its_owner_only(settings, tmp_path):
    settings.GATEWAYS, settings.OUTGOING_ROOT = {"sms": "file"}, tmp_path / "outgoing"

    gateway("sms").send(PHONE, TEXT, "r1")
    gateway("sms").send(PHONE, "second", "r2")

    path = outgoing_file("sms")
    rows = [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]
    assert [row["reference"] for row in rows] == ["r1", "r2"]
    assert rows[0] == {"address": PHONE, "text": TEXT, "reference": "r1"}
    assert path.stat().st_mode & 0o077 == 0


def test_the_operator_gets_a_signed_message_and_names_it(operator):
    receipt = gateway("sms").send(PHONE, TEXT, "r1")

    body, signature = operator.got[0]
    assert receipt == Receipt("r1", given_id="a7")
    assert json.loads(body)["address"] == PHONE
    assert signature == hmac.digest(b"shared", body, "sha256").hex()


def test_a_number_the_operator_refuses_is_not_tried_again(operator):
    operator.status = 422

    receipt = gateway("sms").send(PHONE, TEXT, "r1")

    assert not receipt.accepted
    assert receipt.reason == "HTTP 422"


@pytest.mark.parametrize("status", [302, 429, 500, 503])
def test_no_clear_answer_means_later(operator, status):
    operator.status = status

    with pytest.raises(GatewayError):
        gateway("sms").send(PHONE, TEXT, "r1")


def test_nobody_listening_means_later(settings):
    settings.GATEWAYS, settings.GATEWAY_SECRETS = {"sms": "http"}, {"sms": ""}
    settings.GATEWAY_ADDRESSES = {"sms": "http://127.0.0.1:9/"}

    with pytest.raises(GatewayError):
        gateway("sms").send(PHONE, TEXT, "r1")


def test_a_backend_nobody_registered_is_named(settings):
    settings.GATEWAYS = {"sms": "pigeon"}

    with pytest.raises(LookupError, match="pigeon"):
        gateway("sms")
