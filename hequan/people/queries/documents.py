"""Identity documents as others ask for them: whose is this number, which has she."""

from hequan.core.sealed import match_candidates
from hequan.people.id_numbers import CHINA, normal_number
from hequan.people.models import IdDocument, Person
from hequan.people.protection_kinds import DocumentKind
from hequan.people.queries.persons import standing


def person_with_document(kind: DocumentKind, number: str, country: str = CHINA) -> Person | None:
    """Return whose document this is, however it is written; None for nobody's."""
    match = match_candidates(normal_number(number))
    found = IdDocument.objects.filter(kind=kind, country=country, number_match__in=match)
    document = found.select_related("person__unit").first()
    return standing(document.person) if document else None


def documents_of(person: Person) -> list[IdDocument]:
    """Return the documents recorded for her; their numbers are sealed."""
    return list(IdDocument.objects.filter(person=person).order_by("kind"))
