"""Mediation: what is done, by whom, and that nobody outside it learns of it."""

from datetime import date, timedelta

import pytest
from django.db import connection

from hequan.cases.actions.disputes import make_dispute_move, open_dispute, read_dispute
from hequan.cases.dispute_access import dispute_doers, dispute_for, disputes_visible
from hequan.cases.dispute_errors import (
    DayError,
    DisputeMovedError,
    DisputeMoveError,
    MediatorIsPartyError,
    MediatorUnfitError,
    NoSuchDisputeError,
    PartiesMissingError,
    TermsOpenError,
    TermUnknownError,
)
from hequan.cases.dispute_kinds import DisputeKind, DisputeState, Ending
from hequan.cases.dispute_moves import DisputeMoveName
from hequan.cases.disputes import DisputeFacts, DisputeGiven, PartyFacts, TermFacts
from hequan.cases.erasure_hold import disputes_to_end
from hequan.cases.errors import LacksError, LongWordsError
from hequan.cases.models import Dispute, DisputeMember
from hequan.cases.queries.disputes import dispute_counts, dispute_lines, dispute_told
from hequan.core.accounts import Account
from hequan.core.audit import AuditEntry
from hequan.core.grants import Grant, forget_grants, give_grants
from hequan.core.kinds import Capability
from hequan.core.personal import tags_of
from hequan.core.personal_rows import Subjects, rows_about
from hequan.people.models import Message
from hequan.people.queries import own_tables
from tests.world import AT

pytestmark = pytest.mark.django_db
M, DAY = DisputeMoveName, timedelta(days=1)
SECRET = "楼上漏水三年"
TODAY = date(2026, 3, 10)


@pytest.fixture
def room(desk):
    """The town at work, with its head and a mediator in a mediation."""
    return Room(desk)


class Room:
    """A dispute and who is in it."""

    def __init__(self, desk):
        self.desk = desk
        self.head, self.mediator = desk.chief, desk.dispatcher
        parties = (PartyFacts("张三"), PartyFacts("", person=desk.town.cast.resident))
        facts = DisputeFacts(DisputeKind.NEIGHBOURS, SECRET, desk.town.maple, parties)
        self.row = open_dispute(facts=facts, by=desk.handler, at=AT)

    def move(self, name, by, at=AT, **given):
        doers = dispute_doers(by, self.row, at)
        given = DisputeGiven(**given)
        self.row = make_dispute_move(
            dispute=self.row, name=name, doers=doers, given=given, by=by, at=at
        )
        return self.row

    def assigned(self):
        self.move(M.ASSIGN, self.head, mediators=(self.mediator,))
        return self

    def agreed(self):
        terms = (TermFacts("五月底前修好", TODAY + 80 * DAY),)
        said = {"agreement": "各让一步", "signed_on": TODAY, "terms": terms}
        self.assigned().move(M.AGREE, self.mediator, **said)
        return self


def sees(user, row, at=AT):
    return disputes_visible(user, at).filter(pk=row.pk).exists()


def everybody(desk):
    world = desk.town
    return [
        *(desk.handler, desk.dispatcher, desk.chief, desk.neighbour),
        *(world.officer, world.clerk, world.viewer, world.stranger, world.resident),
        *(world.sysadmin, world.security, world.auditor, None),
    ]


def test_before_mediators_are_named_only_who_brought_it_and_the_heads_of_the_place(room):
    who = [one for one in everybody(room.desk) if sees(one, room.row)]

    assert who == [room.desk.handler, room.desk.chief, room.desk.town.officer]
    assert room.row.state == DisputeState.ASKED


def test_afterwards_only_the_mediator_and_the_head_who_named_her(room):
    room.assigned()
    who = [one for one in everybody(room.desk) if sees(one, room.row)]

    assert who == [room.mediator, room.head]
    with pytest.raises(NoSuchDisputeError):
        dispute_for(room.desk.town.officer, room.row.pk, AT)
    told = Message.objects.filter(template="cases.mediator_named")
    assert [one.person for one in told] == [room.desk.lists.director.person]


