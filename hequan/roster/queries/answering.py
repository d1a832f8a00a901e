"""Asking who answers (谁来负责): loads lists, posts and bodies, and lets the rules choose.

One question costs a fixed, small number of queries; thousands of pairs at once cost the same few,
since posts are then read for the whole part of the territory. Written for routing and its dry runs.
What one question reads, every case that is opened reads, so its statements are put into SQL once.
"""

from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from typing import Any, TypeVar

from django.db.models import CharField, DateField, Q, QuerySet

from hequan.core import versions
from hequan.core.questions import Gaps, Question, key
from hequan.people.models import Organisation
from hequan.roster.answering import HEADS, answer_for, resolve_party
from hequan.roster.answers import Answer, BodyFacts, Holders, PostFacts, StandIn, UnitFacts
from hequan.roster.days import day_of
from hequan.roster.models import Leave, Matter, Post, ServiceArea
from hequan.roster.queries.matters import catalogue_on
from hequan.roster.queries.responsibilities import published_lists
from hequan.roster.responsibilities import ListFacts, PartyFacts, ResolvesBy
from hequan.stations.kinds import StationStatus
from hequan.stations.models import MainStation, Station
from hequan.territory.kinds import Level
from hequan.territory.models import Unit
from hequan.territory.paths import ids_in

T = TypeVar("T")
Trail = tuple[UnitFacts, ...]
Pair = tuple[str, int]
_REMEMBERED = timedelta(days=366)  # ended posts are named among those passed over


def posts_answering_for(matter: Matter | str, unit: Unit, at: datetime) -> Answer:
    """Return who answers for a matter (or its code) at a unit at a moment, with the reasons.

    Never raises for a gap in the books: `Answer.outcome` and its reasons say what is missing.
    """
    code = matter if isinstance(matter, str) else matter.code
    on = day_of(at)
    trail = _trail_of(unit)
    lists = _lists_over({one.pk for one in trail}, on, None)
    holders = _holders(_Reach.along(trail), _parties(lists), on)
    return answer_for(catalogue_on(on).by_code.get(code), trail, lists, holders, on)


def posts_answering_for_many(
    pairs: Iterable[Pair], at: datetime, instead: ListFacts | None = None
) -> dict[Pair, Answer]:
    """Return the answer for each pair of matter code and unit id, all as of one moment.

    `instead` is a list, mostly a draft, that is taken to be in force for its unit: comparing both
    results tells what an edited list would send elsewhere. An unknown unit is answered by nobody.
    """
    wanted = set(pairs)
    on = day_of(at)
    trails = _trails({unit for _, unit in wanted})
    there = {one.pk for trail in trails.values() for one in trail}
    lists = _lists_over(there, on, instead)
    holders = _holders(_Reach.over(trails.values()), _parties(lists), on)
    matters = catalogue_on(on).by_code
    return {
        (code, unit): answer_for(matters.get(code), trails.get(unit, ()), lists, holders, on)
        for code, unit in wanted
    }


@dataclass(frozen=True)
class Unresolved:
    """A party of a list that comes to nobody at these units."""

    party: PartyFacts
    units: tuple[UnitFacts, ...]
    of: int

    @property
    def is_everywhere(self) -> bool:
        """Tell whether it comes to nobody at all."""
        return len(self.units) == self.of


def unresolved_parties(facts: ListFacts, on: date) -> list[Unresolved]:
    """Return the parties that come to nobody somewhere, with those micro-grids.

    A unit without micro-grids is looked at itself. A body counts, though nobody speaks for it.
    """
    top = _kept_units.get().get(facts.unit_id)
    if top is None:
        return []
    trails = _trails(_smallest_below(facts.unit_id))
    holders = _holders(_Reach.over(trails.values()), facts.parties, on)
    found = []
    for party in facts.parties:
        vacant = [t[-1] for t in trails.values() if resolve_party(party, t, holders, on) is None]
        if vacant:
            found.append(Unresolved(party, tuple(vacant), len(trails)))
    return found


# --- units


def _units() -> dict[int, tuple[UnitFacts, str, bool]]:
    rows = Unit.objects.values_list(
        "pk", "name", "level", "zone_kind", "estate_type", "path", "valid_to"
    )
    return {row[0]: (UnitFacts(*row[:5]), row[5], row[6] is None) for row in rows}


_kept_units = versions.Kept(_units, "territory")


_NAMED = ("pk", "name", "level", "zone_kind", "estate_type")
_WITH_IDS = Question[tuple[Any, ...]](
    lambda ids: Unit.objects.filter(pk__in=ids).values_list(*_NAMED), ids=[key()]
)


def _trail_of(unit: Unit) -> Trail:
    ids = ids_in(unit.path)
    found = {row[0]: UnitFacts(*row) for row in _WITH_IDS.all(ids=ids)}
    return tuple(found[pk] for pk in ids if pk in found)


def _trails(units: Iterable[int]) -> dict[int, Trail]:
    known = _kept_units.get()
    return {pk: tuple(known[one][0] for one in ids_in(known[pk][1])) for pk in units if pk in known}


