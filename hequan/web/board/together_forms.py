"""Forms of handling together (协同表单): help asked and answered, visits, works."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from hequan.cases.actions import HelpWanted, VisitPlan, Work
from hequan.cases.actions.on_site import MOST_COUNTED
from hequan.cases.helping import HelpMove, HelpMoveName
from hequan.cases.kinds import LimitUnit
from hequan.cases.queries import PostChoice, post_chosen
from hequan.cases.queries.helping import TaskLine, WorkLine
from hequan.cases.sla import Limit
from hequan.core import clock
from hequan.web.board.case_moves import LONGEST, post_words
from hequan.web.board.roster_acts import OrganisationField
from hequan.web.words import choices

_LABELS = {
    HelpMoveName.FINISH: _("What you have done"),
    HelpMoveName.DECLINE: _("Why not"),
    HelpMoveName.TAKE_BACK: _("Reason"),
}


def _long(label: Any, required: bool = True) -> forms.CharField:
    area = forms.Textarea(attrs={"rows": 2})
    return forms.CharField(label=label, max_length=LONGEST, required=required, widget=area)


class AskForm(forms.Form):
    """Who is asked for what, and by when."""

    post = forms.ChoiceField(label=_("A post"), required=False)
    organisation = OrganisationField(label=_("Or an organisation"), required=False)
    words = _long(_("What they are asked to do"))
    amount = forms.FloatField(
        label=_("Within"),
        min_value=0.5,
        max_value=365,
        initial=2,
        widget=forms.NumberInput(attrs={"step": "0.5"}),
    )
    unit = forms.ChoiceField(
        label=_("Unit of time"), choices=choices(LimitUnit), initial=LimitUnit.WORK_DAY
    )

    def __init__(self, case: Any, posts: Sequence[PostChoice], data: Any = None) -> None:
        """Offer the posts a case may be given to."""
        super().__init__(data, auto_id="ask_%s")
        self.case = case
        listed = [("", "–"), *((str(one.pk), post_words(one)) for one in posts)]
        self.fields["post"] = forms.ChoiceField(label=_("A post"), required=False, choices=listed)

    def wanted(self) -> HelpWanted:
        """Return what was entered as the action takes it."""
        told = self.cleaned_data
        post = post_chosen(self.case, int(told["post"]), clock.now()) if told["post"] else None
        limit = Limit(told["amount"], LimitUnit(told["unit"]))
        return HelpWanted(told["words"], limit, post, told["organisation"])


class HelpMoveForm(forms.Form):
    """The words of one move of a task, where it wants any."""

    def __init__(self, line: TaskLine, move: HelpMove, data: Any = None) -> None:
        """Make the field the table asks for."""
        super().__init__(data, auto_id=f"help{line.task.pk}_{move.name}_%s")
        self.line, self.move = line, move
        self.is_first = move.name in (HelpMoveName.TAKE_ON, HelpMoveName.FINISH)
        if move.needs_words:
            self.fields["words"] = _long(_LABELS[move.name])


class VisitForm(forms.Form):
    """When and where several meet at the place, and who of the helpers comes."""

    starts_at = forms.DateTimeField(
        label=_("When"),
        widget=forms.DateTimeInput(attrs={"type": "datetime-local"}, format="%Y-%m-%dT%H:%M"),
    )
    place_words = forms.CharField(label=_("Where to meet"), max_length=200)
    words = _long(_("What for"), required=False)

    def __init__(self, tasks: Sequence[TaskLine], data: Any = None) -> None:
        """Offer the helpers whose task is open."""
        super().__init__(data, auto_id="visit_%s")
        if tasks:
            self.fields["guests"] = forms.TypedMultipleChoiceField(
                label=_("Who is invited"),
                required=False,
                coerce=int,
                choices=[(one.task.pk, one.who) for one in tasks],
                widget=forms.CheckboxSelectMultiple,
            )

    def plan(self) -> VisitPlan:
        """Return what was entered as the action takes it."""
        told = dict(self.cleaned_data)
        return VisitPlan(**told | {"guests": tuple(told.get("guests", ()))})


class OutcomeForm(forms.Form):
    """What came of a visit, or why it is called off."""

    outcome = _long(_("What came of it, or why it is called off"))


class WorkForm(forms.Form):
    """One line of the list of works."""

    what = forms.CharField(label=_("Work to be done"), max_length=100)
    asked = forms.IntegerField(label=_("How many"), min_value=1, max_value=MOST_COUNTED)
    counted_in = forms.CharField(
        label=_("Unit of count"), max_length=16, help_text=_("Such as metres, sets, pieces.")
    )

    def __init__(self, tasks: Sequence[TaskLine], data: Any = None) -> None:
        """Offer the helpers whose task is open."""
        super().__init__(data, auto_id="work_%s")
        if tasks:
            who = [("", _("the handler")), *((str(one.task.pk), one.who) for one in tasks)]
            self.fields["task"] = forms.ChoiceField(label=_("By whom"), required=False, choices=who)

    def work(self) -> Work:
        """Return what was entered as the action takes it."""
        told = self.cleaned_data
        task = int(told["task"]) if told.get("task") else None
        return Work(told["what"], told["counted_in"], told["asked"], task)


class CountForm(forms.Form):
    """How many are done; for the lead also how many are asked."""

    done = forms.IntegerField(label=_("Done so far"), min_value=0, max_value=MOST_COUNTED)

    def __init__(self, line: WorkLine, leads: bool, data: Any = None) -> None:
        """Begin with the numbers as they stand."""
        first = {"done": line.item.done, "asked": line.item.asked}
        super().__init__(data, initial=first, auto_id=f"count{line.item.pk}_%s")
        self.line = line
        if leads:
            self.fields["asked"] = forms.IntegerField(
                label=_("Asked in all"), min_value=0, max_value=MOST_COUNTED
            )
