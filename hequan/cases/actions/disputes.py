"""Mediating (矛盾纠纷调解): bringing a dispute, naming mediators, sessions, agreement, follow-up.

The audit says who did what to which record, never a word of it; every reading is kept there too.
"""

from collections.abc import Callable, Collection, Iterable
from datetime import datetime, timedelta

from django.db import IntegrityError, transaction
from django.utils.functional import Promise

from hequan.cases.dispute_access import may_mediate
from hequan.cases.dispute_errors import (
    DayError,
    DisputeMovedError,
    DisputeMoveError,
    MediatorIsPartyError,
    MediatorUnfitError,
    PartiesMissingError,
    TermsOpenError,
    TermUnknownError,
    TooManyPartiesError,
)
from hequan.cases.dispute_kinds import HANDED_ON, DisputeState, Ending, MemberRole
from hequan.cases.dispute_moves import (
    DisputeDoer,
    DisputeMove,
    DisputeMoveName,
    dispute_move_from,
)
from hequan.cases.dispute_words import BEFORE, DISPUTE_FIELDS, LATER, SESSION, SIGNING, TERM, VISIT
from hequan.cases.disputes import (
    DISPUTE_WORDS,
    MOST_PARTIES,
    MOST_TERMS,
    DisputeFacts,
    DisputeGiven,
    PartyFacts,
)
from hequan.cases.errors import LacksError, LongWordsError
from hequan.cases.models import (
    Dispute,
    DisputeMember,
    DisputeParty,
    DisputeSession,
    DisputeStep,
    DisputeTerm,
    DisputeVisit,
)
from hequan.cases.numbers import new_number
from hequan.cases.own_messages import BOARD_DISPUTE, MEDIATOR_NAMED
from hequan.core.accounts import Account
from hequan.core.audit import record, record_reading
from hequan.core.outbox import tell
from hequan.core.rule_values import rule_value
from hequan.people.deliveries import notify
from hequan.people.models import Person
from hequan.people.queries import person_of
from hequan.roster.days import day_of

NOTHING = DisputeGiven()
_DRAWS = 20
READ = ("words", "parties", "sessions", "agreement")
WHY = "as one of those in the mediation"


def open_dispute(*, facts: DisputeFacts, by: Account, at: datetime) -> Dispute:
    """Bring a dispute; a head of the place names its mediators next, by a move.

    Raises LacksError, LongWordsError or PartiesMissingError before anything is written.
    """
    if not facts.words.strip():
        raise LacksError(what=str(DISPUTE_FIELDS["words"]))
    _refuse_long(facts.words, *(one.name for one in facts.parties))
    if not 2 <= len(facts.parties) <= MOST_PARTIES:
        raise PartiesMissingError
    for drawn in range(1, _DRAWS + 1):
        try:
            return _write(facts, by, at)
        except IntegrityError:  # a number drawn before
            if drawn == _DRAWS:
                raise
    raise AssertionError


@transaction.atomic
def _write(facts: DisputeFacts, by: Account, at: datetime) -> Dispute:
    row = Dispute.objects.create(
        number=f"T{new_number(day_of(at))}",
        kind=facts.kind,
        state=DisputeState.ASKED,
        case=facts.case,
        unit=facts.unit,
        words=facts.words.strip(),
        opened_by=by,
        opened_at=at,
    )
    _keep_parties(row, facts.parties)
    _step(row, "open", "", by, at)
    after = {"kind": str(facts.kind), "unit": facts.unit.pk, "case": row.case_id}
    record(verb="cases.dispute_opened", by=by, at=at, thing=row, after=after)
    tell("cases.dispute_opened", {"dispute": row.pk}, at)
    return row


