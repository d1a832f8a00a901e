"""The repair desk, read (物管家): a provider's board, one order, a price list, the asker's part."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import F, Q, QuerySet

from hequan.cases.models import (
    Case,
    CaseStep,
    PriceItem,
    Provider,
    Quote,
    QuoteLine,
    Repair,
)
from hequan.cases.queries.photos import PhotoLine
from hequan.cases.queries.repair_turns import open_with, worker_posts
from hequan.cases.queries.status import matter_row
from hequan.cases.repair_access import own_posts, photos_of_repair, repairs_visible
from hequan.cases.repairs import (
    OPEN_REPAIRS,
    DispatchMode,
    RepairMove,
    RepairMoveName,
    RepairPart,
    RepairState,
    covered_until,
    repair_moves_of,
)
from hequan.roster.days import day_of
from hequan.roster.matters import MatterRow
from hequan.roster.models import Post

_LOADED = ("case__unit", "case__matter", "case__asker", "provider__organisation", "worker__person")
_ENDED_SHOWN = 20


@dataclass(frozen=True)
class RepairLine:
    """An order as a list shows it; `total` in fen, None before a quote."""

    pk: int
    number: str
    state: str
    matter: MatterRow | None
    place: str
    words: str
    worker: str
    provider: str
    is_return: bool
    opened_at: datetime
    total: int | None


@dataclass(frozen=True)
class RepairBoard:
    """What somebody of a provider, or over it, has before her; `to_give` waits for a dispatcher."""

    mine: tuple[RepairLine, ...]
    on_offer: tuple[RepairLine, ...]
    to_give: tuple[RepairLine, ...]
    under_way: tuple[RepairLine, ...]
    ended: tuple[RepairLine, ...]


def repair_board(user: object, providers: Collection[int], at: datetime) -> RepairBoard:
    """Return the orders an account works on, may take, and dispatches: oldest first, ended last."""
    posts = set(own_posts(user, at).values_list("pk", flat=True))
    rows = list(
        repairs_visible(user, at)
        .filter(state__in=OPEN_REPAIRS)
        .order_by("opened_at", "pk")
        .select_related(*_LOADED)
    )
    ended = repairs_visible(user, at).exclude(state__in=OPEN_REPAIRS).select_related(*_LOADED)
    last = list(ended.order_by(F("done_at").desc(nulls_last=True), "-pk")[:_ENDED_SHOWN])
    totals = _totals([one.pk for one in (*rows, *last)])

    def lines(found: Collection[Repair]) -> tuple[RepairLine, ...]:
        return tuple(_line(one, totals, at) for one in found)

    mine = [one for one in rows if one.worker_id in posts]
    theirs = [one for one in rows if one.provider_id in providers and one.worker_id not in posts]
    offered = [one for one in rows if one.state == RepairState.OFFERED]
    return RepairBoard(
        mine=lines(mine),
        on_offer=lines([one for one in offered if one.provider_id not in providers]),
        to_give=lines([one for one in theirs if one.worker_id is None]),
        under_way=lines([one for one in theirs if one.worker_id is not None]),
        ended=lines(last),
    )


def _totals(pks: Collection[int]) -> dict[int, int]:
    rows = Quote.objects.filter(repair__in=pks).order_by("pk").values_list("repair", "total")
    return dict(rows)


def _line(row: Repair, totals: dict[int, int], at: datetime) -> RepairLine:
    return RepairLine(
        pk=row.pk,
        number=row.number,
        state=row.state,
        matter=matter_row(row.case.matter, at),
        place=f"{row.case.unit.name} {row.case.place_words}".strip(),
        words=row.words,
        worker=row.worker.person.name if row.worker else "",
        provider=row.provider.organisation.name,
        is_return=row.return_of_id is not None,
        opened_at=row.opened_at,
        total=totals.get(row.pk),
    )


def repairs_of(case: Case, at: datetime) -> tuple[RepairLine, ...]:
    """Return the orders of a case, the first first: two queries."""
    rows = list(Repair.objects.filter(case=case).select_related(*_LOADED).order_by("pk"))
    totals = _totals([one.pk for one in rows]) if rows else {}
    return tuple(_line(one, totals, at) for one in rows)


# --- one order


@dataclass(frozen=True)
class QuoteTold:
    """A quote with its lines; `line.price` and `total` in fen."""

    quote: Quote
    lines: tuple[QuoteLine, ...]

    @property
    def sums(self) -> tuple[tuple[QuoteLine, int], ...]:
        """Return each line with what it comes to, in fen."""
        return tuple((one, one.price * one.count) for one in self.lines)


@dataclass(frozen=True)
class StepTold:
    """A step of an order; `who` is empty where the asker made it: the provider learns no name."""

    move: str
    at: datetime
    who: str
    words: str


@dataclass(frozen=True)
class RepairTold:
    """An order opened: what it stands for, what it costs, what one may do."""

    repair: Repair
    line: RepairLine
    quotes: tuple[QuoteTold, ...]  # the newest first
    steps: tuple[StepTold, ...]
    photos: tuple[PhotoLine, ...]
    returns: tuple[Repair, ...]
    until: date | None
    moves: tuple[RepairMove, ...]

    @property
    def quote(self) -> QuoteTold | None:
        """Return the quote that counts: the newest."""
        return self.quotes[0] if self.quotes else None

    @property
    def can(self) -> dict[str, bool]:
        """Return which answers the asker may give now."""
        names = {one.name for one in self.moves}
        return {
            "agree": RepairMoveName.AGREE in names,
            "accept": RepairMoveName.ACCEPT in names,
            "return_": RepairMoveName.RETURN in names,
        }


def repair_told(row: Repair, parts: Collection[RepairPart], at: datetime) -> RepairTold:
    """Return an order as somebody in these parts sees it: a fixed number of queries."""
    quotes = row.quotes.prefetch_related("lines").order_by("-pk")
    told = tuple(QuoteTold(one, tuple(one.lines.all())) for one in quotes)
    returns = tuple(row.returns.order_by("pk"))
    until = warranty_until(row)
    may_return = (
        until is not None
        and day_of(at) <= until
        and not any(one.state in OPEN_REPAIRS for one in returns)
    )
    moves = repair_moves_of(row.state, parts, row.return_of_id is not None)
    return RepairTold(
        repair=row,
        line=_line(row, {row.pk: told[0].quote.total} if told else {}, at),
        quotes=told,
        steps=_steps(row),
        photos=_photos(row),
        returns=returns,
        until=until,
        moves=tuple(one for one in moves if _is_offered(one, row, may_return)),
    )


def _steps(row: Repair) -> tuple[StepTold, ...]:
    rows = CaseStep.objects.filter(repair__repair=row).select_related("by").order_by("pk")
    asker = row.case.asker.account_id if row.case.asker else None
    return tuple(
        StepTold(one.move, one.at, "" if one.by_id == asker else one.by.name, one.words)
        for one in rows
    )


def _is_offered(move: RepairMove, row: Repair, may_return: bool) -> bool:
    if move.name == RepairMoveName.TURN:
        return row.provider.mode == DispatchMode.ROTATE
    return move.name != RepairMoveName.RETURN or may_return


def _photos(row: Repair) -> tuple[PhotoLine, ...]:
    names = ("pk", "kind", "added_at", "width", "height", "is_released")
    rows = photos_of_repair(row).order_by("pk")
    return tuple(PhotoLine(*one) for one in rows.values_list(*names))


def warranty_until(row: Repair) -> date | None:
    """Return the last day on which anything of a finished order is covered; None for never."""
    if row.done_at is None:
        return None
    agreed = Quote.objects.filter(repair=row, is_agreed=True).order_by("-pk").first()
    if agreed is None:
        return None
    days = max(agreed.lines.values_list("warranty_days", flat=True), default=0)
    return covered_until(day_of(row.done_at), days)


def asker_repairs(case: Case, at: datetime) -> tuple[RepairTold, ...]:
    """Return the orders of a case as its asker sees and answers them."""
    rows = Repair.objects.filter(case=case).select_related(*_LOADED).order_by("pk")
    return tuple(repair_told(one, {RepairPart.ASKER}, at) for one in rows)


# --- providers


@dataclass(frozen=True)
class WorkerChoice:
    """Somebody who repairs for a provider: how many orders she has in hand."""

    pk: int
    name: str
    open: int


def worker_choices(provider: Provider, at: datetime) -> list[WorkerChoice]:
    """Return who repairs for a provider today, whoever has least in hand first."""
    posts = worker_posts(provider, at).order_by("pk")
    found = [WorkerChoice(one.pk, one.person.name, open_with(one)) for one in posts]
    return sorted(found, key=lambda one: (one.open, one.pk))


def worker_named(provider: Provider, pk: int, at: datetime) -> Post | None:
    """Return a post that repairs for a provider today."""
    return worker_posts(provider, at).filter(pk=pk).first()


def own_post(user: object, row: Repair, at: datetime) -> Post | None:
    """Return the post by which an account repairs for the provider of an order."""
    body = row.provider.organisation_id
    return own_posts(user, at).select_related("person").filter(organisation=body).first()


def prices_on(provider: Provider, on: date) -> QuerySet[PriceItem]:
    """Return the price list in force on a day, by name."""
    in_force = Q(valid_from__lte=on) & (Q(valid_to=None) | Q(valid_to__gt=on))
    return provider.prices.filter(in_force).order_by("what")


def earlier_prices(provider: Provider) -> QuerySet[PriceItem]:
    """Return the versions that are no more in force, the newest first."""
    return provider.prices.exclude(valid_to=None).order_by("-valid_to", "what")


def providers_open() -> QuerySet[Provider]:
    """Return the providers that take orders, by name."""
    rows = Provider.objects.filter(is_open=True, organisation__closed_on=None)
    return rows.select_related("organisation__unit").order_by("organisation__name", "pk")
