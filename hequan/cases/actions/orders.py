"""Taking in work orders of the city's hotline (市热线工单): once each, however often they are sent.

Sent again with other words or another deadline, the case takes them over and its course says so;
what our own people decided since, a longer deadline among it, is not moved by the same order again.
"""

import hashlib
from dataclasses import replace
from datetime import datetime

from django.db import transaction
from django.utils import timezone

from hequan.cases.actions.clocks import next_due
from hequan.cases.actions.opening import open_case
from hequan.cases.actions.placing import tell_handler
from hequan.cases.asking import WORDS_LENGTH
from hequan.cases.errors import LacksError, LongWordsError
from hequan.cases.field_words import FIELDS
from hequan.cases.kinds import OPEN_STATES, CaseState
from hequan.cases.models import Case, CaseSource, CaseStep
from hequan.cases.models.sources import EXTERNAL_LENGTH, SOURCE_LENGTH
from hequan.cases.orders import Order, OrderFate
from hequan.core.accounts import Account
from hequan.core.audit import record

MOVE = "order_changed"


@transaction.atomic
def take_order(*, order: Order, by: Account, at: datetime) -> tuple[Case, OrderFate]:
    """Open a case for an order, or bring the one it became up to date; return it and what was done.

    Raises what `open_case` raises, and LongWordsError for a source or number too long.
    """
    for text, most in ((order.source, SOURCE_LENGTH), (order.number, EXTERNAL_LENGTH)):
        if len(text) > most:
            raise LongWordsError(most=most, there=len(text))
    known = CaseSource.objects.filter(source=order.source, number=order.number)
    if (there := known.first()) is not None:
        return _seen_again(there, order, by, at)
    asking = replace(order.asking, form_key=_form_key(order))
    case = open_case(asking=asking, by=by, at=at, tells=False)
    told = {"source": order.source, "number": order.number, "due_at": order.due_at}
    row, is_first = CaseSource.objects.get_or_create(case=case, defaults=told)
    if not is_first:  # sent twice at the same moment: the other one wrote it
        return _seen_again(row, order, by, at)
    if order.due_at is not None:
        _put_due(case, order.due_at)
        case.save(update_fields=["solve_due_at", "due_at"])
    if case.state == CaseState.DISPATCHED:
        tell_handler(case, by, at)
    return case, OrderFate.OPENED


def _form_key(order: Order) -> str:
    said = f"{order.source}\n{order.number}".encode()
    return "order-" + hashlib.sha256(said).hexdigest()[:56]


def _seen_again(
    there: CaseSource, order: Order, by: Account, at: datetime
) -> tuple[Case, OrderFate]:
    row = Case.objects.select_for_update(of=("self",)).get(pk=there.case_id)
    there.refresh_from_db()
    words, due = order.asking.words.strip(), order.due_at
    if not words:
        raise LacksError(what=str(FIELDS["words"]))
    if len(words) > WORDS_LENGTH:
        raise LongWordsError(most=WORDS_LENGTH, there=len(words))
    other_words = words != row.words
    other_due = due is not None and due != there.due_at
    if not other_words and not other_due:
        return row, OrderFate.SAME
    if row.state not in OPEN_STATES:
        return row, OrderFate.ENDED
    before = {"words": row.words, "solve_due_at": row.solve_due_at.isoformat()}
    row.words = words
    if other_due and due is not None:
        _put_due(row, due)
        there.due_at = due
        there.save(update_fields=["due_at"])
    row.save(update_fields=["words", "solve_due_at", "due_at"])
    after = {"words": row.words, "solve_due_at": row.solve_due_at.isoformat()}
    CaseStep.objects.create(
        case=row,
        move=MOVE,
        from_state=row.state,
        to_state=row.state,
        by=by,
        at=at,
        words=_change(order, before["words"] if other_words else "", other_due),
        post_id=row.post_id,
        organisation_id=row.organisation_id,
    )
    record(verb="cases.order_changed", by=by, at=at, thing=row, before=before, after=after)
    return row, OrderFate.CHANGED


def _put_due(row: Case, due: datetime) -> None:
    """The city's deadline is the case's: what it waits for next is late no later than that."""
    row.solve_due_at = due
    row.due_at = next_due(row)


def _change(order: Order, old_words: str, other_due: bool) -> str:
    """Return what the course says: the new deadline, and the words as they were before."""
    parts = [f"{order.source} {order.number}"]
    if other_due and order.due_at is not None:
        parts.append(f"→ {timezone.localtime(order.due_at):%Y-%m-%d %H:%M}")
    return "\n".join([" ".join(parts), *([f"“{old_words}”"] if old_words else [])])