@transaction.atomic
def make_dispute_move(
    *,
    dispute: Dispute,
    name: DisputeMoveName,
    doers: Collection[DisputeDoer],
    given: DisputeGiven = NOTHING,
    by: Account,
    at: datetime,
) -> Dispute:
    """Make one move of a record as it was read; return it as it stands afterwards.

    DisputeMovedError where somebody moved it since, DisputeMoveError by the table, LacksError where
    something is missing; single moves raise their own.
    """
    row = Dispute.objects.select_for_update(of=("self",)).get(pk=dispute.pk)
    if row.version != dispute.version:
        raise DisputeMovedError
    move = dispute_move_from(row.state, name)
    if move is None or not set(doers) & set(move.doers):
        raise DisputeMoveError(number=row.number)
    for what in move.needs:
        if not given.has(what):
            raise LacksError(what=str(DISPUTE_FIELDS[what]))
    _refuse_long(given.said, given.agreement, given.reason, given.present)
    if effect := _EFFECTS.get(name):
        effect(row, given, by, at)
    _settle(row, move, given, by, at)
    return row


def read_dispute(*, dispute: Dispute, by: Account, at: datetime) -> None:
    """Keep in the audit that somebody in a record read it; part of showing it."""
    with transaction.atomic():
        record_reading(thing=dispute, fields=READ, reason=WHY, by=by, at=at)


def _settle(
    row: Dispute, move: DisputeMove, given: DisputeGiven, by: Account, at: datetime
) -> None:
    before, row.state = row.state, move.target or row.state
    row.version += 1
    row.closed_at = at if row.state == DisputeState.CLOSED else None
    row.save()
    _step(row, move.name, given.reason.strip(), by, at)
    record(
        verb=f"cases.dispute_{move.name}",
        by=by,
        at=at,
        thing=row,
        before={"state": before},
        after={"state": row.state, "ending": row.ending},
    )
    tell("cases.dispute_moved", {"dispute": row.pk, "move": str(move.name)}, at)


def _step(row: Dispute, move: str, words: str, by: Account, at: datetime) -> None:
    DisputeStep.objects.create(
        dispute=row, move=move, to_state=row.state, words=words, by=by, at=at
    )


def _refuse_long(*texts: str) -> None:
    for text in texts:
        if len(text) > DISPUTE_WORDS:
            raise LongWordsError(most=DISPUTE_WORDS, there=len(text))


def _keep_parties(row: Dispute, parties: Iterable[PartyFacts]) -> None:
    for one in parties:
        DisputeParty.objects.create(
            dispute=row,
            person=one.person,
            organisation=one.organisation,
            name=one.name.strip(),
        )


def _add_party(row: Dispute, given: DisputeGiven, by: Account, at: datetime) -> None:
    if row.parties.count() + len(given.parties) > MOST_PARTIES:
        raise TooManyPartiesError(most=MOST_PARTIES)
    members = row.members.filter(until=None).select_related("account")
    added = {one.person.pk for one in given.parties if one.person}
    _refuse_parties([one.account for one in members], added)
    _keep_parties(row, given.parties)


def _refuse_parties(mediators: Iterable[Account], persons: Collection[int]) -> None:
    for account in mediators:
        person = person_of(account)
        if person is not None and person.pk in persons:
            raise MediatorIsPartyError(name=account.name or account.username)


def _assign(row: Dispute, given: DisputeGiven, by: Account, at: datetime) -> None:
    """Let exactly these mediate from now on, and whoever names them be the record's head."""
    for account in given.mediators:
        if not may_mediate(account, at):
            raise MediatorUnfitError(name=account.name or account.username)
    parties = set(row.parties.exclude(person=None).values_list("person", flat=True))
    _refuse_parties((*given.mediators, by), parties)  # nor whoever names them
    _replace(row, MemberRole.HEAD, {by.pk}, at)
    for pk in _replace(row, MemberRole.MEDIATOR, {one.pk for one in given.mediators}, at):
        person = Person.objects.filter(account=pk).first()
        if person is not None and pk != by.pk:
            link, values = BOARD_DISPUTE.format(pk=row.pk), {"number": row.number}
            notify(person, MEDIATOR_NAMED.code, values, by=by, at=at, link=link)


def _replace(row: Dispute, role: MemberRole, wanted: set[int], at: datetime) -> set[int]:
    """End what is not wanted, begin what is not there; return who is new."""
    there = row.members.filter(role=role, until=None)
    there.exclude(account__in=wanted).update(until=at)
    new = wanted - set(there.values_list("account", flat=True))
    for pk in sorted(new):
        DisputeMember.objects.create(dispute=row, account_id=pk, role=role, since=at)
    return new


