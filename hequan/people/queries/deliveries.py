"""Messages, deliveries and wishes as others read them."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, time
from typing import Any

from django.db.models import Count, Q, QuerySet
from django.utils import timezone

from hequan.core.questions import Question, key
from hequan.core.rule_values import rule_values
from hequan.core.sealed import Sealed
from hequan.core.versions import Kept
from hequan.people.delivery_rules import Wishes
from hequan.people.errors import BadPhoneError
from hequan.people.kinds import Channel, DeliveryState
from hequan.people.message_templates import MessageTemplate, Words, all_templates, template_with
from hequan.people.models import (
    Delivery,
    DeliveryAddress,
    DeliveryChoice,
    Message,
    Organisation,
    Person,
    TemplateText,
)
from hequan.people.phones import is_mobile, normal_phone

STAMP = "message_templates"
QUIET = "message_quiet_hours"
DEFAULT_LANGUAGE = "zh-hans"
PAGE = 30


_OF_PERSON = Question[DeliveryChoice](
    lambda receiver: DeliveryChoice.objects.filter(person=receiver), receiver=key()
)
_OF_BODY = Question[DeliveryChoice](
    lambda receiver: DeliveryChoice.objects.filter(organisation=receiver), receiver=key()
)
_TO_PERSON = Question[DeliveryAddress](
    lambda receiver: DeliveryAddress.objects.filter(choice__person=receiver), receiver=key()
)
_TO_BODY = Question[DeliveryAddress](
    lambda receiver: DeliveryAddress.objects.filter(choice__organisation=receiver), receiver=key()
)


def wishes_of(receiver: Person | Organisation, at: datetime) -> Wishes:
    """Return how somebody wants to be told; the town's quiet hours until she chose her own."""
    choice = choice_of(receiver)
    if choice is None:
        quiet_from, quiet_to = town_quiet_hours(timezone.localdate(at))
        return Wishes(DEFAULT_LANGUAGE, quiet_from, quiet_to, None, {})
    chosen = _addresses_chosen(receiver)
    channels = {Channel(one.channel): one.is_on for one in chosen}
    return Wishes(choice.language, choice.quiet_from, choice.quiet_to, choice.digest_at, channels)


def choice_of(receiver: Person | Organisation) -> DeliveryChoice | None:
    """Return what the receiver chose, None before she chose anything."""
    question = _OF_PERSON if isinstance(receiver, Person) else _OF_BODY
    return question.first(receiver=receiver.pk)


def town_quiet_hours(on: date) -> tuple[time | None, time | None]:
    """Return the hours in which only urgent messages leave, by the rule in force."""
    row = rule_values(QUIET, on).get(QUIET)
    if row is None:
        return None, None
    return time.fromisoformat(row.value["from"]), time.fromisoformat(row.value["to"])


def _addresses_chosen(receiver: Person | Organisation) -> list[DeliveryAddress]:
    question = _TO_PERSON if isinstance(receiver, Person) else _TO_BODY
    return question.all(receiver=receiver.pk)


def addresses_of(receiver: Person | Organisation) -> dict[Channel, Sealed]:
    """Return the channels by which somebody can be reached, each with its sealed address."""
    found: dict[Channel, Sealed] = {}
    phone = _mobile_of(receiver)
    if phone:
        found[Channel.SMS] = phone
    rows = _addresses_chosen(receiver)
    found.update({Channel(row.channel): row.address for row in rows if row.address})
    return found


def _mobile_of(receiver: Person | Organisation) -> Sealed | None:
    given = receiver.phone.open() if isinstance(receiver, Person) else receiver.phone
    try:
        number = normal_phone(given) if given else ""
    except BadPhoneError:
        return None
    return Sealed.of(number, "phone") if number and is_mobile(number) else None


def _newest_texts() -> Mapping[tuple[str, str], tuple[Words, int]]:
    rows = TemplateText.objects.order_by("version")
    return {
        (row.template, row.language): (Words(row.subject, row.body), row.version) for row in rows
    }


_kept_texts = Kept(_newest_texts, STAMP)


def words_in_force(template: str, language: str) -> tuple[Words, int]:
    """Return a template's words in a language and their version, 0 for those it came with."""
    own = template_with(template).words
    came_with = own.get(language) or own[DEFAULT_LANGUAGE]
    return _kept_texts.get().get((template, language), (came_with, 0))


@dataclass(frozen=True)
class TemplateRow:
    """One template as the list of templates shows it."""

    template: MessageTemplate
    words: Words
    version: int
    sent: int


def template_rows(language: str, since: datetime) -> list[TemplateRow]:
    """Return every template with its words in force and how often it was sent since then."""
    counts = Message.objects.filter(created_at__gte=since).values("template")
    sent = {row["template"]: row["n"] for row in counts.annotate(n=Count("pk")).order_by()}
    return [
        TemplateRow(one, *words_in_force(one.code, language), sent=sent.get(one.code, 0))
        for one in all_templates()
    ]


def template_versions(template: str, language: str) -> list[TemplateText]:
    """Return what officers wrote for a template, newest first."""
    found = TemplateText.objects.filter(template=template, language=language)
    return list(found.select_related("written_by").order_by("-version")[:PAGE])


def inbox(
    *, person: Person | None = None, organisations: tuple[int, ...] = ()
) -> QuerySet[Message]:
    """Return the messages of a person and of organisations she works for, newest first."""
    mine = Q(person=person) | Q(person__merged_into=person) if person is not None else Q(pk=None)
    found = Message.objects.filter(mine | Q(organisation__in=organisations))
    return found.select_related("organisation").order_by("-created_at", "-pk")


def message_of(pk: int, person: Person | None, organisations: tuple[int, ...]) -> Message | None:
    """Return one message of that inbox, None for another's."""
    return inbox(person=person, organisations=organisations).filter(pk=pk).first()


def unread_count(person: Person | None, organisations: tuple[int, ...] = ()) -> int:
    """Return how many messages of the inbox nobody opened yet."""
    return inbox(person=person, organisations=organisations).filter(read_at=None).count()


@dataclass(frozen=True)
class DeliveryFigures:
    """How many deliveries of one channel stand how."""

    channel: Channel
    waiting: int
    sent: int
    failed: int
    dropped: int


def delivery_figures(since: datetime) -> list[DeliveryFigures]:
    """Return the deliveries of messages made since then, by channel and state."""
    rows = Delivery.objects.filter(message__created_at__gte=since)
    counted: dict[tuple[str, str], int] = {
        (row["channel"], row["state"]): row["n"]
        for row in rows.values("channel", "state").annotate(n=Count("pk")).order_by()
    }
    return [
        DeliveryFigures(
            channel, **{str(state): counted.get((channel, state), 0) for state in DeliveryState}
        )
        for channel in Channel
    ]


def deliveries_in(state: DeliveryState | None, template: str = "") -> QuerySet[Delivery]:
    """Return deliveries for the officers' page, those due last first; receivers show masked."""
    found: QuerySet[Delivery, Any] = Delivery.objects.select_related(
        "message__person", "message__organisation"
    )
    if state is not None:
        found = found.filter(state=state)
    if template:
        found = found.filter(message__template=template)
    return found.order_by("-due_at", "-pk")


def delivery_with_id(pk: int) -> Delivery | None:
    """Return one delivery with its message and receiver, None for none."""
    return deliveries_in(None).filter(pk=pk).first()
