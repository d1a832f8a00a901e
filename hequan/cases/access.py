"""The one door to cases: what an account may open, and in which part it stands to each.

Two axes: a case is open to whoever may see cases where it lies, and to whoever handles it (does the
work of its post, or acts for its organisation). Whoever was asked to help opens it too, while her
task stands. Nobody else learns that it exists.
"""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import DateField, Q, QuerySet

from hequan.cases.errors import LinkUnknownError, NoSuchCaseError
from hequan.cases.helping import HELP_MOVES, OPEN_HELP, HelpPart, HelpState
from hequan.cases.kinds import ANSWER_SHOWN, OPEN_STATES, PhotoKind
from hequan.cases.models import (
    Basket,
    BasketEntry,
    Case,
    CasePhoto,
    CaseStep,
    Follower,
    HelpTask,
)
from hequan.cases.moves import MOVES, Doer
from hequan.cases.voices import Voice
from hequan.core.grants import EVERYWHERE, inside, is_granted, organisations_granted, paths_granted
from hequan.core.kinds import Capability
from hequan.core.questions import Gap, Question, key
from hequan.core.versions import once
from hequan.people.queries import person_of
from hequan.roster.days import day_of
from hequan.roster.models import Leave, Post
from hequan.territory.models import Unit

SEE = Capability.SEE_CASES
ONLY_OF_WHO_HANDLES = (
    *(str(one.name) for one in MOVES if one.doers == (Doer.HANDLER,)),
    *(str(one.name) for one in HELP_MOVES if one.parts == (HelpPart.HELPER,)),
)
_OF_A_STATUS = (
    *("unit", "matter", "asker", "split_from"),
    *("lead__unit", "lead__matter", "lead__asker"),
)
_OPENS_ITS_CASE = Q(state__in=OPEN_HELP) | Q(state=HelpState.DONE, case__state__in=OPEN_STATES)


@dataclass(frozen=True)
class Sight:
    """What of the cases an account sees: parts of the territory, and what is with it.

    The filters take what a question is told as they take values (core/questions.py).
    """

    paths: tuple[str, ...] = ()
    posts: Any = ()
    bodies: Any = ()

    def __bool__(self) -> bool:
        """Tell whether the account may see some cases, if there were any."""
        return bool(self.paths or self.bodies)

    def handled(self) -> Q:
        """Return the filter of cases whose handler the account is: by a post, or for a body."""
        return Q(post__in=self.posts) | Q(organisation__in=self.bodies)

    def visible(self) -> Q:
        """Return the filter of cases the account may open.

        It joins nothing, so that a queue is counted and put in order from its index alone.
        """
        if EVERYWHERE in self.paths:
            return Q()
        units = Unit.objects.filter(inside(self.paths, "path"))
        lying = Q(unit__in=units.order_by().values("pk")) if self.paths else Q(pk__in=[])
        return lying | self.handled()


def sight_of(user: object, at: datetime) -> Sight:
    """Return what an account sees; nothing for whoever may see no case anywhere."""
    paths = tuple(sorted(set(paths_granted(user, SEE, at))))
    bodies = organisations_granted(user, SEE, at)
    if not paths and not bodies:
        return Sight()
    return Sight(paths, _posts_worked(user, at), bodies)


def cases_visible(user: object, at: datetime) -> QuerySet[Case]:
    """Return the cases an account may open, in no order."""
    sight = sight_of(user, at)
    return Case.objects.filter(sight.visible()) if sight else Case.objects.none()


def handled_by(user: object, at: datetime) -> Q:
    """Return the filter of cases whose handler the account is: by a post, or for a body."""
    bodies = organisations_granted(user, SEE, at)
    return Sight(posts=_posts_worked(user, at), bodies=bodies).handled()


def helped_by(user: object, at: datetime) -> Q:
    """Return the filter of tasks of help that let the account open their case.

    Hers, by a post or for a body: open, or done while the case is open.
    """
    return handled_by(user, at) & _OPENS_ITS_CASE  # a task has the post and body that a case has


def cases_helped(user: object, at: datetime) -> QuerySet[Case]:
    """Return the cases an account was asked to help with, in no order."""
    if not _may_see_some(user, at):
        return Case.objects.none()
    return Case.objects.filter(pk__in=HelpTask.objects.filter(helped_by(user, at)).values("case"))


