"""What an event of a case is, and how it is signed, as receivers of both standards read it."""

import base64
import hashlib
import hmac
import json

import pytest

from hequan.cases.events import (
    EventKind,
    cloud_event,
    event_id,
    key_in,
    kinds_of_step,
    new_secret,
    signed_headers,
)
from hequan.cases.kinds import CaseState
from tests.world import AT

pytestmark = pytest.mark.once
K, S = EventKind, CaseState


@pytest.mark.parametrize(
    ("move", "before", "after", "kinds"),
    [
        ("open", "", S.DISPATCHED, (K.OPENED,)),
        ("accept", S.DISPATCHED, S.HANDLING, (K.MOVED,)),
        ("publish", S.VERIFIED, S.PUBLISHED, (K.MOVED, K.PUBLISHED)),
        ("supervise", S.PUBLISHED, S.PUBLISHED, (K.MOVED,)),
        ("rate_good", S.PUBLISHED, S.CLOSED, (K.MOVED, K.CLOSED)),
        ("refuse", S.TRIAGE, S.REFUSED, (K.MOVED, K.CLOSED)),
        ("let_go", S.CLOSED, S.CLOSED, (K.MOVED,)),
    ],
)
def test_a_step_is_what_it_did(move, before, after, kinds):
    assert kinds_of_step(move, before, after) == kinds


def test_an_event_has_all_that_cloudevents_asks_for():
    body = cloud_event(K.OPENED, 7, "260310-AAAAA", "/board/cases/", AT, {"number": "1"})
    event = json.loads(body)

    assert {"specversion": "1.0", "id": "7.opened", "type": "hequan.case.opened"}.items() <= (
        event.items()
    )
    assert event["time"] == "2026-03-10T02:00:00+00:00"
    assert event["data"] == {"number": "1"}
    assert body == cloud_event(K.OPENED, 7, "260310-AAAAA", "/board/cases/", AT, {"number": "1"})


def test_the_signature_is_that_of_standard_webhooks():
    # the example of the standard's own text: id, timestamp and body, joined by dots
    key = key_in("whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw")
    headers = signed_headers(b'{"test": 2432232314}', key, "msg_p5jXN8AQM9LWM0D4loKWxJek", AT)
    stamp = headers["webhook-timestamp"]
    signed = f'msg_p5jXN8AQM9LWM0D4loKWxJek.{stamp}.{{"test": 2432232314}}'.encode()
    digest = hmac.new(key, signed, hashlib.sha256).digest()

    assert headers["webhook-signature"] == "v1," + base64.b64encode(digest).decode()
    assert headers["Content-Type"].startswith("application/cloudevents+json")
    assert int(stamp) == int(AT.timestamp())


def test_secrets_are_long_and_each_is_another():
    assert len(key_in(new_secret())) == 32
    assert new_secret() != new_secret()
    assert event_id(K.MOVED, 3) != event_id(K.PUBLISHED, 3)
    with pytest.raises(ValueError, match="secret"):
        key_in("whsec_?")
