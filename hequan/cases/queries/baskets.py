"""What a receipt and the page of a visit show (受理回执): each matter, what comes next, by when."""

from dataclasses import dataclass
from datetime import datetime

from hequan.cases.access import entries_of
from hequan.cases.models import Basket, BasketEntry
from hequan.cases.models.baskets import VISIT_LASTS
from hequan.cases.queries.status import Status
from hequan.cases.queries.together import status_for
from hequan.cases.voices import Voice
from hequan.core.masks import mask_name
from hequan.territory.kinds import Level
from hequan.territory.models import Unit
from hequan.territory.paths import ids_in


@dataclass(frozen=True)
class BasketLine:
    """One matter of a visit as her link shows it; `is_settled` where it was answered at once.

    `case` is the key of its page on the board, for who may open it there.
    """

    case: int
    status: Status
    is_settled: bool


@dataclass(frozen=True)
class BasketSheet:
    """A visit as paper may show it: whoever came is masked, her words are left out.

    `has_visitor` tells whether anything is known of her; `is_confidential` whether she asked in
    confidence before; `is_over` whether more may be taken in.
    """

    pk: int
    link: str
    opened_at: datetime
    town: str
    name: str
    phone: str
    has_visitor: bool
    is_confidential: bool
    is_over: bool
    lines: tuple[BasketLine, ...]


def basket_sheet(basket: Basket, at: datetime) -> BasketSheet:
    """Return the sheet of a visit, its matters in the order in which they were told."""
    entries = entries_of(basket)
    row = entries[0].follower or entries[0].case if entries else None
    name = (row.contact_name if row else "") or (basket.asker.name if basket.asker else "")
    phone = str(row.contact_phone) if row else ""
    return BasketSheet(
        pk=basket.pk,
        link=basket.link,
        opened_at=basket.opened_at,
        town=_town_of(entries[0]) if entries else "",
        name=mask_name(name),
        phone=phone,
        has_visitor=bool(name or phone),
        is_confidential=any((one.follower or one.case).is_confidential for one in entries),
        is_over=at - basket.opened_at > VISIT_LASTS,
        lines=tuple(_line(one, at) for one in entries),
    )


def _line(entry: BasketEntry, at: datetime) -> BasketLine:
    case = entry.case
    voice = Voice(case, case.lead or case, entry.follower)
    status = status_for(voice, at)
    settled = status.published_at is not None and status.published_at == status.opened_at
    return BasketLine(case.pk, status, settled)


def _town_of(entry: BasketEntry) -> str:
    trail = ids_in(entry.case.unit.path)
    names = Unit.objects.filter(pk__in=trail, level=Level.TOWN).values_list("name", flat=True)
    return names.first() or ""
