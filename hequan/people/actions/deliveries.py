"""Wishes, templates and the inbox, written."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, time
from typing import Any

from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.db import transaction
from django.db.models import Max

from hequan.core import versions
from hequan.core.accounts import Account
from hequan.core.audit import record
from hequan.core.jobs import enqueue
from hequan.people.deliveries import SEND
from hequan.people.errors import (
    BadMailError,
    DeliveryNotFailedError,
    QuietHoursError,
    StrangePlaceError,
    TemplateTextError,
)
from hequan.people.kinds import Channel, DeliveryState
from hequan.people.message_templates import (
    BODY_LENGTH,
    LANGUAGES,
    SUBJECT_LENGTH,
    Words,
    strange_places,
    template_with,
)
from hequan.people.models import (
    Delivery,
    DeliveryAddress,
    DeliveryChoice,
    Message,
    Organisation,
    Person,
    TemplateText,
)
from hequan.people.queries.deliveries import STAMP, choice_of


@dataclass(frozen=True)
class ChosenDelivery:
    """What somebody chooses; an address is kept only for a channel that is on."""

    language: str
    quiet_from: time | None
    quiet_to: time | None
    digest_at: time | None
    channels: Mapping[Channel, bool]
    addresses: Mapping[Channel, str]


@transaction.atomic
def choose_delivery(
    *, receiver: Person | Organisation, chosen: ChosenDelivery, by: Account, at: datetime
) -> DeliveryChoice:
    """Keep how somebody wants to be told.

    QuietHoursError for a beginning without an end; BadMailError for what is no e-mail address.
    """
    if (chosen.quiet_from is None) != (chosen.quiet_to is None):
        raise QuietHoursError
    if chosen.quiet_from is not None and chosen.quiet_from == chosen.quiet_to:
        raise QuietHoursError
    _check_mail(chosen)
    whose: dict[str, Any] = {_kind(receiver): receiver}
    choice, _ = DeliveryChoice.objects.update_or_create(
        **whose,
        defaults={
            "language": chosen.language if chosen.language in LANGUAGES else LANGUAGES[0],
            "quiet_from": chosen.quiet_from,
            "quiet_to": chosen.quiet_to,
            "digest_at": chosen.digest_at,
        },
    )
    for channel, is_on in chosen.channels.items():
        address = chosen.addresses.get(channel, "").strip() if is_on else ""
        DeliveryAddress.objects.update_or_create(
            choice=choice, channel=channel, defaults={"is_on": is_on, "address": address}
        )
    after = {"channels": sorted(str(one) for one, is_on in chosen.channels.items() if is_on)}
    record(verb="people.delivery_chosen", by=by, at=at, thing=choice, after=after)
    return choice


@transaction.atomic
def stop_channel(
    *, receiver: Person | Organisation, channel: Channel, by: Account, at: datetime
) -> None:
    """Turn one channel off for somebody, leaving all else as it is (退订)."""
    whose: dict[str, Any] = {_kind(receiver): receiver}
    choice = choice_of(receiver) or DeliveryChoice.objects.create(**whose)
    DeliveryAddress.objects.update_or_create(
        choice=choice, channel=channel, defaults={"is_on": False, "address": ""}
    )
    after = {"stopped": str(channel)}
    record(verb="people.delivery_chosen", by=by, at=at, thing=choice, after=after)


@transaction.atomic
def write_template(
    *, template: str, language: str, words: Words, by: Account, at: datetime
) -> TemplateText:
    """Write new words for a template; they are in force at once and the old ones are kept.

    StrangePlaceError names placeholders the template cannot fill; TemplateTextError for an empty
    or overlong text.
    """
    known = template_with(template)
    own = Words(words.subject.strip(), words.body.strip())
    if not own.subject or not own.body:
        raise TemplateTextError
    if len(own.subject) > SUBJECT_LENGTH or len(own.body) > BODY_LENGTH:
        raise TemplateTextError
    if strange := strange_places(known, own):
        raise StrangePlaceError(
            strange="、".join(f"{{{name}}}" for name in strange),
            known="、".join(f"{{{name}}}" for name in known.places),
        )
    versions.bump(STAMP)  # also the lock: two officers saving at once write two versions
    # from the table, not from what is kept: that would keep the old words under the new stamp
    earlier = TemplateText.objects.filter(template=template, language=language)
    version = earlier.aggregate(newest=Max("version"))["newest"] or 0
    text = TemplateText.objects.create(
        template=template,
        language=language,
        version=version + 1,
        subject=own.subject,
        body=own.body,
        written_by=by,
        written_at=at,
    )
    after = {"template": template, "language": language, "version": text.version}
    record(verb="people.template_written", by=by, at=at, thing=text, after=after)
    return text


@transaction.atomic
def mark_read(*, message: Message, by: Account, at: datetime) -> None:
    """Note that a message was opened; the first time counts."""
    if Message.objects.filter(pk=message.pk, read_at=None).update(read_at=at):
        record(verb="people.message_read", by=by, at=at, thing=message)


@transaction.atomic
def send_again(*, delivery: Delivery, by: Account, at: datetime) -> None:
    """Try a failed delivery once more; DeliveryNotFailedError for one that has not failed."""
    failed = Delivery.objects.filter(pk=delivery.pk, state=DeliveryState.FAILED)
    again = {"state": DeliveryState.WAITING, "reason": "", "attempts": 0, "in_digest": False}
    if not failed.update(due_at=at, **again):
        raise DeliveryNotFailedError
    enqueue(SEND, {"delivery": delivery.pk}, at)
    record(verb="people.delivery_sent_again", by=by, at=at, thing=delivery)


def _kind(receiver: Person | Organisation) -> str:
    return "person" if isinstance(receiver, Person) else "organisation"


def _check_mail(chosen: ChosenDelivery) -> None:
    if not chosen.channels.get(Channel.MAIL):
        return
    address = chosen.addresses.get(Channel.MAIL, "").strip()
    try:
        validate_email(address)
    except ValidationError:
        raise BadMailError(address=address) from None