def _sit(row: Dispute, given: DisputeGiven, by: Account, at: datetime) -> None:
    assert given.held_at is not None
    if given.held_at > at:
        raise DayError(what=str(SESSION), where=str(LATER))
    DisputeSession.objects.create(
        dispute=row,
        held_at=given.held_at,
        place=given.place.strip()[:200],
        present=given.present.strip(),
        said=given.said.strip(),
        by=by,
    )


def _agree(row: Dispute, given: DisputeGiven, by: Account, at: datetime) -> None:
    """Keep the agreement, each term with its day, and plan the first follow-up visit."""
    assert given.signed_on is not None
    today = day_of(at)
    if given.signed_on > today:
        raise DayError(what=str(SIGNING), where=str(LATER))
    if len(given.terms) > MOST_TERMS:
        raise LacksError(what=str(DISPUTE_FIELDS["terms"]))
    row.agreement, row.signed_on = given.agreement.strip(), given.signed_on
    for one in given.terms:
        _refuse_long(one.words)
        if one.due_on < given.signed_on:
            raise DayError(what=str(TERM), where=str(BEFORE))
        DisputeTerm.objects.create(dispute=row, words=one.words.strip(), due_on=one.due_on)
    days = rule_value("case.dispute_visit_days", today)
    planned = given.visit_on or given.signed_on + timedelta(days=days)
    if planned < given.signed_on:
        raise DayError(what=str(VISIT), where=str(BEFORE))
    DisputeVisit.objects.create(dispute=row, due_on=planned)


def _keep_term(row: Dispute, given: DisputeGiven, by: Account, at: datetime) -> None:
    found = row.terms.filter(pk=given.term or 0, kept_on=None).first()
    _refuse_day(row, given, TERM, at)
    if found is None:
        raise TermUnknownError
    found.kept_on = given.on
    found.save(update_fields=["kept_on"])


def _visit(row: Dispute, given: DisputeGiven, by: Account, at: datetime) -> None:
    found = row.visits.filter(pk=given.visit or 0, visited_on=None).first()
    _refuse_day(row, given, VISIT, at)
    if found is None:
        raise TermUnknownError
    found.visited_on, found.said, found.by = given.on, given.said.strip(), by
    found.save()
    if given.visit_on:
        if given.on and given.visit_on < given.on:
            raise DayError(what=str(VISIT), where=str(BEFORE))
        DisputeVisit.objects.create(dispute=row, due_on=given.visit_on)


def _refuse_day(row: Dispute, given: DisputeGiven, what: Promise, at: datetime) -> None:
    if given.on and given.on > day_of(at):
        raise DayError(what=str(what), where=str(LATER))
    if given.on and row.signed_on and given.on < row.signed_on:
        raise DayError(what=str(what), where=str(BEFORE))


def _close(row: Dispute, given: DisputeGiven, by: Account, at: datetime) -> None:
    terms = row.terms.filter(kept_on=None).count()
    visits = row.visits.filter(visited_on=None).count()
    if terms or visits:
        raise TermsOpenError(terms=terms, visits=visits)
    row.ending = Ending.AGREED


def _no_agreement(row: Dispute, given: DisputeGiven, by: Account, at: datetime) -> None:
    row.ending = Ending.NOT_AGREED


def _withdraw(row: Dispute, given: DisputeGiven, by: Account, at: datetime) -> None:
    row.ending = Ending.WITHDRAWN


def _hand_on(row: Dispute, given: DisputeGiven, by: Account, at: datetime) -> None:
    if given.ending not in HANDED_ON:
        raise LacksError(what=str(DISPUTE_FIELDS["ending"]))
    row.ending = given.ending


_M = DisputeMoveName
_EFFECTS: dict[DisputeMoveName, Callable[[Dispute, DisputeGiven, Account, datetime], None]] = {
    _M.ASSIGN: _assign,
    _M.SIT: _sit,
    _M.AGREE: _agree,
    _M.KEEP_TERM: _keep_term,
    _M.VISIT: _visit,
    _M.CLOSE: _close,
    _M.ADD_PARTY: _add_party,
    _M.NO_AGREEMENT: _no_agreement,
    _M.WITHDRAW: _withdraw,
    _M.HAND_ON: _hand_on,
}
