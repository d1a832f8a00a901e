"""Only public addresses over TLS are called, at the very address that was checked."""

import datetime
import hmac
import http.server
import socket
import ssl
import threading
import time

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID

from hequan.core import clock, webhooks
from hequan.core.webhooks import (
    CallFailedError,
    UnsafeAddressError,
    checked_target,
    is_public,
    send_signed,
    signature_of,
)

AT = datetime.datetime(2026, 3, 2, 9, 0, tzinfo=datetime.UTC)
HOST = "partner.example.org"


def known_as(monkeypatch, *addresses, port=443):
    """Let every name lead to these addresses; returns who was asked for."""
    asked, real = [], socket.getaddrinfo

    def lookup(host, *args, **options):
        if host == "127.0.0.1":  # connecting by number asks nobody
            return real(host, *args, **options)
        asked.append(host)
        return [(socket.AF_INET, socket.SOCK_STREAM, 6, "", (one, port)) for one in addresses]

    monkeypatch.setattr(socket, "getaddrinfo", lookup)
    return asked


@pytest.mark.parametrize(
    "address",
    [
        *("127.0.0.1", "0.0.0.0", "10.1.2.3", "172.16.0.1", "192.168.1.1", "169.254.169.254"),
        *("100.64.0.1", "100.100.100.200", "198.18.0.1", "224.0.0.1", "255.255.255.255"),
        *("::1", "::", "fe80::1", "fe80::1%eth0", "fc00::1", "fd00:ec2::254", "ff02::1"),
        *("::ffff:127.0.0.1", "::ffff:169.254.169.254", "::7f00:1", "64:ff9b::7f00:1"),
        *("2002:7f00:1::", "2001:0:53aa:64c::1", "192.0.0.192", "203.0.113.1"),
    ],
)
def test_an_inner_address_is_never_public(address):
    assert not is_public(address)


@pytest.mark.parametrize("address", ["8.8.8.8", "114.114.114.114", "2400:3200::1"])
def test_an_address_of_the_open_internet_is(address):
    assert is_public(address)


@pytest.mark.parametrize(
    "url",
    [
        *("http://partner.example.org/", "ftp://partner.example.org/", "file:///etc/passwd"),
        *("gopher://partner.example.org/", "//partner.example.org/", "partner.example.org", ""),
        *("https://127.0.0.1/", "https://[::1]/", "https://2130706433/", "https://0x7f.1/"),
        *("https://0177.0.0.1/", "https://127.1/", "https://localhost/", "https://db:5432/"),
        *("https://user:pass@partner.example.org/", "https://partner.example.org@127.0.0.1/"),
        *("https://partner.example.org:22/", "https://partner.example.org:99999/"),
        *("https://partner.example.org\\@127.0.0.1/", "https://partner.example.org/\r\nX: y"),
        *("https://伙伴.example/", "https://partner.example.org /", "https://[::1"),
    ],
)
def test_what_is_not_a_name_over_tls_is_refused(monkeypatch, url):
    known_as(monkeypatch, "8.8.8.8")

    with pytest.raises(UnsafeAddressError):
        checked_target(url)


def test_a_name_with_one_inner_address_among_others_is_refused(monkeypatch):
    known_as(monkeypatch, "8.8.8.8", "10.0.0.1")

    with pytest.raises(UnsafeAddressError) as caught:
        checked_target(f"https://{HOST}/in")
    assert "内部网络" in str(caught.value)


def test_a_public_name_is_called_at_the_address_that_was_checked(monkeypatch):
    known_as(monkeypatch, "8.8.8.8")

    found = checked_target(f"https://{HOST}/in?x=1")

    assert (found.host, found.address, found.port, found.path) == (HOST, "8.8.8.8", 443, "/in?x=1")


def test_the_signature_holds_the_moment_and_the_body():
    digest = hmac.digest(b"secret", b"1772442000.{}", "sha256").hex()

    assert signature_of(b"{}", b"secret", AT) == f"t=1772442000,v1={digest}"


# --- a partner on this machine --------------------------------------------------------------------


