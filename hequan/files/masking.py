"""Covering parts of a picture (打码): the pixels beneath are gone, one even colour in their place.

A blur can be undone and a coarse mosaic guessed at, so a covered part keeps nothing but its mean
colour. The rest is written as it was, with the tables the JPEG came with, and no words beside it.
"""

import io
from collections.abc import Sequence
from dataclasses import dataclass
from math import ceil, floor

from PIL import Image, ImageStat

from hequan.files.images import Picture

_PNG = "PNG"


@dataclass(frozen=True)
class Mask:
    """A rectangle to cover, in fractions of width and height from the upper left corner."""

    left: float
    top: float
    width: float
    height: float

    def pixels(self, width: int, height: int) -> tuple[int, int, int, int]:
        """Return left, top, right and bottom in pixels: whatever it touches is inside."""
        return (
            max(0, floor(self.left * width)),
            max(0, floor(self.top * height)),
            min(width, ceil((self.left + self.width) * width)),
            min(height, ceil((self.top + self.height) * height)),
        )


def mask_picture(content: bytes, masks: Sequence[Mask]) -> Picture:
    """Return a kept picture, upright and clean already, with these parts covered."""
    with Image.open(io.BytesIO(content), formats=("JPEG", _PNG)) as found:
        is_png, tables = found.format == _PNG, getattr(found, "quantization", None)
        picture = found.convert("RGBA" if is_png else "RGB")
    for mask in masks:
        box = mask.pixels(*picture.size)
        mean = ImageStat.Stat(picture.crop(box)).mean[:3]
        colour = tuple(round(one) for one in mean) + ((255,) if is_png else ())
        picture.paste(colour, box)
    bare = Image.frombytes(picture.mode, picture.size, picture.tobytes())
    out = io.BytesIO()
    if is_png:
        bare.save(out, _PNG, optimize=True)
    else:
        bare.save(out, "JPEG", qtables=tables, optimize=True)
    kind = ("image/png", ".png") if is_png else ("image/jpeg", ".jpg")
    return Picture(out.getvalue(), *kind, bare.width, bare.height)
