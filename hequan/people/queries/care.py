"""Who speaks for whom (监护与代办): guardians for minors, and whose data an account may manage."""

from datetime import date, datetime

from django.db.models import Q, QuerySet
from django.utils import timezone

from hequan.people.ages import is_child, is_minor
from hequan.people.errors import NoSuchPersonError
from hequan.people.models import Guardianship, Person
from hequan.people.queries.persons import person_of


def guardianships_on(day: date) -> QuerySet[Guardianship]:
    """Return the guardianships in force on that day."""
    return Guardianship.objects.filter(Q(valid_to=None) | Q(valid_to__gt=day), valid_from__lte=day)


def guardians_of(person: Person, day: date) -> list[Person]:
    """Return the guardians of somebody on that day."""
    held = guardianships_on(day).filter(minor=person, guardian__erased_at=None)
    return [one.guardian for one in held.select_related("guardian").order_by("pk")]


def wards_on(person: Person, day: date) -> list[Person]:
    """Return the minors somebody is guardian of on that day; one come of age is no ward."""
    held = guardianships_on(day).filter(
        guardian=person, minor__erased_at=None, minor__merged_into=None
    )
    wards = [one.minor for one in held.select_related("minor__unit").order_by("pk")]
    return [ward for ward in wards if is_minor(ward.born_on, day)]


def person_in_care(account: object, pk: int | None, at: datetime) -> Person:
    """Return whose data somebody signed in may manage: her own, or her ward's by id.

    NoSuchPersonError for anybody else, and for an account that stands for nobody.
    """
    own = person_of(account)
    if own is None:
        raise NoSuchPersonError
    if pk is None or pk == own.pk:
        return own
    found = next((one for one in wards_on(own, timezone.localdate(at)) if one.pk == pk), None)
    if found is None:
        raise NoSuchPersonError
    return found


def needs_guardian(account: object, person: Person, at: datetime) -> bool:
    """Tell whether somebody under fourteen asks for herself what her guardian decides."""
    day = timezone.localdate(at)
    own = person_of(account)
    return own is not None and own.pk == person.pk and is_child(person.born_on, day)