@pytest.fixture(scope="module")
def certificate(tmp_path_factory):
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, HOST)])
    day = datetime.timedelta(days=1)
    now = clock.now()
    made = (
        x509.CertificateBuilder(name, name, key.public_key(), x509.random_serial_number())
        .not_valid_before(now - day)
        .not_valid_after(now + day)
        .add_extension(x509.SubjectAlternativeName([x509.DNSName(HOST)]), critical=False)
        .sign(key, hashes.SHA256())
    )
    path = tmp_path_factory.mktemp("tls") / "both.pem"
    private = key.private_bytes(
        serialization.Encoding.PEM,
        serialization.PrivateFormat.PKCS8,
        serialization.NoEncryption(),
    )
    path.write_bytes(private + made.public_bytes(serialization.Encoding.PEM))
    return path


@pytest.fixture
def partner(certificate, monkeypatch):
    """A partner's server; `answer` is what it does with a call."""

    class Taker(http.server.BaseHTTPRequestHandler):
        answer = staticmethod(lambda handler: handler.send_response(204) or handler.end_headers())
        taken = []

        def do_POST(self):
            body = self.rfile.read(int(self.headers["Content-Length"]))
            self.taken.append((self.path, body, self.headers["Hequan-Signature"]))
            type(self).answer(self)

        def log_message(self, *_):
            pass

    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Taker)
    server.handle_error = lambda *_: None
    server.daemon_threads = True
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(certificate)
    server.socket = context.wrap_socket(server.socket, server_side=True)
    threading.Thread(target=server.serve_forever, args=(0.01,), daemon=True).start()
    Taker.taken = []
    Taker.asked = known_as(monkeypatch, "127.0.0.1", port=server.server_port)
    Taker.url = f"https://{HOST}:{server.server_port}/in"
    monkeypatch.setattr(webhooks, "PORTS", (server.server_port,))
    monkeypatch.setattr(webhooks, "is_public", lambda address: True)
    trusted = ssl.create_default_context(cafile=str(certificate))
    monkeypatch.setattr(ssl, "create_default_context", lambda: trusted)
    monkeypatch.setattr(webhooks, "SECONDS", 2.0)
    yield Taker
    server.shutdown()
    server.server_close()


def test_a_call_arrives_signed_and_the_name_is_asked_for_once(partner):
    answer = send_signed(partner.url, b'{"a": 1}', secret=b"s", at=AT)

    assert answer.status == 204
    assert partner.taken == [("/in", b'{"a": 1}', signature_of(b'{"a": 1}', b"s", AT))]
    assert partner.asked == [HOST]  # a second question could be answered otherwise


def test_a_certificate_of_another_name_is_refused(partner):
    with pytest.raises(CallFailedError):
        send_signed(partner.url.replace(HOST, "other.example.org"), b"{}", secret=b"s", at=AT)
    assert partner.taken == []


def test_a_redirect_is_not_followed(partner):
    def away(handler):
        handler.send_response(307)
        handler.send_header("Location", "http://169.254.169.254/latest/meta-data/")
        handler.end_headers()

    partner.answer = staticmethod(away)

    with pytest.raises(CallFailedError, match="HTTP 307"):
        send_signed(partner.url, b"{}", secret=b"s", at=AT)
    assert len(partner.taken) == 1


def test_an_endless_answer_is_read_so_far_and_no_further(partner):
    def endless(handler):
        handler.send_response(200)
        handler.end_headers()
        for _ in range(200):
            handler.wfile.write(b"x" * 65_536)

    partner.answer = staticmethod(endless)

    assert len(send_signed(partner.url, b"{}", secret=b"s", at=AT).body) == 65_536


@pytest.mark.slow
def test_an_answer_that_drips_is_given_up(partner):
    def drip(handler):
        handler.wfile.write(b"HTTP/1.1 200 OK\r\nX: ")
        for _ in range(100):
            time.sleep(0.1)
            handler.wfile.write(b"x")

    partner.answer = staticmethod(drip)
    began = time.monotonic()

    with pytest.raises(CallFailedError):
        send_signed(partner.url, b"{}", secret=b"s", at=AT)
    assert time.monotonic() - began < 8
