"""Events of cases for other systems (工单事件): which there are, and how one is written and signed.

CloudEvents 1.0 in JSON, structured mode, signed the way of Standard Webhooks: the receiver proves
who sent it, that nothing was changed, and that it is not an old one sent again. What stands in an
event is what everybody may know of a case, and no word of anybody's.
"""

import base64
import binascii
import hmac
import json
import secrets
from collections.abc import Mapping
from datetime import datetime
from enum import StrEnum
from typing import Any

from hequan.cases.kinds import CaseState

CONTENT_TYPE = "application/cloudevents+json; charset=utf-8"
OPENING_MOVES = ("open", "import")
_SECRET_BYTES = 32
_PREFIX = "whsec_"
_ENDED = (CaseState.CLOSED, CaseState.REFUSED, CaseState.WITHDRAWN)


class EventKind(StrEnum):
    """What another system may hear of."""

    OPENED = "opened"
    MOVED = "moved"
    PUBLISHED = "published"
    CLOSED = "closed"


def kinds_of_step(
    move: str, before: str, after: str, *, is_public: bool = True
) -> tuple[EventKind, ...]:
    """Return what a step of a case is: opened, or moved and perhaps published or closed with it.

    A step that its asker does not see is nothing that other systems are told.
    """
    if not is_public:
        return ()
    if move in OPENING_MOVES:
        return (EventKind.OPENED,)
    kinds = [EventKind.MOVED]
    if after == CaseState.PUBLISHED != before:
        kinds.append(EventKind.PUBLISHED)
    if after in _ENDED and before not in _ENDED:
        kinds.append(EventKind.CLOSED)
    return tuple(kinds)


def cloud_event(
    kind: EventKind, step: int, subject: str, source: str, at: datetime, data: Mapping[str, Any]
) -> bytes:
    """Return one event as it is sent; the same step gives the same bytes at every try."""
    event = {
        "specversion": "1.0",
        "id": event_id(kind, step),
        "source": source,
        "type": f"hequan.case.{kind}",
        "subject": subject,
        "time": at.isoformat(),
        "datacontenttype": "application/json",
        "data": dict(data),
    }
    return json.dumps(event, ensure_ascii=False, separators=(",", ":")).encode()


def event_id(kind: EventKind, step: int) -> str:
    """Return what tells an event from all others, the same at every try."""
    return f"{step}.{kind}"


def new_secret() -> str:
    """Return a secret to sign with, as receivers enter it: whsec_ and base64."""
    return _PREFIX + base64.b64encode(secrets.token_bytes(_SECRET_BYTES)).decode()


def key_in(secret: str) -> bytes:
    """Return the key a secret holds; ValueError for a text that is none."""
    try:
        return base64.b64decode(secret.removeprefix(_PREFIX), validate=True)
    except binascii.Error as error:
        raise ValueError("not a webhook secret") from error


def signed_headers(body: bytes, key: bytes, event: str, at: datetime) -> dict[str, str]:
    """Return the headers of Standard Webhooks: id, timestamp, and v1 with HMAC-SHA256 in base64."""
    stamp = str(int(at.timestamp()))
    digest = hmac.digest(key, f"{event}.{stamp}.".encode() + body, "sha256")
    return {
        "Content-Type": CONTENT_TYPE,
        "webhook-id": event,
        "webhook-timestamp": stamp,
        "webhook-signature": f"v1,{base64.b64encode(digest).decode()}",
    }
