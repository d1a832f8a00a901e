"""Calls to other systems (外发回调): only to addresses outside, only over TLS, signed.

An address somebody typed in must not make the server call itself, its database or the cloud's own
service for machines. So the name is resolved here, every address it has must be public, and the
connection goes to the very address that was checked: a name that changes its mind in between wins
nothing. No redirect is followed, and neither time nor size is unbounded.
"""

import contextlib
import hmac
import http.client
import ipaddress
import re
import socket
import ssl
import threading
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from urllib.parse import urlsplit

from django.utils.translation import gettext_lazy as _

from hequan.core.errors import HequanError

MOST_ANSWER_BYTES = 65_536
SECONDS = 10.0
PORTS = (443, 8443)
# beyond what `is_global` says: addresses that carry another address inside, and shared ones
_NEVER = tuple(
    ipaddress.ip_network(one)
    for one in (
        "64:ff9b::/96",
        "64:ff9b:1::/48",
        "2002::/16",
        "2001::/32",
        "100.64.0.0/10",
        "::/96",
        "192.0.0.0/24",
    )
)
_HOST = re.compile(r"[a-z0-9]([a-z0-9-]*[a-z0-9])?(\.[a-z0-9]([a-z0-9-]*[a-z0-9])?)+")


class UnsafeAddressError(HequanError):
    """An address that must not be called."""

    text = _("%(url)s cannot be called: %(why)s")


class CallFailedError(HequanError):
    """The other side did not answer as it should."""

    text = _("%(host)s did not take the message: %(why)s")


@dataclass(frozen=True)
class Target:
    """A checked address: the host by name, and the one network address it will be called at."""

    host: str
    address: str
    port: int
    path: str


@dataclass(frozen=True)
class CallAnswer:
    """What came back: the status, and the first bytes of the body."""

    status: int
    body: bytes


def checked_target(url: str) -> Target:
    """Return where to call; UnsafeAddressError for anything but a public address over TLS."""
    parts = _parts(url)
    host, port = parts
    try:
        found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    except (OSError, UnicodeError):
        raise UnsafeAddressError(url=_shown(url), why=_("nobody knows this name")) from None
    addresses = [str(info[4][0]) for info in found]
    if not addresses or not all(is_public(one) for one in addresses):
        raise UnsafeAddressError(url=_shown(url), why=_("it leads into an inner network"))
    split = urlsplit(url)
    path = (split.path or "/") + (f"?{split.query}" if split.query else "")
    return Target(host, addresses[0], port, path)


def _parts(url: str) -> tuple[str, int]:
    if not url.isascii() or not url.isprintable() or " " in url:
        raise UnsafeAddressError(url=_shown(url), why=_("it holds characters not allowed"))
    try:
        split = urlsplit(url)
        host, port = (split.hostname or "").rstrip("."), split.port or 443
    except ValueError:
        raise UnsafeAddressError(url=_shown(url), why=_("it is no address")) from None
    if split.scheme != "https":
        raise UnsafeAddressError(url=_shown(url), why=_("write it with https://"))
    if split.username is not None or split.password is not None:
        raise UnsafeAddressError(url=_shown(url), why=_("leave out name and password"))
    if port not in PORTS or not _HOST.fullmatch(host) or host.rpartition(".")[2].isdigit():
        raise UnsafeAddressError(url=_shown(url), why=_("give a host by its name, on port 443"))
    return host, port


def is_public(address: str) -> bool:
    """Return whether a network address belongs to the open internet."""
    found = ipaddress.ip_address(address.partition("%")[0])
    found = getattr(found, "ipv4_mapped", None) or found
    if found.is_multicast or any(found in net for net in _NEVER if net.version == found.version):
        return False
    return found.is_global


def signature_of(body: bytes, secret: bytes, at: datetime) -> str:
    """Return `t=<seconds>,v1=<HMAC-SHA256 of "t.body">`, so that nobody can send it twice later."""
    stamp = int(at.timestamp())
    digest = hmac.digest(secret, f"{stamp}.".encode() + body, "sha256").hex()
    return f"t={stamp},v1={digest}"


def send_signed(
    url: str,
    body: bytes,
    *,
    secret: bytes,
    at: datetime,
    headers: Mapping[str, str] | None = None,
) -> CallAnswer:
    """POST JSON to a checked address; CallFailedError unless the answer is 2xx.

    The receiver finds the signature in `Hequan-Signature`. Call it from a job, never from a page.
    """
    target = checked_target(url)
    told = {
        "Content-Type": "application/json",
        "User-Agent": "hequan",
        "Hequan-Signature": signature_of(body, secret, at),
        "Accept-Encoding": "identity",
        **(headers or {}),
    }
    connection = _Pinned(target)
    try:
        connection.request("POST", target.path, body=body, headers=told)
        answer = connection.answer()
    except (OSError, http.client.HTTPException) as error:
        raise CallFailedError(host=target.host, why=type(error).__name__) from None
    finally:
        connection.close()
    if not 200 <= answer.status < 300:  # a redirect is an answer like any other: not followed
        raise CallFailedError(host=target.host, why=f"HTTP {answer.status}")
    return answer


class _Pinned(http.client.HTTPSConnection):
    """A connection to the address that was checked, with the certificate of the name."""

    def __init__(self, target: Target) -> None:
        self._trusted = ssl.create_default_context()
        super().__init__(target.host, target.port, timeout=SECONDS, context=self._trusted)
        self._target = target
        self._end: threading.Timer | None = None
        self._was_cut = False

    def connect(self) -> None:
        """Connect without asking for the name again; the whole call ends after SECONDS.

        A time-out of the socket alone starts anew with every byte of an answer that drips.
        """
        plain = socket.create_connection((self._target.address, self._target.port), SECONDS)
        self.sock = self._trusted.wrap_socket(
            plain, server_hostname=self.host, do_handshake_on_connect=False
        )
        self._end = threading.Timer(SECONDS, self._cut)
        self._end.daemon = True
        self._end.start()
        self.sock.do_handshake()

    def _cut(self) -> None:
        self._was_cut = True
        with contextlib.suppress(OSError):
            socket.socket.shutdown(self.sock, socket.SHUT_RDWR)

    def answer(self) -> CallAnswer:
        """Read the status and at most so much of the body."""
        response = self.getresponse()
        body = response.read(MOST_ANSWER_BYTES)
        if self._was_cut:
            raise TimeoutError
        return CallAnswer(response.status, body)

    def close(self) -> None:
        """Close, and call the end off."""
        if self._end is not None:
            self._end.cancel()
        super().close()


def _shown(url: str) -> str:
    return url[:100].encode("ascii", "replace").decode()
