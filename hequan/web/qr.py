"""Codes for a camera (二维码): an address drawn as squares, inline, so that paper opens a page."""

from dataclasses import dataclass

from qrcode import QRCode, constants

_QUIET = 4  # squares left white around it, as cameras want


@dataclass(frozen=True)
class QrPicture:
    """A code as SVG draws it: the side of its box in squares, and one path of all dark squares."""

    side: int
    path: str


def qr_picture(text: str) -> QrPicture:
    """Return the code of a text, readable with 15 % of it smudged."""
    code = QRCode(error_correction=constants.ERROR_CORRECT_M, border=_QUIET)
    code.add_data(text)
    rows = code.get_matrix()
    runs = [f"M{x} {y}h{n}v1h-{n}z" for y, row in enumerate(rows) for x, n in _runs(row)]
    return QrPicture(side=len(rows), path="".join(runs))


def _runs(row: list[bool]) -> list[tuple[int, int]]:
    """Return where dark squares of a row begin, and how many follow one another."""
    found: list[tuple[int, int]] = []
    for x, dark in enumerate(row):
        if dark and found and sum(found[-1]) == x:
            found[-1] = (found[-1][0], found[-1][1] + 1)
        elif dark:
            found.append((x, 1))
    return found