def _smallest_below(unit_id: int) -> list[int]:
    known = _kept_units.get()
    path = known[unit_id][1]
    below = [pk for pk, (_, one, now) in known.items() if now and one.startswith(path)]
    grids = [pk for pk in below if known[pk][0].level == Level.GRID]
    return sorted(grids, key=lambda pk: known[pk][1]) or [unit_id]


# --- lists


def _lists_over(
    units: Collection[int], on: date, instead: ListFacts | None
) -> tuple[ListFacts, ...]:
    lists = [one for one in published_lists() if one.unit_id in units and one.holds_on(on)]
    if instead is not None:
        lists = [one for one in lists if one.unit_id != instead.unit_id]
        lists.append(replace(instead, valid_from=on, valid_to=None))
    return tuple(lists)


def _parties(lists: Iterable[ListFacts]) -> tuple[PartyFacts, ...]:
    return tuple(party for one in lists for party in one.parties)


# --- who is where


@dataclass(frozen=True)
class _Reach:
    """The units whose posts are read: a few by id, or all below one path; and their names."""

    names: Mapping[int, str]
    ids: Collection[int] = ()
    path: str = ""

    @classmethod
    def along(cls, trail: Trail) -> "_Reach":
        """Return the reach of one trail: its units and nothing beside them."""
        return cls({one.pk: one.name for one in trail}, tuple(one.pk for one in trail))

    @classmethod
    def over(cls, trails: Iterable[Trail]) -> "_Reach":
        """Return the reach of many trails: everything below what they have in common."""
        tops = {trail[0].pk for trail in trails if trail}
        names = {pk: known[0].name for pk, known in _kept_units.get().items()}
        return cls(names, path=f"/{tops.pop()}/" if len(tops) == 1 else "/")

    def rows(self, question: Question[T], read: Callable[..., Any], **told: Any) -> Iterable[T]:
        """Return what is read of the units: by the question where they are few."""
        if self.path:
            found: Iterable[T] = read(units=self, **told)
            return found
        return question.all(units=self.ids, **told)

    def of(self, lookup: str) -> Q:
        """Return the filter of rows whose unit, at the end of the lookup, is in reach."""
        if self.path == "/":
            return Q(**{f"{lookup}__isnull": False})
        if self.path:
            return Q(**{f"{lookup}__path__startswith": self.path})
        return Q(**{f"{lookup}__in": self.ids})


def _of(units: _Reach | Gaps, lookup: str) -> Q:
    return Q(**{f"{lookup}__in": units}) if isinstance(units, Gaps) else units.of(lookup)


def _holders(reach: _Reach, parties: Iterable[PartyFacts], on: date) -> Holders:
    """Read who is where, as far as these parties may ask: at most seven queries."""
    asked = tuple(parties)
    stations = _stations(reach, on) if _asks(asked, ResolvesBy.STATION_POST) else {}
    kinds = {p.organisation_kind for p in asked if p.resolves_by == ResolvesBy.ORGANISATION_KIND}
    one_body = [p for p in asked if p.resolves_by == ResolvesBy.ORGANISATION]
    named = {p.organisation_id for p in one_body if p.organisation_id}
    serving = _serving(reach, kinds, on) if kinds else {}
    seated, bodies = _seated_and_named(reach, kinds, named) if kinds or named else ({}, {})
    known = {pk: one.name for pk, one in bodies.items()}
    for books in (serving, seated):
        known |= {one.pk: one.name for rows in books.values() for one in rows}
    posts = _posts(reach, asked, {s for rows in stations.values() for s in rows}, known, on)
    return Holders(
        at_unit=posts["unit"],
        at_station=posts["station"],
        at_body=posts["organisation"],
        stations=stations,
        serving=serving,
        seated=seated,
        bodies=bodies,
        away=_away(reach, posts, on),
    )


def _asks(parties: Iterable[PartyFacts], way: ResolvesBy) -> bool:
    return any(one.resolves_by == way for one in parties)


def _stations(reach: _Reach, on: date) -> dict[int, list[int]]:
    """Return the stations of each unit, a micro-grid's main station first: two queries."""
    there = Station.objects.filter(status=StationStatus.OPEN).filter(
        Q(closed_on=None) | Q(closed_on__gt=on)
    )
    found: dict[int, list[int]] = defaultdict(list)
    main = MainStation.objects.filter(reach.of("grid"), station__in=there)
    for grid, station in main.order_by("pk").values_list("grid_id", "station_id"):
        found[grid].append(station)
    own = there.filter(reach.of("unit")).order_by("pk").values_list("unit_id", "pk")
    for unit, station in own:
        found[unit].append(station)
    return found


def _read_serving(
    units: _Reach | Gaps, kinds: Any, on: Any
) -> QuerySet[ServiceArea, tuple[Any, ...]]:
    rows = ServiceArea.objects.filter(
        _of(units, "unit"), organisation__kind__in=kinds, valid_from__lte=on
    ).filter(Q(valid_to=None) | Q(valid_to__gt=on))
    return rows.values_list(
        *("unit_id", "organisation_id", "organisation__name", "organisation__kind"),
        "organisation__closed_on",
    )


