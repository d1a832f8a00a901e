"""Pictures handed in (图片): looked at by their content, painted anew, and nothing else kept.

A photo carries where it was taken and on which phone; a file that is a picture and a program at
once looks harmless to both. So only the pixels are taken over: turned upright, made no larger than
a page needs, and written as a fresh file.
"""

import io
import warnings
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from PIL import Image, ImageOps, UnidentifiedImageError

from hequan.files.errors import FileError
from hequan.files.wording import ReadError

MAX_BYTES = 20_000_000
MAX_PIXELS = 60_000_000  # what the largest phones take; 180 MB while it is painted anew
_MILLIONS = MAX_PIXELS // 1_000_000
LONGEST_SIDE = 2400
_QUALITY = 85
_KINDS = {b"\xff\xd8\xff": "JPEG", b"\x89PNG\r\n\x1a\n": "PNG"}


@dataclass(frozen=True)
class Picture:
    """A picture fit to be kept and shown: its bytes, what they are, and its size in pixels."""

    content: bytes
    content_type: str
    suffix: str
    width: int
    height: int


def clean_picture(
    source: Path | bytes, *, name: str = "", longest_side: int = LONGEST_SIDE
) -> Picture:
    """Return the picture painted anew; raise FileError for whatever is not one.

    Takes JPEG, PNG and WebP whatever they are called. What is see-through stays PNG, the rest
    becomes JPEG. No longer side than `longest_side` pixels.
    """
    name = name or (source.name if isinstance(source, Path) else "picture")
    refuse_heavy(source.stat().st_size if isinstance(source, Path) else len(source), name)
    content = source.read_bytes() if isinstance(source, Path) else source
    kind = _kind_of(content)
    if kind is None:
        raise ReadError("picture-foreign", file=name)
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", Image.DecompressionBombWarning)  # we count ourselves
        try:
            return _painted(content, kind, name, longest_side)
        except FileError:  # which is a ValueError too
            raise
        except Image.DecompressionBombError:
            raise ReadError(
                "picture-too-large", file=name, pixels="> 170", limit=_MILLIONS
            ) from None
        except (
            UnidentifiedImageError,
            OSError,
            SyntaxError,
            ValueError,
            EOFError,
        ):
            raise ReadError("picture-damaged", file=name) from None


def refuse_heavy(size: int, name: str) -> None:
    """Raise FileError for a picture of no bytes, or of more than are read."""
    if size == 0:
        raise ReadError("picture-empty", file=name)
    if size > MAX_BYTES:
        gaps: dict[str, Any] = {"size": round(size / 1e6), "limit": MAX_BYTES // 1_000_000}
        raise ReadError("picture-too-heavy", file=name, **gaps)


def _kind_of(content: bytes) -> str | None:
    if content[:4] == b"RIFF" and content[8:12] == b"WEBP":
        return "WEBP"
    return next((kind for start, kind in _KINDS.items() if content.startswith(start)), None)


def _painted(content: bytes, kind: str, name: str, longest_side: int) -> Picture:
    with Image.open(io.BytesIO(content), formats=(kind,)) as found:
        if found.width * found.height > MAX_PIXELS:
            pixels = round(found.width * found.height / 1e6)
            gaps: dict[str, Any] = {"pixels": pixels, "limit": _MILLIONS}
            raise ReadError("picture-too-large", file=name, **gaps)
        if kind != "JPEG" and getattr(found, "n_frames", 1) > 1:
            raise ReadError("picture-moves", file=name)
        found.draft("RGB", (longest_side, longest_side))  # decode a large JPEG small at once
        upright = ImageOps.exif_transpose(found)
        upright.thumbnail((longest_side, longest_side))
        return _written(upright)


def _written(picture: Image.Image) -> Picture:
    """Write the pixels alone: no place, no device, no colour profile, no words, no thumbnail."""
    seen_through = picture.has_transparency_data
    pixels = picture.convert("RGBA" if seen_through else "RGB")
    bare = Image.frombytes(pixels.mode, pixels.size, pixels.tobytes())
    out = io.BytesIO()
    if seen_through:
        bare.save(out, "PNG", optimize=True)
    else:
        bare.save(out, "JPEG", quality=_QUALITY, optimize=True)
    kind = ("image/png", ".png") if seen_through else ("image/jpeg", ".jpg")
    return Picture(out.getvalue(), *kind, bare.width, bare.height)
