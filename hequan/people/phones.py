"""Telephone numbers (电话号码): as people write them, and in the one form that is kept and matched.

A mobile number of the mainland has eleven digits and begins with 13 to 19; a resident signs in
with one. A number that is only for calling may also be a landline with its area code.
"""

import re
import unicodedata

from hequan.people.errors import BadPhoneError

_SOUNDLESS = re.compile(r"[\s\-‐-―−()\[\]./·_]+")
_MOBILE = re.compile(r"1[3-9][0-9]{9}")
_COUNTRY = re.compile(r"(?:\+|00)?86(?=1[3-9][0-9]{9}$|0?[1-9])")
_SERVICE = re.compile(r"[48]00[0-9]{7}")
# Beijing and the other great cities have two digits after the 0, all others three
_LANDLINE = re.compile(
    r"(0(?:10|2[0-9]|[3-9][0-9]{2}))([2-9][0-9]{6,7})(?:(?:转|EXT|X|,)([0-9]{1,6}))?"
)


def normal_phone(text: str) -> str:
    """Return a mainland mobile number as eleven digits; BadPhoneError for anything else.

    Spaces, dashes, brackets, full-width digits and the country code 86 are taken off.
    """
    digits = _bare(text)
    if not _MOBILE.fullmatch(digits):
        raise BadPhoneError
    return digits


def contact_phone(text: str) -> str:
    """Return a number to call in its one form: a mobile number, or a landline such as 021-66783456.

    BadPhoneError for a number without area code, and for anything else.
    """
    digits = _bare(text)
    if _MOBILE.fullmatch(digits) or _SERVICE.fullmatch(digits):
        return digits
    found = _LANDLINE.fullmatch(digits)
    if found is None:
        raise BadPhoneError
    area, number, extension = found.groups()
    return f"{area}-{number}" + (f"-{extension}" if extension else "")


def is_mobile(number: str) -> bool:
    """Tell whether a number in its one form is a mobile one, which can get messages."""
    return bool(_MOBILE.fullmatch(number))


def _bare(text: str) -> str:
    bare = _SOUNDLESS.sub("", unicodedata.normalize("NFKC", text)).upper()
    found = _COUNTRY.match(bare)
    if found is None or _MOBILE.fullmatch(bare):
        return bare
    rest = bare[found.end() :]
    return rest if _MOBILE.fullmatch(rest) or rest.startswith("0") else f"0{rest}"
