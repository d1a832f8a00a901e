"""The one door to the repair desk (物管家): what an account may open, and in which part it stands.

A provider's dispatcher, or whoever dispatches where the provider sits, opens all its orders; its
workers those they have and, where the first taker has it, those on offer. Who may open a case
opens its orders. An order tells nobody the asker's number: its words are what they know.
"""

from datetime import datetime

from django.db.models import Q, QuerySet

from hequan.cases.access import case_with_link, cases_visible, doers_of
from hequan.cases.kinds import PhotoKind
from hequan.cases.models import Case, CasePhoto, Provider, Repair
from hequan.cases.moves import Doer
from hequan.cases.repair_errors import NoSuchRepairError
from hequan.cases.repairs import DispatchMode, RepairPart, RepairState
from hequan.core.grants import (
    EVERYWHERE,
    inside,
    is_granted_for,
    organisations_granted,
    paths_granted,
)
from hequan.core.kinds import Capability
from hequan.people.queries import person_of
from hequan.roster.days import day_of
from hequan.roster.kinds import PostKind
from hequan.roster.models import Post
from hequan.roster.queries import posts_in_force

DISPATCH, DO = Capability.DISPATCH_REPAIRS, Capability.DO_REPAIRS
LEADS = frozenset((Doer.HANDLER, Doer.DISPATCHER))
_LOADED = (
    "case__unit",
    "case__matter",
    "case__asker",
    "provider__organisation__unit",
    "worker__person",
)


def providers_dispatched(user: object, at: datetime) -> QuerySet[Provider]:
    """Return the providers whose orders and prices an account looks after."""
    paths = paths_granted(user, DISPATCH, at)
    rows = Provider.objects.select_related("organisation__unit")
    if EVERYWHERE in paths:
        return rows
    bodies = Q(organisation__in=organisations_granted(user, DISPATCH, at))
    return rows.filter(inside(paths, "organisation__unit__path") | bodies)


def own_posts(user: object, at: datetime) -> QuerySet[Post]:
    """Return the posts by which an account repairs today."""
    bodies = organisations_granted(user, DO, at)
    person = person_of(user) if bodies else None
    if person is None:
        return Post.objects.none()
    rows = Post.objects.filter(person=person, kind=PostKind.REPAIR_WORKER, organisation__in=bodies)
    return posts_in_force(rows, day_of(at))


def repairs_visible(user: object, at: datetime) -> QuerySet[Repair]:
    """Return the orders an account works on or dispatches, in no order."""
    posts = own_posts(user, at)
    on_offer = Q(
        state=RepairState.OFFERED,
        provider__mode=DispatchMode.GRAB,
        provider__organisation__in=posts.values("organisation"),
    )
    dispatched = Q(provider__in=providers_dispatched(user, at).order_by().values("pk"))
    return Repair.objects.filter(dispatched | Q(worker__in=posts) | on_offer)


def repair_for(user: object, pk: int, at: datetime) -> Repair:
    """Return an order the account may open; NoSuchRepairError for others and for none at all."""
    rows = Repair.objects.select_related(*_LOADED).filter(pk=pk)
    found = rows.filter(pk__in=repairs_visible(user, at).values("pk")).first()
    found = found or rows.filter(case__in=cases_visible(user, at)).first()
    if found is None:
        raise NoSuchRepairError
    return found


def repair_with_link(link: str, pk: int) -> Repair:
    """Return an order of the case of a status link; NoSuchRepairError, LinkUnknownError."""
    case = case_with_link(link)
    found = Repair.objects.select_related(*_LOADED).filter(case=case, pk=pk).first()
    if found is None:
        raise NoSuchRepairError
    return found


def repair_parts(user: object, repair: Repair, at: datetime) -> frozenset[RepairPart]:
    """Return in which parts the account stands to an order.

    Whoever works for the provider never answers for the asker, though the case be hers to handle.
    """
    body = repair.provider.organisation
    posts = set(own_posts(user, at).filter(organisation=body).values_list("pk", flat=True))
    may_grab = (
        bool(posts)
        and repair.state == RepairState.OFFERED
        and repair.provider.mode == DispatchMode.GRAB
    )
    of_it = organisations_granted(user, DO, at) + organisations_granted(user, DISPATCH, at)
    parts = {
        RepairPart.WORKER: may_grab or repair.worker_id in posts,
        RepairPart.DISPATCHER: may_dispatch(user, repair.provider, at),
        RepairPart.DESK: body.pk not in of_it and leads(user, repair.case, at),
    }
    return frozenset(part for part, stands in parts.items() if stands)


def leads(user: object, case: Case, at: datetime) -> bool:
    """Tell whether the account handles or dispatches a case, or took it in and may open it."""
    if LEADS & doers_of(user, case, at):
        return True
    is_first = case.first_responder_id == getattr(user, "pk", None)
    return is_first and cases_visible(user, at).filter(pk=case.pk).exists()


def may_dispatch(user: object, provider: Provider, at: datetime) -> bool:
    """Tell whether the account dispatches for a provider and keeps its price list."""
    body = provider.organisation
    return is_granted_for(user, DISPATCH, body.unit.path if body.unit else EVERYWHERE, body.pk, at)


def provider_for(user: object, pk: int, at: datetime) -> Provider:
    """Return a provider the account dispatches for; NoSuchRepairError otherwise."""
    found = providers_dispatched(user, at).filter(pk=pk).first()
    if found is None:
        raise NoSuchRepairError
    return found


def photos_of_repair(row: Repair) -> QuerySet[CasePhoto]:
    """Return what was reported and what came with the order: who repairs sees no others."""
    rows = CasePhoto.objects.filter(case=row.case_id)
    return rows.filter(Q(kind=PhotoKind.REPORT) | Q(step__repair__repair=row))


def repair_photo_for(user: object, repair: int, pk: int, at: datetime) -> CasePhoto:
    """Return a photo of an order the account may open; NoSuchRepairError otherwise."""
    order = repair_for(user, repair, at)
    found = photos_of_repair(order).select_related("case").filter(pk=pk).first()
    if found is None:
        raise NoSuchRepairError
    return found
