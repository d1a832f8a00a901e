"""Words for everybody (公开前隐去号码): numbers that lead to a person are starred, dates stay.

Written as people write them: with spaces, dashes and full-width digits, in Chinese numerals, an
identity number with its X, a number plate, a mail address.
"""

import re

STARS = "***"
_GAP = r"[\s.·()（）_\-‐-―－]{0,2}"
_DATE = r"(?:19|20)\d\d[-./年]\d{1,2}[-./月]\d{1,2}(?!\d)"
_MAIL = r"[\w.+-]+@[\w-]+(?:\.[\w-]+)+"
_PROVINCES = "京津沪渝冀豫云辽黑湘皖鲁新苏浙赣鄂桂甘晋蒙陕吉闽贵粤青藏川宁琼使领"
_PLATE = rf"[{_PROVINCES}][A-Za-z][\s·•.]?[A-Za-z0-9]{{4,6}}"
_DIGITS = rf"\+?\d(?:{_GAP}\d){{6,}}[xX]?"
_SPOKEN = rf"[零〇一二三四五六七八九幺两](?:{_GAP}[零〇一二三四五六七八九幺两]){{6,}}"
_FOUND = re.compile(f"({_DATE})|{_MAIL}|{_PLATE}|{_DIGITS}|{_SPOKEN}")


def without_numbers(words: str) -> str:
    """Return the words with telephone and identity numbers, plates and mail addresses starred."""
    return _FOUND.sub(lambda found: found[1] or STARS, words)


def number_in(words: str) -> str:
    """Return the first of the numbers that `without_numbers` would star, empty for none."""
    found = (one for one in _FOUND.finditer(words) if not one[1])
    return next((one[0] for one in found), "")