def test_not_a_mediator_who_lost_the_work_and_then_the_heads_of_the_place_again(room):
    room.assigned()
    for account in (room.mediator, room.head):
        Grant.objects.filter(account=account).update(valid_to=AT)
        forget_grants(account)
    later = AT + DAY

    assert [one for one in everybody(room.desk) if sees(one, room.row, later)] == [
        room.desk.town.officer
    ]
    officer = room.desk.town.officer
    room.move(M.ASSIGN, officer, at=later, mediators=(room.desk.handler,))
    assert sees(room.desk.handler, room.row, later)


def test_a_mediator_taken_off_reads_it_no_more(room):
    room.assigned().move(M.ASSIGN, room.head, mediators=(room.desk.handler,))

    assert not sees(room.mediator, room.row)
    assert sees(room.desk.handler, room.row)
    assert DisputeMember.objects.filter(dispute=room.row).count() == 3


def test_it_is_closed_once_terms_and_visits_are_done(room):
    room.agreed()
    with pytest.raises(TermsOpenError):
        room.move(M.CLOSE, room.mediator)
    term, visit = room.row.terms.get(), room.row.visits.get()
    assert visit.due_on == TODAY + 30 * DAY
    line = dispute_lines(room.mediator, AT).get()
    assert (line.term_on, line.visit_on) == (term.due_on, visit.due_on)
    later = AT + 31 * DAY
    room.move(M.KEEP_TERM, room.mediator, at=later, term=term.pk, on=TODAY + 20 * DAY)
    done = {"visit": visit.pk, "on": TODAY + 31 * DAY, "said": "已修好"}
    room.move(M.VISIT, room.mediator, at=later, **done)
    with pytest.raises(TermUnknownError):
        room.move(M.KEEP_TERM, room.mediator, at=later, term=term.pk, on=TODAY)
    room.move(M.CLOSE, room.mediator, at=later)

    assert (room.row.state, room.row.ending) == (DisputeState.CLOSED, Ending.AGREED)
    assert not dispute_lines(room.mediator, later).exists()
    assert dispute_lines(room.mediator, later, closed=True).count() == 1


@pytest.mark.parametrize(
    ("name", "given", "ending"),
    [
        (M.NO_AGREEMENT, {"reason": "分歧大"}, Ending.NOT_AGREED),
        (M.WITHDRAW, {"reason": "自行和解"}, Ending.WITHDRAWN),
        (M.HAND_ON, {"reason": "涉及产权", "ending": Ending.COURT}, Ending.COURT),
    ],
)
def test_how_else_it_ends(room, name, given, ending):
    room.assigned().move(name, room.mediator, **given)

    assert (room.row.state, room.row.ending) == (DisputeState.CLOSED, ending)
    assert room.row.closed_at == AT


def test_what_is_refused(room):
    desk = room.desk
    with pytest.raises(DisputeMoveError):
        room.move(M.ASSIGN, desk.handler, mediators=(desk.handler,))
    with pytest.raises(DisputeMoveError):
        room.move(M.SIT, room.head, held_at=AT, place="x", said="x")
    with pytest.raises(MediatorUnfitError):
        room.move(M.ASSIGN, room.head, mediators=(desk.town.stranger,))
    room.assigned()
    with pytest.raises(DayError):
        room.move(M.SIT, room.mediator, held_at=AT + DAY, place="站点", said="x")
    with pytest.raises(LacksError):
        room.move(M.AGREE, room.mediator, agreement="x", signed_on=TODAY)
    early = (TermFacts("x", TODAY - DAY),)
    with pytest.raises(DayError):
        room.move(M.AGREE, room.mediator, agreement="x", signed_on=TODAY, terms=early)
    with pytest.raises(LongWordsError):
        room.move(M.SIT, room.mediator, held_at=AT, place="站点", said="x" * 4001)
    with pytest.raises(LacksError):
        room.move(M.HAND_ON, room.mediator, ending=Ending.AGREED, reason="x")
    stale = Dispute.objects.get(pk=room.row.pk)
    room.move(M.SIT, room.mediator, held_at=AT, place="站点", said="谈了")
    room.row = stale
    with pytest.raises(DisputeMovedError):
        room.move(M.SIT, room.mediator, held_at=AT, place="站点", said="又谈了")
    assert stale.sessions.count() == 1


