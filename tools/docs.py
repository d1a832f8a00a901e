"""Write docs/reference from the code, so that it cannot tell another story than the code.

`python -m tools.docs` writes; `--check` writes nothing and fails when a page would change.
"""

import io
import os
import sys
from collections.abc import Callable, Iterator
from contextlib import redirect_stdout, suppress
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
REFERENCE = ROOT / "docs" / "reference"
COMMANDS = (
    "coverage",
    "serve",
    "worker",
    "setup_code",
    "import",
    "demo",
    "keys",
    "api_key",
    "webhook",
    "audit",
    "backup",
    "restore",
    "move",
    "upgrade",
)
WRITTEN_BY = (3, 11)
MADE = "<!-- made by `make docs`; do not edit -->\n"


def commands() -> str:
    """Return the help of every command of ours; a process for each would start Django each time."""
    parts = [f"# Commands\n\n{MADE}"]
    os.environ |= {"COLUMNS": "100", "LANG": "en_US.UTF-8", "HEQUAN_LANG": "en"}
    for name in COMMANDS:
        # every command of Django has the options from --version on; its own page tells of them
        said = _help_of(name).split("\n  --version ")[0].strip()
        parts.append(f"\n## hequan {name}\n\n```text\n{said}\n```\n")
    return "".join(parts)


def _help_of(name: str) -> str:
    from hequan.cli import main as hequan

    said = io.StringIO()
    with redirect_stdout(said), suppress(SystemExit):
        hequan([name, "--help"])
    return said.getvalue()


def tables() -> str:
    """Return every table with its fields and constraints."""
    from django.apps import apps

    parts = [f"# Tables\n\n{MADE}"]
    for label in ("core", "territory", "people", "stations", "cases"):
        parts.append(f"\n## {label}\n")
        parts.extend(_table(model) for model in apps.get_app_config(label).get_models())
    return "".join(parts)


def _table(model: type) -> str:
    meta = model._meta  # type: ignore[attr-defined]
    first = (model.__doc__ or "").strip().splitlines()[0]
    rows = "".join(
        f"| `{f.name}` | {f.get_internal_type()}{_target(f)} | {'yes' if f.null else ''} |\n"
        for f in meta.concrete_fields
    )
    held = "".join(f"- `{c.name}`\n" for c in meta.constraints)
    rules = f"\nThe database holds:\n\n{held}" if held else ""
    head = "| field | type | null |\n|---|---|---|\n"
    return f"\n### {meta.object_name}\n\n{first}\n\n{head}{rows}{rules}"


def _target(field: object) -> str:
    related = getattr(field, "related_model", None)
    return f" → {related._meta.object_name}" if related else ""


def moves() -> str:
    """Return the moves of a case as a drawing and as a table, from the table the actions ask."""
    from hequan.cases.moves import MOVES

    arrows: dict[tuple[str, str], list[str]] = {}
    rows = []
    for move in MOVES:
        for source in move.sources:
            for target in (move.target or source, *move.or_else):
                arrows.setdefault((source, target), []).append(move.name)
        told = (
            *(move.name, ", ".join(move.sources), move.target or "stays"),
            *(", ".join(cell) or "–" for cell in (move.or_else, move.doers, move.needs)),
        )
        rows.append(f"| {' | '.join(told)} |\n")
    drawn = "".join(
        f"    {source} --> {target}: {', '.join(dict.fromkeys(names))}\n"
        for (source, target), names in arrows.items()
        if source != target
    )
    head = "| move | from | to | or else | who | needs |\n|---|---|---|---|---|---|\n"
    drawing = f"```mermaid\nstateDiagram-v2\n    [*] --> triage\n    [*] --> dispatched\n{drawn}```"
    return f"# Moves of a case\n\n{MADE}{_ABOUT_MOVES}{drawing}\n\n{head}{''.join(rows)}"


_ABOUT_MOVES = """
Drawn from `hequan/cases/moves.py`. Moves that leave a case where it stands are in the table only.
"Or else" is where it goes when nobody holds the post any more: it is routed anew.

"""


