"""The repair desk: orders given out, quoted and agreed to, done, returned; who may see which."""

from datetime import timedelta
from types import SimpleNamespace

import pytest
from django.db import connection

from hequan.cases.access import photos_with_link
from hequan.cases.actions import Given, make_move
from hequan.cases.actions.repair_desk import Terms, end_price, save_prices, save_provider
from hequan.cases.actions.repair_returns import return_repair
from hequan.cases.actions.repairs import (
    NOTHING,
    RepairGiven,
    hand_over_repairs,
    move_repair,
    open_repair,
)
from hequan.cases.errors import LacksError, MoveNotAllowedError, NotYourPartError
from hequan.cases.kinds import CaseState, PhotoKind
from hequan.cases.models import CaseStep, PriceItem, Repair
from hequan.cases.moves import Doer, MoveName
from hequan.cases.photos import photo_from
from hequan.cases.queries import public_course
from hequan.cases.queries.repairs import prices_on, repair_board, repair_told
from hequan.cases.repair_access import (
    provider_for,
    repair_for,
    repair_parts,
    repair_photo_for,
    repair_with_link,
)
from hequan.cases.repair_errors import (
    AmountError,
    CapReachedError,
    ConsentMissingError,
    LineError,
    NobodyFreeError,
    NoSuchRepairError,
    PhotoMissingError,
    PriceRowError,
    PriceUnknownError,
    ProviderError,
    ProviderShutError,
    QuoteMissingError,
    RepairGoneError,
    RepairMovedError,
    RepairMoveError,
    RepairStillOpenError,
    ReturnOpenError,
    WarrantyOverError,
    WorkerUnfitError,
)
from hequan.cases.repairs import (
    DispatchMode,
    LineFacts,
    PriceFacts,
    RepairMoveName,
    RepairPart,
    RepairState,
)
from hequan.core.accounts import Account, system_account
from hequan.core.audit import AuditEntry
from hequan.core.grants import give_grants
from hequan.core.kinds import Capability
from hequan.core.rule_values import RuleValue
from hequan.people.actions import PersonFacts, save_person
from hequan.people.kinds import BehalfBasis
from hequan.people.models import Message, Organisation
from hequan.roster.actions.leaves import enter_leave
from hequan.roster.days import day_of
from tests.cases.cast import make_desk
from tests.files.test_images import jpeg
from tests.forked import at_once
from tests.roster.list_cast import post
from tests.world import AT, make_world

pytestmark = pytest.mark.django_db
DAY = timedelta(days=1)
M, S, P = RepairMoveName, RepairState, RepairPart
WORKER, DISPATCHER, ASKER, DESK = {P.WORKER}, {P.DISPATCHER}, {P.ASKER}, {P.DESK}
PRICES = (PriceFacts("换水龙头", "个", 8_500, 90), PriceFacts("疏通下水道", "次", 12_000, 0))


def photo(kind):
    return photo_from(jpeg(), name="a.jpg", kind=kind)


BEFORE, AFTER = (RepairGiven(photos=(photo(kind),)) for kind in (PhotoKind.BEFORE, PhotoKind.AFTER))


def account(shop, name, holder, capabilities):
    made = Account.objects.create_user(name, name=name)
    where = {"path": "", "organisation": shop.pk, "by": system_account(), "at": AT}
    give_grants(account=made, capabilities=capabilities, **where)
    if holder is not None:
        holder.person.account = made
        holder.person.save(update_fields=["account"])
    return made


class Shop(SimpleNamespace):
    """A property firm that repairs: a dispatcher, three workers, a price list."""

    def terms(self, mode=DispatchMode.GRAB, cap=2, is_open=True):
        return save_provider(
            organisation=self.firm, terms=Terms(mode, cap, is_open), by=self.by, at=AT
        )

    def ordered(self, words="水龙头坏了", case=None, at=AT):
        case = case or self.desk.opened()
        provider = self.terms() if self.provider is None else self.provider
        return open_repair(case=case, provider=provider, words=words, leads=True, by=self.by, at=at)

    def moved(self, row, name, parts, given=NOTHING, at=AT):
        return move_repair(repair=row, name=name, parts=parts, given=given, by=self.by, at=at)

    def taken(self, row=None, worker=0):
        given = RepairGiven(worker=self.posts[worker])
        return self.moved(row or self.ordered(), M.TAKE, WORKER, given)

    def quoted(self, row=None, count=1):
        item = PriceItem.objects.get(what="换水龙头", valid_to=None)
        given = RepairGiven(lines=(LineFacts(count, item.pk),), photos=BEFORE.photos)
        return self.moved(row or self.taken(), M.QUOTE, WORKER, given)

    def done(self, row=None):
        row = self.moved(row or self.quoted(), M.AGREE, ASKER)
        return self.moved(self.moved(row, M.START, WORKER), M.FINISH, WORKER, AFTER)


