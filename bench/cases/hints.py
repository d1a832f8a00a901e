"""How often a text's class is suggested: `python -m bench.cases.hints`.

Against the requests beside the tests, which the suggestions have never seen; the catalogue is the
one a town starts with. Prints a table for docs/reference/benchmarks.md, then what was missed.
"""

import csv
from pathlib import Path
from time import perf_counter

from hequan.cases.class_hints import Known, hints_of, known_matters
from hequan.roster.matters import MatterRow, class_code_of

HERE = Path(__file__).parents[2]
HELD_OUT = HERE / "tests" / "cases" / "labelled_words.csv"
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


def _rows(path: Path) -> list[dict[str, str]]:
    return list(csv.DictReader(path.read_text(encoding="utf-8").splitlines()))


def ranks(known: Known, texts: list[tuple[str, str]]) -> list[int]:
    """Return at which place each text's matter was suggested, 0 where it was not."""
    told = [([one.code for one in hints_of(words, known)], code) for code, words in texts]
    return [codes.index(code) + 1 if code in codes else 0 for codes, code in told]


def main() -> None:
    """Measure and print."""
    texts, begun = held_out(), perf_counter()
    known = known_matters(starter_rows())
    first_ms = (perf_counter() - begun) * 1000
    found, begun = ranks(known, texts), perf_counter()
    for _round in range(ROUNDS):
        ranks(known, texts)
    each_ms = (perf_counter() - begun) * 1000 / ROUNDS / len(texts)
    share = [sum(1 for one in found if 1 <= one <= most) / len(texts) for most in (1, 3)]
    print("| requests | matters | first | among three | ms a text | ms once |")
    print("|---:|---:|---:|---:|---:|---:|")
    matters = len(starter_rows())
    print(
        f"| {len(texts)} | {matters} | {share[0]:.1%} | {share[1]:.1%} "
        f"| {each_ms:.2f} | {first_ms:.0f} |"
    )
    for rank, (code, words) in zip(found, texts, strict=True):
        if rank != 1:
            print(f"{code} {words} ({'not suggested' if not rank else f'suggested {rank}.'})")


if __name__ == "__main__":
    main()
