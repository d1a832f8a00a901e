"""Several cases given to one post at once (批量派单): each by the dispatch there is, on its own."""

import logging
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from django.db import DatabaseError

from hequan.cases.access import case_for, doers_of
from hequan.cases.actions.moving import Given, make_move
from hequan.cases.errors import NoSuchCaseError
from hequan.cases.help_errors import NotNowError, PostNotHereError
from hequan.cases.models import Case
from hequan.cases.moves import MoveName
from hequan.cases.queries.posts import post_chosen
from hequan.core.accounts import Account
from hequan.core.errors import HequanError

MOST = 100

log = logging.getLogger(__name__)


@dataclass(frozen=True)
class Ticked:
    """A case as it was ticked in a list: which, and as of which version."""

    case: int
    version: int


@dataclass(frozen=True)
class Fate:
    """What became of one of them: its number, and why it did not go; empty where it went."""

    number: str
    why_not: str = ""


def dispatch_many(*, ticked: Iterable[Ticked], post: int, by: Account, at: datetime) -> list[Fate]:
    """Give each of these cases to a post, at most a hundred; one that cannot go stops no other.

    Every case is opened by the door of `by`, moved by the table in a transaction of its own, and
    refused where its page was behind. NoSuchCaseError stands for a case `by` may not open.
    """
    wanted = list({one.case: one for one in ticked}.values())[:MOST]
    return [_dispatch_one(one, post, by, at) for one in wanted]


def _dispatch_one(ticked: Ticked, post: int, by: Account, at: datetime) -> Fate:
    try:
        case = case_for(by, ticked.case, at)
    except NoSuchCaseError as error:
        return Fate("", str(error))
    try:
        _dispatch(case, ticked.version, post, by, at)
    except HequanError as error:
        return Fate(case.number, str(error))
    except DatabaseError:  # nothing of this one was written; those before it are told all the same
        log.exception("a case of many was not dispatched")
        return Fate(case.number, str(NotNowError()))
    return Fate(case.number)


def _dispatch(case: Case, version: int, post: int, by: Account, at: datetime) -> None:
    chosen = post_chosen(case, post, at)
    if chosen is None:
        raise PostNotHereError
    case.version = version
    doers, given = doers_of(by, case, at), Given(post=chosen)
    make_move(case=case, name=MoveName.DISPATCH, doers=doers, given=given, by=by, at=at)
