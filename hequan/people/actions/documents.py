"""Identity documents recorded and removed."""

from datetime import datetime

from django.db import IntegrityError, transaction

from hequan.core.accounts import Account
from hequan.core.audit import record
from hequan.core.sealed import match_candidates, match_of
from hequan.people.actions.persons import locked_person
from hequan.people.id_numbers import CHINA, is_country, is_document_number, normal_number
from hequan.people.models import IdDocument, Person
from hequan.people.protection_errors import (
    BadDocumentError,
    ConsentNeededError,
    DocumentTakenError,
)
from hequan.people.protection_kinds import ConsentPurpose, DocumentKind
from hequan.people.queries.consents import consent_in_force


@transaction.atomic
def record_document(
    *,
    person: Person,
    kind: DocumentKind,
    number: str,
    country: str = CHINA,
    by: Account,
    at: datetime,
) -> IdDocument:
    """Record what shows who she is, in the place of an older one of its kind.

    ConsentNeededError without her consent to keep an identity number, BadDocumentError for a number
    that cannot be one, DocumentTakenError when it is somebody else's.
    """
    row = locked_person(person.pk)
    if not consent_in_force(row, ConsentPurpose.IDENTITY, at):
        raise ConsentNeededError
    plain = normal_number(number)
    if not is_country(country) or not is_document_number(kind, plain):
        raise BadDocumentError
    # the constraint knows one hash; while the match key is changed the same number may have two
    there = IdDocument.objects.filter(
        kind=kind, country=country, number_match__in=match_candidates(plain)
    )
    if there.exclude(person=row).exists():
        raise DocumentTakenError
    values = {
        "country": country,
        "number": plain,
        "number_match": match_of(plain),
        "tail": plain[-4:],
        "recorded_at": at,
    }
    try:
        with transaction.atomic():
            document, _new = IdDocument.objects.update_or_create(
                person=row, kind=kind, defaults=values
            )
    except IntegrityError:
        raise DocumentTakenError from None
    after = {"kind": str(kind), "country": country}
    record(verb="people.document_recorded", by=by, at=at, thing=document, after=after, plain=after)
    return document


@transaction.atomic
def remove_document(*, document: IdDocument, by: Account, at: datetime) -> None:
    """Forget a document."""
    before = {"kind": document.kind, "country": document.country}
    record(
        verb="people.document_removed", by=by, at=at, thing=document, before=before, plain=before
    )
    document.delete()