_SERVING = Question[tuple[Any, ...]](
    _read_serving, units=[key()], kinds=[CharField()], on=DateField()
)


def _serving(reach: _Reach, kinds: set[str], on: date) -> dict[int, list[BodyFacts]]:
    found: dict[int, list[BodyFacts]] = defaultdict(list)
    for unit, *body in reach.rows(_SERVING, _read_serving, kinds=kinds, on=on):
        found[unit].append(BodyFacts(*body))
    return found


def _read_bodies(
    units: _Reach | Gaps, kinds: Any, named: Any
) -> QuerySet[Organisation, tuple[Any, ...]]:
    wanted = Q(pk__in=named) | Q(_of(units, "unit"), kind__in=kinds)
    columns = ("unit_id", "pk", "name", "kind", "closed_on")
    return Organisation.objects.filter(wanted).values_list(*columns)


_BODIES = Question[tuple[Any, ...]](_read_bodies, units=[key()], kinds=[CharField()], named=[key()])


def _seated_and_named(
    reach: _Reach, kinds: set[str], named: set[int]
) -> tuple[dict[int, list[BodyFacts]], dict[int, BodyFacts]]:
    seated: dict[int, list[BodyFacts]] = defaultdict(list)
    bodies: dict[int, BodyFacts] = {}
    for unit, *body in reach.rows(_BODIES, _read_bodies, kinds=kinds, named=named):
        one = BodyFacts(*body)
        bodies[one.pk] = one
        if one.kind in kinds and unit:
            seated[unit].append(one)
    return seated, bodies


Posts = dict[str, dict[int, list[PostFacts]]]


def _read_posts(
    units: _Reach | Gaps, kinds: Any, stations: Any, bodies: Any, since: Any
) -> QuerySet[Post, tuple[Any, ...]]:
    wanted = Q(_of(units, "unit"), kind__in=kinds)
    wanted |= _among("station", stations) | _among("organisation", bodies)
    rows = Post.objects.filter(wanted).filter(Q(valid_to=None) | Q(valid_to__gt=since))
    return rows.values_list(
        *("pk", "kind", "person_id", "person__name", "valid_from", "valid_to"),
        *("title", "station__name", "unit_id", "station_id", "organisation_id"),
        *("person__merged_into_id", "person__merged_into__name"),
    )


_POSTS = Question[tuple[Any, ...]](
    _read_posts,
    units=[key()],
    kinds=[CharField()],
    stations=[key()],
    bodies=[key()],
    since=DateField(),
)


def _posts(
    reach: _Reach,
    parties: Sequence[PartyFacts],
    stations: set[int],
    bodies: Mapping[int, str],
    on: date,
) -> Posts:
    """Return posts held lately, now or soon, by where they are: one query.

    Units and bodies are known by name, so that the statement joins as little as it can.
    """
    kinds = {kind for heads in HEADS.values() for kind in heads}
    kinds |= {one.post_kind for one in parties if one.post_kind}
    found: Posts = {"unit": defaultdict(list), "station": defaultdict(list)}
    found["organisation"] = defaultdict(list)
    told = {"kinds": kinds, "stations": stations, "bodies": list(bodies), "since": on - _REMEMBERED}
    for row in reach.rows(_POSTS, _read_posts, **told):
        pk, kind, person, name, valid_from, valid_to, title, station_name, *places = row[:11]
        unit, station, body = places
        where = "unit" if unit else "station" if station else "organisation"
        found[where][unit or station or body].append(
            PostFacts(
                pk=pk,
                kind=kind,
                person_id=row[11] or person,
                person_name=row[12] or name,
                valid_from=valid_from,
                valid_to=valid_to,
                place_name=station_name or reach.names.get(unit) or bodies.get(body, ""),
                title=title,
            )
        )
    return found


_LISTED = 2000  # more keys than this are not listed in a statement


def _among(column: str, keys: Any) -> Q:
    if not isinstance(keys, Gaps) and len(keys) > _LISTED:
        return Q(**{f"{column}__isnull": False})
    return Q(**{f"{column}__in": keys})


def _read_away(persons: Any, on: Any) -> QuerySet[Leave, tuple[Any, ...]]:
    rows = Leave.objects.filter(_among("person", persons), first_on__lte=on, until_on__gt=on)
    return rows.values_list("person_id", "stand_in_id", "stand_in__name")


_AWAY = Question[tuple[Any, ...]](_read_away, persons=[key()], on=DateField())


def _away(reach: _Reach, posts: Posts, on: date) -> Mapping[int, StandIn | None]:
    """Return who of these people is on leave, and who stands in: one query."""
    persons = {one.person_id for books in posts.values() for rows in books.values() for one in rows}
    rows = _read_away(persons, on) if reach.path else _AWAY.all(persons=persons, on=on)
    return {
        person: StandIn(stand_in, name or "") if stand_in else None
        for person, stand_in, name in rows
    }
