"""How often a text's class is suggested: `python -m bench.cases.hints`.

Against two sets of requests beside the tests, which the suggestions have never seen; the catalogue
is the one a town starts with. Prints a table for docs/reference/benchmarks.md, and what was missed.
"""

import csv
from pathlib import Path
from time import perf_counter

from hequan.cases.class_hints import Known, hints_of, known_matters
from hequan.roster.matters import MatterRow, class_code_of

HERE = Path(__file__).parents[2]
HELD_OUT = HERE / "tests" / "cases" / "labelled_words.csv"
VOICES = HERE / "tests" / "cases" / "voices_words.csv"  # a resident, a rider, a shopkeeper ...
CATALOGUE = HERE / "hequan" / "roster" / "matters.csv"
ROUNDS = 20


def starter_rows() -> list[MatterRow]:
    """Return the subclasses a town starts with."""
    return [
        MatterRow(
            pk=at,
            code=row["code"],
            class_code=class_code_of(row["code"]),
            name=row["name"],
            name_en=row["name_en"],
            place_kinds=(),
            description=row["description"],
        )
        for at, row in enumerate(_rows(CATALOGUE))
        if class_code_of(row["code"])
    ]


def held_out() -> list[tuple[str, str]]:
    """Return the labelled requests kept apart: code and words."""
    return [(row["matter"], row["words"]) for row in _rows(HELD_OUT)]


def voices() -> list[tuple[str, str]]:
    """Return the labelled requests in the words of different people: code and words."""
    return [(row["matter"], row["words"]) for row in _rows(VOICES)]


def _rows(path: Path) -> list[dict[str, str]]:
    return list(csv.DictReader(path.read_text(encoding="utf-8").splitlines()))


def ranks(known: Known, texts: list[tuple[str, str]]) -> list[int]:
    """Return at which place each text's matter was suggested, 0 where it was not."""
    told = [([one.code for one in hints_of(words, known)], code) for code, words in texts]
    return [codes.index(code) + 1 if code in codes else 0 for codes, code in told]


def main() -> None:
    """Measure and print."""
    begun = perf_counter()
    known = known_matters(starter_rows())
    first_ms = (perf_counter() - begun) * 1000
    print("| requests | matters | first | among three | ms a text | ms once |")
    print("|---:|---:|---:|---:|---:|---:|")
    sets = (held_out(), voices())
    missed = [line for texts in sets for line in _measured(known, texts, first_ms)]
    print("\n".join(missed))


def _measured(known: Known, texts: list[tuple[str, str]], first_ms: float) -> list[str]:
    """Print a row of the table; return what did not come first."""
    found, begun = ranks(known, texts), perf_counter()
    for _round in range(ROUNDS):
        ranks(known, texts)
    each_ms = (perf_counter() - begun) * 1000 / ROUNDS / len(texts)
    share = [sum(1 for one in found if 1 <= one <= most) / len(texts) for most in (1, 3)]
    matters = len(starter_rows())
    print(
        f"| {len(texts)} | {matters} | {share[0]:.1%} | {share[1]:.1%} "
        f"| {each_ms:.2f} | {first_ms:.0f} |"
    )
    return [
        f"{code} {words} ({'not suggested' if not rank else f'suggested {rank}.'})"
        for rank, (code, words) in zip(found, texts, strict=True)
        if rank != 1
    ]


if __name__ == "__main__":
    main()
