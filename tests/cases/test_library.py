"""The case library: written, reviewed by another, found, shown beside cases, withdrawn."""

import pytest

from hequan.cases.actions.library import (
    WriteUpFacts,
    approve_write_up,
    send_back_write_up,
    withdraw_write_up,
    write_up_case,
)
from hequan.cases.errors import LacksError, LongWordsError, NotYourPartError
from hequan.cases.kinds import CaseState
from hequan.cases.library import WhyShown, WriteUpState
from hequan.cases.library_access import may_review, to_review, write_up_for
from hequan.cases.library_errors import (
    AskerNamedError,
    NoSuchWriteUpError,
    NotClosedError,
    NumbersInsideError,
    ReviewOwnError,
    WriteUpLacksError,
    WriteUpMovedError,
    WrittenAlreadyError,
)
from hequan.cases.models import Case, WriteUpGram
from hequan.cases.moves import Doer
from hequan.cases.queries.library import done_elsewhere, write_ups_found
from tests.cases.cast import LIFT, RUBBISH
from tests.world import AT

pytestmark = pytest.mark.django_db
FACTS = WriteUpFacts(
    "垃圾桶撤并后日清", "垃圾两天没人收", "与物业约定早晚两次清运", "责任到岗", "estate"
)


@pytest.fixture
def shelf(desk):
    """The town at work, with its library."""
    return Shelf(desk)


class Shelf:
    """Writes cases up."""

    def __init__(self, desk):
        self.desk = desk

    def closed(self, **more):
        case = self.desk.opened(**more)
        Case.objects.filter(pk=case.pk).update(state=CaseState.CLOSED, closed_at=AT)
        case.refresh_from_db()
        return case

    def write(self, case, facts=FACTS, by=None, **more):
        by = by or self.desk.handler
        return write_up_case(case=case, facts=facts, doers={Doer.HANDLER}, by=by, at=AT, **more)

    def published(self, facts=FACTS, **more):
        row = self.write(self.closed(**more), facts)
        return approve_write_up(write_up=row, by=self.desk.dispatcher, at=AT)


def test_it_is_found_once_somebody_else_has_approved_it(shelf):
    row = shelf.write(shelf.closed())
    assert write_ups_found("垃圾清运") == []
    assert list(to_review(shelf.desk.dispatcher, AT)) == [row]
    assert not to_review(shelf.desk.neighbour, AT).exists()
    row = approve_write_up(write_up=row, by=shelf.desk.dispatcher, at=AT)

    assert (row.state, row.reviewer) == (WriteUpState.PUBLISHED, shelf.desk.dispatcher)
    assert write_ups_found("垃圾清运") == [row]
    assert write_ups_found("垃圾", RUBBISH[:2]) == [row]
    assert write_ups_found("垃圾", "01") == write_ups_found("电梯") == write_ups_found(" ") == []
    assert write_ups_found("桶") == [row]
    assert write_up_for(shelf.desk.neighbour, row.pk, AT) == row


def test_nobody_reviews_her_own(shelf):
    row = shelf.write(shelf.closed(), by=shelf.desk.dispatcher)

    assert not to_review(shelf.desk.dispatcher, AT).exists()
    assert not may_review(shelf.desk.dispatcher, row, AT)
    for act in (approve_write_up, lambda **told: send_back_write_up(**told, reason="x")):
        with pytest.raises(ReviewOwnError):
            act(write_up=row, by=shelf.desk.dispatcher, at=AT)


def test_sent_back_with_a_reason_and_handed_in_again(shelf):
    case = shelf.closed()
    row = shelf.write(case)
    with pytest.raises(LacksError):
        send_back_write_up(write_up=row, reason=" ", by=shelf.desk.dispatcher, at=AT)
    row = send_back_write_up(write_up=row, reason="写明周期", by=shelf.desk.dispatcher, at=AT)
    assert (row.state, row.reason) == (WriteUpState.SENT_BACK, "写明周期")
    with pytest.raises(WriteUpMovedError):
        shelf.write(case, version=1)
    row = shelf.write(case, version=row.version)

    assert (row.state, row.reason, row.reviewer) == (WriteUpState.IN_REVIEW, "", None)
    with pytest.raises(WrittenAlreadyError):
        shelf.write(case, by=shelf.desk.dispatcher)