def make_shop(desk):
    firm = Organisation.objects.create(name="安居物业", kind="property_firm", unit=desk.town.pine)
    posts = [post("repair_worker", name, organisation=firm) for name in ("甲工", "乙工", "丙工")]
    shop = Shop(desk=desk, firm=firm, posts=posts, by=system_account(), provider=None)
    shop.provider = shop.terms()
    save_prices(provider=shop.provider, rows=PRICES, by=shop.by, at=AT)
    do, both = [Capability.DO_REPAIRS], [Capability.DO_REPAIRS, Capability.DISPATCH_REPAIRS]
    shop.worker = account(firm, "fixer", posts[0], do)
    shop.dispatcher = account(firm, "foreman", None, both)
    return shop


@pytest.fixture
def shop(desk):
    return make_shop(desk)


# --- from order to acceptance


def test_an_order_goes_from_offer_to_acceptance_and_leaves_its_trail(shop):
    asker = save_person(facts=PersonFacts("李阿姨"), by=shop.by, at=AT)
    case = shop.desk.opened()
    case.asker = asker
    case.save(update_fields=["asker"])
    row = shop.done(shop.quoted(shop.taken(shop.ordered(case=case))))
    row = shop.moved(row, M.ACCEPT, ASKER)
    case.refresh_from_db()

    assert (row.state, row.number) == (S.ACCEPTED, f"{case.number}-1")
    assert row.quotes.get().total == 8_500
    assert case.version == 0  # whoever writes the answer meanwhile loses nothing
    assert [one.move for one in CaseStep.objects.filter(repair__repair=row)][:3] == [
        *("repair_open", "repair_take", "repair_quote"),
    ]
    public = [one.move for one in public_course(case)]
    assert "repair_quote" in public
    assert "repair_take" not in public
    told = set(Message.objects.values_list("template", flat=True))
    assert {"cases.repair_offered", "cases.repair_quoted", "cases.repair_done"} <= told
    verbs = set(AuditEntry.objects.values_list("verb", flat=True))
    assert {"cases.repair_open", "cases.repair_agree", "cases.repair_accept"} <= verbs


def test_who_may_open_an_order_and_when(shop):
    case = shop.desk.opened()
    told = {"case": case, "provider": shop.provider, "by": shop.by, "at": AT}
    with pytest.raises(NotYourPartError):
        open_repair(words="修灯", leads=False, **told)
    with pytest.raises(LacksError):
        open_repair(words=" ", leads=True, **told)
    shop.terms(is_open=False)
    with pytest.raises(ProviderShutError):
        open_repair(words="修灯", leads=True, **told)
    shop.terms()
    twice = [open_repair(words="修灯", leads=True, **told) for _ in range(2)]
    assert twice[0] == twice[1]
    with pytest.raises(MoveNotAllowedError):
        shop.ordered(case=shop.desk.published())
    with pytest.raises(ProviderError):
        shop.terms(cap=0)


def test_a_photo_stands_before_the_quote_and_after_the_work_and_the_asker_sees_it(shop):
    row = shop.taken()
    item = shop.provider.prices.first()
    with pytest.raises(PhotoMissingError):
        shop.moved(row, M.QUOTE, WORKER, RepairGiven(lines=(LineFacts(1, item.pk),)))
    row = shop.quoted(row)
    assert [one.kind for one in photos_with_link(row.case)] == ["before"]
    row = shop.quoted(row, 2)  # a quote is changed by a new one alone; the photo is there
    row = shop.moved(shop.moved(row, M.AGREE, ASKER), M.START, WORKER)
    with pytest.raises(PhotoMissingError):
        shop.moved(row, M.FINISH, WORKER)
    assert [(one.total, one.is_agreed) for one in row.quotes.order_by("pk")] == [
        *((8_500, None), (17_000, True)),
    ]


