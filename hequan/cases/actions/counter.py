"""A matter answered on the spot (当场办结): opened, accepted, answered and published at once."""

from collections.abc import Sequence
from datetime import datetime

from django.db import transaction

from hequan.cases.actions.moving import Given, make_move
from hequan.cases.actions.opening import open_case
from hequan.cases.asking import Asking
from hequan.cases.errors import LacksError
from hequan.cases.field_words import FIELDS
from hequan.cases.kinds import Result
from hequan.cases.models import Case
from hequan.cases.moves import Doer, MoveName, move_from
from hequan.cases.photos import Photo
from hequan.core.accounts import Account


@transaction.atomic
def answer_at_once(
    *,
    asking: Asking,
    result: Result,
    answer: str,
    by: Account,
    at: datetime,
    photos: Sequence[Photo] = (),
) -> Case:
    """Open a case with its answer; the same form again gives the case it became.

    Raises what `open_case` raises, and LacksError without words of an answer. Nobody is dispatched.
    """
    if not answer.strip():
        raise LacksError(what=str(FIELDS["answer"]))
    case = open_case(asking=asking, by=by, at=at, tells=False, photos=photos)
    if move_from(case.state, MoveName.SETTLE) is None:  # sent twice: it is answered already
        return case
    given = Given(result=result, answer=answer)
    return make_move(case=case, name=MoveName.SETTLE, doers={Doer.FIRST}, given=given, by=by, at=at)
