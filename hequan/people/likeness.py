"""Likeness (疑似重复): whether two rows are one person, how sure that is, and why.

Plain values in, reasons out. One number and one name is sure. One number and another name is a
family that shares a telephone more often than a person with two names: somebody has to ask. A name
alone says nothing in a town of thousands; with the day of birth, or in one small unit, it does.
"""

from dataclasses import dataclass
from datetime import date

from hequan.people.kinds import Likelihood, LikeReason


@dataclass(frozen=True)
class Mark:
    """What two rows are compared by; blank is unknown."""

    name: str
    pinyin: str = ""
    phone: str = ""  # the number or its hash
    born_on: date | None = None
    unit: int | None = None
    address: str = ""


@dataclass(frozen=True)
class Likeness:
    """How sure it is that two rows are one person, with the reasons for and against."""

    likelihood: Likelihood
    reasons: tuple[LikeReason, ...]


def likeness(one: Mark, other: Mark) -> Likeness | None:
    """Return how alike two rows are, None where nothing speaks for one person."""
    reasons = (_name_reason(one, other), *_other_reasons(one, other))
    told = tuple(reason for reason in reasons if reason is not None)
    likelihood = _likelihood(frozenset(told))
    return Likeness(likelihood, told) if likelihood is not None else None


def _likelihood(told: frozenset[LikeReason]) -> Likelihood | None:
    born_otherwise = LikeReason.OTHER_BIRTH in told
    if LikeReason.SAME_PHONE in told:
        if LikeReason.OTHER_NAME in told or born_otherwise:
            return Likelihood.ASK
        return Likelihood.SURE if LikeReason.SAME_NAME in told else Likelihood.LIKELY
    if LikeReason.SAME_NAME not in told or born_otherwise:
        return None
    if LikeReason.SAME_BIRTH in told:
        return Likelihood.LIKELY if LikeReason.SAME_UNIT in told else Likelihood.ASK
    if LikeReason.SAME_UNIT not in told:
        return None
    at_home = LikeReason.SAME_ADDRESS in told and LikeReason.OTHER_PHONE not in told
    return Likelihood.LIKELY if at_home else Likelihood.ASK


def _name_reason(one: Mark, other: Mark) -> LikeReason:
    if one.name == other.name:
        return LikeReason.SAME_NAME
    if one.pinyin and one.pinyin == other.pinyin:
        return LikeReason.SAME_SOUND
    short, long = sorted((one.name, other.name), key=len)
    like = long.startswith(short) or long.endswith(short) or _one_letter_apart(short, long)
    return LikeReason.LIKE_NAME if len(short) > 1 and like else LikeReason.OTHER_NAME


def _one_letter_apart(short: str, long: str) -> bool:
    # the surname stays: 王丽 and 李丽 are two people, 王晓丽 and 王小丽 may be one
    if len(short) != len(long) or len(short) < 3 or short[0] != long[0]:
        return False
    return sum(a != b for a, b in zip(short, long, strict=True)) == 1


def _other_reasons(one: Mark, other: Mark) -> tuple[LikeReason | None, ...]:
    return (
        _compare(one.phone, other.phone, LikeReason.SAME_PHONE, LikeReason.OTHER_PHONE),
        _compare(one.born_on, other.born_on, LikeReason.SAME_BIRTH, LikeReason.OTHER_BIRTH),
        _compare(one.unit, other.unit, LikeReason.SAME_UNIT, None),
        _compare(one.address, other.address, LikeReason.SAME_ADDRESS, None),
    )


def _compare(
    one: object, other: object, same: LikeReason, differs: LikeReason | None
) -> LikeReason | None:
    if not one or not other:
        return None
    return same if one == other else differs
