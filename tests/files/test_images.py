"""Only pixels come through: no place, no device, no second meaning."""

import io
import struct
import zlib

import pytest
from PIL import Image

from hequan.files.errors import FileError
from hequan.files.images import clean_picture

_HEREABOUTS = (31.0, 19.0, 12.0)


def jpeg(size=(64, 48), turned=None, **options):
    """A photo that says where it was taken, and on which phone."""
    photo = Image.effect_noise(size, 40).convert("RGB")
    exif = Image.Exif()
    exif[0x010F] = "SECRETPHONE"
    exif.get_ifd(0x8825)[2] = _HEREABOUTS
    if turned:
        exif[0x0112] = turned
    out = io.BytesIO()
    photo.save(out, "JPEG", exif=exif, comment=b"SECRETWORDS", **options)
    return out.getvalue()


def png(mode="RGB", size=(20, 10), **options):
    out = io.BytesIO()
    Image.new(mode, size).save(out, "PNG", **options)
    return out.getvalue()


def refused(source, name="photo.jpg"):
    with pytest.raises(FileError) as caught:
        clean_picture(source, name=name)
    assert name in str(caught.value)
    return caught.value.code


def test_where_a_photo_was_taken_and_on_which_phone_is_gone():
    given = jpeg()
    assert Image.open(io.BytesIO(given)).getexif().get_ifd(0x8825)
    assert b"SECRET" in given

    kept = clean_picture(given)

    found = Image.open(io.BytesIO(kept.content))
    assert not found.getexif()
    assert b"SECRET" not in kept.content
    assert set(found.info) <= {"jfif", "jfif_version", "jfif_unit", "jfif_density"}


def test_a_photo_held_sideways_is_turned_upright():
    kept = clean_picture(jpeg((64, 48), turned=6))

    assert (kept.width, kept.height) == (48, 64)


def test_a_large_photo_is_made_as_small_as_a_page_needs():
    kept = clean_picture(jpeg((300, 200)), longest_side=100)

    assert (kept.width, kept.height) == (100, 67)
    assert (kept.content_type, kept.suffix) == ("image/jpeg", ".jpg")


def test_what_is_seen_through_stays_so_and_its_words_go():
    from PIL.PngImagePlugin import PngInfo

    words = PngInfo()
    words.add_text("Author", "SECRET")
    kept = clean_picture(png("RGBA", pnginfo=words))

    assert (kept.content_type, kept.suffix) == ("image/png", ".png")
    assert b"SECRET" not in kept.content


@pytest.mark.parametrize("kind", ["WEBP", "PNG"])
def test_other_kinds_are_taken_whatever_they_are_called(kind):
    out = io.BytesIO()
    Image.new("RGB", (20, 10)).save(out, kind)

    assert clean_picture(out.getvalue(), name="photo.gif").content_type == "image/jpeg"


def test_a_picture_that_is_a_page_or_an_archive_too_loses_its_second_meaning():
    page = b"<script>alert(1)</script>PK\x03\x04"

    assert page not in clean_picture(jpeg() + page).content


def test_a_photo_with_a_second_one_inside_is_taken_by_its_first():
    out = io.BytesIO()
    first, second = Image.new("RGB", (20, 10)), Image.new("RGB", (9, 9))
    first.save(out, "MPO", save_all=True, append_images=[second])

    assert clean_picture(out.getvalue()).width == 20


@pytest.mark.parametrize(
    "content",
    [
        b"<svg xmlns='http://www.w3.org/2000/svg'><script>alert(1)</script></svg>",
        b"<html></html>",
        b"%PDF-1.7",
        b"GIF89a" + b"\0" * 20,
        b"PK\x03\x04",
        b"MZ",
        b"%!PS-Adobe-3.0 EPSF-3.0",
    ],
)
def test_what_is_no_picture_by_its_content_is_refused_by_any_name(content):
    assert refused(content) == "picture-foreign"


def test_a_picture_that_moves_is_refused():
    frames = [Image.new("RGB", (9, 9), colour) for colour in ("red", "blue")]
    for kind in ("WEBP", "PNG"):
        out = io.BytesIO()
        frames[0].save(out, kind, save_all=True, append_images=frames[1:])

        assert refused(out.getvalue()) == "picture-moves"


def test_a_damaged_picture_is_refused():
    assert refused(jpeg()[:700]) == "picture-damaged"
    assert refused(b"\x89PNG\r\n\x1a\n" + b"\0" * 40) == "picture-damaged"


def test_an_empty_file_is_refused_by_its_name():
    assert refused(b"", "门口.jpg") == "picture-empty"


def chunk(kind, body):
    return struct.pack(">I", len(body)) + kind + body + struct.pack(">I", zlib.crc32(kind + body))


def test_a_picture_of_few_bytes_and_too_many_pixels_is_refused_unpainted():
    head = struct.pack(">IIBBBBB", 30_000, 30_000, 8, 2, 0, 0, 0)
    bomb = b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"IDAT", zlib.compress(b""))

    assert refused(bomb + chunk(b"IEND", b"")) == "picture-too-large"


def test_words_that_unfold_inside_a_picture_are_refused():
    body = b"Comment\0\0" + zlib.compress(b"a" * 80_000_000)
    given = png()
    at = given.index(b"IDAT") - 4

    assert refused(given[:at] + chunk(b"zTXt", body) + given[at:]) == "picture-damaged"


def test_a_file_beyond_the_limit_is_refused_unread():
    assert refused(b"\xff\xd8\xff" + b"\0" * 20_000_000) == "picture-too-heavy"
