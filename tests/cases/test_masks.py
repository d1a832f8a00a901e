"""Covering by hand before publishing: rectangles checked, the public file a separate one."""

import io
import json
import os
import random
from datetime import timedelta

import pytest
from PIL import Image, ImageStat

from hequan.cases.access import released_photo
from hequan.cases.actions import clear_left_over, publish_masked, release_photo
from hequan.cases.actions.opening import open_case
from hequan.cases.errors import (
    ConfidentialPhotoError,
    MasksUnreadableError,
    NoSuchCaseError,
    TooManyMasksError,
)
from hequan.cases.kinds import PhotoKind
from hequan.cases.masks import MOST, masks_from, rows_of
from hequan.cases.models import Case, CasePhoto
from hequan.cases.photos import path_of, photo_from, photos_folder
from hequan.cases.queries import open_lines, open_matters
from hequan.core.audit import AuditEntry
from hequan.files.masking import Mask
from tests.world import AT

HALF = Mask(0.0, 0.0, 0.5, 1.0)


@pytest.mark.once
@pytest.mark.parametrize(
    ("text", "rows"),
    [
        ("", []),
        ("[]", []),
        ("[[0.1, 0.2, 0.3, 0.4]]", [[0.1, 0.2, 0.3, 0.4]]),
        ("[[0.9, -0.5, 0.5, 1]]", [[0.9, 0.0, 0.1, 0.5]]),
        ("[[0, 0, 1, 1], [0, 0, 1, 1]]", [[0, 0, 1, 1], [0, 0, 1, 1]]),
    ],
)
def test_rectangles_are_read_and_cut_off_at_the_edge(text, rows):
    assert rows_of(masks_from(text)) == rows


@pytest.mark.once
@pytest.mark.parametrize(
    "text",
    [
        *("x", "{}", "1", "null", "[1]", "[[1, 2, 3]]", '[["0", 0, 1, 1]]', "[[true, 0, 1, 1]]"),
        *("[[NaN, 0, 1, 1]]", "[[0, 0, Infinity, 1]]", "[[0.5, 0.5, 0, 0.5]]", "[[2, 0, 1, 1]]"),
        *("[" * 99_999, f"[[{'9' * 400}, 0, 1, 1]]", f"[[{'9' * 9999}, 0, 1, 1]]"),
        *("[[0.5, 0.5, -0.2, 0.1]]", "[[[0], 0, 1, 1]]"),
    ],
)
def test_what_is_no_rectangle_is_refused(text):
    with pytest.raises(MasksUnreadableError):
        masks_from(text)


@pytest.mark.once
def test_more_rectangles_than_a_photo_takes_are_counted():
    with pytest.raises(TooManyMasksError, match=str(MOST + 1)):
        masks_from(json.dumps([[0, 0, 1, 1]] * (MOST + 1)))


def reported(desk, **more):
    """A case with one photo full of detail."""
    out = io.BytesIO()
    grains = Image.frombytes("L", (400, 300), random.Random(7).randbytes(400 * 300))
    grains.convert("RGB").save(out, "JPEG")
    photo = photo_from(out.getvalue(), name="车.jpg", kind=PhotoKind.REPORT)
    open_case(asking=desk.asking(**more), by=desk.town.system, at=AT, photos=[photo])
    return CasePhoto.objects.get()


def published(desk, photo, *masks):
    publish_masked(photo=photo, masks=masks, by=desk.dispatcher, at=AT)
    photo.refresh_from_db()
    return photo