def test_a_dispute_has_two_sides_and_words(room):
    one, maple = (PartyFacts("甲"),), room.desk.town.maple
    with pytest.raises(PartiesMissingError):
        open_dispute(facts=DisputeFacts(DisputeKind.OTHER, "x", maple, one), by=room.head, at=AT)
    with pytest.raises(LacksError):
        open_dispute(
            facts=DisputeFacts(DisputeKind.OTHER, " ", maple, one * 2), by=room.head, at=AT
        )


def test_nobody_mediates_in_her_own_matter(room):
    person = room.desk.lists.director.person  # behind the dispatcher's account
    room.move(M.ADD_PARTY, room.head, parties=(PartyFacts("", person=person),))
    with pytest.raises(MediatorIsPartyError):
        room.move(M.ASSIGN, room.head, mediators=(room.mediator,))
    room.move(M.ASSIGN, room.head, mediators=(room.desk.handler,))
    own = room.desk.lists.head.person
    with pytest.raises(MediatorIsPartyError):
        room.move(M.ADD_PARTY, room.head, parties=(PartyFacts("", person=own),))


def test_nor_does_a_head_name_who_mediates_in_her_own(room):
    person = room.desk.lists.director.person
    room.move(M.ADD_PARTY, room.head, parties=(PartyFacts("", person=person),))
    type(person).objects.filter(pk=person.pk).update(account=room.head)
    with pytest.raises(MediatorIsPartyError):
        room.move(M.ASSIGN, room.head, mediators=(room.desk.handler,))


def test_every_reading_is_kept_and_no_word_of_it_in_the_audit(room):
    room.agreed()
    read_dispute(dispute=room.row, by=room.mediator, at=AT)
    entries = AuditEntry.objects.filter(thing_kind="cases.dispute")

    reading = entries.get(verb="cases.personal_read")
    assert (reading.by, reading.thing_id) == (room.mediator, str(room.row.pk))
    verbs = {one.verb for one in entries}
    assert verbs >= {"cases.dispute_opened", "cases.dispute_assign", "cases.dispute_agree"}
    whole = str([(one.before, one.after) for one in entries])
    assert not [word for word in (SECRET, "张三", "各让一步") if word in whole]


def test_what_was_said_lies_sealed_in_every_column(room):
    room.agreed()
    needles = (SECRET, "张三", "各让一步", "五月底前修好")
    with connection.cursor() as cursor:
        for table in connection.introspection.table_names():
            if not table.startswith("cases_dispute"):
                continue
            cursor.execute(f"SELECT * FROM {table}")
            assert not [one for one in needles if one in str(cursor.fetchall())]
    told = dispute_told(room.row, room.mediator, AT)
    assert (told.words, told.parties[0].name, told.terms[0].words) == (
        *(SECRET, "张三", "五月底前修好"),
    )


def test_a_party_reads_it_among_her_data_but_not_what_was_said_in_confidence(room):
    room.agreed()
    tables = {one.label: one for one in own_tables(room.desk.town.cast.resident)}

    assert SECRET in str(tables["cases.dispute"].rows)
    assert "各让一步" in str(tables["cases.dispute"].rows)
    assert "said" not in tables.get("cases.disputesession", tables["cases.dispute"]).columns
    other = Subjects((room.desk.lists.head.person.pk,), ())
    assert not rows_about(Dispute, tags_of("cases.dispute"), other).exists()


def test_nobody_is_erased_while_her_dispute_is_open(room):
    pk = room.desk.town.cast.resident.pk
    assert "1" in str(disputes_to_end((pk,), AT))
    room.move(M.WITHDRAW, room.desk.handler, reason="已和解")

    assert disputes_to_end((pk,), AT) is None


def test_heads_count_what_they_cannot_read(room):
    room.agreed()
    paths = (room.desk.town.town.path,)
    (told,) = dispute_counts(paths, TODAY, TODAY)

    assert (told.kind, told.brought, told.agreed, told.still_open) == ("neighbours", 1, 1, 0)
    assert dispute_counts((room.desk.town.pine.path,), TODAY, TODAY) == ()
    assert dispute_counts(paths, TODAY + DAY, TODAY + DAY) == ()


def test_everywhere_is_no_key_to_it(room):
    room.assigned()
    account = Account.objects.create_user("everywhere")
    give_grants(
        account=account,
        capabilities=[Capability.SEE_CASES, Capability.SUPERVISE_CASES],
        by=room.desk.town.system,
        at=AT,
    )

    assert not sees(account, room.row)