def _posts_worked(user: object, at: datetime) -> tuple[int, ...]:
    """Return the posts whose work the account does today: its own, and those it stands in for."""
    key = "posts_worked", getattr(user, "pk", None), day_of(at)
    return once(key, lambda: _read_posts_worked(user, at))


def _read_posts_worked(user: object, at: datetime) -> tuple[int, ...]:
    person = person_of(user)
    if person is None:
        return ()
    return tuple(sorted(_WORKED.all(person=person.pk, on=day_of(at))))


def _posts_worked_by(person: Gap, on: Gap) -> QuerySet[Post, int]:
    held = Q(valid_to=None) | Q(valid_to__gt=on)
    rows = Post.objects.filter(held, valid_from__lte=on).order_by()
    away = Leave.objects.filter(stand_in=person, first_on__lte=on, until_on__gt=on)
    # each half finds its rows by an index; as one condition all posts would be looked through
    hers, theirs = rows.filter(person=person), rows.filter(person__in=away.values("person"))
    return hers.values_list("pk", flat=True).union(theirs.values_list("pk", flat=True))


_WORKED = Question[int](_posts_worked_by, person=key(), on=DateField())


_SHOWN = (
    *("unit", "matter", "organisation", "first_responder", "answered_by"),
    *("post__person", "post__unit", "post__station", "post__organisation"),
)
_TO_MOVE = Question[Case](
    lambda pk: Case.objects.select_related("unit", "matter").filter(pk=pk), pk=key()
)
_TO_SHOW = Question[Case](lambda pk: Case.objects.select_related(*_SHOWN).filter(pk=pk), pk=key())


def case_for(user: object, pk: int, at: datetime, to_show: bool = True) -> Case:
    """Return a case the account may open; NoSuchCaseError for others and for none at all.

    All that its page names is loaded with it, unless it is to be moved only.
    """
    case = (_TO_SHOW if to_show else _TO_MOVE).first(pk=pk)
    if case is None or not (may_open(user, case, at) or _helps(user, case, at)):
        raise NoSuchCaseError
    return case


def may_open(user: object, case: Case, at: datetime) -> bool:
    """Tell whether the account may open a case that was read: what `cases_visible` filters by."""
    if any(case.unit.path.startswith(path) for path in paths_granted(user, SEE, at)):
        return True
    return _may_see_some(user, at) and is_handler(user, case, at)


def _may_see_some(user: object, at: datetime) -> bool:
    return bool(paths_granted(user, SEE, at) or organisations_granted(user, SEE, at))


def _helps(user: object, case: Case, at: datetime) -> bool:
    """Tell whether the account was asked to help with a case, and opens it therefore."""
    if not _may_see_some(user, at):
        return False
    sight = sight_of(user, at)
    return bool(_HELPED.all(case=case.pk, posts=sight.posts, bodies=sight.bodies))


_HELPED = Question[int](
    lambda case, posts, bodies: HelpTask.objects.filter(
        Q(post__in=posts) | Q(organisation__in=bodies), _OPENS_ITS_CASE, case=case
    ).values_list("pk", flat=True),
    case=key(),
    posts=[key()],
    bodies=[key()],
)


def case_with_link(link: str) -> Case:
    """Return the case of a status link; LinkUnknownError where it fits none."""
    found = Case.objects.select_related("unit", "matter").filter(link=link).first()
    if found is None:
        raise LinkUnknownError
    return found


def photo_for(user: object, pk: int, at: datetime) -> CasePhoto:
    """Return a photo of a case the account may open; NoSuchCaseError otherwise."""
    rows = CasePhoto.objects.select_related("case__unit")
    row = rows.filter(pk=pk, case__in=cases_visible(user, at)).first()
    row = row or rows.filter(pk=pk, case__in=cases_helped(user, at)).first()
    if row is None:
        raise NoSuchCaseError
    return row


def photos_with_link(case: Case) -> QuerySet[CasePhoto]:
    """Return what the asker may see: her photos, those of repairs, the evidence with the answer."""
    rows = CasePhoto.objects.filter(case=case)
    if case.state in ANSWER_SHOWN:
        return rows
    return rows.filter(Q(kind=PhotoKind.REPORT) | Q(step__repair__isnull=False))


def photo_with_link(link: str, pk: int) -> CasePhoto:
    """Return a photo the asker may see, by her case's link; LinkUnknownError otherwise."""
    row = photos_with_link(case_with_link(link)).select_related("case").filter(pk=pk).first()
    if row is None:
        raise LinkUnknownError
    return row


