"""What a text looks like (像哪一类): up to three matters, each with the words that speak for it.

Plain counting, nothing learnt in secret: a matter is known by its name, what is said of it, its
synonyms, everyday ways of saying it, and requests that were labelled by hand. Their letters, pairs
and triples of letters speak for it, the more, the fewer other matters share them. A hint is shown
with the whole words that spoke (class_words.py), and chosen by a person.
"""

import csv
import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import lru_cache
from importlib.resources import files
from math import log, sqrt

from hequan.cases.class_words import words_of, words_that_spoke
from hequan.roster.matters import MatterRow

MOST = 3
_LONGEST_READ = 600  # letters: who tells a long story begins with the matter
# tried out on the labelled requests of this folder, tenth by tenth; never on those of the tests
_NAME, _SAID, _SYNONYM, _SAYING, _LABELLED = 3.0, 3.0, 4.0, 2.0, 1.0
_SINGLE = 0.6  # one letter says less than two: 狗 much, 水 little
_RARITY = 1.5
_LEAST = 0.04  # below this the words could be about anything
_LEAST_OF_BEST = 0.4
# letters that carry no matter: a pair made of them alone says nothing
_EMPTY = frozenset(
    "的了吗呢吧啊我你他她它们这那有没不是在和也都就还很太到说要会能想请个一去来上下里着把被给让过"
)
_FILES = (
    ("class_synonyms.csv", _SYNONYM),
    ("class_sayings.csv", _SAYING),
    ("labelled_words.csv", _LABELLED),
)
_RUN = re.compile(r"[a-z0-9]+|[㐀-鿿]+")


@dataclass(frozen=True)
class Hint:
    """A matter a text may be about, how strongly (0 to 1), and the words that say so."""

    code: str
    weight: float
    words: tuple[str, ...]


@dataclass(frozen=True)
class Known:
    """What the matters of a catalogue are known by: the weight of a piece of text for each."""

    weights: Mapping[str, Mapping[str, float]]
    words: Mapping[str, frozenset[str]]  # whole words, each with the matters it is said of


@lru_cache(maxsize=1)
def _texts() -> tuple[tuple[str, float, str], ...]:
    """Return the rows that come with the house: code, weight, text."""
    found = []
    for name, weight in _FILES:
        text = files("hequan.cases").joinpath(name).read_text(encoding="utf-8")
        found += [
            (row["matter"], weight, row["words"]) for row in csv.DictReader(text.splitlines())
        ]
    return tuple(found)


def known_matters(
    rows: Iterable[MatterRow], texts: Iterable[tuple[str, float, str]] | None = None
) -> Known:
    """Return what these matters are known by; `texts` in place of those of the house, for trying.

    Texts of a code that is not among the rows, as of a retired matter, are left out.
    """
    counts: dict[str, Counter[str]] = {}
    words: dict[str, set[str]] = defaultdict(set)
    for row in rows:
        counts[row.code] = Counter()
        _say(words, row.code, f"{row.name} {row.description}")
        for text, weight in ((row.name, _NAME), (row.description, _SAID)):
            _add(counts[row.code], text, weight)
    for code, weight, text in _texts() if texts is None else texts:
        if code in counts:
            _add(counts[code], text, weight)
            if weight != _LABELLED:
                _say(words, code, text)
    return Known(_weighed(counts), {word: frozenset(codes) for word, codes in words.items()})


def _say(words: dict[str, set[str]], code: str, text: str) -> None:
    for word in words_of(text):
        words[word].add(code)


def _add(counts: Counter[str], text: str, weight: float) -> None:
    for piece in {piece for _at, piece in _pieces(text)}:
        counts[piece] += weight  # type: ignore[assignment]


def _weighed(counts: Mapping[str, Counter[str]]) -> dict[str, dict[str, float]]:
    """Return each piece's weight for each matter: how often there, how rarely elsewhere."""
    spread = Counter(piece for one in counts.values() for piece in one)
    rare = {piece: _rare(piece, n, len(counts)) for piece, n in spread.items()}
    found: dict[str, dict[str, float]] = defaultdict(dict)
    for code, one in counts.items():
        raw = {piece: sqrt(n) * rare[piece] for piece, n in one.items()}
        length = sqrt(sum(value * value for value in raw.values())) or 1.0
        for piece, value in raw.items():
            found[piece][code] = value / length
    return dict(found)


def _rare(piece: str, spread: int, matters: int) -> float:
    rarity: float = log((1 + matters) / spread) ** _RARITY
    return rarity * (_SINGLE if len(piece) == 1 else 1.0)


def _pieces(text: str) -> list[tuple[int, str]]:
    """Return one, two and three Chinese letters in a row, and other words, with their places."""
    found = []
    for run in _RUN.finditer(text.casefold()[:_LONGEST_READ]):
        word, begin = run.group(), run.start()
        if word[0] < "\u3400":
            found.append((begin, word))
            continue
        for length in (1, 2, 3):
            for at in range(len(word) - length + 1):
                piece = word[at : at + length]
                if not _EMPTY.issuperset(piece):
                    found.append((begin + at, piece))
    return found


def hints_of(text: str, known: Known) -> tuple[Hint, ...]:
    """Return what the text may be about, the likeliest first; nothing where nothing speaks."""
    words, pieces = text.casefold(), _pieces(text)
    loud: dict[str, dict[int, float]] = defaultdict(lambda: defaultdict(float))
    scores: dict[str, float] = defaultdict(float)
    for at, piece in pieces:
        for code, weight in known.weights.get(piece, {}).items():
            scores[code] += weight / sqrt(len(pieces))
            for place in range(at, at + len(piece)):
                loud[code][place] += weight / len(piece)
    best = sorted(scores.items(), key=lambda one: (-one[1], one[0]))[:MOST]
    least = max(_LEAST, best[0][1] * _LEAST_OF_BEST) if best else _LEAST
    return tuple(
        Hint(code, round(score, 3), words_that_spoke(words, code, loud[code], known.words))
        for code, score in best
        if score >= least
    )
