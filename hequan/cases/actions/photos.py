"""Keeping photos with a case (照片留存), releasing one to public pages, clearing leftovers."""

from collections.abc import Iterable, Sequence
from contextlib import suppress
from datetime import datetime, timedelta
from functools import partial

from django.db import transaction

from hequan.cases.errors import ConfidentialPhotoError
from hequan.cases.masks import rows_of
from hequan.cases.models import Case, CasePhoto, CaseStep
from hequan.cases.photos import Photo, path_of, photos_folder, remove, store, store_masked
from hequan.core.accounts import Account
from hequan.core.audit import record
from hequan.files.masking import Mask

LEFT_OVER = timedelta(days=1)


def keep_photos(
    *, case: Case, step: CaseStep | None, photos: Iterable[Photo], by: Account, at: datetime
) -> None:
    """Keep photos with the step they came with; part of the writing of that step."""
    stored: list[str] = []
    try:
        for photo in photos:
            stored.append(store(photo))
            CasePhoto.objects.create(
                case=case,
                step=step,
                kind=photo.kind,
                stored_as=stored[-1],
                width=photo.full.width,
                height=photo.full.height,
                size=len(photo.full.content),
                added_by=by,
                added_at=at,
            )
    except BaseException:
        for name in stored:
            remove(name)
        raise


@transaction.atomic
def release_photo(*, photo: CasePhoto, is_released: bool, by: Account, at: datetime) -> None:
    """Let public pages show a photo, or no longer; doing it twice is once."""
    row = CasePhoto.objects.select_for_update(of=("self",)).get(pk=photo.pk)
    if row.is_released == is_released:
        return
    before, row.is_released = row.is_released, is_released
    row.save(update_fields=["is_released"])
    record(
        verb="cases.photo_released" if is_released else "cases.photo_withheld",
        by=by,
        at=at,
        thing=row,
        before={"is_released": before},
        after={"is_released": is_released},
    )


@transaction.atomic
def publish_masked(*, photo: CasePhoto, masks: Sequence[Mask], by: Account, at: datetime) -> None:
    """Let public pages show a photo with these parts covered, or as it is where there are none.

    The photo itself stays as it came, for whoever may open the case.
    """
    row = CasePhoto.objects.select_related("case").select_for_update(of=("self",)).get(pk=photo.pk)
    if row.case.is_confidential:
        raise ConfidentialPhotoError
    before = {"is_released": row.is_released, "masks": len(row.masks)}
    was, row.masked_as = row.masked_as, store_masked(row.stored_as, masks) if masks else ""
    row.masks, row.is_released = rows_of(masks), True
    try:
        row.save(update_fields=["masks", "masked_as", "is_released"])
        after = {"is_released": True, "masks": len(masks)}
        record(verb="cases.photo_released", by=by, at=at, thing=row, before=before, after=after)
    except BaseException:
        if row.masked_as:
            remove(row.masked_as)
        raise
    if was:
        transaction.on_commit(partial(remove, was))


def forget_file(photo: CasePhoto) -> None:
    """Take the files of a deleted row away once the deletion stands."""
    for name in filter(None, (photo.stored_as, photo.masked_as)):
        transaction.on_commit(partial(remove, name))


def clear_left_over(*, at: datetime) -> int:
    """Remove files a day old that no row names, as of a report cut off midway; return how many."""
    rows = CasePhoto.objects.values_list("stored_as", "masked_as")
    named = {name for names in rows for name in names if name}
    kept = {path_of(one, small=small) for one in named for small in (False, True)}
    count = 0
    for path in photos_folder().glob("*/*"):
        with suppress(FileNotFoundError):  # gone since the folder was listed
            if path not in kept and path.stat().st_mtime < (at - LEFT_OVER).timestamp():
                path.unlink()
                count += 1
    return count
