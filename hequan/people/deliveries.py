"""Telling people (发送): one message into the inbox, and out by the channels its receiver chose.

`notify` is what every app calls, inside its action's transaction: it writes the message, one
delivery a channel and the jobs that send them, so nobody is told of something that did not happen.
A delivery is sent at least once and always under the same reference, by which a gateway knows a
repetition. What a gateway refuses or cannot take is tried again, later and later, then stays on
the page of deliveries as failed.
"""

from collections.abc import Iterable, Mapping
from datetime import datetime

from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone
from django.utils.translation import gettext, ngettext, override

from hequan.core.accounts import Account
from hequan.core.audit import record
from hequan.core.jobs import enqueue
from hequan.core.questions import Question, key
from hequan.core.sealed import Sealed
from hequan.people import queries
from hequan.people.ages import is_child
from hequan.people.delivery_rules import Wishes, choose_channels, due_moment, next_try
from hequan.people.gateways import GatewayError, Receipt, gateway
from hequan.people.kinds import Channel, DeliveryReason, DeliveryState
from hequan.people.message_templates import (
    BODY_LENGTH,
    filled,
    missing_values,
    template_with,
)
from hequan.people.models import Delivery, Message, Organisation, Person
from hequan.people.phones import is_mobile
from hequan.people.queries.deliveries import addresses_of, wishes_of, words_in_force

SEND = "people.send_delivery"
SEND_DIGEST = "people.send_digest"
Receiver = Person | Organisation


@transaction.atomic(savepoint=False)
def notify(
    receiver: Receiver,
    template: str,
    values: Mapping[str, str],
    *,
    by: Account,
    at: datetime,
    is_urgent: bool = False,
    link: str = "",
) -> list[Message]:
    """Tell a person or an organisation something; a child's guardians are told in her place.

    `values` fill the template's placeholders and `link` is an address of this site. LookupError
    for a template nobody registered or a value it lacks. Returns the messages, none for a person
    whose data was erased.
    """
    known = template_with(template)
    if lacking := missing_values(known, values):
        raise LookupError(f"message {template} lacks the values {', '.join(lacking)}")
    return [
        _tell(one, template, values, by=by, at=at, is_urgent=is_urgent, link=link)
        for one in _receivers(receiver, at)
    ]


@transaction.atomic
def tell_former_number(message: Message, number: Sealed, at: datetime) -> None:
    """Send a message to the mobile number its receiver had before too, whatever she chose.

    At once, whatever the hour: whoever still holds that phone may have lost her account to somebody
    else. Nothing is sent to what is no mobile number.
    """
    if not is_mobile(number.open()):
        return
    delivery = Delivery.objects.create(
        message=message, channel=Channel.SMS, to_former=True, address=number, due_at=at
    )
    enqueue(SEND, {"delivery": delivery.pk}, at)


def send_delivery(delivery_id: int, at: datetime) -> None:
    """Send one delivery that is due; doing it again sends nothing twice once it is marked sent."""
    one = _WAITING.first(pk=delivery_id)
    if one is None or one.due_at > at:
        return
    with override(one.message.language):
        text = gettext("%(subject)s: %(text)s") % {
            "subject": one.message.subject,
            "text": one.message.body,
        }
    _send([one], text, f"delivery-{one.pk}", at)


def send_digest(message_receiver: Mapping[str, int], channel: str, at: datetime) -> None:
    """Send everything that waits for the digest of one receiver and channel as one text."""
    found = _waiting().filter(in_digest=True, channel=channel, due_at__lte=at)
    waiting = list(
        found.filter(**{f"message__{kind}": pk for kind, pk in message_receiver.items()})
    )
    if not waiting:
        return
    with override(waiting[0].message.language):
        head = ngettext("%(n)s new message", "%(n)s new messages", len(waiting)) % {
            "n": len(waiting)
        }
    lines = [f"{at + 1}. {one.message.subject}" for at, one in enumerate(waiting)]
    _send(waiting, "\n".join([head, *lines]), f"digest-{waiting[0].pk}", at)


def _receivers(receiver: Receiver, at: datetime) -> list[Receiver]:
    if isinstance(receiver, Organisation):
        return [receiver]
    standing = queries.standing(receiver)
    if standing is None:
        return []
    on = timezone.localdate(at)
    if standing.born_on is not None and is_child(standing.born_on, on):
        return [*queries.guardians_of(standing, on)] or [standing]
    return [standing]