def mediation() -> str:
    """Return the moves of a mediation record as a drawing and as a table."""
    from hequan.cases.dispute_moves import DISPUTE_MOVES

    arrows = "".join(
        f"    {source} --> {move.target}: {move.name}\n"
        for move in DISPUTE_MOVES
        for source in move.sources
        if move.target
    )
    rows = "".join(
        f"| {move.name} | {', '.join(move.sources)} | {move.target or 'stays'} "
        f"| {', '.join(move.doers)} | {', '.join(move.needs) or '–'} |\n"
        for move in DISPUTE_MOVES
    )
    drawing = f"```mermaid\nstateDiagram-v2\n    [*] --> asked\n{arrows}```"
    head = "| move | from | to | who | needs |\n|---|---|---|---|---|\n"
    about = "\nDrawn from `hequan/cases/dispute_moves.py`.\n\n"
    return f"# Moves of a mediation\n\n{MADE}{about}{drawing}\n\n{head}{rows}"


def repair_moves() -> str:
    """Return the moves of a repair order, from the table the actions ask."""
    from hequan.cases.repairs import REPAIR_MOVES

    arrows: dict[tuple[str, str], list[str]] = {}
    rows = ""
    for move in REPAIR_MOVES:
        name = move.name.removeprefix("repair_")
        for source in move.sources:
            for target in filter(None, (move.target, move.or_else)):
                arrows.setdefault((source, target), []).append(name)
        kind = {None: "all", True: "returns", False: "all but returns"}[move.returns]
        told = ", ".join(move.sources), move.target or "stays", move.or_else or "–"
        more = ", ".join(move.parts), ", ".join(move.needs) or "–", kind
        rows += f"| {' | '.join((name, *told, *more))} |\n"
    drawn = "".join(
        f"    {source} --> {target}: {', '.join(names)}\n"
        for (source, target), names in arrows.items()
        if source != target
    )
    head = "| move | from | to | or else | who | needs | orders |\n|---|---|---|---|---|---|---|\n"
    drawing = f"```mermaid\nstateDiagram-v2\n    [*] --> offered\n{drawn}```"
    return f"# Moves of a repair order\n\n{MADE}{_ABOUT_REPAIRS}{drawing}\n\n{head}{rows}"


_ABOUT_REPAIRS = """
Drawn from `hequan/cases/repairs.py`: how a repair order (维修单) of a case goes. "Or else" is where
a quote leads that the asker need not agree to, by the rule `repair.agree_above` in fen. A warranty
return is an order of its own, which is neither quoted nor returned again.

"""


def help_moves() -> str:
    """Return the moves of a task of help, from the table the actions ask."""
    from hequan.cases.helping import HELP_MOVES

    drawn, rows = "", ""
    for move in HELP_MOVES:
        for source in move.sources:
            if move.target is not None:
                drawn += f"    {source} --> {move.target}: {move.name.removeprefix('help_')}\n"
        told = (move.name, ", ".join(move.sources), move.target or "stays", ", ".join(move.parts))
        rows += f"| {' | '.join(told)} | {'words' if move.needs_words else '–'} |\n"
    head = "| move | from | to | who | needs |\n|---|---|---|---|---|\n"
    drawing = f"```mermaid\nstateDiagram-v2\n    [*] --> asked\n{drawn}```"
    return f"# Moves of help\n\n{MADE}{_ABOUT_HELP}{drawing}\n\n{head}{rows}"


_ABOUT_HELP = """
Drawn from `hequan/cases/helping.py`: how a task goes that the lead of a case asked of somebody. A
case is not answered while one is open; the clock hands it over with a post that ends, or ends it
with its case.

"""


def figures() -> str:
    """Return the formulas of the figures, what their facts mean, and the weights we begin with."""
    from hequan.cases.figures import FIGURES, MEANINGS, PREFIX
    from hequan.cases.rule_seeds import RULES

    rows = "".join(f"| `{one.name}` | `{one.count}` | `{one.of}` |\n" for one in FIGURES)
    facts = "".join(f"| `{fact}` | {meaning} |\n" for fact, meaning in MEANINGS.items())
    weights = "".join(
        f"| `{code}` | {value} | {source} |\n"
        for code, (value, source, _) in RULES.items()
        if code.startswith(PREFIX)
    )
    formulas = f"| figure | counts | of those |\n|---|---|---|\n{rows}"
    return (
        f"# Figures of cases\n\n{MADE}{_ABOUT_FIGURES}{formulas}"
        f"\n## Facts\n\n| fact | holds where |\n|---|---|\n{facts}"
        f"\n## Weights\n{_ABOUT_WEIGHTS}| rule | weight | source |\n|---|---|---|\n{weights}"
    )