def released_photo(pk: int) -> CasePhoto:
    """Return a photo that everybody may see; NoSuchCaseError for every other."""
    rows = CasePhoto.objects.select_related("case").filter(case__is_confidential=False)
    row = rows.filter(pk=pk, is_released=True).first()
    if row is None:
        raise NoSuchCaseError
    return row


def voice_with_link(link: str) -> Voice:
    """Return whose link it is, an asker's or a follower's; LinkUnknownError where it is nobody's.

    The case, and that under which it is handled, are loaded with what a status tells.
    """
    case = Case.objects.select_related(*_OF_A_STATUS).filter(link=link).first()
    if case is not None:
        return Voice(case, case.lead or case)
    rows = Follower.objects.select_related(*(f"case__{name}" for name in _OF_A_STATUS))
    follower = rows.filter(link=link).first()
    if follower is None:
        raise LinkUnknownError
    return Voice(follower.case, follower.case.lead or follower.case, follower)


def case_numbered(user: object, number: str, at: datetime) -> Case:
    """Return a case the account may open by its number; NoSuchCaseError for none."""
    case = cases_visible(user, at).filter(number=number.strip().upper()).first()
    if case is None:
        raise NoSuchCaseError
    return case


def basket_for(user: object, pk: int) -> Basket:
    """Return a visit that the account served itself; NoSuchCaseError for every other.

    Its link is the visitor's key to all her matters, so nobody else prints it.
    """
    rows = Basket.objects.select_related("asker")
    found = rows.filter(pk=pk, taken_by=getattr(user, "pk", None)).first()
    if found is None:
        raise NoSuchCaseError
    return found


def basket_with_link(link: str) -> Basket:
    """Return the visit of a link; LinkUnknownError where it fits none."""
    found = Basket.objects.select_related("asker").filter(link=link).first()
    if found is None:
        raise LinkUnknownError
    return found


def entries_of(basket: Basket) -> list[BasketEntry]:
    """Return the matters of a visit in order, loaded with what a status tells."""
    rows = basket.entries.select_related("follower", *(f"case__{name}" for name in _OF_A_STATUS))
    return list(rows.order_by("pk"))


def doers_of(user: object, case: Case, at: datetime) -> frozenset[Doer]:
    """Return in which parts the account stands to a case."""
    path = case.unit.path
    parts = {
        Doer.HANDLER: is_handler(user, case, at),
        Doer.HELPER: _helps(user, case, at),
        Doer.DISPATCHER: is_granted(user, Capability.DISPATCH_CASES, path, at),
        Doer.HEAD: is_granted(user, Capability.SUPERVISE_CASES, path, at),
    }
    return frozenset(part for part, stands in parts.items() if stands)


def is_held(post: Post, at: datetime) -> bool:
    """Tell whether somebody holds the post on the day of a moment."""
    on = day_of(at)
    return post.valid_from <= on and (post.valid_to is None or on < post.valid_to)


def is_handler(user: object, case: Case, at: datetime) -> bool:
    """Tell whether the account handles the case: `handled_by`, of a row that was read."""
    if case.organisation_id in organisations_granted(user, SEE, at):
        return True
    return case.post_id is not None and case.post_id in _posts_worked(user, at)


def may_see_contact(user: object, case: Case | Follower, parts: Collection[Doer]) -> bool:
    """Tell whether the account, in these parts, may know who asked, or who follows.

    Whoever handles a confidential case, or helps with it, may not, though she be its dispatcher
    too; nor whoever ever did, else she would hand it over and look. Who helps learns it from the
    handler, where she must.
    """
    if not case.is_confidential:
        return Doer.HANDLER in parts or Doer.DISPATCHER in parts
    if Doer.DISPATCHER not in parts or {Doer.HANDLER, Doer.HELPER} & set(parts):
        return False
    pk = case.case_id if isinstance(case, Follower) else case.pk
    account = getattr(user, "pk", None)
    return not once(("ever_handled", account, pk), lambda: _ever_handled(account, pk))


def _ever_handled(account: int | None, case: int) -> bool:
    """Tell whether the case, or that under which it is handled, ever was with the account.

    It was where a step put it with a post of hers, however long she holds it no more, and where
    she made a move that only a handler or helper makes, as for whoever is away.
    """
    hers = Q(post__person__account=account) | Q(by=account, move__in=ONLY_OF_WHO_HANDLES)
    steps = CaseStep.objects.filter(hers, Q(case=case) | Q(case__merged=case))
    return steps.exists()
