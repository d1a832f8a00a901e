"""Consents as a person, an officer and other apps ask for them."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import Count, Q, QuerySet
from django.utils import timezone
from django.utils.translation import get_language

from hequan.people.ages import is_child
from hequan.people.models import Consent, ConsentText, Person
from hequan.people.protection_errors import NoSuchRequestError
from hequan.people.protection_kinds import ConsentPurpose
from hequan.people.withdrawals import followings_of


@dataclass(frozen=True)
class ConsentLine:
    """One purpose as somebody sees it: the words in force, and what she said to them.

    `is_asked_anew` says that she consented to words before these; `open_consent` is what she may
    withdraw, to these words or earlier ones. `endings` are sentences: what ends with it.
    """

    purpose: ConsentPurpose
    text: ConsentText
    words: str
    consent: Consent | None
    is_asked_anew: bool
    withdrawn_at: datetime | None
    open_consent: Consent | None
    endings: tuple[Any, ...]


def consent_in_force(person: Person, purpose: ConsentPurpose, at: datetime) -> bool:
    """Tell whether she consents to this at that moment, to the words in force then."""
    found = Consent.objects.filter(person=person, text__purpose=purpose)
    return found.in_force(at).exists()


def words_in_force(at: datetime) -> dict[ConsentPurpose, ConsentText]:
    """Return the words of every purpose that has any, as they hold at that moment."""
    rows = ConsentText.objects.filter(valid_from__lte=at).order_by("version")
    return {ConsentPurpose(row.purpose): row for row in rows}


def consent_lines(person: Person, at: datetime) -> list[ConsentLine]:
    """Return what somebody is asked, purpose by purpose, with what she said: two queries."""
    said: dict[str, list[Consent]] = {}
    for consent in Consent.objects.filter(person=person).select_related("text").order_by("pk"):
        said.setdefault(consent.text.purpose, []).append(consent)
    child = is_child(person.born_on, timezone.localdate(at))
    lines = [
        _line(purpose, text, said.get(purpose, []))
        for purpose, text in words_in_force(at).items()
        if child or purpose is not ConsentPurpose.CHILD
    ]
    return sorted(lines, key=lambda line: list(ConsentPurpose).index(line.purpose))


def _line(purpose: ConsentPurpose, text: ConsentText, said: list[Consent]) -> ConsentLine:
    open_ones = [one for one in said if one.withdrawn_at is None]
    now = next((one for one in open_ones if one.text_id == text.pk), None)
    gone = [one.withdrawn_at for one in said if one.withdrawn_at is not None]
    return ConsentLine(
        purpose=purpose,
        text=text,
        words=words_of(text),
        consent=now,
        is_asked_anew=now is None and bool(open_ones),
        withdrawn_at=max(gone, default=None) if now is None else None,
        open_consent=now or next(reversed(open_ones), None),
        endings=tuple(one.words for one in followings_of(purpose)),
    )


def words_of(text: ConsentText) -> str:
    """Return the words in the reader's language."""
    return text.text_zh if (get_language() or "zh").startswith("zh") else text.text_en


def consent_of(person: Person, pk: int) -> Consent:
    """Return one of her consents; NoSuchRequestError for anybody else's."""
    found = Consent.objects.filter(pk=pk, person=person).select_related("text").first()
    if found is None:
        raise NoSuchRequestError
    return found


def consent_text(pk: int) -> ConsentText:
    """Return one version of the words; NoSuchRequestError for none."""
    found = ConsentText.objects.filter(pk=pk).first()
    if found is None:
        raise NoSuchRequestError
    return found


def consent_texts() -> QuerySet[ConsentText]:
    """Return every version of the words, newest first, with how many hold to it (`held`)."""
    held = Count("consents", filter=Q(consents__withdrawn_at__isnull=True))
    return (
        ConsentText.objects.select_related("published_by")
        .annotate(held=held)
        .order_by("purpose", "-version")
    )
