"""Frames and alliances (共建框架、联盟): the list, one as a tree, signing, acting, leaving."""

from typing import Any, cast

from django import forms
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from hequan.core import clock
from hequan.core.errors import HequanError
from hequan.core.grants import is_granted, paths_granted
from hequan.core.kinds import Capability
from hequan.people import queries
from hequan.people.actions import (
    add_frame_group,
    leave_frame,
    note_frame_act,
    save_frame,
    sign_frame,
)
from hequan.people.errors import NoSuchFrameError
from hequan.people.kinds import FrameGroupKind
from hequan.web.board.doors import OfficerRequest, needs
from hequan.web.board.frame_forms import ActForm, FrameForm, GroupForm, LeaveForm, SignForm
from hequan.web.board.person_field import person_finder
from hequan.web.board.unit_field import unit_finder, unit_names

EDIT = Capability.EDIT_ORGANISATIONS


def opened(request: HttpRequest, pk: int, capability: Capability = Capability.SEE_BOARD) -> Any:
    """Return a frame through the door; a stranger meets 404."""
    try:
        return queries.frame_for(request.user, pk, clock.now(), capability)
    except NoSuchFrameError:
        raise Http404 from None


def opened_member(
    request: HttpRequest, pk: int, capability: Capability = Capability.SEE_BOARD
) -> Any:
    """Return a member of a frame through the door; a stranger meets 404."""
    try:
        return queries.frame_member_for(request.user, pk, clock.now(), capability)
    except NoSuchFrameError:
        raise Http404 from None


@needs(Capability.SEE_BOARD)
@require_GET
def frames(request: HttpRequest) -> HttpResponse:
    """List the frames of the parts this account sees."""
    at = clock.now()
    found = queries.frames_visible(request.user, at, Capability.SEE_BOARD)
    context = {
        "rows": queries.frame_counts(found),
        "may_edit": bool(paths_granted(request.user, EDIT, at)),
    }
    return render(request, "board/organisations/frames.html", context)


@needs(EDIT)
@require_http_methods(["GET", "POST"])
def edit_frame(request: HttpRequest, pk: int | None = None) -> HttpResponse:
    """Set up a frame, or correct one."""
    row = opened(request, pk, EDIT) if pk else None
    known = {"valid_from": timezone.localdate(clock.now())}
    if row is not None:
        known = {
            "kind": row.kind,
            "name": row.name,
            "unit": row.unit.name,
            "valid_from": row.valid_from,
        }
    form = FrameForm(unit_finder(request, EDIT), request.POST or None, initial=known)
    if request.method == "POST" and form.is_valid():
        officer = cast(OfficerRequest, request).user
        made = save_frame(frame=row, facts=form.facts(), by=officer, at=clock.now())
        messages.success(request, gettext("Saved."))
        return HttpResponseRedirect(reverse("web:board-frame", args=[made.pk]))
    context = {"form": form, "frame": row, "units": unit_names(request, EDIT)}
    return render(request, "board/organisations/frame_edit.html", context)


@needs(Capability.SEE_BOARD)
@require_GET
def frame(request: HttpRequest, pk: int) -> HttpResponse:
    """Show a frame as a tree: groups, members, how many of them act."""
    return _frame_page(request, opened(request, pk))


def _frame_page(request: HttpRequest, row: Any, **entered: forms.Form) -> HttpResponse:
    tree = queries.frame_tree(row)
    context = {
        "tree": tree,
        "may_edit": is_granted(request.user, EDIT, row.unit.path, clock.now()),
        "group_form": GroupForm(prefix="group"),
        "sign_form": _sign_form(request, tree),
        **entered,
    }
    return render(request, "board/organisations/frame.html", context)


def _sign_form(request: HttpRequest, tree: queries.FrameTree, *args: Any) -> SignForm:
    at, user = clock.now(), request.user
    groups = [(one.pk, one.name) for one in tree.groups if one.pk is not None]
    return SignForm(
        lambda words: queries.organisations_found(user, at, words, 7),
        person_finder(request),
        groups,
        *args,
        initial={"signed_on": timezone.localdate(at)},
    )


@needs(EDIT)
@require_POST
def add_group(request: HttpRequest, pk: int) -> HttpResponse:
    """Add a group of an area or for a task."""
    row, form = opened(request, pk, EDIT), GroupForm(request.POST, prefix="group")
    if form.is_valid():
        officer, entered = cast(OfficerRequest, request).user, form.cleaned_data
        kind = FrameGroupKind(entered["kind"])
        try:
            add_frame_group(frame=row, kind=kind, name=entered["name"], by=officer, at=clock.now())
            return HttpResponseRedirect(reverse("web:board-frame", args=[pk]))
        except HequanError as error:
            form.add_error("name", str(error))
    return _frame_page(request, row, group_form=form)


@needs(EDIT)
@require_POST
def sign(request: HttpRequest, pk: int) -> HttpResponse:
    """Enter that an organisation signed."""
    row = opened(request, pk, EDIT)
    form = _sign_form(request, queries.frame_tree(row), request.POST)
    if form.is_valid() and _signed(request, row, form):
        messages.success(request, gettext("Saved."))
        return HttpResponseRedirect(reverse("web:board-frame", args=[pk]))
    return _frame_page(request, row, sign_form=form)


def _signed(request: HttpRequest, row: Any, form: SignForm) -> bool:
    officer, entered = cast(OfficerRequest, request).user, form.cleaned_data
    group = queries.frame_group(row, entered["group"])
    try:
        sign_frame(
            frame=row,
            group=group,
            organisation=entered["organisation"],
            signature=form.signature(),
            by=officer,
            at=clock.now(),
        )
    except HequanError as error:
        form.add_error(None, str(error))
        return False
    return True


@needs(Capability.SEE_BOARD)
@require_GET
def member(request: HttpRequest, pk: int) -> HttpResponse:
    """Show what one member signed and did."""
    return _member_page(request, opened_member(request, pk))


def _member_page(request: HttpRequest, row: Any, **entered: forms.Form) -> HttpResponse:
    today = timezone.localdate(clock.now())
    context = {
        "member": row,
        "acts": queries.acts_of_member(row),
        "may_edit": is_granted(request.user, EDIT, row.frame.unit.path, clock.now()),
        "act_form": ActForm(initial={"on": today}),
        "leave_form": LeaveForm(prefix="leave", initial={"on": today}),
        **entered,
    }
    return render(request, "board/organisations/frame_member.html", context)


@needs(EDIT)
@require_POST
def note_act(request: HttpRequest, pk: int) -> HttpResponse:
    """Note what a member did."""
    row, form = opened_member(request, pk, EDIT), ActForm(request.POST)
    if form.is_valid():
        officer = cast(OfficerRequest, request).user
        try:
            note_frame_act(member=row, facts=form.facts(), by=officer, at=clock.now())
            return HttpResponseRedirect(reverse("web:board-frame-member", args=[pk]))
        except HequanError as error:
            form.add_error("on", str(error))
    return _member_page(request, row, act_form=form)


@needs(EDIT)
@require_POST
def leave(request: HttpRequest, pk: int) -> HttpResponse:
    """Enter that a member left."""
    row, form = opened_member(request, pk, EDIT), LeaveForm(request.POST, prefix="leave")
    if form.is_valid():
        officer = cast(OfficerRequest, request).user
        try:
            leave_frame(member=row, on=form.cleaned_data["on"], by=officer, at=clock.now())
            return HttpResponseRedirect(reverse("web:board-frame", args=[row.frame_id]))
        except HequanError as error:
            form.add_error("on", str(error))
    return _member_page(request, row, leave_form=form)
