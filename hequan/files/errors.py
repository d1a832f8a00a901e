"""What went wrong with a file (文件错误): said so that its owner can put it right.

Every reader of this package raises `FileError`, so that a page, an import report and the command
line can show the same five facts: the file, the row, the column, the value found and the remedy.
`code` is a stable word that the faces translate by; `str()` is the English sentence.
"""

from pathlib import Path


class FileError(ValueError):
    """A file, or one cell of it, that cannot be used as it is."""

    def __init__(
        self,
        code: str,
        message: str,
        *,
        file: str | Path | None = None,
        row: int | None = None,
        column: str | None = None,
        value: object = None,
        remedy: str = "",
    ) -> None:
        """Keep the facts; `row` counts as the owner of the file sees it (1 = first line)."""
        super().__init__(message)
        self.code = code
        self.message = message
        self.file = Path(file).name if file is not None else None
        self.row = row
        self.column = column
        self.value = value
        self.remedy = remedy

    @property
    def place(self) -> str:
        """Return where it is, as `streets.osm, row 3, column name`; empty when unknown."""
        parts = [self.file] if self.file else []
        if self.row is not None:
            parts.append(f"row {self.row}")
        if self.column:
            parts.append(f"column {self.column}")
        return ", ".join(parts)

    def __str__(self) -> str:
        """Return one English sentence: place, what is wrong, the value found, what to do."""
        text = f"{self.place}: {self.message}" if self.place else self.message
        if self.value is not None:
            text += f" (found {self.value!r})"
        if not text.endswith("."):
            text += "."
        return f"{text} {self.remedy}".rstrip()

    def __reduce__(self) -> tuple[object, ...]:
        """Travel between processes with every fact, not only the message."""
        facts = {
            "file": self.file,
            "row": self.row,
            "column": self.column,
            "value": self.value,
            "remedy": self.remedy,
        }
        return (_restore, (self.code, self.message, facts))


def _restore(code: str, message: str, facts: dict[str, object]) -> FileError:
    return FileError(code, message, **facts)  # type: ignore[arg-type]
