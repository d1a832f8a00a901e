"""The Chinese catalogue: what there is to translate, what is missing, and the compiled file.

    python -m tools.messages extract           bring django.po up to the sources
    python -m tools.messages check             fail on missing, fuzzy, unused or ill-formed entries
    python -m tools.messages compile           write django.mo where it is older than django.po
    python -m tools.messages fill FILE.json    extract, then take translations {"English": "中文"}

Babel does the reading and writing, so that no system gettext is needed; Django's own `templatize`
turns a template into something Babel can read. One person at a time: extract and fill wait for
each other through a file lock.
"""

import fcntl
import io
import json
import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from babel.messages.catalog import Catalog, Message
from babel.messages.extract import extract
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po, write_po
from django.utils.translation.template import templatize

ROOT = Path(__file__).resolve().parent.parent
SOURCES = ROOT / "hequan"
LOCALE = SOURCES / "locale" / "zh_Hans"
CATALOGUE = LOCALE / "LC_MESSAGES" / "django.po"
LANGUAGE = "zh_Hans"
HEADER = (
    "# Chinese words of hequan 核圈. Written by python -m tools.messages; edit the msgstr lines."
)
KEYWORDS: dict[str, Any] = {
    "_": None,
    "gettext": None,
    "gettext_lazy": None,
    "gettext_noop": None,
    "ngettext": (1, 2),
    "ngettext_lazy": (1, 2),
    "pgettext": ((1, "c"), 2),
    "pgettext_lazy": ((1, "c"), 2),
    "npgettext": ((1, "c"), 2, 3),
    # the planner names its sentences in the errors themselves; the faces word them
    "PlannerError": (2,),
    "NetworkError": (2,),
    "CoverageError": (2,),
}


def source_files() -> Iterator[Path]:
    """Yield every module and template of the package, in a stable order."""
    for suffix in ("*.py", "*.html", "*.txt"):
        for path in sorted(SOURCES.rglob(suffix)):
            if "migrations" not in path.parts and "static" not in path.parts:
                yield path


def readable(path: Path) -> bytes:
    """Return the file as Python that Babel can read; templates lose their indentation."""
    text = path.read_text(encoding="utf-8")
    if path.suffix != ".py":
        text = "\n".join(line.lstrip() for line in templatize(text).splitlines())
    return text.encode()


def found() -> Catalog:
    """Return a catalogue of everything there is to translate, without translations."""
    catalogue = Catalog(locale=LANGUAGE, header_comment=HEADER, fuzzy=False)
    for path in source_files():
        rows = extract("python", io.BytesIO(readable(path)), KEYWORDS, ["Translators:"])
        for _line, message, comments, context in rows:
            where = [(path.relative_to(ROOT).as_posix(), 0)]
            catalogue.add(message, None, where, auto_comments=comments, context=context)
    return catalogue


def read_catalogue() -> Catalog:
    """Return the catalogue as it stands in the tree; an empty one when there is none yet."""
    if not CATALOGUE.exists():
        return Catalog(locale=LANGUAGE, header_comment=HEADER, fuzzy=False)
    with CATALOGUE.open("rb") as file:
        return read_po(file, locale=LANGUAGE)


def write_catalogue(catalogue: Catalog) -> None:
    """Put the catalogue in place in one step, sorted so that two people's changes rarely meet."""
    CATALOGUE.parent.mkdir(parents=True, exist_ok=True)
    for message in catalogue:
        message.locations = sorted({(path, 0) for path, _line in message.locations})
    buffer = io.BytesIO()
    write_po(
        buffer,
        catalogue,
        width=100,
        sort_output=True,
        ignore_obsolete=True,
        omit_header=True,
        include_lineno=False,
    )
    head = (
        f'{HEADER}\nmsgid ""\nmsgstr ""\n"Language: {LANGUAGE}\\n"\n"MIME-Version: 1.0\\n"\n'
        '"Content-Type: text/plain; charset=utf-8\\n"\n"Content-Transfer-Encoding: 8bit\\n"\n'
        '"Plural-Forms: nplurals=1; plural=0;\\n"\n\n'
    )
    new = CATALOGUE.with_suffix(f".{os.getpid()}.new")
    new.write_bytes(head.encode() + buffer.getvalue())
    new.replace(CATALOGUE)


