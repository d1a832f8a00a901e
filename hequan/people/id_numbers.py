"""Numbers of identity documents (证件号码): which text can be one, in the form it is kept in.

Resident identity numbers, and the 18-digit cards for Hong Kong, Macao, Taiwan and foreign
residents, end in the check character of GB 11643-1999 and hold a day of birth.
"""

import re
import unicodedata
from datetime import date

from stdnum.cn import ric

from hequan.people.protection_kinds import DocumentKind

CHINA = "CN"
_CARD = re.compile(r"\d{17}[\dX]")
_PERMIT = re.compile(r"[HM](\d{8}|\d{10})|\d{8}")  # to the mainland, of Hong Kong, Macao, Taiwan
_OLD_FOREIGN = re.compile(r"[A-Z]{3}\d{12}")
_PASSPORT = re.compile(r"(?=.*\d)[A-Z0-9]{6,15}")
_COUNTRY = re.compile(r"[A-Z]{2}")


def normal_number(text: str) -> str:
    """Return a number in its one form: narrow letters and digits, capitals, no blanks or dashes."""
    return re.sub(r"[\s\-]", "", unicodedata.normalize("NFKC", text)).upper()


def is_document_number(kind: DocumentKind, number: str) -> bool:
    """Tell whether a number in its one form can be that of such a document."""
    if kind is DocumentKind.RESIDENT:
        return _is_card(number) and number[0] in "123456"
    if kind is DocumentKind.HK_MACAO_TAIWAN:
        card = _is_card(number) and number.startswith(("81", "82", "83"))
        return card or bool(_PERMIT.fullmatch(number))
    if kind is DocumentKind.FOREIGN_RESIDENT:
        card = _is_card(number) and number.startswith("9")
        return card or bool(_OLD_FOREIGN.fullmatch(number))
    return bool(_PASSPORT.fullmatch(number))


def is_country(code: str) -> bool:
    """Tell whether this has the form of a country's two letters (ISO 3166-1)."""
    return bool(_COUNTRY.fullmatch(code))


def _is_card(number: str) -> bool:
    return bool(_CARD.fullmatch(number)) and _is_day(number) and _checks(number)


def _checks(number: str) -> bool:
    return bool(ric.calc_check_digit(number) == number[-1])


def _is_day(number: str) -> bool:
    try:
        date(int(number[6:10]), int(number[10:12]), int(number[12:14]))
    except ValueError:
        return False
    return number[6:8] in ("18", "19", "20")
