"""What an answer to "who answers for this?" (谁来负责) is made of: plain values, no rules.

The rules that choose are in `answering.py`; pages make words of the codes.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum

from hequan.roster.responsibilities import PartyRole

Value = str | int | date


class Outcome(StrEnum):
    """How far the question got: to persons, to a body without a person, or to nobody."""

    ANSWERED = "answered"
    ORGANISATION = "organisation"
    NOBODY = "nobody"


class ReasonCode(StrEnum):
    """One step on the way to the answer."""

    LIST_CHOSEN = "list_chosen"
    LIST_SILENT = "list_silent"
    ITEM_CHOSEN = "item_chosen"
    PARTY_ANSWERS = "party_answers"
    POST_FOUND = "post_found"
    ORGANISATION_FOUND = "organisation_found"
    CLIMBED = "climbed"
    VACANT = "vacant"
    NO_SUCH_LEVEL = "no_such_level"
    NO_ORGANISATION = "no_organisation"
    ORGANISATION_CLOSED = "organisation_closed"
    ORGANISATION_WITHOUT_POST = "organisation_without_post"
    PARTY_UNSET = "party_unset"
    NO_MATTER = "no_matter"
    NO_LIST = "no_list"
    NO_ITEM = "no_item"
    NO_ANSWERABLE = "no_answerable"
    VACANT_ALL_THE_WAY = "vacant_all_the_way"


class PassedOverCode(StrEnum):
    """Why something that might have been the answer is not."""

    LESS_SPECIFIC_MATTER = "less_specific_matter"
    LESS_SPECIFIC_PLACE = "less_specific_place"
    HIGHER_NUMBER = "higher_number"
    ENDED = "ended"
    NOT_BEGUN = "not_begun"
    ON_LEAVE = "on_leave"
    ANOTHER_SERVES = "another_serves"
    ORGANISATION_CLOSED = "organisation_closed"


@dataclass(frozen=True)
class UnitFacts:
    """A unit as the rules see it."""

    pk: int
    name: str
    level: str
    zone_kind: str = ""
    estate_type: str = ""


@dataclass(frozen=True)
class PostFacts:
    """A post as the rules see it; `valid_to` is the first day it is no longer held."""

    pk: int
    kind: str
    person_id: int
    person_name: str
    valid_from: date
    valid_to: date | None = None
    place_name: str = ""
    title: str = ""
    stands_in_for: str = ""

    def holds_on(self, on: date) -> bool:
        """Tell whether the post is held on a day."""
        return self.valid_from <= on and (self.valid_to is None or on < self.valid_to)


@dataclass(frozen=True)
class StandIn:
    """Who does the work of somebody on leave."""

    person_id: int
    person_name: str


@dataclass(frozen=True)
class BodyFacts:
    """An organisation as the rules see it."""

    pk: int
    name: str
    kind: str
    closed_on: date | None = None

    def is_open_on(self, on: date) -> bool:
        """Tell whether it is there on a day."""
        return self.closed_on is None or on < self.closed_on


@dataclass(frozen=True)
class Holders:
    """Who is where: posts by unit, station and organisation, bodies and stations by unit."""

    at_unit: Mapping[int, Sequence[PostFacts]] = field(default_factory=dict)
    at_station: Mapping[int, Sequence[PostFacts]] = field(default_factory=dict)
    at_body: Mapping[int, Sequence[PostFacts]] = field(default_factory=dict)
    stations: Mapping[int, Sequence[int]] = field(default_factory=dict)
    serving: Mapping[int, Sequence[BodyFacts]] = field(default_factory=dict)
    seated: Mapping[int, Sequence[BodyFacts]] = field(default_factory=dict)
    bodies: Mapping[int, BodyFacts] = field(default_factory=dict)
    away: Mapping[int, StandIn | None] = field(default_factory=dict)  # by person


@dataclass(frozen=True)
class Reason:
    """A step with what it is about, by name: plain values, words are made by the page."""

    code: ReasonCode
    values: Mapping[str, Value] = field(default_factory=dict, hash=False)


@dataclass(frozen=True)
class PassedOver:
    """An item, post or body that was not chosen, and why."""

    what: str  # item, post or organisation
    pk: int
    name: str
    code: PassedOverCode
    values: Mapping[str, Value] = field(default_factory=dict, hash=False)


@dataclass(frozen=True)
class AnsweringPost:
    """A post that has a role in the answer, with who holds it or stands in for the holder."""

    post: int
    kind: str
    person: int
    person_name: str
    place_name: str
    role: str
    party: str
    organisation: int | None = None
    title: str = ""
    stands_in_for: str = ""


@dataclass(frozen=True)
class Answer:
    """Who answers for a matter at a unit on a day, and how that came about."""

    outcome: Outcome
    posts: tuple[AnsweringPost, ...] = ()
    organisation: int | None = None
    organisation_name: str = ""
    reasons: tuple[Reason, ...] = ()
    passed_over: tuple[PassedOver, ...] = ()
    list_id: int | None = None
    list_version: int | None = None
    item_id: int | None = None
    item_number: int | None = None
    party: str = ""

    @property
    def answerable(self) -> tuple[AnsweringPost, ...]:
        """Return the posts that answer, the one to turn to first at the front."""
        return tuple(one for one in self.posts if one.role == PartyRole.ANSWERABLE)

    @property
    def addressee(self) -> AnsweringPost | None:
        """Return the one post to turn to, None where nobody holds one."""
        return next(iter(self.answerable), None)

    @property
    def is_climbed(self) -> bool:
        """Tell whether somebody above stands in."""
        return any(one.code == ReasonCode.CLIMBED for one in self.reasons)


@dataclass(frozen=True)
class Found:
    """What a party came to: posts, perhaps of a body; a body alone where nobody speaks for it."""

    posts: tuple[PostFacts, ...] = ()
    body: BodyFacts | None = None
