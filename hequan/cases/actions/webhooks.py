"""Telling other systems of cases (事件推送): who is told, and one call."""

from collections.abc import Collection
from datetime import datetime, timedelta

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from hequan.cases.events import EventKind, event_id, key_in, new_secret, signed_headers
from hequan.cases.models import Webhook
from hequan.cases.queries.events import STAMP, event_of
from hequan.cases.webhook_errors import NoSuchWebhookError, WebhookThereError
from hequan.core import versions
from hequan.core.accounts import Account
from hequan.core.audit import record
from hequan.core.webhooks import CallFailedError, checked_target, send_signed
from hequan.territory.models import Unit


@transaction.atomic
def add_webhook(
    *, url: str, kinds: Collection[EventKind], unit: Unit, by: Account, at: datetime
) -> tuple[Webhook, str]:
    """Let an address hear of the cases of a unit; return its row and the secret, told this once.

    UnsafeAddressError for anything but a public address over TLS, WebhookThereError for one that
    hears of this unit already.
    """
    checked_target(url)
    versions.bump(STAMP)  # also the lock: two at once are one after the other
    if Webhook.objects.filter(url=url, unit=unit, ended_at=None).exists():
        raise WebhookThereError(url=url)
    secret = new_secret()
    row = Webhook.objects.create(
        url=url,
        types=sorted(str(one) for one in kinds),
        secret=secret,
        unit=unit,
        made_by=by,
        made_at=at,
    )
    after = {"url": url, "types": row.types, "unit": unit.pk}
    record(verb="cases.webhook_added", by=by, at=at, thing=row, after=after)
    return row, secret


@transaction.atomic
def end_webhook(*, webhook: int, by: Account, at: datetime) -> Webhook:
    """Tell an address nothing more; NoSuchWebhookError for none, or one ended before."""
    versions.bump(STAMP)
    row = Webhook.objects.filter(pk=webhook, ended_at=None).first()
    if row is None:
        raise NoSuchWebhookError(key=webhook)
    row.ended_at, row.secret = at, ""
    row.save(update_fields=["ended_at", "secret"])
    record(verb="cases.webhook_ended", by=by, at=at, thing=row, after={"url": row.url})
    return row


# an address that did not answer is not waited for again so soon: jobs behind it would wait too
_REST = timedelta(minutes=5)
_rests_until: dict[int, datetime] = {}


def call_webhook(webhook: int, step: int, kind: EventKind, *, at: datetime) -> bool:
    """Send one event to one address; tell whether there was anything to send.

    CallFailedError or UnsafeAddressError where it was not taken: the job is tried again. The
    address is checked at every call, at the very connection.
    """
    row = Webhook.objects.filter(pk=webhook, ended_at=None).first()
    body = event_of(step, kind) if row is not None else None
    if row is None or body is None:
        return False
    key = key_in(row.secret.open())
    headers = signed_headers(body, key, event_id(kind, step), at)
    if at < _rests_until.get(webhook, at):
        raise CallFailedError(host=row.url, why=str(_("it did not answer a moment ago")))
    try:
        send_signed(row.url, body, secret=key, at=at, headers=headers)
    except CallFailedError:
        _rests_until[webhook] = at + _REST
        raise
    return True
