"""Import pages (导入): choose a kind, hand in a file, read the dry run, confirm it."""

from collections.abc import Callable
from typing import Any, cast

from django import forms
from django.contrib import messages
from django.core.paginator import Page, Paginator
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from hequan.core import clock
from hequan.core.errors import HequanError, ImportChangedError
from hequan.core.file_words import words_of_file_error
from hequan.core.import_uploads import (
    ImportNotFoundError,
    confirm_upload,
    kind_for,
    kinds_for,
    plan_of,
    receive_upload,
    recent_runs,
    run_for,
)
from hequan.core.imports import ImportKind, ImportOptions, ImportPlan, RowFate
from hequan.core.kinds import Capability, Fate
from hequan.files.coordinates import CoordinateSystem
from hequan.files.errors import FileError
from hequan.web.board.doors import OfficerRequest, needs

ROWS = 100
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


class UploadForm(forms.Form):
    """A file and how to read it."""

    # an empty file comes through to the reader, which says which one it was
    file = forms.FileField(label=_("File"), max_length=200, allow_empty_file=True)
    coordinates = forms.ChoiceField(
        label=_("Coordinates"),
        choices=[
            (CoordinateSystem.CGCS2000, _("CGCS2000 or WGS-84 (survey, GPS)")),
            (CoordinateSystem.GCJ02, _("GCJ-02 (Amap, Tencent)")),
            (CoordinateSystem.BD09, _("BD-09 (Baidu)")),
        ],
        help_text=_("The system of the map the points were read from; all are kept as CGCS2000."),
    )
    columns = forms.CharField(
        label=_("Columns named otherwise"),
        required=False,
        help_text=_("Only if the check cannot find one: our name=your heading, comma between."),
    )

    def __init__(self, kind: ImportKind, *args: Any) -> None:
        """Ask only what this kind needs."""
        super().__init__(*args)
        if not kind.has_places:
            del self.fields["coordinates"]
        for code, words in kind.extra.items():
            self.fields[f"extra_{code}"] = forms.CharField(label=words, required=False)

    def clean_columns(self) -> dict[str, str]:
        """Read `people=人数, name=名称`."""
        pairs = {}
        for part in self.cleaned_data["columns"].replace("\uff0c", ",").split(","):
            ours, equals, theirs = part.partition("=")
            if part.strip() and not equals:
                raise forms.ValidationError(gettext("Write our name=your heading: %s") % part)
            if part.strip():
                pairs[ours.strip()] = theirs.strip()
        return pairs

    def options(self) -> ImportOptions:
        """Return the options as entered."""
        entered = self.cleaned_data
        extra = {k.removeprefix("extra_"): v for k, v in entered.items() if k.startswith("extra_")}
        return ImportOptions(
            columns=entered["columns"],
            coordinates=entered.get("coordinates", CoordinateSystem.WGS84),
            extra={k: v.strip() for k, v in extra.items() if v.strip()},
        )


def _found(find: Callable[..., Any], *args: Any) -> Any:
    try:
        return find(*args)
    except ImportNotFoundError:
        raise Http404 from None


@needs(Capability.IMPORT_FILES)
@require_GET
def import_kinds_page(request: HttpRequest) -> HttpResponse:
    """List the kinds and the newest imports."""
    at = clock.now()
    context = {"kinds": kinds_for(request.user, at), "runs": recent_runs(request.user, at)}
    return render(request, "board/imports/kinds.html", context)


@needs(Capability.IMPORT_FILES)
@require_http_methods(["GET", "POST"])
def upload(request: HttpRequest, code: str) -> HttpResponse:
    """Ask for a file of one kind; a readable one leads to its dry run."""
    kind = _found(kind_for, request.user, code, clock.now())
    form = UploadForm(kind, request.POST or None, request.FILES or None)
    if request.method == "POST" and form.is_valid():
        try:
            return HttpResponseRedirect(_receive(cast(OfficerRequest, request), kind, form))
        except FileError as error:
            form.add_error("file", words_of_file_error(error))
    return render(request, "board/imports/upload.html", {"kind": kind, "form": form})


def _receive(request: OfficerRequest, kind: ImportKind, form: UploadForm) -> str:
    file = form.cleaned_data["file"]
    run = receive_upload(
        kind=kind.code,
        file_name=file.name,
        chunks=file.chunks(),
        options=form.options(),
        by=request.user,
        at=clock.now(),
    )
    return reverse("web:board-import-run", args=[run.pk])


@needs(Capability.IMPORT_FILES)
@require_GET
def template(request: HttpRequest, code: str) -> HttpResponse:
    """Download the spreadsheet a kind can be filled in with."""
    kind = _found(kind_for, request.user, code, clock.now())
    if kind.template is None:
        raise Http404
    answer = HttpResponse(kind.template(), content_type=XLSX)
    answer["Content-Disposition"] = f'attachment; filename="hequan-{kind.code}.xlsx"'
    return answer


@needs(Capability.IMPORT_FILES)
@require_GET
def run(request: HttpRequest, pk: int) -> HttpResponse:
    """Show what the import would do, row by row, or that it is written."""
    row = _found(run_for, request.user, pk, clock.now())
    context: dict[str, Any] = {"run": row, "kind": _kind(request, row.kind)}
    if row.written_at is None:
        try:
            context |= _checked(request, plan_of(row))
        except FileError as error:
            context["fault"] = words_of_file_error(error)
        except HequanError as error:
            context["fault"] = str(error)
    return render(request, "board/imports/run.html", context)


def _kind(request: HttpRequest, code: str) -> ImportKind:
    return cast(ImportKind, _found(kind_for, request.user, code, clock.now()))


def _checked(request: HttpRequest, plan: ImportPlan) -> dict[str, Any]:
    """Return the page's part of the dry run: one fate's rows, a hundred at a time."""
    counts = plan.counts()
    worst = next((f for f in (Fate.REFUSED, Fate.CHANGED, Fate.NEW) if counts[f]), Fate.SAME)
    asked = request.GET.get("fate", "")
    shown = Fate(asked) if asked in set(Fate) else worst
    warned = sum(1 for fate in plan.fates if fate.warnings)
    return {
        "plan": plan,
        "digest": plan.digest(),
        "counts": counts,
        "warned": warned,
        "shown": shown,
        "writes": counts[Fate.NEW] + counts[Fate.CHANGED],
        "rows": _page(plan, shown, request.GET.get("page")),
    }


def _page(plan: ImportPlan, shown: Fate, number: str | None) -> Page[RowFate]:
    return Paginator([f for f in plan.fates if f.fate is shown], ROWS).get_page(number)


@needs(Capability.IMPORT_FILES)
@require_POST
def confirm(request: HttpRequest, pk: int) -> HttpResponse:
    """Write the import that was shown; if the data moved on, show the new check instead."""
    row = _found(run_for, request.user, pk, clock.now())
    officer = cast(OfficerRequest, request).user
    try:
        confirm_upload(run=row, digest=request.POST.get("digest", ""), by=officer, at=clock.now())
    except ImportChangedError as error:
        messages.warning(request, str(error))
    except FileError as error:
        messages.error(request, words_of_file_error(error))
    except HequanError as error:
        messages.error(request, str(error))
    else:
        messages.success(request, gettext("Written: %s") % row.file_name)
    return HttpResponseRedirect(reverse("web:board-import-run", args=[pk]))
