"""Gateways (网关): how a text leaves the house, by SMS, e-mail, Weixin or WeCom.

A channel has one backend, chosen by the setting `GATEWAYS`. `console` prints the text where
`hequan serve` runs and `file` appends it to a file of the data folder: both are for trying things
out and reach nobody. `http` hands it to an address of the operator's, which speaks to the firm that
sends it. Neither logs an address or a text.
"""

import hmac
import json
import os
import sys
import threading
import urllib.error
import urllib.request
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

from django.conf import settings
from django.utils.translation import gettext_lazy as _

from hequan.core.errors import HequanError
from hequan.core.masks import MASKS
from hequan.people.kinds import Channel

SECONDS = 5.0
# A sender that hangs may keep one thread of a web process waiting, never all of them.
_turn = threading.BoundedSemaphore(1)
_MASKS = {Channel.SMS: "phone", Channel.MAIL: "mail"}


class GatewayError(HequanError):
    """The text did not leave; sending it again later may help."""

    text = _("The message could not be sent just now. Try again in a minute.")


@dataclass(frozen=True)
class Receipt:
    """What the gateway answered: `accepted` or refused for good, and the sender's own id of it."""

    reference: str
    accepted: bool = True
    given_id: str = ""
    reason: str = ""


class Gateway(Protocol):
    """Sends one text to one address: GatewayError when it should be tried again.

    `reference` is the same at every try of one message, so that a sender can tell a repetition.
    """

    def send(self, address: str, text: str, reference: str) -> Receipt:
        """Send the text."""
        ...


Maker = Callable[[Channel], Gateway]
_makers: dict[str, Maker] = {}


def backend(name: str) -> Callable[[Maker], Maker]:
    """Register a backend by the name that settings choose it by."""

    def register(maker: Maker) -> Maker:
        _makers[name] = maker
        return maker

    return register


def gateway(channel: Channel | str) -> Gateway:
    """Return the gateway of a channel: `gateway("sms").send(phone, text, reference)`.

    LookupError names a backend that settings choose and nobody registered.
    """
    name = settings.GATEWAYS.get(str(channel), "console")
    if name not in _makers:
        raise LookupError(f"no gateway backend {name} for {channel}: use one of {sorted(_makers)}")
    return _makers[name](Channel(channel))


@backend("console")
@dataclass(frozen=True)
class ConsoleGateway:
    """Prints the text to the terminal with a masked address; nobody receives anything."""

    channel: Channel

    def send(self, address: str, text: str, reference: str) -> Receipt:
        """Print one line."""
        shown = MASKS[_MASKS.get(self.channel, "all")](address)
        print(f"[{self.channel} -> {shown}] {text}", file=sys.stdout, flush=True)
        return Receipt(reference)


@backend("file")
@dataclass(frozen=True)
class FileGateway:
    """Appends each message as one JSON line to a file only its owner may read."""

    channel: Channel

    def send(self, address: str, text: str, reference: str) -> Receipt:
        """Append one line in one write, so that processes do not mix theirs."""
        path = outgoing_file(self.channel)
        path.parent.mkdir(parents=True, exist_ok=True)
        said = {"address": address, "text": text, "reference": reference}
        line = json.dumps(said, ensure_ascii=False) + "\n"
        out = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o600)
        try:
            os.write(out, line.encode())
        finally:
            os.close(out)
        return Receipt(reference)


@backend("http")
@dataclass(frozen=True)
class HttpGateway:
    """Posts each message as JSON to the operator's address, signed with a shared secret.

    The body is `{"channel", "address", "text", "reference"}`; `X-Hequan-Signature` is its
    HMAC-SHA256 in hex. 2xx is accepted, 4xx refused for good, anything else tried again.
    """

    channel: Channel

    def send(self, address: str, text: str, reference: str) -> Receipt:
        """Post the message; GatewayError when no clear answer came within five seconds."""
        place = settings.GATEWAY_ADDRESSES[str(self.channel)]
        said = {
            "channel": str(self.channel),
            "address": address,
            "text": text,
            "reference": reference,
        }
        body = json.dumps(said, ensure_ascii=False).encode()
        secret = settings.GATEWAY_SECRETS[str(self.channel)].encode()
        asked = urllib.request.Request(  # noqa: S310 - the operator's own address
            place,
            data=body,
            headers={
                "Content-Type": "application/json",
                "X-Hequan-Signature": hmac.digest(secret, body, "sha256").hex(),
            },
        )
        if not _turn.acquire(timeout=SECONDS / 2):
            raise GatewayError
        try:
            with _opener.open(asked, timeout=SECONDS) as answer:
                return Receipt(reference, given_id=_id_in(answer.read(4096)))
        except urllib.error.HTTPError as error:
            with error:
                if 400 <= error.code < 500 and error.code != 429:
                    return Receipt(reference, accepted=False, reason=f"HTTP {error.code}")
            raise GatewayError from None
        except OSError:
            raise GatewayError from None
        finally:
            _turn.release()


class _NoRedirect(urllib.request.HTTPRedirectHandler):
    """A message is not carried on to an address nobody chose."""

    def redirect_request(self, *_: object) -> None:
        return None


_opener = urllib.request.build_opener(_NoRedirect)


def outgoing_file(channel: Channel | str) -> Path:
    """Return where the `file` backend writes the messages of a channel."""
    return Path(settings.OUTGOING_ROOT) / f"{channel}.jsonl"


def _id_in(body: bytes) -> str:
    try:
        found = json.loads(body or b"{}")
    except ValueError:
        return ""
    return str(found.get("id", ""))[:64] if isinstance(found, dict) else ""
