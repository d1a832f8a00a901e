"""Whole numbers that come in an address or a form: a number a table could hold, or none."""

LONGEST = 18  # digits; any key fits, and nobody makes us read thousands


def whole_number(text: str | None) -> int | None:
    """Return the number an address names, None where it names none."""
    if text and text.isascii() and text.isdigit() and len(text) <= LONGEST:
        return int(text)
    return None
