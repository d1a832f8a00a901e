"""Who answers for a matter at a place (谁来负责), chosen from plain values and told with reasons.

The list in force nearest the place that speaks of the matter decides; its item names the answerable
party; the party is looked for at its level, and where its post is vacant or everybody is away, the
heads of the levels above stand in. Nothing here asks a database or a clock, and nothing raises for
a gap in the books: the gap is the answer's reason.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date

from hequan.roster.answers import (
    Answer,
    AnsweringPost,
    BodyFacts,
    Found,
    Holders,
    Outcome,
    PassedOver,
    PassedOverCode,
    PostFacts,
    Reason,
    ReasonCode,
    UnitFacts,
    Value,
)
from hequan.roster.kinds import PostKind
from hequan.roster.matters import MatterRow, kinds_of_place
from hequan.roster.responsibilities import (
    Choice,
    ItemFacts,
    ListFacts,
    PartyFacts,
    PartyRole,
    ResolvesBy,
)
from hequan.territory.kinds import Level

# who stands for a whole level, in this order, when a post below is vacant
HEADS: Mapping[str, tuple[str, ...]] = {
    Level.GRID: (PostKind.GRID_HEAD,),
    Level.COMMITTEE: (PostKind.COMMITTEE_DIRECTOR, PostKind.COMMITTEE_SECRETARY),
    Level.AREA: (PostKind.AREA_HEAD,),
    Level.TOWN: (PostKind.TOWN_OFFICER,),
    Level.DISTRICT: (PostKind.DISTRICT_OFFICER,),
}
# who takes up a matter in an organisation: these first, then any other post
_SPEAK_FOR_A_BODY = (PostKind.LIAISON, PostKind.DEPARTMENT_OFFICER)
_REMEMBERED_DAYS = 365  # an ended post is named among those passed over for a year

_WHY_NOT_ITEM = {
    "matter": PassedOverCode.LESS_SPECIFIC_MATTER,
    "place": PassedOverCode.LESS_SPECIFIC_PLACE,
    "number": PassedOverCode.HIGHER_NUMBER,
}


@dataclass
class _Notes:
    """What is written down on the way."""

    reasons: list[Reason] = field(default_factory=list)
    passed: list[PassedOver] = field(default_factory=list)

    def say(self, code: ReasonCode, **values: Value) -> None:
        self.reasons.append(Reason(code, values))

    def pass_over(
        self, what: str, pk: int, name: str, code: PassedOverCode, **values: Value
    ) -> None:
        self.passed.append(PassedOver(what, pk, name, code, values))


def answer_for(
    matter: MatterRow | None,
    trail: Sequence[UnitFacts],
    lists: Iterable[ListFacts],
    holders: Holders,
    on: date,
) -> Answer:
    """Return who answers for a matter at the last unit of a trail (root first) on a day."""
    notes = _Notes()
    if matter is None:
        notes.say(ReasonCode.NO_MATTER)
        return _nobody(notes)
    chosen = _chosen_item(matter, trail, lists, on, notes)
    if chosen is None:
        return _nobody(notes)
    sheet, item = chosen
    found = _answerable(sheet, item, trail, holders, on, notes)
    if found is None:
        return _nobody(notes, sheet, item)
    party, got = found
    return _answer(sheet, item, party, got, trail, holders, on, notes)


def place_of(trail: Sequence[UnitFacts]) -> tuple[str, ...]:
    """Return what the last unit of a trail is; what it does not say itself, the unit above says."""
    zone = next((one.zone_kind for one in reversed(trail) if one.zone_kind), "")
    estate = next((one.estate_type for one in reversed(trail) if one.estate_type), "")
    return kinds_of_place(zone, estate if zone in ("", "estate") else "")


def _nobody(notes: _Notes, sheet: ListFacts | None = None, item: ItemFacts | None = None) -> Answer:
    return Answer(
        Outcome.NOBODY,
        reasons=tuple(notes.reasons),
        passed_over=tuple(notes.passed),
        list_id=sheet.key if sheet else None,
        list_version=sheet.version if sheet else None,
        item_id=item.key if item else None,
        item_number=item.number if item else None,
    )


def _chosen_item(
    matter: MatterRow,
    trail: Sequence[UnitFacts],
    lists: Iterable[ListFacts],
    on: date,
    notes: _Notes,
) -> tuple[ListFacts, ItemFacts] | None:
    """Ask the lists from the place upward; the first that speaks of the matter decides."""
    in_force = {one.unit_id: one for one in lists if one.holds_on(on)}
    place = place_of(trail)
    asked = [in_force[unit.pk] for unit in reversed(trail) if unit.pk in in_force]
    for sheet in asked:
        choice = sheet.choose(matter, place)
        if choice is not None:
            _note_choice(sheet, choice, notes)
            return sheet, choice.item
        notes.say(ReasonCode.LIST_SILENT, list=sheet.title, version=sheet.version)
    notes.say(ReasonCode.NO_ITEM if asked else ReasonCode.NO_LIST, matter=matter.code)
    return None


def _note_choice(sheet: ListFacts, choice: Choice, notes: _Notes) -> None:
    since = sheet.valid_from or date.min
    notes.say(ReasonCode.LIST_CHOSEN, list=sheet.title, version=sheet.version, since=since)
    notes.say(
        ReasonCode.ITEM_CHOSEN,
        number=choice.item.number,
        text=choice.item.text,
        matter_rank=choice.matter_rank,
        place_rank=choice.place_rank,
    )
    for other in choice.others:
        name, code = other.item.text, _WHY_NOT_ITEM[other.why]
        notes.pass_over("item", other.item.key, name, code, number=other.item.number)


def _answerable(
    sheet: ListFacts,
    item: ItemFacts,
    trail: Sequence[UnitFacts],
    holders: Holders,
    on: date,
    notes: _Notes,
) -> tuple[PartyFacts, Found] | None:
    keys = item.parties_with(PartyRole.ANSWERABLE)
    if not keys:
        notes.say(ReasonCode.NO_ANSWERABLE, number=item.number)
        return None
    party = sheet.party_of[keys[0]]
    notes.say(ReasonCode.PARTY_ANSWERS, party=party.name)
    found = resolve_party(party, trail, holders, on, notes)
    if found is None:
        found = _climb(party, trail, holders, on, notes)
    if found is None:
        notes.say(ReasonCode.VACANT_ALL_THE_WAY)
        return None
    return party, found


def _answer(
    sheet: ListFacts,
    item: ItemFacts,
    party: PartyFacts,
    found: Found,
    trail: Sequence[UnitFacts],
    holders: Holders,
    on: date,
    notes: _Notes,
) -> Answer:
    posts = list(_as_posts(found, PartyRole.ANSWERABLE, party))
    for key, role in item.roles:
        if role != PartyRole.ANSWERABLE:
            beside = resolve_party(sheet.party_of[key], trail, holders, on, _Notes())
            posts += _as_posts(beside or Found(), role, sheet.party_of[key])
    return Answer(
        Outcome.ANSWERED if found.posts else Outcome.ORGANISATION,
        posts=tuple(posts),
        organisation=found.body.pk if found.body else None,
        organisation_name=found.body.name if found.body else "",
        reasons=tuple(notes.reasons),
        passed_over=tuple(notes.passed),
        list_id=sheet.key,
        list_version=sheet.version,
        item_id=item.key,
        item_number=item.number,
        party=party.name,
    )


def _as_posts(found: Found, role: str, party: PartyFacts) -> Iterator[AnsweringPost]:
    for one in found.posts:
        yield AnsweringPost(
            post=one.pk,
            kind=one.kind,
            person=one.person_id,
            person_name=one.person_name,
            place_name=one.place_name,
            role=role,
            party=party.name,
            organisation=found.body.pk if found.body else None,
            title=one.title,
            stands_in_for=one.stands_in_for,
        )


def resolve_party(
    party: PartyFacts,
    trail: Sequence[UnitFacts],
    holders: Holders,
    on: date,
    notes: _Notes | None = None,
) -> Found | None:
    """Return who a party is at a place on a day without anybody standing in; None for nobody."""
    notes = notes or _Notes()
    if party.resolves_by == ResolvesBy.POST:
        return _post_at_level(party, trail, holders, on, notes)
    if party.resolves_by == ResolvesBy.STATION_POST:
        return _post_at_station(party, trail, holders, on, notes)
    if party.resolves_by == ResolvesBy.ORGANISATION_KIND:
        return _serving_body(party, trail, holders, on, notes)
    if party.resolves_by == ResolvesBy.ORGANISATION:
        return _named_body(party, holders, on, notes)
    notes.say(ReasonCode.PARTY_UNSET, party=party.name)
    return None


def _post_at_level(
    party: PartyFacts, trail: Sequence[UnitFacts], holders: Holders, on: date, notes: _Notes
) -> Found | None:
    unit = next((one for one in trail if one.level == party.level), None)
    if unit is None:
        notes.say(ReasonCode.NO_SUCH_LEVEL, level=party.level, unit=trail[-1].name if trail else "")
        return None
    return _found_at(unit, (party.post_kind,), holders, on, notes)


def _found_at(
    unit: UnitFacts, kinds: Sequence[str], holders: Holders, on: date, notes: _Notes
) -> Found | None:
    """Return the holders of the first of these kinds of post at a unit that is held."""
    there = holders.at_unit.get(unit.pk, ())
    for kind in kinds:
        held = _held([one for one in there if one.kind == kind], holders, on, notes)
        if held:
            notes.say(ReasonCode.POST_FOUND, kind=kind, level=unit.level, unit=unit.name)
            return Found(held)
    notes.say(ReasonCode.VACANT, kind=kinds[0], level=unit.level, unit=unit.name)
    return None


def _held(
    posts: Iterable[PostFacts], holders: Holders, on: date, notes: _Notes
) -> tuple[PostFacts, ...]:
    """Return the posts held and present on a day, longest first; note why others are not."""
    held = []
    for one in sorted(posts, key=lambda post: (post.valid_from, post.pk)):
        if not one.holds_on(on):
            _note_other_days(one, on, notes)
        elif one.person_id not in holders.away:
            held.append(one)
        else:
            notes.pass_over("post", one.pk, one.person_name, PassedOverCode.ON_LEAVE, kind=one.kind)
            held += _stood_in(one, holders)
    return tuple(held)


def _stood_in(post: PostFacts, holders: Holders) -> Iterator[PostFacts]:
    """Return the post as her stand-in does its work, unless that one is away too."""
    stand_in = holders.away[post.person_id]
    if stand_in is not None and stand_in.person_id not in holders.away:
        yield replace(
            post,
            person_id=stand_in.person_id,
            person_name=stand_in.person_name,
            stands_in_for=post.person_name,
        )


def _note_other_days(post: PostFacts, on: date, notes: _Notes) -> None:
    name, said = post.person_name, {"kind": post.kind}
    if post.valid_from > on:
        code, day = PassedOverCode.NOT_BEGUN, post.valid_from
        notes.pass_over("post", post.pk, name, code, on=day, **said)
    elif post.valid_to and (on - post.valid_to).days < _REMEMBERED_DAYS:
        code, day = PassedOverCode.ENDED, post.valid_to
        notes.pass_over("post", post.pk, name, code, on=day, **said)


def _post_at_station(
    party: PartyFacts, trail: Sequence[UnitFacts], holders: Holders, on: date, notes: _Notes
) -> Found | None:
    """Look at the main station of the place, then at stations of the units above."""
    for unit in reversed(trail):
        for station in holders.stations.get(unit.pk, ()):
            there = [p for p in holders.at_station.get(station, ()) if p.kind == party.post_kind]
            held = _held(there, holders, on, notes)
            if held:
                said = {"kind": party.post_kind, "level": unit.level, "unit": held[0].place_name}
                notes.say(ReasonCode.POST_FOUND, **said)
                return Found(held)
    last = trail[-1] if trail else UnitFacts(0, "", "")
    notes.say(ReasonCode.VACANT, kind=party.post_kind, level=last.level, unit=last.name)
    return None


def _serving_body(
    party: PartyFacts, trail: Sequence[UnitFacts], holders: Holders, on: date, notes: _Notes
) -> Found | None:
    """Take the body of the kind that serves the nearest unit, else the one seated nearest."""
    for books in (holders.serving, holders.seated):
        for unit in reversed(trail):
            near = [b for b in books.get(unit.pk, ()) if b.kind == party.organisation_kind]
            bodies = [one for one in near if _is_open(one, on, notes)]
            if bodies:
                first, *others = sorted(bodies, key=lambda one: one.pk)
                for one in others:
                    code = PassedOverCode.ANOTHER_SERVES
                    notes.pass_over("organisation", one.pk, one.name, code, other=first.name)
                notes.say(ReasonCode.ORGANISATION_FOUND, organisation=first.name, unit=unit.name)
                return _speakers(first, holders, on, notes)
    notes.say(ReasonCode.NO_ORGANISATION, kind=party.organisation_kind)
    return None


def _is_open(body: BodyFacts, on: date, notes: _Notes) -> bool:
    if body.is_open_on(on):
        return True
    code = PassedOverCode.ORGANISATION_CLOSED
    notes.pass_over("organisation", body.pk, body.name, code)
    return False


def _named_body(party: PartyFacts, holders: Holders, on: date, notes: _Notes) -> Found | None:
    body = holders.bodies.get(party.organisation_id or 0)
    if body is None or not body.is_open_on(on):
        notes.say(ReasonCode.ORGANISATION_CLOSED, organisation=body.name if body else party.name)
        return None
    notes.say(ReasonCode.ORGANISATION_FOUND, organisation=body.name, unit="")
    return _speakers(body, holders, on, notes)


def _speakers(body: BodyFacts, holders: Holders, on: date, notes: _Notes) -> Found:
    """Return who speaks for a body: its liaison, else an officer, else whoever holds a post."""
    held = _held(holders.at_body.get(body.pk, ()), holders, on, notes)
    for kind in _SPEAK_FOR_A_BODY:
        speaking = tuple(one for one in held if one.kind == kind)
        if speaking:
            return Found(speaking, body)
    if not held:
        notes.say(ReasonCode.ORGANISATION_WITHOUT_POST, organisation=body.name)
    return Found(held, body)


def _climb(
    party: PartyFacts, trail: Sequence[UnitFacts], holders: Holders, on: date, notes: _Notes
) -> Found | None:
    """Return the heads of the first level that has any, from the party's own level upward."""
    start = Level(party.level).depth if party.level else Level.BUILDING_GROUP.depth
    for unit in reversed(trail):
        kinds = tuple(k for k in HEADS.get(unit.level, ()) if not _tried(party, unit, k))
        if not kinds or Level(unit.level).depth > start:
            continue
        found = _found_at(unit, kinds, holders, on, notes)
        if found is not None:
            notes.say(ReasonCode.CLIMBED, party=party.name, level=unit.level, unit=unit.name)
            return found
    return None


def _tried(party: PartyFacts, unit: UnitFacts, kind: str) -> bool:
    return party.resolves_by == ResolvesBy.POST and (unit.level, kind) == (
        party.level,
        party.post_kind,
    )
