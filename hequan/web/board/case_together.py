"""A case that several handle together (协同办理): its helpers, its visits, its works."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from django import forms
from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_http_methods

from hequan.cases import actions
from hequan.cases.access import case_for, doers_of
from hequan.cases.errors import NoSuchCaseError
from hequan.cases.queries import line_of, post_choices
from hequan.cases.queries.helping import Together, help_asked_of, help_line, together_of
from hequan.core import clock
from hequan.core.errors import HequanError
from hequan.core.kinds import Capability
from hequan.web.board.doors import needs
from hequan.web.board.roster_acts import signed
from hequan.web.board.together_forms import (
    AskForm,
    CountForm,
    HelpMoveForm,
    OutcomeForm,
    VisitForm,
    WorkForm,
)
from hequan.web.numbers import whole_number

SEE = Capability.SEE_CASES
PER_PAGE = 25


@needs(SEE, for_organisations=True)
@require_GET
def asked_of_me(request: HttpRequest) -> HttpResponse:
    """Show the help asked of whoever looks, the oldest due first."""
    at = clock.now()
    page = Paginator(help_asked_of(request.user, at), PER_PAGE).get_page(request.GET.get("page"))
    context = {"page": page, "lines": [help_line(one, at) for one in page]}
    return render(request, "board/cases/help_asked.html", context)


@needs(SEE, for_organisations=True)
@never_cache
@require_http_methods(["GET", "POST"])
def together(request: HttpRequest, pk: int) -> HttpResponse:
    """Show who helps with a case; do what a form of the page asks for."""
    page = _Page(request, pk)
    if request.method == "POST" and page.did(request.POST.get("do", "")):
        return HttpResponseRedirect(reverse("web:board-case-together", args=[pk]))
    return render(request, "board/cases/together.html", page.context())


@dataclass
class _Page:
    """The page as one account sees it, with the form that was sent, if it was refused."""

    request: HttpRequest
    pk: int
    sent: forms.Form | None = None

    @cached_property
    def case(self) -> Any:
        """The case; whoever may not open it meets 404."""
        try:
            return case_for(self.request.user, self.pk, clock.now())
        except NoSuchCaseError:
            raise Http404 from None

    @cached_property
    def doers(self) -> Any:
        """In which parts the account stands to it."""
        return doers_of(self.request.user, self.case, clock.now())

    @cached_property
    def now(self) -> Together:
        """What there is."""
        return together_of(self.request.user, self.case, self.doers, clock.now())

    def did(self, what: str) -> bool:
        """Do what a form asks for; tell whether the page is to be shown anew."""
        makers: dict[str, Callable[[], tuple[forms.Form, Callable[[], object]]]] = {
            "ask": self._ask,
            "help": self._help,
            "visit": self._visit,
            "outcome": self._outcome,
            "work": self._work,
            "count": self._count,
        }
        if what not in makers:
            raise Http404
        form, act = makers[what]()
        if not form.is_valid():
            self.sent = form
            return False
        try:
            act()
        except HequanError as error:
            form.add_error(None, str(error))
            self.sent = form
            return False
        messages.success(self.request, gettext("Saved."))
        return True

    @property
    def _signed(self) -> dict[str, Any]:
        return {"doers": self.doers} | signed(self.request)

    def _number(self, name: str) -> int:
        return whole_number(self.request.POST.get(name)) or 0

    def _ask(self) -> tuple[forms.Form, Callable[[], object]]:
        form = AskForm(self.case, post_choices(self.case, clock.now()), self.request.POST)
        return form, lambda: actions.ask_for_help(
            case=self.case, wanted=form.wanted(), **self._signed
        )

    def _help(self) -> tuple[forms.Form, Callable[[], object]]:
        line = self.now.task(self._number("task"))
        asked = self.request.POST.get("move")
        move = next((one for one in line.moves if one.name == asked), None) if line else None
        if line is None or move is None:
            return _refused(), lambda: None
        line.task.version = self._number("version")
        form = HelpMoveForm(line, move, self.request.POST)
        return form, lambda: actions.move_help(
            task=line.task,
            name=move.name,
            parts=line.parts,
            words=form.cleaned_data.get("words", ""),
            **signed(self.request),
        )

    def _visit(self) -> tuple[forms.Form, Callable[[], object]]:
        form = VisitForm(self.now.open_tasks, self.request.POST)
        return form, lambda: actions.set_visit(case=self.case, plan=form.plan(), **self._signed)

    def _outcome(self) -> tuple[forms.Form, Callable[[], object]]:
        key = self._number("visit")
        line = next((one for one in self.now.visits if one.visit.pk == key), None)
        if line is None:
            return _refused(), lambda: None
        form = OutcomeForm(self.request.POST, auto_id=f"outcome{key}_%s")
        form.visit = key  # type: ignore[attr-defined]
        return form, lambda: actions.end_visit(
            visit=line.visit,
            was_held="held" in self.request.POST,
            outcome=form.cleaned_data["outcome"],
            **self._signed,
        )

    def _work(self) -> tuple[forms.Form, Callable[[], object]]:
        form = WorkForm(self.now.open_tasks, self.request.POST)
        return form, lambda: actions.add_work(case=self.case, work=form.work(), **self._signed)

    def _count(self) -> tuple[forms.Form, Callable[[], object]]:
        key = self._number("work")
        line = next((one for one in self.now.works if one.item.pk == key), None)
        if line is None:
            return _refused(), lambda: None
        line.item.version = self._number("version")
        form = CountForm(line, self.now.may_ask, self.request.POST)
        task = self.now.task(line.item.task_id)
        return form, lambda: actions.count_work(
            item=line.item,
            done=form.cleaned_data["done"],
            asked=form.cleaned_data.get("asked"),
            parts=task.parts if task else (),
            **self._signed,
        )

    # --- what the page shows

    def context(self) -> dict[str, Any]:
        """Return what the template shows, a refused form in the place of a fresh one."""
        leads: dict[str, Callable[[], forms.Form]] = {
            "ask": lambda: AskForm(self.case, post_choices(self.case, clock.now())),
            "visit": lambda: VisitForm(self.now.open_tasks),
            "work": lambda: WorkForm(self.now.open_tasks),
        }
        asked = self.request.POST.get("do")
        forms_ = {
            name: self.sent if self.sent is not None and asked == name else make()
            for name, make in (leads.items() if self.now.may_ask else ())
        }
        return {
            "case": self.case,
            "line": line_of(self.case, clock.now()),
            "now": self.now,
            "tasks": [(one, self._task_forms(one)) for one in self.now.tasks],
            "visits": [(one, self._outcome_form(one)) for one in self.now.visits],
            "works": [(one, self._count_form(one)) for one in self.now.works],
            "lead_forms": forms_,
            "fault": self.sent if isinstance(self.sent, _Refused) else None,
        }

    def _task_forms(self, line: Any) -> list[HelpMoveForm]:
        sent = self.sent if isinstance(self.sent, HelpMoveForm) else None
        return [
            sent
            if sent is not None and sent.line.task.pk == line.task.pk and sent.move == move
            else HelpMoveForm(line, move)
            for move in line.moves
        ]

    def _outcome_form(self, line: Any) -> forms.Form | None:
        if not line.may_end:
            return None
        if isinstance(self.sent, OutcomeForm) and getattr(self.sent, "visit", 0) == line.visit.pk:
            return self.sent
        return OutcomeForm(auto_id=f"outcome{line.visit.pk}_%s")

    def _count_form(self, line: Any) -> forms.Form | None:
        if not line.may_count:
            return None
        if isinstance(self.sent, CountForm) and self.sent.line.item.pk == line.item.pk:
            return self.sent
        return CountForm(line, self.now.may_ask)


class _Refused(forms.Form):
    """A form for something that is not there any more, or not for whoever sent it."""


def _refused() -> _Refused:
    form = _Refused({})
    form.is_valid()
    form.add_error(None, gettext("This cannot be done any more. It is shown as it stands now."))
    return form