def test_a_quote_is_of_the_list_or_says_why_not(shop):
    row, item = shop.taken(), shop.provider.prices.get(what="疏通下水道")

    def quoted(*lines):
        given = RepairGiven(lines=lines, photos=BEFORE.photos)
        return shop.moved(row, M.QUOTE, WORKER, given)

    own = {"what": "定制门", "unit": "扇", "price": 100_000}
    for lines, error in (
        ((), QuoteMissingError),
        ((LineFacts(0, item.pk),), LineError),
        ((LineFacts(1, item.pk + 99),), PriceUnknownError),
        ((LineFacts(1, **own),), LineError),  # without its reason
        ((LineFacts(9_999, **own, reason="尺寸特殊"),), AmountError),
    ):
        with pytest.raises(error):
            quoted(*lines)
    end_price(item=item, by=shop.by, at=AT)
    with pytest.raises(PriceUnknownError):
        quoted(LineFacts(1, item.pk))
    own_line = quoted(LineFacts(1, **own, reason="尺寸特殊")).quotes.get().lines.get()
    assert (own_line.price, own_line.reason, own_line.warranty_days) == (100_000, "尺寸特殊", 90)


def test_below_the_sum_of_the_rule_nobody_need_agree(shop):
    RuleValue.objects.filter(code="repair.agree_above").delete()
    RuleValue.objects.create(
        code="repair.agree_above", value=8_500, source="test", valid_from=day_of(AT)
    )
    first = shop.quoted()
    assert (first.state, first.quotes.get().is_agreed) == (S.AGREED, True)
    assert shop.quoted(first, 2).state == S.QUOTED


def test_only_the_asker_or_the_desk_with_a_ground_answers_and_the_worker_never(shop):
    row = shop.quoted()
    with pytest.raises(RepairMoveError):
        shop.moved(row, M.AGREE, WORKER | DISPATCHER)
    with pytest.raises(ConsentMissingError):
        shop.moved(row, M.AGREE, DESK)
    row = shop.moved(row, M.REFUSE, DESK, RepairGiven(basis=BehalfBasis.SPOKEN))
    quote = row.quotes.get()
    assert (row.state, quote.is_agreed, quote.basis) == (S.REFUSED, False, "spoken")
    with pytest.raises(RepairMoveError):
        shop.moved(row, M.START, WORKER)


def test_a_stale_page_moves_nothing(shop):
    row = shop.quoted()
    before = Repair.objects.select_related("case", "provider").get(pk=row.pk)
    shop.quoted(row, 3)
    before.version -= 1
    with pytest.raises(RepairMovedError):
        shop.moved(before, M.AGREE, ASKER)


# --- who has it


def test_the_cap_holds_in_every_way_of_giving_out(shop):
    shop.provider = shop.terms(cap=1)
    shop.taken()
    case = shop.desk.opened()
    row = shop.ordered("另一件", case)
    with pytest.raises(CapReachedError):
        shop.taken(row)
    with pytest.raises(CapReachedError):
        shop.moved(row, M.ASSIGN, DISPATCHER, RepairGiven(worker=shop.posts[0]))
    for worker in (1, 2):
        row = shop.taken(row, worker) if worker == 1 else row
    shop.taken(shop.ordered("第三件", case), 2)
    last = shop.ordered("第四件", case)
    with pytest.raises(NobodyFreeError):
        shop.moved(last, M.TURN, DISPATCHER)


def test_turns_go_round_those_who_are_there_and_what_waits_follows_when_one_is_free(shop):
    shop.provider = shop.terms(DispatchMode.ROTATE, cap=1)
    enter_leave(
        person=shop.posts[1].person,
        first_on=day_of(AT),
        until_on=day_of(AT + DAY),
        stand_in=None,
        by=shop.by,
        at=AT,
    )
    case = shop.desk.opened()
    rows = [shop.ordered(f"第{number}件", case) for number in range(3)]
    assert [one.worker for one in rows] == [shop.posts[0], shop.posts[2], None]
    cancelled = RepairGiven(reason="已自行修好")
    shop.moved(rows[0], M.CANCEL, DESK, cancelled)
    assert Repair.objects.get(pk=rows[2].pk).worker == shop.posts[0]


