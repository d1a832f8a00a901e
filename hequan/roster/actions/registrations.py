"""Registrations (双报到): of people at a station, of units at an area; letters to units.

What a person offers, and above all who she belongs to, is kept only on her consent (PIPL articles
13 and 29): as with identity numbers, where no words of consent are published nobody is registered.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.db import IntegrityError, transaction

from hequan.core.accounts import Account
from hequan.core.audit import record
from hequan.people.actions import give_consent, place_person
from hequan.people.deliveries import notify
from hequan.people.models import ConsentText, Organisation, Person
from hequan.people.protection_kinds import ConsentChannel, ConsentPurpose
from hequan.roster.errors import (
    DayOrderError,
    EndedAlreadyError,
    FeedbackSentError,
    NoRegistrationWordsError,
    RegisteredAlreadyError,
)
from hequan.roster.kinds import FreeTime, RegistrationKind, Skill
from hequan.roster.models import Registration, UnitFeedback
from hequan.roster.own_messages import UNIT_LETTER
from hequan.stations.models import Station
from hequan.territory.models import Unit


@dataclass(frozen=True)
class Offer:
    """What somebody who registers can do, when, and what she would like."""

    skills: Sequence[Skill] = ()
    free_times: Sequence[FreeTime] = ()
    wishes: str = ""


@transaction.atomic
def register_person(
    *,
    person: Person,
    kind: RegistrationKind,
    station: Station,
    offer: Offer,
    home: Organisation | None = None,
    text: ConsentText | None,
    channel: ConsentChannel,
    by: Account,
    at: datetime,
) -> Registration:
    """Register a member or somebody in a new job at a station, at the counter or by herself.

    `text` is what she was shown and agreed to, in force at that moment, and `channel` how she did;
    online she registers herself. Who has no unit yet gets the station's, whose officers see her.
    NoRegistrationWordsError where there are no such words.
    """
    version = _agreed(person, text, channel, by, at)
    place_person(person=person, unit_pk=station.unit_id, by=by, at=at)
    return _register(
        name=person.name,
        place=station.name,
        offer=offer,
        by_herself=channel is ConsentChannel.ONLINE,
        consent=version,
        by=by,
        at=at,
        kind=kind,
        person=person,
        station=station,
        home=home,
    )


@transaction.atomic
def register_unit(
    *, organisation: Organisation, area: Unit, offer: Offer, by: Account, at: datetime
) -> Registration:
    """Register a unit at an area: what its people can do for the neighbourhood."""
    return _register(
        name=organisation.name,
        place=area.name,
        offer=offer,
        by_herself=False,
        by=by,
        at=at,
        kind=RegistrationKind.UNIT,
        organisation=organisation,
        area=area,
    )


def _agreed(
    person: Person, text: ConsentText | None, channel: ConsentChannel, by: Account, at: datetime
) -> int:
    """Write down her consent and return the version of its words."""
    if text is None or text.purpose != ConsentPurpose.REGISTRATION:
        raise NoRegistrationWordsError
    staff = None if channel is ConsentChannel.ONLINE else by
    give_consent(person=person, text=text, channel=channel, proxy_account=staff, by=by, at=at)
    return text.version


def _register(
    *,
    name: str,
    place: str,
    offer: Offer,
    by_herself: bool,
    consent: int | None = None,
    by: Account,
    at: datetime,
    **columns: object,
) -> Registration:
    row = Registration(
        skills=[str(one) for one in offer.skills],
        free_times=[str(one) for one in offer.free_times],
        wishes=offer.wishes,
        by_herself=by_herself,
        registered_at=at,
        **columns,
    )
    try:
        with transaction.atomic():
            row.save()
    except IntegrityError:
        raise RegisteredAlreadyError(name=name, place=place) from None
    after = {"by_herself": by_herself, "station": row.station_id, "area": row.area_id}
    after |= {"consent": consent} if consent is not None else {}
    record(
        verb="roster.registered", by=by, at=at, thing=row, after=after, on_behalf_of=row.person_id
    )
    return row


@transaction.atomic
def change_registration(
    *, registration: Registration, offer: Offer, by: Account, at: datetime
) -> None:
    """Write down another offer."""
    if registration.ended_at is not None:
        raise EndedAlreadyError(on=registration.ended_at.date().isoformat())
    registration.skills = [str(one) for one in offer.skills]
    registration.free_times = [str(one) for one in offer.free_times]
    registration.wishes = offer.wishes
    registration.save(update_fields=["skills", "free_times", "wishes"])
    verb, person = "roster.registration_changed", registration.person_id
    record(verb=verb, by=by, at=at, thing=registration, on_behalf_of=person)


@transaction.atomic
def end_registration(*, registration: Registration, by: Account, at: datetime) -> None:
    """End a registration; whoever ended it may register again."""
    _end(registration, {}, by, at)


@transaction.atomic
def end_registrations_of(persons: tuple[int, ...], by: Account, at: datetime) -> None:
    """End all that runs of these rows of a person, who has withdrawn her consent to it."""
    running = Registration.objects.select_for_update().filter(person__in=persons, ended_at=None)
    for row in running.order_by("pk"):
        _end(row, {"consent": "withdrawn"}, by, at)


def _end(row: Registration, after: dict[str, str], by: Account, at: datetime) -> None:
    ended = Registration.objects.filter(pk=row.pk, ended_at=None).update(ended_at=at)
    if not ended:
        return
    verb, person = "roster.registration_ended", row.person_id
    record(verb=verb, by=by, at=at, thing=row, after=after, on_behalf_of=person)


@transaction.atomic
def send_feedback(
    *,
    organisation: Organisation,
    station: Station,
    first_on: date,
    until_on: date,
    members: int,
    text: str,
    by: Account,
    at: datetime,
) -> UnitFeedback:
    """Send a unit the letter about its members' time here: words and a count, no score.

    It goes to the unit's inbox and out as the unit chose. FeedbackSentError for a second letter
    about the same days, which is not sent.
    """
    if until_on <= first_on:
        raise DayOrderError(first=first_on.isoformat())
    try:
        with transaction.atomic():
            letter = UnitFeedback.objects.create(
                organisation=organisation,
                station=station,
                first_on=first_on,
                until_on=until_on,
                members=members,
                text=text,
                sent_at=at,
            )
    except IntegrityError:
        raise FeedbackSentError from None
    after = {"organisation": organisation.pk, "station": station.pk, "members": members}
    record(verb="roster.unit_written_to", by=by, at=at, thing=letter, after=after)
    values = {
        "station": station.name,
        "first": first_on.isoformat(),
        "last": (until_on - timedelta(days=1)).isoformat(),
        "members": str(members),
        "text": text,
    }
    notify(organisation, UNIT_LETTER.code, values, by=by, at=at)
    return letter
