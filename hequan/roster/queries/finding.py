"""Finding who and where (查找): the place or person that an officer names in a form."""

from datetime import datetime

from django.db.models import Q

from hequan.core.kinds import Capability
from hequan.people.access import organisations_visible
from hequan.people.models import Organisation, Person
from hequan.people.queries import persons_with_phone
from hequan.roster.access import persons_in_reach
from hequan.roster.errors import SeveralPlacesError, UnknownPlaceError
from hequan.roster.places import Place, PlaceRow
from hequan.stations.access import stations_visible
from hequan.stations.models import Station
from hequan.territory.access import units_visible
from hequan.territory.models import Unit

_SHOWN = 6


def place_named(
    words: str, *, user: object, at: datetime, capability: Capability = Capability.EDIT_ROSTER
) -> Place:
    """Return the unit, station or organisation that bears this name or code, where one may act.

    A code goes before a name. UnknownPlaceError for none, SeveralPlacesError tells several apart
    by their codes.
    """
    units = units_visible(user, at, capability)
    stations = stations_visible(user, at, capability).select_related("unit")
    bodies = organisations_visible(user, at, capability).select_related("unit")
    coded: list[PlaceRow] = [
        *units.filter(codes__code=words, codes__valid_to=None)[:2],
        *stations.filter(code=words)[:2],
        *bodies.filter(credit_code=words)[:2],
    ]
    named: list[PlaceRow] = coded or [
        *units.filter(name=words)[:_SHOWN],
        *stations.filter(name=words)[:_SHOWN],
        *bodies.filter(name=words, closed_on=None)[:_SHOWN],
    ]
    if not named:
        raise UnknownPlaceError(words=words)
    if len(named) > 1:
        raise SeveralPlacesError(names="; ".join(map(_told_apart, named)))
    return Place.of(named[0])


def _told_apart(row: PlaceRow) -> str:
    if isinstance(row, Unit):
        bearer = row.codes.filter(valid_to=None).first()
        return f"{row.name} {bearer.code if bearer else ''}".strip()
    code = row.code if isinstance(row, Station) else row.credit_code
    return f"{row.name} {code}".strip()


def code_of(place: Place) -> str:
    """Return what a form names the place by: its code, else its name."""
    row = place.row
    if isinstance(row, Unit):
        bearer = row.codes.filter(valid_to=None).first()
        return bearer.code if bearer else row.name
    code = row.code if isinstance(row, Station) else row.credit_code
    return code or row.name


def place_names(user: object, at: datetime, capability: Capability) -> list[str]:
    """Return names to offer while typing: units down to grids, then stations; at most 500."""
    units = units_visible(user, at, capability).order_by("path").values_list("name", flat=True)
    stations = stations_visible(user, at, capability).order_by("name")
    return [*units[:350], *stations.values_list("name", flat=True)[:150]]


def people_in_posts(words: str, *, user: object, at: datetime) -> list[Person]:
    """Return people with a post in one's reach who fit: by name, or name and telephone tail.

    With a whole number anybody who has it and bears the name fits, in one's reach or not: whoever
    knows both knows her.
    """
    name, _, rest = words.partition(" ")
    rest = rest.strip()
    if len(rest) > 4:
        return [one for one in persons_with_phone(rest) if one.name == name]
    fits = Q(name=name) & (Q(phone_tail=rest) if rest else Q())
    return list(persons_in_reach(user, at).filter(fits).order_by("pk")[:_SHOWN])


def organisation_named(words: str) -> list[Organisation]:
    """Return the organisations in being that bear this name or credit code, at most six."""
    rows = Organisation.objects.filter(closed_on=None).select_related("unit")
    found = list(rows.filter(credit_code=words)[:1]) if words else []
    return found or list(rows.filter(name=words).order_by("pk")[:_SHOWN])
