"""What readers say when they refuse (提示语): every sentence in both languages, side by side.

Pages speak through Django's catalogue, but the command on plain files runs without Django and an
import report must be readable in either language. So the readers of tables and features name a
sentence by its code and fill its gaps; `say` returns it in the language asked for.
"""

from dataclasses import dataclass
from pathlib import Path
from typing import NamedTuple

from hequan.files.errors import FileError
from hequan.files.sentences import NOTICES, SENTENCES
from hequan.files.values import CellError


class Spoken(NamedTuple):
    """One refusal in one language: where it is, what is wrong, the value found, what to do."""

    place: str
    problem: str
    value: str
    remedy: str


class ReadError(FileError):
    """A refusal whose sentence stands in `sentences`, so that it can be said in both languages."""

    def __init__(
        self,
        code: str,
        *,
        file: str | Path | None = None,
        sheet: str = "",
        row: int | None = None,
        column: str | None = None,
        value: object = None,
        **gaps: object,
    ) -> None:
        """Keep the place, the value and the sentence's gaps; `code` must be a known sentence."""
        sentence = SENTENCES[code]
        super().__init__(
            code,
            sentence.problem.format(**gaps),
            file=file,
            row=row,
            column=column,
            value=value,
            remedy=sentence.remedy.format(**gaps),
        )
        self.sheet = sheet
        self.gaps = gaps

    @property
    def place(self) -> str:
        """Return where it is, as `homes.xlsx, sheet 人口, row 3, column people`."""
        return _place(self, "en")

    def __reduce__(self) -> tuple[object, ...]:
        """Travel between processes with every fact."""
        facts: dict[str, object] = {"file": self.file, "sheet": self.sheet, "row": self.row}
        facts |= {"column": self.column, "value": self.value}
        return (_restore, (self.code, facts | self.gaps))


def _restore(code: str, facts: dict[str, object]) -> ReadError:
    return ReadError(code, **facts)  # type: ignore[arg-type]


def cell_refused(
    error: CellError, *, file: str, sheet: str = "", row: int | None = None, column: str = ""
) -> ReadError:
    """Return the refusal of one cell with its place added."""
    return ReadError(
        error.code,
        file=file,
        sheet=sheet,
        row=row,
        column=column,
        value=error.value,
        **error.gaps,
    )


def spoken(error: FileError, language: str) -> Spoken:
    """Return a refusal's parts in `zh` or `en`; a sentence known only in English stays English."""
    chinese = language.startswith("zh")
    problem, remedy = error.message.rstrip("."), error.remedy
    if chinese and isinstance(error, ReadError):
        sentence = SENTENCES[error.code]
        problem = sentence.zh_problem.format(**error.gaps)
        remedy = sentence.zh_remedy.format(**error.gaps)
    value = "" if error.value is None else str(error.value)
    return Spoken(_place(error, language), problem, value, remedy)


def say(error: FileError, language: str) -> str:
    """Return a refusal as one line in `zh` or `en`."""
    place, problem, value, remedy = spoken(error, language)
    if language.startswith("zh"):
        found = f"（读到“{value}”）" if value else ""
        return f"{place}：{problem}{found}。{remedy}".removeprefix("：")
    found = f" (found “{value}”)" if value else ""
    return f"{place}: {problem}{found}. {remedy}".removeprefix(": ").rstrip()


def _place(error: FileError, language: str) -> str:
    sheet = getattr(error, "sheet", "")
    if language.startswith("zh"):
        words = (f"工作表“{sheet}”", f"第 {error.row} 行", f"“{error.column}”列")
    else:
        words = (f"sheet {sheet}", f"row {error.row}", f"column {error.column}")
    known = (bool(sheet), error.row is not None, bool(error.column))
    parts = [
        error.file or "",
        *(word for word, is_known in zip(words, known, strict=True) if is_known),
    ]
    return ("，" if language.startswith("zh") else ", ").join(part for part in parts if part)


@dataclass(frozen=True)
class Note:
    """Something done to a file on the way in that its owner should know (说明)."""

    code: str
    gaps: dict[str, object]

    def say(self, language: str) -> str:
        """Return the notice in `zh` or `en`."""
        notice = NOTICES[self.code]
        text = notice.zh_text if language.startswith("zh") else notice.text
        return text.format(**self.gaps)
