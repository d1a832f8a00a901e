"""Consents published, given and withdrawn; withdrawing takes no more than giving."""

import hashlib
from datetime import datetime

from django.db import transaction
from django.utils import timezone

from hequan.core.accounts import Account
from hequan.core.audit import record
from hequan.people.actions.persons import locked_person
from hequan.people.ages import is_child
from hequan.people.models import Consent, ConsentText, Person
from hequan.people.protection_errors import (
    ConsentTextDateError,
    ConsentTextError,
    ConsentTextOutdatedError,
    GuardianNeededError,
    NotGuardianError,
)
from hequan.people.protection_kinds import ConsentChannel, ConsentPurpose
from hequan.people.queries.care import guardianships_on
from hequan.people.queries.subjects import subjects_of
from hequan.people.standard_words import STANDARD_WORDS
from hequan.people.withdrawals import followings_of


@transaction.atomic
def publish_consent_text(
    *,
    purpose: ConsentPurpose,
    text_zh: str,
    text_en: str,
    valid_from: datetime,
    by: Account,
    at: datetime,
) -> ConsentText:
    """Publish the next version of the words for a purpose; everybody is asked anew from then on.

    ConsentTextError for words missing or the same as the newest, ConsentTextDateError for a moment
    that is past or not after the version before.
    """
    chinese, english = text_zh.strip(), text_en.strip()
    digest = hashlib.sha256(f"{chinese}\n\n{english}".encode()).hexdigest()
    newest = ConsentText.objects.filter(purpose=purpose).order_by("-version").first()
    if not chinese or not english or (newest is not None and newest.digest == digest):
        raise ConsentTextError
    if valid_from < at or (newest is not None and valid_from <= newest.valid_from):
        raise ConsentTextDateError
    text = ConsentText.objects.create(
        purpose=purpose,
        version=newest.version + 1 if newest else 1,
        text_zh=chinese,
        text_en=english,
        digest=digest,
        valid_from=valid_from,
        published_by=by,
        published_at=at,
    )
    after = {"purpose": str(purpose), "version": text.version, "digest": digest}
    record(verb="people.consent_text_published", by=by, at=at, thing=text, after=after)
    return text


@transaction.atomic
def publish_standard_words(*, by: Account, at: datetime) -> list[ConsentText]:
    """Publish the standard words for every purpose that has none yet; return what was published."""
    there = set(ConsentText.objects.values_list("purpose", flat=True))
    return [
        publish_consent_text(
            purpose=purpose, text_zh=chinese, text_en=english, valid_from=at, by=by, at=at
        )
        for purpose, (chinese, english) in STANDARD_WORDS.items()
        if purpose not in there
    ]


@transaction.atomic
def give_consent(
    *,
    person: Person,
    text: ConsentText,
    channel: ConsentChannel,
    proxy_person: Person | None = None,
    proxy_account: Account | None = None,
    by: Account,
    at: datetime,
) -> Consent:
    """Write down a consent; given twice it is the first one.

    `proxy_person` is a guardian who consents for her ward, `proxy_account` the member of staff who
    wrote down what was said or signed. ConsentTextOutdatedError for words not in force,
    GuardianNeededError for a child by herself, NotGuardianError for anybody else's word for her.
    """
    row = locked_person(person.pk)
    _spoken_for(row, proxy_person, at)
    in_force = ConsentText.objects.filter(purpose=text.purpose, valid_from__lte=at)
    if in_force.order_by("-version").first() != text:
        raise ConsentTextOutdatedError
    there = Consent.objects.filter(person=row, text=text, withdrawn_at=None).first()
    if there is not None:
        return there
    consent = Consent.objects.create(
        person=row,
        text=text,
        channel=channel,
        proxy_person=proxy_person,
        proxy_account=proxy_account,
        given_at=at,
    )
    record(
        verb="people.consent_given",
        by=by,
        at=at,
        thing=consent,
        after={
            "purpose": text.purpose,
            "version": text.version,
            "by_guardian": proxy_person is not None,
        },
        plain=("purpose", "version"),
        on_behalf_of=row.pk,
    )
    return consent


@transaction.atomic
def withdraw_consent(*, consent: Consent, by: Account, at: datetime) -> Consent:
    """Withdraw a consent from now on; what was done under it stays done. Twice is once.

    Nobody is refused this: a child withdraws by herself too. Her consents to earlier words for the
    same purpose go with it, and what is kept on nothing else ends (people.withdrawals).
    """
    # held as in give_consent: who is being registered just now is registered before or after this
    Person.objects.select_for_update().filter(pk=consent.person_id).first()
    row = Consent.objects.select_for_update().select_related("text").get(pk=consent.pk)
    if row.withdrawn_at is not None:
        return row
    open_ones = Consent.objects.filter(
        person=row.person_id, text__purpose=row.text.purpose, withdrawn_at=None
    )
    earlier = open_ones.filter(text__version__lt=row.text.version).select_related("text")
    for one in (*earlier.order_by("pk"), row):
        _withdraw(one, by, at)
    if not open_ones.exists():
        persons = subjects_of(row.person).persons
        for following in followings_of(ConsentPurpose(row.text.purpose)):
            following.end(persons, by, at)
    return row


def _withdraw(row: Consent, by: Account, at: datetime) -> None:
    row.withdrawn_at = max(at, row.given_at)
    row.save(update_fields=["withdrawn_at"])
    record(
        verb="people.consent_withdrawn",
        by=by,
        at=at,
        thing=row,
        after={"purpose": row.text.purpose, "version": row.text.version},
        plain=("purpose", "version"),
        on_behalf_of=row.person_id,
    )


def _spoken_for(person: Person, proxy: Person | None, at: datetime) -> None:
    day = timezone.localdate(at)
    if proxy is None:
        if is_child(person.born_on, day):
            raise GuardianNeededError
        return
    if not guardianships_on(day).filter(minor=person, guardian=proxy).exists():
        raise NotGuardianError
