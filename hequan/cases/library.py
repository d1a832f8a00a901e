"""Finding write-ups by their words (案例检索): characters in pairs, ranked; no database in here.

Chinese has no spaces, so a text is cut into every two neighbouring characters (二元切分) of each
run of letters and digits; the last of a run stands alone too, so that one character finds a run
that ends with it. A pair is one number, compared alike by every database.

Ranked by how rare a pair is among all write-ups, how heavily the write-up bears it (a title counts
three times), and how much of what was asked it holds; equal ranks leave the newer first.
"""

import unicodedata
from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from itertools import pairwise
from math import log

MOST_ASKED = 200  # characters of a question that are read
MOST_GRAMS = 16  # pairs looked up, the rarest first
MOST_ROWS = 3000  # rows read for one question
LEAST_HELD = 0.5  # share of a question that a hit holds
LEAST_ALIKE = 0.12  # the same of another case's words, which say much beside the matter
SUGGESTED = 3
_TITLE, _HEAVIEST = 3, 9
_SHIFT = 21  # bits of one character


class WriteUpState(StrEnum):
    """How a write-up stands (案例状态)."""

    IN_REVIEW = "in_review"
    SENT_BACK = "sent_back"
    PUBLISHED = "published"
    WITHDRAWN = "withdrawn"


class WhyShown(StrEnum):
    """Why a write-up is shown beside a case (推荐理由)."""

    SAME_MATTER = "same_matter"
    SAME_CLASS = "same_class"
    ALIKE_WORDS = "alike_words"


def grams_of(text: str) -> Counter[int]:
    """Return the pairs of a text, as numbers, with how often each stands there."""
    return Counter(number for run in _runs(text) for number in _pairs(run))


def weights_of(title: str, *texts: str) -> dict[int, int]:
    """Return what a write-up is found by: its pairs, those of the title three times as heavy."""
    found: Counter[int] = Counter()
    for text in texts:
        found.update(grams_of(text))
    for number, times in grams_of(title).items():
        found[number] += _TITLE * times
    return {number: min(times, _HEAVIEST) for number, times in found.items()}


def asked_grams(words: str) -> tuple[int, ...]:
    """Return the pairs of a question; a run's last character only where it stands alone."""
    found: dict[int, None] = {}
    for run in _runs(words[:MOST_ASKED]):
        pairs = list(_pairs(run))
        found.update(dict.fromkeys(pairs[:-1] or pairs))
    return tuple(found)


def single(gram: int) -> bool:
    """Tell whether a pair of a question is one character, to be found as the first of any pair."""
    return gram & ((1 << _SHIFT) - 1) == 0


def span_of(gram: int) -> tuple[int, int]:
    """Return the numbers of all pairs that begin with a character, both ends included."""
    return gram, gram | ((1 << _SHIFT) - 1)


def _runs(text: str) -> Iterator[str]:
    """Yield the runs of letters and digits, full width made half, capitals made small."""
    plain = unicodedata.normalize("NFKC", text).casefold()
    run: list[str] = []
    for letter in plain:
        if letter.isalnum():
            run.append(letter)
        elif run:
            yield "".join(run)
            run = []
    if run:
        yield "".join(run)


def _pairs(run: str) -> Iterator[int]:
    for one, other in pairwise(run):
        yield ord(one) << _SHIFT | ord(other)
    yield ord(run[-1]) << _SHIFT


def rarest(counts: Mapping[int, int], most: int = MOST_ROWS) -> tuple[int, ...]:
    """Return the pairs worth looking up, the rarest first, as long as so many rows are read.

    The rarest is looked up however common it is; a pair that nothing bears is left out.
    """
    chosen: list[int] = []
    rows = 0
    for gram, count in sorted(counts.items(), key=lambda one: (one[1], one[0])):
        rows += count
        if not count or len(chosen) == MOST_GRAMS:
            continue
        if chosen and rows > most:
            break
        chosen.append(gram)
    return tuple(chosen)


@dataclass(frozen=True)
class Hit:
    """A write-up found: how well it fits, and what share of the question it holds."""

    write_up: int
    score: float
    held: float


def ranked(
    postings: Iterable[tuple[int, int, int]],
    counts: Mapping[int, int],
    there: int,
    least: float = LEAST_HELD,
) -> tuple[Hit, ...]:
    """Return what fits, the best first.

    `postings` are (pair, write-up, weight) of the pairs looked up, `counts` how many write-ups
    bear each pair asked for, `there` how many write-ups there are. A hit holds at least the share
    `least` of the pairs asked for; those too common to be looked up count neither way.
    """
    borne: dict[int, dict[int, int]] = defaultdict(dict)
    for gram, write_up, weight in postings:
        held = borne[write_up]
        if weight > held.get(gram, 0):
            held[gram] = weight
    looked_up = {gram for held in borne.values() for gram in held}
    asked = len(looked_up) + sum(not count for count in counts.values())
    rarity = {gram: log(1 + there / counts[gram]) for gram in looked_up}
    hits = [
        _hit(pk, held, rarity, asked) for pk, held in borne.items() if len(held) >= least * asked
    ]
    return tuple(sorted(hits, key=lambda one: (-one.score, -one.write_up)))


def _hit(write_up: int, held: Mapping[int, int], rarity: Mapping[int, float], asked: int) -> Hit:
    share = len(held) / asked
    weighed = sum(rarity[gram] * (1 + log(weight)) for gram, weight in held.items())
    return Hit(write_up, weighed * share, share)


@dataclass(frozen=True)
class Candidate:
    """A published write-up that may be like a case."""

    write_up: int
    matter_code: str
    score: float = 0.0  # of its words, 0 where they are not alike


def choose_alike(
    matter_code: str, found: Iterable[Candidate], most: int = SUGGESTED
) -> tuple[tuple[Candidate, tuple[WhyShown, ...]], ...]:
    """Return what to show beside a case with why: its matter first, alike words, then its class.

    What is neither of the class nor alike is never shown; of equals the newer comes first.
    """
    told = [(one, _why(matter_code, one)) for one in found]
    kept = [(one, why) for one, why in told if why]
    kept.sort(key=lambda pair: (_rank(pair[1]), -pair[0].score, -pair[0].write_up))
    return tuple(kept[:most])


def _why(matter_code: str, one: Candidate) -> tuple[WhyShown, ...]:
    why: list[WhyShown] = []
    if matter_code and one.matter_code == matter_code:
        why.append(WhyShown.SAME_MATTER)
    elif matter_code and one.matter_code[:2] == matter_code[:2] and one.matter_code:
        why.append(WhyShown.SAME_CLASS)
    if one.score > 0:
        why.append(WhyShown.ALIKE_WORDS)
    return tuple(why)


def _rank(why: Sequence[WhyShown]) -> int:
    if WhyShown.SAME_MATTER in why:
        return 0
    return 1 if WhyShown.ALIKE_WORDS in why else 2


def shared_words(one: str, grams: Collection[int], most: int = 4) -> tuple[str, ...]:
    """Return the longest runs of a text whose every pair is among these."""
    found: dict[str, None] = {}
    for run in _runs(one):
        begun: int | None = None
        for at, pair in enumerate(_pairs(run)):
            if pair in grams and at + 1 < len(run):
                begun = at if begun is None else begun
            elif begun is not None:
                found[run[begun : at + 1]] = None
                begun = None
    return tuple(sorted(found, key=len, reverse=True)[:most])
