"""Files sealed by a passphrase: read from anywhere, and no byte of them changed unnoticed."""

import io
import json

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from hequan.core.installation import sealed_files
from hequan.core.installation.sealed_files import (
    MAGIC,
    PIECE,
    SealedReader,
    SealedWriter,
    WrongPassphraseError,
    is_sealed,
)

TAG = 16
SIZES = [0, 1, PIECE - 1, PIECE, PIECE + 1, 2 * PIECE, 2 * PIECE + 7]


@pytest.fixture(autouse=True)
def _cheap_keys(monkeypatch):
    """The cost of a guess is scrypt's own; here it would only be waited for."""
    monkeypatch.setattr(sealed_files, "_COST", {"n": 2, "r": 8, "p": 1})


def text_of(size):
    return bytes(range(256)) * (size // 256) + b"\x07" * (size % 256)


def seal(path, plain, passphrase="right", step=PIECE // 3):
    with path.open("wb") as file:
        writer = SealedWriter(file, passphrase)
        for start in range(0, len(plain), step):
            writer.write(plain[start : start + step])
        writer.close()
    return path


def read(path, passphrase="right"):
    with SealedReader(path, passphrase) as reader:
        return io.BufferedReader(reader).read()


@pytest.mark.parametrize("size", SIZES)
def test_what_was_sealed_is_read_whatever_its_size(tmp_path, size):
    path = seal(tmp_path / "one", text_of(size))

    assert is_sealed(path)
    assert read(path) == text_of(size)


def test_nothing_plain_lies_on_the_disk_and_twice_is_not_the_same(tmp_path):
    plain = b"138123456780" * 50
    one, other = seal(tmp_path / "one", plain), seal(tmp_path / "two", plain)

    assert b"13812345678" not in one.read_bytes()
    assert one.read_bytes() != other.read_bytes()


@settings(max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(at=st.integers(0, 2 * PIECE + 20), many=st.integers(0, 3 * PIECE))
def test_any_part_is_read_without_the_rest(tmp_path, at, many):
    plain = text_of(2 * PIECE + 7)
    path = tmp_path / "one"
    if not path.exists():
        seal(path, plain)
    with SealedReader(path, "right") as reader:
        found = io.BufferedReader(reader)
        found.seek(at)
        assert found.read(many) == plain[at : at + many]


def test_places_are_counted_from_the_beginning_the_place_and_the_end(tmp_path):
    with SealedReader(seal(tmp_path / "one", text_of(PIECE + 9)), "right") as reader:
        assert reader.seek(-3, io.SEEK_END) == PIECE + 6
        assert reader.seek(2, io.SEEK_CUR) == PIECE + 8
        assert reader.seek(-99, io.SEEK_SET) == 0
        assert reader.tell() == 0


@pytest.mark.parametrize("passphrase", ["", "Right", "right "])
def test_another_passphrase_opens_nothing(tmp_path, passphrase):
    path = seal(tmp_path / "one", b"said")

    with pytest.raises(WrongPassphraseError, match="one"):
        read(path, passphrase)


def flipped(body, at):
    return body[:at] + bytes([body[at] ^ 1]) + body[at + 1 :]


def swapped(body, at):
    size = PIECE + TAG
    first, second = body[at : at + size], body[at + size : at + 2 * size]
    return body[:at] + second + first + body[at + 2 * size :]


HARMS = {
    "a byte of the first piece": lambda body, at: flipped(body, at + 5),
    "a byte of the last piece": lambda body, _at: flipped(body, len(body) - 1),
    "the salt": lambda body, _at: flipped(body, len(MAGIC) + len('{"salt": "') + 1),
    "two pieces in each other's place": swapped,
    "the last piece gone": lambda body, at: body[: at + 2 * (PIECE + TAG)],
    "a piece in the middle gone": lambda body, at: (
        body[: at + PIECE + TAG] + body[at + 2 * (PIECE + TAG) :]
    ),
    "cut inside a piece": lambda body, _at: body[:-3],
    "something behind it": lambda body, _at: body + b"x",
    "nothing but the mark": lambda _body, _at: MAGIC,
    "a header that is no JSON": lambda _body, _at: MAGIC + b"{]\nrest",
    "a header without a salt": lambda _body, _at: MAGIC + b'{"n": 2, "r": 8, "p": 1}\nrest',
}


@pytest.mark.parametrize("harm", HARMS)
def test_what_was_changed_is_refused(tmp_path, harm):
    path = seal(tmp_path / "one", text_of(2 * PIECE + 7))
    body = path.read_bytes()
    path.write_bytes(HARMS[harm](body, body.index(b"\n") + 1))

    with pytest.raises(WrongPassphraseError):
        read(path)


def test_a_header_cannot_ask_for_all_the_memory(tmp_path, monkeypatch):
    asked = []

    class Scrypt:
        def __init__(self, **cost):
            asked.append(cost)
            raise ValueError

    path = tmp_path / "one"
    header = {"salt": "00", "n": 1 << 40, "r": 1 << 20, "p": 1 << 20}
    path.write_bytes(MAGIC + json.dumps(header).encode() + b"\n" + b"x" * 40)
    monkeypatch.setattr(sealed_files, "Scrypt", Scrypt)
    with pytest.raises(WrongPassphraseError):
        read(path)

    assert (asked[0]["n"], asked[0]["r"], asked[0]["p"]) == (1 << 20, 32, 16)


def test_another_file_is_not_taken_for_one(tmp_path):
    path = tmp_path / "plain.zip"
    path.write_bytes(b"PK\x03\x04")

    assert not is_sealed(path)
