"""What readers of files refuse or note (文件提示), in the language of whoever looks.

The readers know no web framework: they carry both languages themselves, or only a stable code. Here
their words become lazy texts that a page, an import report and the command show alike.
"""

from typing import Any

from django.utils.functional import lazy
from django.utils.text import format_lazy
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from hequan.core.imports import Remark
from hequan.files.errors import FileError
from hequan.files.wording import Note, ReadError, Spoken, spoken

# refusals of the OpenStreetMap reader: it serves a command without translations as well
_STREET_WORDS = {
    "osm.absent": (_("there is no such file"), _("Check the path.")),
    "osm.empty": (_("the file is empty"), _("Export it again.")),
    "osm.foreign": (
        _("this is not an OpenStreetMap extract"),
        _("Give a file of the kind .osm, .osm.gz or .osm.pbf."),
    ),
    "osm.damaged": (
        _("the OpenStreetMap extract is cut off or damaged"),
        _("Download or export it again."),
    ),
    "osm.no_streets": (
        _("there is no walkable street in it"),
        _("Give an extract that holds the streets of the area and their nodes."),
    ),
}


def _language() -> str:
    return "en" if (get_language() or "").startswith("en") else "zh"


def _parts(error: FileError) -> Spoken:
    said = spoken(error, _language())
    if isinstance(error, ReadError) or error.code not in _STREET_WORDS:
        return said
    problem, remedy = _STREET_WORDS[error.code]
    return said._replace(problem=str(problem), remedy=str(remedy))


def _sentence(error: FileError) -> str:
    said = _parts(error)
    chinese = _language() == "zh"
    colon, stop = ("：", "。") if chinese else (": ", ". ")
    place = f"{said.place}{colon}" if said.place else ""
    return f"{place}{_problem(error)}{stop}{said.remedy}".strip()


def _problem(error: FileError) -> str:
    said = _parts(error)
    if not said.value:
        return said.problem
    found = "（读到“{}”）" if _language() == "zh" else " (found “{}”)"
    return f"{said.problem}{found.format(said.value)}"


def _bare_problem(error: FileError) -> str:
    return _parts(error).problem


def _remedy(error: FileError) -> str:
    return _parts(error).remedy


def _noted(note: Note) -> str:
    return note.say(_language())


_lazy_sentence = lazy(_sentence, str)
_lazy_bare_problem = lazy(_bare_problem, str)
_lazy_remedy = lazy(_remedy, str)
_lazy_note = lazy(_noted, str)


def words_of_file_error(error: FileError) -> Any:
    """Return one translated sentence: file, row, column, what is wrong, the value, the remedy."""
    return _lazy_sentence(error)


def remark_of(error: FileError) -> Remark:
    """Return a refusal as a remark on one row: the row is told by whoever holds it."""
    value = "" if error.value is None else str(error.value)
    return Remark(
        text=_lazy_bare_problem(error),
        column=error.column or "",
        value=value,
        remedy=_lazy_remedy(error),
    )


def remark_of_note(note: Note) -> Remark:
    """Return what a reader did to the file as a remark on the whole file."""
    return Remark(text=_lazy_note(note))


def sentence(text: Any, **gaps: object) -> Any:
    """Return a translatable text with `{gaps}` filled in, still lazy."""
    return format_lazy(text, **gaps)