_ABOUT_FIGURES = """
Drawn from `hequan/cases/figures.py`. Of the cases opened in a span of days, as they stood at a
moment, told from their steps and from the ratings up to it: the figures of last month asked today
are those asked then. A case counts where both facts hold. A share of nothing is no figure. A pause
stops a clock and an extension moves its end; a limit missed in one round stays missed when the case
is reopened. The judgement of an answer stands until the next answer is published. A merged case
counts nowhere: its leading case does, by what its own asker said. Old cases taken over from another
system count nowhere either: they had no course and no clocks here. Posts are shown with load and
clocks only, and never ranked.

"""
_ABOUT_WEIGHTS = """
Points are weight times share, summed up; none where a share is missing. `received` is taken as the
share of all in the table. A town closes a rule row and opens another; the row of the day counts.

"""


def pages() -> str:
    """Return every address of the site."""
    from django.urls import URLPattern, URLResolver, get_resolver

    def walk(patterns: list[URLPattern | URLResolver], before: str) -> Iterator[tuple[str, str]]:
        for pattern in patterns:
            here = before + str(pattern.pattern)
            if isinstance(pattern, URLResolver):
                yield from walk(pattern.url_patterns, here)
            else:
                yield "/" + here.replace("^", "").replace("$", ""), str(pattern.name or "")

    rows = "".join(
        f"| `{address}` | {name} |\n" for address, name in walk(get_resolver().url_patterns, "")
    )
    return f"# Addresses\n\n{MADE}\n| address | name |\n|---|---|\n{rows}"


def inventory() -> str:
    """Return every field that tells something about people, by table, from the field tags."""
    from django.utils import translation

    with translation.override("en"):
        from tools.inventory import inventory_page

        return inventory_page(MADE)


def permissions() -> str:
    """Return the permission matrix the tests walk, for people to read."""
    import csv

    path = ROOT / "tests" / "web" / "permission_matrix.csv"
    with open(path, encoding="utf-8", newline="") as lines:
        rows = list(csv.reader(lines))
    head, *body = rows
    bar = "|---" * len(head) + "|\n"
    table = f"| {' | '.join(head)} |\n{bar}"
    table += "".join(f"| `{address}` | {' | '.join(rest)} |\n" for address, *rest in body)
    return f"# Permission matrix\n\n{MADE}{_HOW_TO_READ}{table}"


_HOW_TO_READ = """
What each of the test town's people gets at every address and operation, as the test
`tests/web/test_permission_matrix.py` finds it. *yes*: let in (an empty form may still be refused) ·
*-*: 404, not told whether it is there · *sign in*: led to the sign-in page · *no*: 403. The things
in the addresses are of Maple Lane: the viewer is Pine Lane's, the clerk Maple Lane's (sees
the board, imports, edits stations), the officer the town's with every business capability, resident
and stranger hold nothing, and the three administrators only their office.

"""


PAGES: dict[str, Callable[[], str]] = {
    "commands.md": commands,
    "tables.md": tables,
    "addresses.md": pages,
    "case-moves.md": moves,
    "mediation-moves.md": mediation,
    "help-moves.md": help_moves,
    "repair-moves.md": repair_moves,
    "case-figures.md": figures,
    "permissions.md": permissions,
    "data-inventory.md": inventory,
}


def main(arguments: list[str]) -> int:
    """Write the pages, or with --check tell which would change."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "hequan.config.settings")
    import django

    django.setup()
    stale = []
    for name, make in PAGES.items():
        if name == "commands.md" and "--check" in arguments and sys.version_info[:2] != WRITTEN_BY:
            continue  # other versions of Python lay out --help in other words
        path, text = REFERENCE / name, make()
        if path.exists() and path.read_text(encoding="utf-8") == text:
            continue
        stale.append(name)
        if "--check" not in arguments:
            path.write_text(text, encoding="utf-8")
    if "--check" in arguments and stale:
        print(f"docs/reference is behind the code ({', '.join(stale)}): run make docs")
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
