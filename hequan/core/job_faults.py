"""What is kept of an error that ended a job (出错说明): where it happened, and its words masked.

The text is shown to the system administrator, who may see no personal data. Messages of databases
quote the row, and anything may quote a telephone number, so quoted rows are cut off and every long
number is masked.
"""

import re
import traceback

LONGEST = 4000
_LONG_NUMBER = re.compile(r"\d(?:[ -]?\d){5,}[\dXx]?")
_QUOTED_ROW = re.compile(r"\n?(DETAIL|CONTEXT|Failing row).*", re.DOTALL)


def told_fault(error: BaseException) -> str:
    """Return frames and masked message of an error, the innermost last, at most 4 000 letters."""
    frames = traceback.extract_tb(error.__traceback__)
    lines = [f"{one.filename}:{one.lineno} {one.name}" for one in frames]
    if (cause := error.__cause__) is not None:
        lines.append(f"because of {masked(cause)}")
    return "\n".join([*lines, masked(error)])[-LONGEST:]


def masked(error: BaseException) -> str:
    """Return kind and message of an error without quoted rows and long numbers."""
    text = _QUOTED_ROW.sub("", str(error))
    return f"{type(error).__name__}: {_LONG_NUMBER.sub('***', text)}"