@contextmanager
def alone() -> Iterator[None]:
    """Hold a lock on the locale folder while the catalogue is read, changed and written."""
    LOCALE.mkdir(parents=True, exist_ok=True)
    folder = os.open(LOCALE, os.O_RDONLY)
    try:
        fcntl.flock(folder, fcntl.LOCK_EX)
        yield
    finally:
        os.close(folder)


def key(message: Message) -> tuple[str | None, str]:
    """Return what tells messages apart: their context and their English text."""
    text = message.id if isinstance(message.id, str) else message.id[0]
    return message.context, text


def bring_up_to_date() -> Catalog:
    """Return today's messages with the translations that there are; nothing is written."""
    known = {key(m): m for m in read_catalogue() if m.id}
    catalogue = found()
    for message in catalogue:
        if message.id and (old := known.get(key(message))):
            take(message, text_of(old))
    return catalogue


def text_of(message: Message) -> str:
    """Return the Chinese text, empty when there is none; Chinese has one form for all numbers."""
    text = message.string
    return (text if isinstance(text, str) else (text[0] if text else "")) or ""


def take(message: Message, text: str) -> None:
    """Give a message its Chinese text."""
    message.string = text if isinstance(message.id, str) else (text,)
    message.flags.discard("fuzzy")


def faults() -> list[str]:
    """Return one line for every entry that is missing, unused, fuzzy or ill-formed."""
    there = {key(m): m for m in read_catalogue() if m.id}
    wanted = {key(m): m for m in found() if m.id}
    lines = [f"unused: {k[1]!r}" for k in there if k not in wanted]
    for k, message in wanted.items():
        old = there.get(k)
        if old is None or not text_of(old):
            lines.append(f"missing: {k[1]!r} ({', '.join(p for p, _ in message.locations)})")
        elif old.fuzzy:
            lines.append(f"fuzzy: {k[1]!r}")
        else:
            lines += [f"ill-formed: {k[1]!r}: {error}" for error in old.check()]
    return lines


def extract_messages() -> int:
    """Bring the catalogue up to the sources; say how many still want a translation."""
    with alone():
        catalogue = bring_up_to_date()
        write_catalogue(catalogue)
    missing = [key(m)[1] for m in catalogue if m.id and not text_of(m)]
    print(f"{len(catalogue)} messages, {len(missing)} without Chinese")
    for text in missing:
        print(f"  {text!r}")
    return 0


def fill_messages(path: Path) -> int:
    """Take the translations of a JSON file {"English": "中文"}; name those nobody uses."""
    given: dict[str, str] = json.loads(path.read_text(encoding="utf-8"))
    with alone():
        catalogue = bring_up_to_date()
        used = set()
        for message in catalogue:
            text = key(message)[1]
            if text and text in given:
                take(message, given[text])
                used.add(text)
        write_catalogue(catalogue)
    for text in sorted(set(given) - used):
        print(f"not in the sources: {text!r}")
    print(f"{len(used)} translations taken")
    compile_messages()
    return 0


def compile_messages() -> int:
    """Write the compiled catalogue where it is older than its source."""
    compiled = CATALOGUE.with_suffix(".mo")
    if CATALOGUE.exists() and (
        not compiled.exists() or compiled.stat().st_mtime < CATALOGUE.stat().st_mtime
    ):
        buffer = io.BytesIO()
        write_mo(buffer, read_catalogue())
        new = compiled.with_suffix(f".{os.getpid()}.new")
        new.write_bytes(buffer.getvalue())
        new.replace(compiled)
    return 0


def check_messages() -> int:
    """Print every fault of the catalogue; fail if there is one."""
    lines = faults()
    print("\n".join(lines) or "the Chinese catalogue is complete")
    return 1 if lines else 0


def main(arguments: list[str]) -> int:
    """Carry out one command."""
    match arguments:
        case ["extract"]:
            return extract_messages()
        case ["check"]:
            return check_messages()
        case ["compile"]:
            return compile_messages()
        case ["fill", file]:
            return fill_messages(Path(file))
    print(__doc__)
    return 2


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
