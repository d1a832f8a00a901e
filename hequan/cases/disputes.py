"""What is said of a dispute (纠纷登记内容): parties, terms, and what a move is given."""

from dataclasses import dataclass
from datetime import date, datetime

from hequan.cases.dispute_kinds import DisputeKind, Ending
from hequan.cases.models import Case
from hequan.core.accounts import Account
from hequan.people.models import Organisation, Person
from hequan.territory.models import Unit

MOST_PARTIES, MOST_TERMS = 12, 20
DISPUTE_WORDS = 4000


@dataclass(frozen=True)
class PartyFacts:
    """A party: somebody known here, an organisation, or a name and no more."""

    name: str
    person: Person | None = None
    organisation: Organisation | None = None


@dataclass(frozen=True)
class TermFacts:
    """One thing agreed upon, and by when."""

    words: str
    due_on: date


@dataclass(frozen=True)
class DisputeFacts:
    """A dispute as it is brought."""

    kind: DisputeKind
    words: str
    unit: Unit
    parties: tuple[PartyFacts, ...]
    case: Case | None = None


@dataclass(frozen=True)
class DisputeGiven:
    """What a move was given; which of it a move needs, the table says."""

    mediators: tuple[Account, ...] = ()
    parties: tuple[PartyFacts, ...] = ()
    held_at: datetime | None = None
    place: str = ""
    present: str = ""
    said: str = ""
    agreement: str = ""
    signed_on: date | None = None
    terms: tuple[TermFacts, ...] = ()
    visit_on: date | None = None  # the next follow-up visit
    term: int | None = None
    visit: int | None = None
    on: date | None = None
    ending: Ending | None = None
    reason: str = ""

    def has(self, what: str) -> bool:
        """Tell whether something a move needs is there."""
        value = getattr(self, what)
        return bool(value.strip()) if isinstance(value, str) else bool(value)
