"""Writing up a closed case (案例整理): written, reviewed by another, published, withdrawn."""

from collections.abc import Collection
from dataclasses import asdict, dataclass
from datetime import datetime

from django.db import IntegrityError, transaction

from hequan.cases.errors import LacksError, LongWordsError, NotYourPartError
from hequan.cases.field_words import FIELDS
from hequan.cases.kinds import CaseState
from hequan.cases.library import WriteUpState, weights_of
from hequan.cases.library_errors import (
    AskerNamedError,
    NotClosedError,
    NumbersInsideError,
    ReviewOwnError,
    WriteUpLacksError,
    WriteUpMovedError,
    WrittenAlreadyError,
)
from hequan.cases.models import Case, Follower, WriteUp, WriteUpGram
from hequan.cases.models.library import TITLE_LENGTH
from hequan.cases.moves import Doer
from hequan.cases.without_numbers import number_in
from hequan.core.accounts import Account
from hequan.core.audit import record
from hequan.core.outbox import tell
from hequan.roster.matters import PLACE_KINDS

WRITE_UP_WORDS = 4000
_WRITERS = {Doer.HANDLER, Doer.DISPATCHER}


@dataclass(frozen=True)
class WriteUpFacts:
    """What is written of a case."""

    title: str
    problem: str
    deed: str
    key: str
    place_kind: str = ""

    def tidied(self) -> "WriteUpFacts":
        """Return the words without blanks around them; an unknown kind of place is none."""
        told = {name: value.strip() for name, value in asdict(self).items()}
        told["place_kind"] = told["place_kind"] if told["place_kind"] in PLACE_KINDS else ""
        return WriteUpFacts(**told)

    @property
    def texts(self) -> tuple[str, ...]:
        """The four texts, the title first."""
        return (self.title, self.problem, self.deed, self.key)


@transaction.atomic
def write_up_case(
    *,
    case: Case,
    facts: WriteUpFacts,
    doers: Collection[Doer],
    version: int = 0,
    by: Account,
    at: datetime,
) -> WriteUp:
    """Write a closed case up, or one's own write-up anew, and hand it in for review.

    Raises NotYourPartError, NotClosedError, WriteUpLacksError, LongWordsError, NumbersInsideError,
    AskerNamedError, WrittenAlreadyError (another's, or published), WriteUpMovedError.
    """
    locked = Case.objects.select_for_update(of=("self",)).get(pk=case.pk)
    if not set(doers) & _WRITERS:
        raise NotYourPartError(number=locked.number)
    if locked.state != CaseState.CLOSED:
        raise NotClosedError(number=locked.number)
    told = facts.tidied()
    _refuse(locked, told)
    rows = WriteUp.objects.select_for_update(of=("self",)).select_related("author")
    row = rows.filter(case=locked).first()
    if row is None:
        row = WriteUp(case=locked, author=by)
    elif row.author_id != by.pk or row.state == WriteUpState.PUBLISHED:
        raise WrittenAlreadyError(number=locked.number, author=row.author.name)
    elif row.version != version:
        raise WriteUpMovedError
    for name, value in asdict(told).items():
        setattr(row, name, value)
    row.matter_id = locked.matter_id
    row.written_at, row.reviewer, row.reason = at, None, ""
    try:
        with transaction.atomic():
            _settle(row, WriteUpState.IN_REVIEW, by, at, verb="cases.written_up")
    except IntegrityError:  # by another at the same moment
        raise WriteUpMovedError from None
    return row


def _refuse(case: Case, told: WriteUpFacts) -> None:
    if not all(told.texts):
        raise WriteUpLacksError
    for text in told.texts:
        most = TITLE_LENGTH if text is told.title else WRITE_UP_WORDS
        if len(text) > most:
            raise LongWordsError(most=most, there=len(text))
        if found := number_in(text):
            raise NumbersInsideError(found=found)
    whole = "\n".join(told.texts)
    if any(name in whole for name in _names(case)):
        raise AskerNamedError


def _names(case: Case) -> list[str]:
    """Return the names of who asked or followed, of merged cases too; none of one letter."""
    cases = [case, *case.merged.select_related("asker")]
    known = [name for one in cases for name in (one.contact_name, one.asker and one.asker.name)]
    for one in Follower.objects.filter(case__in=cases).select_related("person"):
        known += [one.contact_name, one.person and one.person.name]
    names = [name.strip() for name in known if name]
    return [name for name in names if len(name) > 1 and name not in _ANY]


_ANY = ("居民", "业主", "群众", "市民", "住户")  # nobody's name, though entered as one


@transaction.atomic
def approve_write_up(*, write_up: WriteUp, by: Account, at: datetime) -> WriteUp:
    """Publish a write-up to staff, to be found from now on; ReviewOwnError for its author."""
    row = _waiting(write_up, by)
    row.reviewer, row.published_at = by, at
    _settle(row, WriteUpState.PUBLISHED, by, at, verb="cases.write_up_published")
    weights = weights_of(row.title, row.problem, row.deed, row.key)
    WriteUpGram.objects.bulk_create(
        WriteUpGram(write_up=row, gram=gram, weight=weight)
        for gram, weight in sorted(weights.items())
    )
    return row


@transaction.atomic
def send_back_write_up(*, write_up: WriteUp, reason: str, by: Account, at: datetime) -> WriteUp:
    """Send a write-up back to its author with the reason; ReviewOwnError for herself."""
    row = _waiting(write_up, by)
    row.reviewer, row.reason = by, _reason(reason)
    _settle(row, WriteUpState.SENT_BACK, by, at, verb="cases.write_up_sent_back")
    return row


@transaction.atomic
def withdraw_write_up(*, write_up: WriteUp, reason: str, by: Account, at: datetime) -> WriteUp:
    """Take a write-up out of the library: it is found and shown beside cases no longer."""
    row = _locked(write_up)
    if row.state == WriteUpState.WITHDRAWN:
        raise WriteUpMovedError
    row.reason = _reason(reason)
    row.grams.all().delete()
    _settle(row, WriteUpState.WITHDRAWN, by, at, verb="cases.write_up_withdrawn")
    return row


def _reason(words: str) -> str:
    if not words.strip():
        raise LacksError(what=str(FIELDS["reason"]))
    return words.strip()[:300]


def _waiting(write_up: WriteUp, by: Account) -> WriteUp:
    row = _locked(write_up)
    if row.author_id == by.pk:
        raise ReviewOwnError
    if row.state != WriteUpState.IN_REVIEW:
        raise WriteUpMovedError
    return row


def _locked(write_up: WriteUp) -> WriteUp:
    row = WriteUp.objects.select_for_update(of=("self",)).get(pk=write_up.pk)
    if row.version != write_up.version:
        raise WriteUpMovedError
    return row


def _settle(row: WriteUp, state: WriteUpState, by: Account, at: datetime, *, verb: str) -> None:
    before, row.state = row.state, state
    row.version += 1
    row.save()
    after = {"state": str(state), "case": row.case_id}
    record(verb=verb, by=by, at=at, thing=row, before={"state": before}, after=after)
    tell("cases.write_up_moved", {"write_up": row.pk, "state": str(state)}, at)
