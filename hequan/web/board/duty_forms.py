"""Forms of the duty calendar (值班表单): one duty, a weekly duty, a leave."""

from collections.abc import Iterable
from datetime import datetime, time, timedelta
from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from hequan.roster.actions import WeeklyDuty
from hequan.stations.kinds import OpeningDay
from hequan.web.board.day_inputs import day_input, time_input
from hequan.web.board.person_field import PersonField
from hequan.web.words import choices

_WEEKDAYS = [(str(n), words) for n, (_code, words) in enumerate(choices(OpeningDay)[:7])]


class _WithPeople(forms.Form):
    """A form that offers the people of a place."""

    person = forms.ChoiceField(label=_("Person"), required=False)

    def __init__(self, people: Iterable[Any], *args: Any, also: Any = None, **kwargs: Any) -> None:
        """Offer these people; `also` is whoever does it now."""
        super().__init__(*args, **kwargs)
        self._people = {str(one.pk): one for one in people}
        if also is not None:
            self._people.setdefault(str(also.pk), also)
        offered = [(pk, one.name) for pk, one in self._people.items()]
        self.fields["person"].choices = [("", _("open, nobody yet")), *offered]  # type: ignore[attr-defined]

    def person_chosen(self) -> Any:
        """Return whoever was chosen, None for nobody yet."""
        return self._people.get(self.cleaned_data["person"])


class DutyForm(_WithPeople):
    """One duty."""

    day = forms.DateField(label=_("Date"), widget=day_input())
    begins = forms.TimeField(label=_("From"), widget=time_input(), initial=time(9))
    ends = forms.TimeField(
        label=_("To"),
        widget=time_input(),
        initial=time(17),
        help_text=_("An earlier hour than the beginning is the next morning."),
    )
    note = forms.CharField(label=_("Remark"), required=False, max_length=120)

    def moments(self) -> tuple[datetime, datetime]:
        """Return when it begins and ends."""
        entered, zone = self.cleaned_data, timezone.get_default_timezone()
        starts_at = datetime.combine(entered["day"], entered["begins"], tzinfo=zone)
        ends_at = datetime.combine(entered["day"], entered["ends"], tzinfo=zone)
        return starts_at, ends_at if ends_at > starts_at else ends_at + timedelta(days=1)


class WeeklyForm(_WithPeople):
    """A duty that comes back every week."""

    weekday = forms.ChoiceField(label=_("Weekday"), choices=_WEEKDAYS)
    begins = forms.TimeField(label=_("From"), widget=time_input(), initial=time(9))
    ends = forms.TimeField(label=_("To"), widget=time_input(), initial=time(17))
    valid_from = forms.DateField(label=_("First day"), widget=day_input())
    valid_to = forms.DateField(label=_("First day without it"), required=False, widget=day_input())

    def duty(self) -> WeeklyDuty:
        """Return what was entered; an end before the beginning is the next morning."""
        entered = self.cleaned_data
        begins, ends = _minutes(entered["begins"]), _minutes(entered["ends"])
        return WeeklyDuty(
            weekday=int(entered["weekday"]),
            begins=begins,
            ends=ends if ends > begins else ends + 24 * 60,
            valid_from=entered["valid_from"],
            valid_to=entered["valid_to"],
        )


def _minutes(at: time) -> int:
    return at.hour * 60 + at.minute


class LeaveForm(forms.Form):
    """Days on which somebody is away; why is not asked."""

    person = PersonField(label=_("Who is away"))
    first_on = forms.DateField(label=_("First day away"), widget=day_input())
    until_on = forms.DateField(label=_("First day back"), widget=day_input())
    stand_in = PersonField(label=_("Who stands in"), required=False)
