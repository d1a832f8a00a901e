"""Serving one visit (一次受理多件): each matter a case of its own, all of one visitor together."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from django.db import transaction

from hequan.cases.access import entries_of
from hequan.cases.actions.counter import answer_at_once
from hequan.cases.actions.following import follow_case
from hequan.cases.actions.opening import open_case
from hequan.cases.asking import Asking
from hequan.cases.errors import VisitOverError
from hequan.cases.kinds import Result
from hequan.cases.models import Basket, BasketEntry, Case, Follower
from hequan.cases.models.baskets import VISIT_LASTS
from hequan.cases.numbers import new_link
from hequan.cases.photos import Photo
from hequan.core.accounts import Account
from hequan.core.audit import record
from hequan.core.outbox import tell
from hequan.core.questions import Question, key


@dataclass(frozen=True)
class OnTheSpot:
    """What the clerk answered while the visitor stood there."""

    result: Result
    answer: str


@transaction.atomic
def take_in_matter(
    *,
    asking: Asking,
    by: Account,
    at: datetime,
    visit: Basket | None = None,
    told: OnTheSpot | None = None,
    follows: Case | None = None,
    photos: Sequence[Photo] = (),
) -> BasketEntry:
    """Take in one matter of a visit and return its entry; without a visit one begins with it.

    It is answered at once where it was `told`, joins what others reported where it `follows`, and
    becomes a case otherwise. Whoever came with the first matter comes with all. The same form again
    gives the entry it went into. Raises VisitOverError for a visit of hours ago, else what opening,
    answering and following raise; nothing is written then.
    """
    if visit is not None:
        if at - visit.opened_at > VISIT_LASTS:
            raise VisitOverError
        asking = replace(asking, **_visitor_of(visit))
    taken: dict[str, Any] = {"asking": asking, "by": by, "at": at}
    follower = None
    if follows is not None:
        follower = follow_case(case=follows, **taken)
        case = follower.case
    elif told is not None:
        case = answer_at_once(result=told.result, answer=told.answer, photos=photos, **taken)
    else:
        case = open_case(photos=photos, **taken)
    return _put_in(visit, case, follower, asking, by, at)


def _put_in(
    visit: Basket | None,
    case: Case,
    follower: Follower | None,
    asking: Asking,
    by: Account,
    at: datetime,
) -> BasketEntry:
    """Add what was taken in to the visit, once however often the form came."""
    there = _entries(case, follower)
    if there and asking.form_key and asking.form_key == (follower or case).form_key:
        return there[0]
    basket = visit or Basket.objects.create(
        link=new_link(), taken_by=by, asker_id=asking.asker, opened_at=at
    )
    entry = next((one for one in there if one.basket_id == basket.pk), None)
    entry = entry or BasketEntry.objects.create(basket=basket, case=case, follower=follower)
    record(
        verb="cases.visit_served",
        by=by,
        at=at,
        thing=basket,
        after={"case": case.pk},
        on_behalf_of=basket.asker_id,
    )
    tell("cases.visit_served", {"basket": basket.pk, "case": case.pk}, at)
    return entry


_OF_CASE = Question[BasketEntry](
    lambda case: (
        BasketEntry.objects.filter(case=case, follower=None).select_related("basket").order_by("pk")
    ),
    case=key(),
)


def _entries(case: Case, follower: Follower | None) -> list[BasketEntry]:
    """Return where a case, or one who follows it, stands in visits: the first first."""
    if follower is None:
        return _OF_CASE.all(case=case.pk)
    rows = BasketEntry.objects.filter(case=case, follower=follower).select_related("basket")
    return list(rows.order_by("pk"))


def _visitor_of(visit: Basket) -> dict[str, Any]:
    """Return who came, as every further matter of hers is asked; nothing for nobody known."""
    first = entries_of(visit)[0]
    row = first.follower or first.case
    known = {
        "asker": visit.asker_id,
        "contact_name": row.contact_name,
        "contact_phone": row.contact_phone.open(),
    }
    return known if any(known.values()) else {}
