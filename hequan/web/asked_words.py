"""Words that somebody looks for (查询词), as they may be put to a database."""

from django.http import HttpRequest

LONGEST = 64


def asked_words(request: HttpRequest, name: str = "words") -> str:
    """Return what was asked for: no control characters, no outer blanks, at most 64 letters."""
    asked = request.GET.get(name, "")[: 4 * LONGEST]
    kept = "".join(letter if letter.isprintable() else " " for letter in asked)
    return kept.strip()[:LONGEST]