def test_only_somebody_at_work_for_the_provider_is_given_an_order(shop):
    row = shop.ordered()
    for stranger in (
        post("repair_worker", "外人", organisation=shop.desk.lists.firm),
        post("liaison", "联络", organisation=shop.firm),
        post("repair_worker", "离任", organisation=shop.firm, valid_to=day_of(AT)),
    ):
        with pytest.raises(WorkerUnfitError):
            shop.moved(row, M.ASSIGN, DISPATCHER, RepairGiven(worker=stranger))
    row = shop.moved(row, M.ASSIGN, DISPATCHER, RepairGiven(worker=shop.posts[1]))
    row = shop.moved(row, M.GIVE_BACK, WORKER, RepairGiven(reason="没有工具"))
    assert (row.state, row.worker) == (S.OFFERED, None)


def test_what_an_ended_post_had_goes_to_its_heir_or_waits_for_the_dispatcher(shop):
    row = shop.quoted()
    hand_over_repairs(post=shop.posts[0], heir=shop.posts[1], by=shop.by, at=AT)
    hand_over_repairs(post=shop.posts[1], heir=None, by=shop.by, at=AT)
    row.refresh_from_db()
    assert (row.state, row.worker) == (S.QUOTED, None)
    board = repair_board(shop.dispatcher, {shop.provider.pk}, AT)
    assert [one.pk for one in board.to_give] == [row.pk]


# --- the case and its order


def test_an_open_order_holds_the_answer_back_and_ends_with_its_case(shop):
    case = shop.desk.moved(shop.desk.opened(), MoveName.ACCEPT)
    row = shop.ordered(case=case)
    with pytest.raises(RepairStillOpenError, match=row.number):
        shop.desk.moved(case, MoveName.ANSWER)
    given = Given(reason="不用了")
    make_move(case=case, name=MoveName.WITHDRAW, doers={Doer.ASKER}, given=given, by=shop.by, at=AT)
    row.refresh_from_db()
    assert row.state == S.CANCELLED


def test_a_return_within_the_warranty_goes_back_to_who_repaired_it(shop):
    row = shop.done()
    told = {"repair": row, "words": "又漏了", "by": shop.by}
    with pytest.raises(ConsentMissingError):
        return_repair(parts=DESK, at=AT, **told)
    with pytest.raises(RepairMoveError):
        return_repair(parts=WORKER, at=AT, **told)
    with pytest.raises(WarrantyOverError):
        return_repair(parts=ASKER, at=AT + 91 * DAY, **told)
    back = return_repair(parts=ASKER, at=AT + 90 * DAY, **told)
    assert (back.state, back.worker, back.return_of) == (S.TAKEN, shop.posts[0], row)
    with pytest.raises(ReturnOpenError):
        return_repair(parts=ASKER, at=AT + 90 * DAY, **told)
    with pytest.raises(RepairMoveError):  # nothing is charged
        shop.quoted(back)
    back = shop.moved(back, M.START, WORKER, BEFORE)
    back = shop.moved(back, M.FINISH, WORKER, AFTER)
    assert not back.quotes.exists()


def test_a_return_reopens_a_closed_case_while_the_rule_lets_it_be(shop):
    case = shop.desk.moved(shop.desk.opened(), MoveName.ACCEPT)
    row = shop.done(shop.quoted(shop.taken(shop.ordered(case=case))))
    case.refresh_from_db()
    case.state, case.closed_at = CaseState.CLOSED, AT
    case.save()
    late = {"repair": row, "parts": ASKER, "words": "又漏了", "by": shop.by}
    first = return_repair(at=AT + 30 * DAY, **late)
    assert first.case.state == CaseState.CLOSED
    shop.moved(first, M.CANCEL, DISPATCHER, RepairGiven(reason="看错了"), AT)
    again = return_repair(at=AT + 2 * DAY, **late)
    assert again.case.state == CaseState.HANDLING


# --- who sees which


def test_workers_see_their_own_and_what_is_on_offer_and_nobody_else_any(shop):
    mine, others = shop.taken(), shop.taken(shop.ordered(), 1)
    offered = shop.ordered()
    assert repair_for(shop.worker, mine.pk, AT) == mine
    assert repair_parts(shop.worker, offered, AT) == WORKER
    with pytest.raises(NoSuchRepairError):
        repair_for(shop.worker, others.pk, AT)
    assert repair_parts(shop.worker, others, AT) == frozenset()
    assert repair_for(shop.dispatcher, others.pk, AT) == others
    with pytest.raises(NoSuchRepairError):
        repair_for(shop.desk.neighbour, mine.pk, AT)  # sees cases next door only
    with pytest.raises(NoSuchRepairError):
        provider_for(shop.worker, shop.provider.pk, AT)
    board = repair_board(shop.worker, (), AT)
    assert [[one.pk for one in part] for part in (board.mine, board.on_offer)] == [
        *([mine.pk], [offered.pk]),
    ]
    shop.terms(DispatchMode.ASSIGN)
    with pytest.raises(NoSuchRepairError):
        repair_for(shop.worker, offered.pk, AT)


