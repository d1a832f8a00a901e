"""Files sealed by a passphrase (加密文件): AES-256-GCM in pieces, the key made by scrypt.

The file begins with a line of JSON (format, salt, cost); its bytes are bound to every piece. Piece
number and "this is the last one" are in the nonce, so that pieces neither change places nor get
lost at the end unnoticed (the STREAM construction). Pieces are of one size, so any part of the
plain text can be read without the rest and nothing plain is ever written to the disk.
"""

import io
import json
import os
from pathlib import Path
from typing import IO, Any

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.kdf.scrypt import Scrypt
from django.utils.translation import gettext_lazy as _

from hequan.core.errors import HequanError

MAGIC = b"HEQUAN-SEALED-1 "
PIECE = 1 << 16
_TAG = 16
_COST = {"n": 1 << 15, "r": 8, "p": 1}  # 32 MB and about 0.1 s
_MOST = {"n": 1 << 20, "r": 32, "p": 16}


class WrongPassphraseError(HequanError):
    """The passphrase does not open the file, or the file was altered."""

    text = _("%(name)s cannot be opened: the passphrase is wrong, or the file is damaged.")


class PassphraseNeededError(HequanError):
    """The file is sealed and no passphrase was given."""

    text = _("%(name)s is sealed. Say --passphrase-file FILE with the passphrase it was made with.")


def is_sealed(path: Path) -> bool:
    """Tell whether a file is one of these."""
    with path.open("rb") as file:
        return file.read(len(MAGIC)) == MAGIC


def _cipher(passphrase: str, header: dict[str, Any]) -> AESGCM:
    cost = {key: min(int(header[key]), most) for key, most in _MOST.items()}
    salt = bytes.fromhex(header["salt"])
    return AESGCM(Scrypt(salt=salt, length=32, **cost).derive(passphrase.encode()))


def _nonce(number: int, is_last: bool) -> bytes:
    return number.to_bytes(11, "big") + bytes([is_last])


class SealedWriter(io.RawIOBase):
    """Seals what is written to it; `close` writes the last piece."""

    def __init__(self, file: IO[bytes], passphrase: str) -> None:
        """Write the header; a fresh salt makes a key no other file has."""
        header = {"salt": os.urandom(16).hex(), **_COST}
        self._aad = MAGIC + json.dumps(header).encode() + b"\n"
        self._cipher = _cipher(passphrase, header)
        self._file = file
        self._held = bytearray()
        self._number = 0
        file.write(self._aad)

    def writable(self) -> bool:
        """Say yes."""
        return True

    def write(self, data: Any) -> int:
        """Take plain bytes; whole pieces go out."""
        self._held += data
        while len(self._held) > PIECE:
            self._put(bytes(self._held[:PIECE]), is_last=False)
            del self._held[:PIECE]
        return len(data)

    def close(self) -> None:
        """Write the last piece; the file beneath stays open."""
        if not self.closed:
            self._put(bytes(self._held), is_last=True)
        super().close()

    def _put(self, plain: bytes, *, is_last: bool) -> None:
        self._file.write(self._cipher.encrypt(_nonce(self._number, is_last), plain, self._aad))
        self._number += 1


class SealedReader(io.RawIOBase):
    """Reads plain bytes from anywhere in a sealed file."""

    def __init__(self, path: Path, passphrase: str) -> None:
        """Open the file and its last piece, which tells that nothing is cut off."""
        self._path = path
        self._file = path.open("rb")
        try:
            self._open(passphrase)
        except (KeyError, ValueError, TypeError) as error:
            self._file.close()
            raise WrongPassphraseError(name=path.name) from error
        except WrongPassphraseError:
            self._file.close()
            raise

    def _open(self, passphrase: str) -> None:
        self._aad = self._file.readline(4096)
        self._cipher = _cipher(passphrase, json.loads(self._aad.removeprefix(MAGIC)))
        self._begin = len(self._aad)
        body = self._path.stat().st_size - self._begin
        self._pieces = max(-(-body // (PIECE + _TAG)), 1)
        self._at = 0
        self._kept: tuple[int, bytes] = (-1, b"")
        self._size = (self._pieces - 1) * PIECE + len(self._piece(self._pieces - 1))

    def _piece(self, number: int) -> bytes:
        if self._kept[0] != number:
            self._file.seek(self._begin + number * (PIECE + _TAG))
            sealed = self._file.read(PIECE + _TAG)
            nonce = _nonce(number, number == self._pieces - 1)
            try:
                self._kept = (number, self._cipher.decrypt(nonce, sealed, self._aad))
            except (InvalidTag, ValueError) as error:
                raise WrongPassphraseError(name=self._path.name) from error
        return self._kept[1]

    def readable(self) -> bool:
        """Say yes."""
        return True

    def seekable(self) -> bool:
        """Say yes."""
        return True

    def seek(self, offset: int, whence: int = io.SEEK_SET) -> int:
        """Go to a place in the plain text."""
        begin = {io.SEEK_SET: 0, io.SEEK_CUR: self._at, io.SEEK_END: self._size}[whence]
        self._at = max(begin + offset, 0)
        return self._at

    def tell(self) -> int:
        """Return the place in the plain text."""
        return self._at

    def readinto(self, buffer: Any) -> int:
        """Read at most to the end of the present piece."""
        if self._at >= self._size:
            return 0
        number, start = divmod(self._at, PIECE)
        found = self._piece(number)[start : start + len(buffer)]
        buffer[: len(found)] = found
        self._at += len(found)
        return len(found)

    def close(self) -> None:
        """Close the file too."""
        self._file.close()
        super().close()
