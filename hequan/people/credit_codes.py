"""Unified social credit codes (统一社会信用代码): GB 32100-2015, the last is a check."""

from stdnum.cn import uscc
from stdnum.exceptions import ValidationError


def is_credit_code(code: str) -> bool:
    """Tell whether the code has the right form and check character."""
    try:
        return bool(uscc.validate(code) == code)
    except ValidationError:
        return False