def test_who_handles_the_case_answers_for_the_asker_but_not_the_provider_itself(shop):
    row = shop.quoted()
    assert repair_parts(shop.desk.handler, row, AT) == DESK
    both = [Capability.SEE_CASES, Capability.DISPATCH_CASES]
    give_grants(
        account=shop.dispatcher,
        capabilities=both,
        path=shop.desk.town.town.path,
        by=shop.by,
        at=AT,
    )
    assert repair_parts(shop.dispatcher, row, AT) == DISPATCHER
    assert repair_with_link(row.case.link, row.pk) == row
    with pytest.raises(NoSuchRepairError):
        repair_with_link(shop.desk.opened().link, row.pk)


def test_who_repairs_sees_the_photos_of_her_order_and_no_other(shop):
    mine = shop.quoted()
    others = shop.quoted(shop.taken(shop.ordered("别的", mine.case), 1))
    theirs = repair_told(others, WORKER, AT).photos[-1].pk
    own = repair_told(mine, WORKER, AT).photos[-1].pk
    assert repair_photo_for(shop.worker, mine.pk, own, AT)
    with pytest.raises(NoSuchRepairError):
        repair_photo_for(shop.worker, mine.pk, theirs, AT)


def test_the_provider_learns_no_name_of_whoever_asked(shop):
    asker = save_person(facts=PersonFacts("李阿姨"), by=shop.by, at=AT)
    asker.account = Account.objects.create_user("auntie", name="李阿姨")
    asker.save(update_fields=["account"])
    row = shop.quoted()
    row.case.asker = asker
    row.case.save(update_fields=["asker"])
    move_repair(repair=row, name=M.AGREE, parts=ASKER, by=asker.account, at=AT)
    told = repair_told(repair_for(shop.worker, row.pk, AT), WORKER, AT)
    assert [(one.move, one.who) for one in told.steps][-1] == ("repair_agree", "")
    assert "李阿姨" not in "".join(one.who for one in told.steps)


# --- the price list


def test_a_changed_price_is_a_new_version_and_what_was_quoted_keeps_the_old(shop):
    row = shop.quoted()
    dearer = (PriceFacts("换水龙头", "个", 9_900, 90),)
    later = AT + 5 * DAY
    assert save_prices(provider=shop.provider, rows=dearer, by=shop.by, at=later) == 1
    assert save_prices(provider=shop.provider, rows=dearer, by=shop.by, at=later) == 0
    with pytest.raises(PriceRowError):
        save_prices(
            provider=shop.provider, rows=(PriceFacts("", "个", 1, 1),), by=shop.by, at=later
        )
    on = day_of(later)
    assert [one.price for one in prices_on(shop.provider, on)] == [9_900, 12_000]
    assert [one.price for one in prices_on(shop.provider, on - DAY)] == [8_500, 12_000]
    assert row.quotes.get().lines.get().price == 8_500


# --- at one moment


@pytest.mark.postgres
@pytest.mark.slow
@pytest.mark.django_db(transaction=True)
def test_of_takers_at_one_moment_one_has_it_and_nobody_comes_above_the_cap():
    if connection.vendor != "postgresql":
        pytest.skip("real processes on PostgreSQL")
    shop = make_shop(make_desk(make_world()))
    shop.provider = shop.terms(cap=1)
    row = shop.ordered()
    said = at_once(3, lambda hand: told(lambda: shop.taken(row, hand)))
    assert sorted(said) == ["RepairGoneError", "RepairGoneError", "done"]
    # each of a case of its own, so that no case's lock holds them apart
    rows = [shop.ordered(case=shop.desk.opened()) for _ in range(4)]
    free = next(at for at, one in enumerate(said) if one != "done")
    said = at_once(4, lambda hand: told(lambda: shop.taken(rows[hand], free)))
    assert sorted(said) == ["CapReachedError"] * 3 + ["done"]


def told(act):
    try:
        act()
    except (RepairGoneError, CapReachedError) as error:
        return type(error).__name__
    return "done"
