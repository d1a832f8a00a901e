"""Covered parts of a picture are gone, the rest stays as it was, and nothing else comes along."""

import io
import random

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image, ImageChops, ImageStat

from hequan.files.images import clean_picture
from hequan.files.masking import Mask, mask_picture

pytestmark = pytest.mark.once
SIZE = (320, 240)
PLATE = Mask(0.25, 0.5, 0.25, 0.2)
BOX = (80, 120, 160, 168)
fractions = st.floats(0, 1, allow_nan=False)


def written(kind="JPEG", mode="RGB"):
    """A picture full of detail, with words beside it."""
    drawn = random.Random(7).randbytes(SIZE[0] * SIZE[1])
    grains = Image.frombytes("L", SIZE, drawn).point(lambda one: 48 + one * 5 // 8)
    noise = grains.convert(mode)
    if mode == "RGBA":
        noise.putalpha(200)
    exif = Image.Exif()
    exif[0x010F] = "SECRETPHONE"
    out = io.BytesIO()
    noise.save(out, kind, **({"exif": exif, "quality": 85} if kind == "JPEG" else {}))
    return out.getvalue()


def opened(content):
    return Image.open(io.BytesIO(content))


def test_under_the_mask_nothing_is_left_but_one_colour():
    covered = opened(mask_picture(written(), [PLATE]).content)
    inside = covered.crop((BOX[0] + 8, BOX[1] + 8, BOX[2] - 8, BOX[3] - 8))
    before = opened(written()).crop(BOX)

    assert max(ImageStat.Stat(before.convert("L")).stddev) > 20
    assert all(high - low <= 2 for low, high in inside.convert("RGB").getextrema())
    edge = covered.crop(BOX).convert("L")
    assert ImageStat.Stat(edge).stddev[0] < 2  # the codec's own ringing, no picture


def test_what_is_not_covered_stays_as_it_was():
    content = written()
    covered = opened(mask_picture(content, [PLATE]).content)
    apart = ImageChops.difference(opened(content).convert("L"), covered.convert("L"))
    apart.paste(0, (BOX[0] - 16, BOX[1] - 16, BOX[2] + 16, BOX[3] + 16))

    assert covered.size == SIZE
    assert apart.getextrema()[1] <= 6
    assert ImageStat.Stat(apart).mean[0] < 0.5


def test_a_see_through_picture_is_covered_exactly_and_stays_one():
    content = written("PNG", "RGBA")
    covered = opened(mask_picture(content, [PLATE]).content)
    apart = ImageChops.difference(opened(content), covered)
    apart.paste((0, 0, 0, 0), BOX)

    assert (covered.format, covered.mode) == ("PNG", "RGBA")
    assert {high for _low, high in apart.getextrema()} == {0}
    assert len(covered.crop(BOX).getcolors()) == 1
    assert covered.getpixel((BOX[0], BOX[1]))[3] == 255


def test_no_word_of_the_old_file_comes_along():
    covered = mask_picture(written(), [PLATE])

    assert b"SECRETPHONE" not in covered.content
    assert not opened(covered.content).getexif()
    assert clean_picture(covered.content).width == SIZE[0]


@given(fractions, fractions, fractions, fractions)
def test_a_mask_covers_every_pixel_it_touches_and_stays_inside(left, top, width, height):
    west, north, east, south = Mask(left, top, width, height).pixels(*SIZE)

    assert 0 <= west <= left * SIZE[0]
    assert 0 <= north <= top * SIZE[1]
    assert min(SIZE[0], (left + width) * SIZE[0]) <= east <= SIZE[0]
    assert min(SIZE[1], (top + height) * SIZE[1]) <= south <= SIZE[1]