def _tell(
    receiver: Receiver,
    template: str,
    values: Mapping[str, str],
    *,
    by: Account,
    at: datetime,
    is_urgent: bool,
    link: str,
) -> Message:
    wishes = wishes_of(receiver, at)
    words, version = words_in_force(template, wishes.language)
    message = Message.objects.create(
        **_key(receiver),
        template=template,
        version=version,
        language=wishes.language,
        subject=filled(words.subject, values)[:240],
        body=filled(words.body, values)[: 2 * BODY_LENGTH],
        link=link,
        is_urgent=is_urgent,
        created_at=at,
    )
    after = {"template": template, "version": version}
    record(verb="people.message_sent", by=by, at=at, thing=message, after=after)
    _send_out(message, receiver, wishes, at)
    return message


def _send_out(message: Message, receiver: Receiver, wishes: Wishes, at: datetime) -> None:
    reachable = addresses_of(receiver)
    moment, in_digest = due_moment(timezone.localtime(at), wishes, message.is_urgent)
    for channel in choose_channels(wishes, reachable):
        delivery = Delivery.objects.create(
            message=message, channel=channel, in_digest=in_digest, due_at=moment
        )
        if in_digest:
            # one job for each message: the first sends them all, the others find nothing waiting
            payload = {"receiver": _ids(receiver), "channel": str(channel)}
            enqueue(SEND_DIGEST, payload, moment)
        else:
            enqueue(SEND, {"delivery": delivery.pk}, moment)


def _key(receiver: Receiver) -> dict[str, Receiver]:
    return {"person" if isinstance(receiver, Person) else "organisation": receiver}


def _ids(receiver: Receiver) -> dict[str, int]:
    return {kind: one.pk for kind, one in _key(receiver).items()}


def _waiting() -> QuerySet[Delivery]:
    found = Delivery.objects.filter(state=DeliveryState.WAITING)
    return found.select_related("message__person", "message__organisation").order_by("pk")


_WAITING = Question[Delivery](lambda pk: _waiting().filter(pk=pk, in_digest=False), pk=key())


def _send(deliveries: list[Delivery], text: str, reference: str, at: datetime) -> None:
    address = deliveries[0].address or _address_wanted(deliveries, at)
    if not address:
        return None
    try:
        receipt = gateway(deliveries[0].channel).send(address.open(), text, reference)
    except GatewayError:
        return _put_off(deliveries, at)
    if not receipt.accepted:
        return _close(deliveries, DeliveryState.FAILED, DeliveryReason.REFUSED)
    return _mark_sent(deliveries, receipt, at)


def _address_wanted(deliveries: list[Delivery], at: datetime) -> Sealed | None:
    """Return where their receiver is reached now; None, and they are closed, if she is not."""
    first = deliveries[0]
    receiver = first.message.person or first.message.organisation
    assert receiver is not None
    address = addresses_of(receiver).get(Channel(first.channel))
    if address is None:
        _close(deliveries, DeliveryState.FAILED, DeliveryReason.NO_ADDRESS)
        return None
    if not wishes_of(receiver, at).wants(Channel(first.channel)):
        _close(deliveries, DeliveryState.DROPPED, DeliveryReason.SWITCHED_OFF)
        return None
    return address


def _mark_sent(deliveries: Iterable[Delivery], receipt: Receipt, at: datetime) -> None:
    for one in deliveries:
        Delivery.objects.filter(pk=one.pk, state=DeliveryState.WAITING).update(
            state=DeliveryState.SENT, sent_at=at, given_id=receipt.given_id, reason="", address=""
        )


def _close(deliveries: Iterable[Delivery], state: DeliveryState, reason: DeliveryReason) -> None:
    pks = [one.pk for one in deliveries]
    Delivery.objects.filter(pk__in=pks, state=DeliveryState.WAITING).update(
        state=state, reason=reason
    )


@transaction.atomic
def _put_off(deliveries: list[Delivery], at: datetime) -> None:
    wait = next_try(deliveries[0].attempts + 1)
    if wait is None:
        return _close(deliveries, DeliveryState.FAILED, DeliveryReason.UNREACHABLE)
    for one in deliveries:
        later = Delivery.objects.filter(
            pk=one.pk, state=DeliveryState.WAITING, attempts=one.attempts
        )
        if later.update(attempts=one.attempts + 1, due_at=at + wait, in_digest=False):
            enqueue(SEND, {"delivery": one.pk}, at + wait)
    return None