def detail(stored_as, *, small=False):
    """Return how much detail the left half of a file shows."""
    with Image.open(path_of(stored_as, small=small)) as picture:
        half = picture.convert("L").crop((0, 0, picture.width // 2 - 8, picture.height))
        return ImageStat.Stat(half).stddev[0]


def files():
    return {path for path in photos_folder().rglob("*") if path.is_file()}


@pytest.mark.django_db
def test_everybody_sees_the_covered_file_and_the_photo_itself_stays(desk, client):
    photo = reported(desk)
    before = path_of(photo.stored_as).read_bytes()
    published(desk, photo, HALF)
    everybody = client.get(f"/photos/{photo.pk}/").content
    client.force_login(desk.handler)

    assert everybody == path_of(photo.masked_as).read_bytes()
    assert (
        client.get(f"/photos/{photo.pk}/?small").content
        != client.get(f"/board/case-photos/{photo.pk}/?small").content
    )
    assert client.get(f"/board/case-photos/{photo.pk}/").content == before
    assert detail(photo.stored_as) > 20
    assert detail(photo.masked_as) < 2
    assert detail(photo.masked_as, small=True) < 2
    entry = AuditEntry.objects.get(verb="cases.photo_released")
    assert entry.after == {"is_released": True, "masks": 1}


@pytest.mark.django_db
def test_covering_anew_begins_with_the_photo_itself_and_leaves_no_file(
    desk, django_capture_on_commit_callbacks
):
    photo = reported(desk)
    with django_capture_on_commit_callbacks(execute=True):
        published(desk, photo, Mask(0.0, 0.0, 1.0, 1.0))
        first = photo.masked_as
        published(desk, photo, HALF)

    assert not path_of(first).exists()
    assert photo.masks == [[0.0, 0.0, 0.5, 1.0]]
    names = (photo.stored_as, photo.masked_as)
    assert files() == {path_of(one, small=small) for one in names for small in (False, True)}
    with django_capture_on_commit_callbacks(execute=True):
        published(desk, photo)
    assert (photo.masked_as, len(files())) == ("", 2)


@pytest.mark.django_db
def test_the_covered_file_outlives_the_nightly_sweep_and_goes_with_its_row(
    desk, django_capture_on_commit_callbacks
):
    photo = published(desk, reported(desk), HALF)
    long_ago = (AT - timedelta(days=9)).timestamp()
    for path in files():
        os.utime(path, (long_ago, long_ago))

    assert clear_left_over(at=AT) == 0
    with django_capture_on_commit_callbacks(execute=True):
        photo.delete()
    assert files() == set()


@pytest.mark.django_db
def test_a_fault_in_writing_leaves_no_file(desk, monkeypatch):
    photo = reported(desk)

    def fault(**_):
        raise OSError("disk")

    monkeypatch.setattr("hequan.cases.actions.photos.record", fault)
    with pytest.raises(OSError, match="disk"):
        publish_masked(photo=photo, masks=[HALF], by=desk.dispatcher, at=AT)
    assert len(files()) == 2


@pytest.mark.django_db
def test_taken_off_and_let_on_again_it_is_still_covered(desk):
    photo = published(desk, reported(desk), HALF)
    by = {"by": desk.dispatcher, "at": AT}
    release_photo(photo=photo, is_released=False, **by)
    with pytest.raises(NoSuchCaseError):
        released_photo(photo.pk)
    release_photo(photo=photo, is_released=True, **by)

    assert released_photo(photo.pk).masked_as == photo.masked_as


@pytest.mark.django_db
def test_no_photo_of_a_confidential_case_reaches_public_pages(desk, client):
    photo = reported(desk, is_confidential=True)
    with pytest.raises(ConfidentialPhotoError):
        published(desk, photo, HALF)
    CasePhoto.objects.update(is_released=True)

    assert client.get(f"/photos/{photo.pk}/").status_code == 404
    assert len(files()) == 2


@pytest.mark.django_db
def test_the_open_matters_show_what_was_published(desk, client):
    from hequan.cases.actions import release_words

    photo = reported(desk)
    given = {"case": photo.case, "words": "车占了通道", "by": desk.dispatcher, "at": AT}
    release_words(**given)
    assert open_lines(open_matters(), AT)[0].photos == ()
    published(desk, photo, HALF)

    assert open_lines(open_matters(), AT)[0].photos == (photo.pk,)
    assert f'src="/photos/{photo.pk}/?small"' in client.get("/open/").content.decode()


@pytest.mark.django_db
def test_the_dispatcher_alone_covers_and_publishes(desk, client):
    photo = reported(desk)
    form, case = f"/board/case-photos/{photo.pk}/publish/", Case.objects.get()
    client.force_login(desk.handler)
    assert client.get(form).status_code == 404
    assert client.post(form, {"masks": "[]"}).status_code == 404
    assert form not in client.get(f"/board/cases/{case.pk}/").content.decode()

    client.force_login(desk.dispatcher)
    assert form in client.get(f"/board/cases/{case.pk}/").content.decode()
    refused = client.post(form, {"masks": "[[1]]"})
    assert "无法读取遮盖位置" in refused.content.decode()
    assert not CasePhoto.objects.get().is_released
    client.post(form, {"masks": "[[0, 0, 0.5, 1]]"})
    assert CasePhoto.objects.get().masks == [[0.0, 0.0, 0.5, 1.0]]
    assert "[[0.0, 0.0, 0.5, 1.0]]" in client.get(form).content.decode()
