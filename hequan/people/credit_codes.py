"""Unified social credit codes (统一社会信用代码): GB 32100-2015, the last is a check.

The third to eighth characters are the area code (GB/T 2260) of the authority that registered the
body; 100000 is the State's own.
"""

import re

from stdnum.cn import uscc
from stdnum.exceptions import ValidationError

# the first two digits of GB/T 2260: provinces, municipalities, regions; 10 is the State's
_PROVINCES = re.compile(r"1[0-5]|2[1-3]|3[1-7]|4[1-6]|5[0-4]|6[1-5]|71|8[12]")


def is_credit_code(code: str) -> bool:
    """Tell whether the code has the right form, check character and an area that there is."""
    try:
        return bool(uscc.validate(code) == code) and is_area_code(code[2:8])
    except ValidationError:
        return False


def is_area_code(code: str) -> bool:
    """Tell whether six digits can be an area code: of a province, city or county there may be.

    Development zones have codes of their own below county, so only the province is looked up.
    """
    return len(code) == 6 and code.isdigit() and bool(_PROVINCES.fullmatch(code[:2]))