def test_what_is_withdrawn_is_found_and_shown_no_more(shelf):
    row = shelf.published()
    case = shelf.desk.opened()
    assert [one.line.pk for one in done_elsewhere(case, AT)] == [row.pk]
    stale = type(row).objects.get(pk=row.pk)
    withdraw_write_up(write_up=row, reason="已过时", by=shelf.desk.handler, at=AT)

    assert write_ups_found("垃圾") == []
    assert done_elsewhere(case, AT) == []
    assert not WriteUpGram.objects.exists()
    with pytest.raises(NoSuchWriteUpError):
        write_up_for(shelf.desk.neighbour, row.pk, AT)
    with pytest.raises(WriteUpMovedError):
        withdraw_write_up(write_up=stale, reason="x", by=shelf.desk.handler, at=AT)


def test_beside_a_case_stand_its_matter_and_alike_words_and_why(shelf):
    same = shelf.published()
    other = WriteUpFacts("电梯加装", "老楼没有电梯", "一楼业主补偿", "先谈一楼")
    lift = shelf.published(other, matter_code=LIFT)
    case = shelf.desk.opened(words="老楼电梯停了，垃圾也没收")
    told = done_elsewhere(case, AT)

    assert [one.line.pk for one in told] == [same.pk, lift.pk]
    assert WhyShown.SAME_MATTER in told[0].why
    assert WhyShown.ALIKE_WORDS in told[1].why
    assert "电梯" in str(told[1].words)
    assert done_elsewhere(shelf.desk.opened(words="树倒了", matter_code=""), AT) == []


def test_a_write_up_is_not_shown_beside_its_own_case(shelf):
    row = shelf.published()

    assert done_elsewhere(row.case, AT) == []


def test_numbers_that_lead_to_somebody_are_refused(shelf):
    case = shelf.closed()
    for words in ("打 136 1234 0004", "证310113198804230027", "沪A12345的车", "写信到 a@b.cn"):
        for name in ("title", "problem", "deed", "key"):
            with pytest.raises(NumbersInsideError):
                shelf.write(case, WriteUpFacts(**(vars(FACTS) | {name: words})))
    shelf.write(case, WriteUpFacts("2026-03-10起", "3号楼", "花了12万元", "x"))


def test_the_asker_is_not_named(shelf):
    case = shelf.closed(contact_name="王小明")
    with pytest.raises(AskerNamedError):
        shelf.write(case, WriteUpFacts("x", "王小明反映", "x", "x"))
    known = shelf.closed(asker=shelf.desk.town.cast.resident.pk)
    name = shelf.desk.town.cast.resident.name
    with pytest.raises(AskerNamedError):
        shelf.write(known, WriteUpFacts("x", "x", f"和{name}谈", "x"))


def test_nor_is_who_asked_in_a_case_merged_into_it(shelf):
    case, other = shelf.closed(), shelf.closed(contact_name="王小明")
    Case.objects.filter(pk=other.pk).update(state=CaseState.MERGED, lead=case)
    with pytest.raises(AskerNamedError):
        shelf.write(case, WriteUpFacts("x", "王小明反映", "x", "x"))


def test_what_else_is_refused(shelf):
    with pytest.raises(NotClosedError):
        shelf.write(shelf.desk.opened())
    case = shelf.closed()
    with pytest.raises(NotYourPartError):
        write_up_case(case=case, facts=FACTS, doers={Doer.HEAD}, by=shelf.desk.chief, at=AT)
    with pytest.raises(WriteUpLacksError):
        shelf.write(case, WriteUpFacts("x", " ", "x", "x"))
    with pytest.raises(LongWordsError):
        shelf.write(case, WriteUpFacts("好" * 81, "x", "x", "x"))
