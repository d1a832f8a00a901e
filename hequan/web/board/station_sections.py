"""The sections of a station's record: each starts its forms, and saves through one action."""

from dataclasses import asdict
from typing import Any, ClassVar

from django import forms
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from hequan.core import clock
from hequan.core.errors import HequanError
from hequan.stations import actions, queries
from hequan.stations.access import closure_for, space_for
from hequan.stations.hours_text import hours_text
from hequan.stations.hours_week import week_tables
from hequan.stations.hours_words import in_chinese
from hequan.territory.queries import trail_of
from hequan.web.board import station_forms
from hequan.web.board.assigning import DutyNotFoundError, assign_station
from hequan.web.board.doors import OfficerRequest
from hequan.web.numbers import whole_number


class Section:
    """One section: `form` is what is being filled in, `save` tells whether it was written."""

    words: ClassVar[Promise]

    def __init__(self, request: OfficerRequest, station: Any) -> None:
        """Start from the station as it is, or from what was sent."""
        self.request = request
        self.station = station
        self.entered = request.POST if request.method == "POST" else None
        self.form = self.start()

    def start(self) -> forms.Form:
        """Return the section's form."""
        raise NotImplementedError

    def write(self) -> None:
        """Write the checked form through an action."""
        raise NotImplementedError

    def save(self) -> bool:
        """Write what was entered if it holds; what is refused is said in the form."""
        if not self.form.is_valid():
            return False
        try:
            self.write()
        except HequanError as error:
            self.form.add_error(None, str(error))
            return False
        return True

    def context(self) -> dict[str, Any]:
        """Return what the template shows."""
        return {"form": self.form}

    @property
    def signed(self) -> dict[str, Any]:
        """Return who acts, and when."""
        return {"by": self.request.user, "at": clock.now()}


class Facts(Section):
    """Name, kind, place, roles."""

    words = _("Facts")

    def start(self) -> forms.Form:
        from hequan.web.board.stations import find_units

        self.record = queries.station_record(self.station)
        initial = asdict(self.record) | {"unit": trail_of(self.station.unit)[-1].name}
        return station_forms.FactsForm(
            lambda words: find_units(self.request, words), self.entered, initial=initial
        )

    def write(self) -> None:
        assert isinstance(self.form, station_forms.FactsForm)
        record = self.form.record(self.record)
        actions.save_station(station=self.station, record=record, **self.signed)


class Hours(Section):
    """Weekly hours in one text."""

    words = _("Weekly hours")

    def start(self) -> forms.Form:
        text = hours_text(queries.hours_rules(self.station), chinese=in_chinese())
        return station_forms.HoursForm(self.entered, initial={"hours": text.replace("; ", ";\n")})

    def write(self) -> None:
        rules = self.form.cleaned_data["hours"]
        actions.set_opening_rules(station=self.station, rules=rules, **self.signed)

    def context(self) -> dict[str, Any]:
        today = timezone.localdate(clock.now())
        return super().context() | {"weeks": week_tables(queries.hours_rules(self.station), today)}


class Days(Section):
    """Single days with other hours, and closures."""

    words = _("Days and closures")

    def start(self) -> forms.Form:
        sent = self.entered if self.entered and self.entered.get("what") == "closure" else None
        self.closure = station_forms.ClosureForm(sent, prefix="closure")
        one_day = self.entered if self.entered and self.entered.get("what") == "day" else None
        self.day = station_forms.DayForm(one_day, prefix="day")
        if self.entered and self.entered.get("what") == "withdraw":
            return forms.Form(self.entered)
        return self.closure if sent else self.day

    def write(self) -> None:
        if isinstance(self.form, station_forms.ClosureForm):
            actions.announce_closure(station=self.station, **self.form.entered(), **self.signed)
        elif isinstance(self.form, station_forms.DayForm):
            actions.add_hours_exception(station=self.station, **self.form.entered(), **self.signed)
        else:
            pk = whole_number(self.request.POST.get("closure_pk")) or 0
            closure = closure_for(self.request.user, pk, clock.now())
            actions.withdraw_closure(closure=closure, **self.signed)

    def context(self) -> dict[str, Any]:
        return {
            "day": self.day,
            "closure": self.closure,
            "form": self.form,
            "refusals": self._refusals(),
            "closures": queries.closures_of(self.station),
            "exceptions": queries.hours_exceptions(self.station, timezone.localdate(clock.now())),
        }

    def _refusals(self) -> list[Any]:
        """Return why a closure could not be withdrawn; the forms say theirs themselves."""
        is_withdrawal = self.form not in (self.day, self.closure)
        return list(self.form.non_field_errors()) if is_withdrawal else []


