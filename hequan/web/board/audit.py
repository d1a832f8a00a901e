"""The audit trail (审计): for the audit administrator, who opens nothing else with it."""

import json
from typing import Any, cast

from django import forms
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_GET, require_POST

from hequan.core import clock
from hequan.core.audit.exports import KINDS, MOST, export_entries
from hequan.core.audit.faults import Fault, FaultKind
from hequan.core.audit.queries import (
    EntryFilter,
    EntryNotFoundError,
    days,
    entry_page,
    entry_with,
    last_check,
    last_digest,
)
from hequan.core.audit.words import line_of
from hequan.core.kinds import Capability
from hequan.web.board.doors import OfficerRequest, needs
from hequan.web.verb_words import VERB_WORDS, verb_word

TYPES = {
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "csv": "text/csv; charset=utf-8",
}
FAULTS_SHOWN = 50
HEADERS: tuple[Promise, ...] = (
    _("Entry"),
    _("When"),
    _("Done by"),
    _("On behalf of person no."),
    _("Deed"),
    _("Verb"),
    _("Thing"),
    _("Before"),
    _("After"),
)


class FilterForm(forms.Form):
    """What narrows the list."""

    since = forms.DateField(label=_("From day"), required=False)
    until = forms.DateField(label=_("To day"), required=False)
    actor = forms.CharField(label=_("Done by"), required=False, max_length=64)
    verb = forms.CharField(label=_("Deed"), required=False, max_length=64)
    thing_kind = forms.CharField(label=_("Kind of thing"), required=False, max_length=64)
    thing_id = forms.CharField(label=_("Its number"), required=False, max_length=64)
    on_behalf_of = forms.IntegerField(
        label=_("On behalf of person no."), required=False, min_value=1, max_value=2**62
    )

    def wanted(self) -> EntryFilter:
        """Return the filter; parts that cannot be read do not narrow."""
        self.is_valid()
        entered = {name: self.cleaned_data.get(name) for name in self.fields}
        since, until = days(
            entered.pop("since"), entered.pop("until"), timezone.get_current_timezone()
        )
        named = {name: value for name, value in entered.items() if value is not None}
        return EntryFilter(since, until, **named)


@needs(Capability.READ_AUDIT)
@require_GET
def entries(request: HttpRequest) -> HttpResponse:
    """List entries, the newest first, with the result of the last check."""
    form = FilterForm(request.GET)
    check = last_check()
    context = {
        "form": form,
        "page": entry_page(form.wanted(), request.GET.get("after", "")),
        "is_later": bool(request.GET.get("after")),
        "verbs": sorted(VERB_WORDS.items()),
        "check": check,
        "faults": [line_of(_fault(row)) for row in check.faults[:FAULTS_SHOWN]] if check else [],
        "digest": last_digest(),
        "most": MOST,
    }
    return render(request, "board/audit/entries.html", context)


def _fault(row: dict[str, Any]) -> Fault:
    return Fault(**(row | {"kind": FaultKind(row["kind"])}))


@needs(Capability.READ_AUDIT)
@require_GET
def entry(request: HttpRequest, pk: int) -> HttpResponse:
    """Show one entry with its values before and after."""
    try:
        found, changes = entry_with(pk)
    except EntryNotFoundError:
        raise Http404 from None
    rows = [(one.key, _shown(one.before), _shown(one.after), one.is_changed) for one in changes]
    return render(request, "board/audit/entry.html", {"entry": found, "rows": rows})


def _shown(value: Any) -> str:
    """Return a value as text: lists and records as JSON, as they lie there."""
    if value is None or value == "":
        return "–"
    if isinstance(value, bool):
        return gettext("yes") if value else gettext("no")
    return value if isinstance(value, str) else json.dumps(value, ensure_ascii=False)


@needs(Capability.READ_AUDIT)
@require_POST
def export(request: HttpRequest) -> HttpResponse:
    """Download what the filter shows, as a spreadsheet or CSV; that is an entry itself."""
    kind = request.POST.get("kind", "")
    if kind not in KINDS:
        raise Http404
    content = export_entries(
        wanted=FilterForm(request.POST).wanted(),
        kind=kind,
        headers=[str(words) for words in HEADERS],
        words_of=lambda verb: str(verb_word(verb)),
        by=cast(OfficerRequest, request).user,
        at=clock.now(),
    )
    answer = HttpResponse(content, content_type=TYPES[kind])
    answer["Content-Disposition"] = f'attachment; filename="audit.{kind}"'
    return answer
