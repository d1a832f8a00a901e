"""Photos of a case (照片): cleaned before anything is written, kept as files below the data folder.

Only pixels are kept (`files.images`): no place, no device, at most 1600 px, with a small one for
lists. The name of a file is drawn by chance and stands in `CasePhoto` alone; nothing serves the
folder, each look goes through `access`.
"""

import os
import secrets
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from django.conf import settings

from hequan.cases.kinds import PhotoKind
from hequan.files.images import Picture, clean_picture
from hequan.files.masking import Mask, mask_picture

MOST = 6
LONGEST_SIDE = 1600
SMALL_SIDE = 360
NAME_LENGTH = 39
_TYPES = {".jpg": "image/jpeg", ".png": "image/png"}


@dataclass(frozen=True)
class Photo:
    """A photo fit to be kept, and the same one small."""

    kind: PhotoKind
    full: Picture
    small: Picture


def photo_from(content: bytes, *, name: str, kind: PhotoKind) -> Photo:
    """Return the photo painted anew in both sizes; FileError names the file that is none."""
    full = clean_picture(content, name=name, longest_side=LONGEST_SIDE)
    return Photo(kind, full, clean_picture(full.content, name=name, longest_side=SMALL_SIDE))


def photos_folder() -> Path:
    """Return the folder that keeps the photos of cases."""
    return Path(settings.MEDIA_ROOT) / "cases"


def path_of(stored_as: str, *, small: bool = False) -> Path:
    """Return where a photo lies, or the small one beside it."""
    path = photos_folder() / stored_as
    return path.with_stem(f"{path.stem}-small") if small else path


def type_of(stored_as: str) -> str:
    """Return the content type of a kept photo."""
    return _TYPES[Path(stored_as).suffix]


def store(photo: Photo) -> str:
    """Write both sizes to the disk and return the name they are kept under."""
    return _write(photo.full, photo.small)


def store_masked(stored_as: str, masks: Sequence[Mask]) -> str:
    """Write a kept photo with parts covered as a file of its own, in both sizes; return its name.

    The small one is made from the covered one, never from what lies beneath.
    """
    full = mask_picture(path_of(stored_as).read_bytes(), masks)
    return _write(full, clean_picture(full.content, name=stored_as, longest_side=SMALL_SIDE))


def _write(full: Picture, small: Picture) -> str:
    drawn = secrets.token_hex(16)
    stored_as = f"{drawn[:2]}/{drawn}{full.suffix}"
    for path, picture in ((path_of(stored_as), full), (path_of(stored_as, small=True), small)):
        path.parent.mkdir(parents=True, exist_ok=True)
        with path.open("xb") as file:
            file.write(picture.content)
            file.flush()
            os.fsync(file.fileno())
    return stored_as


def remove(stored_as: str) -> None:
    """Take both sizes away; what is gone already is no fault."""
    for small in (False, True):
        path_of(stored_as, small=small).unlink(missing_ok=True)