class Spaces(Section):
    """Rooms and open spaces."""

    words = _("Spaces")

    def start(self) -> forms.Form:
        self.space = self._asked()
        initial: dict[str, Any] = {}
        if self.space is not None:
            initial = asdict(queries.space_record(self.space))
            initial["step_free"] = station_forms.said(initial["step_free"])
        return station_forms.SpaceForm(self.entered, initial=initial)

    def _asked(self) -> Any:
        asked = whole_number(self.request.GET.get("space"))
        if asked is None:
            return None
        found = space_for(self.request.user, asked, clock.now())
        return found if found.station_id == self.station.pk else None

    def save(self) -> bool:
        """Remove the space where that was asked, else save it."""
        if self.space is None or "remove" not in self.request.POST:
            return super().save()
        try:
            actions.remove_space(space=self.space, **self.signed)
        except HequanError as error:
            self.form.add_error(None, str(error))
            return False
        return True

    def write(self) -> None:
        assert isinstance(self.form, station_forms.SpaceForm)
        record = self.form.record()
        actions.save_space(station=self.station, space=self.space, record=record, **self.signed)

    def context(self) -> dict[str, Any]:
        found = queries.spaces_of(self.station)
        return super().context() | {"spaces": found, "space": self.space}


class Offers(Section):
    """Which services of the catalogue are had here."""

    words = _("Services")

    def start(self) -> forms.Form:
        return forms.Form(self.entered)

    def write(self) -> None:
        chosen = [pk for one in self.request.POST.getlist("service") if (pk := whole_number(one))]
        actions.set_offers(station=self.station, service_ids=chosen, **self.signed)

    def context(self) -> dict[str, Any]:
        offered = queries.services_offered(self.station)
        rows = queries.services_catalogue(per_page=5000).rows
        by_category: dict[str, list[tuple[Any, bool]]] = {}
        for row in rows:
            by_category.setdefault(row.category, []).append((row, row.pk in offered))
        return super().context() | {"by_category": by_category, "offered": len(offered)}


class Access(Section):
    """The accessibility checklist."""

    words = _("Accessibility")

    def start(self) -> forms.Form:
        found = queries.accessibility_of(self.station)
        initial: dict[str, Any] = {}
        if found is not None:
            initial = asdict(found)
            plain = ("door_width_cm", "checked_on")
            initial = {k: v if k in plain else station_forms.said(v) for k, v in initial.items()}
        return station_forms.AccessibilityForm(self.entered, initial=initial)

    def write(self) -> None:
        assert isinstance(self.form, station_forms.AccessibilityForm)
        record = self.form.record()
        actions.save_accessibility(station=self.station, record=record, **self.signed)


class Duties(Section):
    """The grids, organisations and circles this station is responsible for."""

    words = _("Responsible for")

    def start(self) -> forms.Form:
        return forms.Form(self.entered)

    def write(self) -> None:
        pk = whole_number(self.request.POST.get("pk"))
        what = self.request.POST.get("what", "")
        if pk is None or pk not in {row.pk for row in self._rows().get(what, ())}:
            raise DutyNotFoundError
        assign_station(self.request, what=what, pk=pk, station=None)

    def _rows(self) -> dict[str, tuple[Any, ...]]:
        found = queries.duties_of(self.station)
        return {
            "grid": found.grids,
            "organisation": found.organisations,
            "circle": found.circles,
        }

    def context(self) -> dict[str, Any]:
        rows = self._rows()
        groups = [{"what": w, "words": DUTIES[w], "rows": rows[w]} for w in DUTIES]
        return super().context() | {"duties": groups}


DUTIES = {
    "grid": _("Main station of micro-grids"),
    "organisation": _("Answers for organisations"),
    "circle": _("Core station of circles"),
}
SECTIONS: dict[str, type[Section]] = {
    "facts": Facts,
    "hours": Hours,
    "days": Days,
    "spaces": Spaces,
    "offers": Offers,
    "accessibility": Access,
    "duties": Duties,
}
