"""What readers of files refuse or note (文件提示), in the language of whoever looks.

The readers know no web framework, so they carry both languages themselves. Here their words become
lazy texts that a page, an import report and the command show alike.
"""

from typing import Any

from django.utils.functional import lazy
from django.utils.text import format_lazy
from django.utils.translation import get_language

from hequan.core.imports import Remark
from hequan.files.errors import FileError
from hequan.files.wording import Note, say, spoken


def _language() -> str:
    return "en" if (get_language() or "").startswith("en") else "zh"


def _sentence(error: FileError) -> str:
    return say(error, _language())


def _problem(error: FileError) -> str:
    return spoken(error, _language()).problem


def _remedy(error: FileError) -> str:
    return spoken(error, _language()).remedy


def _noted(note: Note) -> str:
    return note.say(_language())


_lazy_sentence = lazy(_sentence, str)
_lazy_problem = lazy(_problem, str)
_lazy_remedy = lazy(_remedy, str)
_lazy_note = lazy(_noted, str)


def words_of_file_error(error: FileError) -> Any:
    """Return one translated sentence: file, row, column, what is wrong, the value, the remedy."""
    return _lazy_sentence(error)


def remark_of(error: FileError) -> Remark:
    """Return a refusal as a remark on one row: the row is told by whoever holds it."""
    value = "" if error.value is None else str(error.value)
    return Remark(
        text=_lazy_problem(error),
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
