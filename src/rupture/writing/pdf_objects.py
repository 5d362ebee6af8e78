"""PDF objects as bytes, and the file that numbers and writes them (ISO 32000-1, 7.5)."""

from __future__ import annotations

import zlib
from decimal import Decimal
from hashlib import sha256
from typing import TYPE_CHECKING, Any, BinaryIO, Final

from pikepdf import Name, String

if TYPE_CHECKING:
    from collections.abc import Iterable

#: Objects compressed together; a reader inflates all of them to see one.
_TOGETHER: Final = 100


class Sink:
    """Numbers objects and writes them at once, small ones compressed together (ISO 32000-1, 7.5.7 and 7.5.8)."""

    def __init__(self, file: BinaryIO) -> None:
        self._file = file
        self._place = 0
        self._table = bytearray(_in_table(0, 0, 0xFFFF))
        self._small: list[tuple[int, bytes]] = []
        self._seen = sha256()
        self._write(b"%PDF-1.7\n%\xf0\x9f\x96\x8b\n")

    def reserve(self) -> int:
        """Return the number of an object that is yet to come."""
        self._table += _in_table(0, 0, 0)
        return len(self._table) // _IN_TABLE - 1

    def add(self, number: int, body: bytes) -> None:
        """Write an object that is not a stream."""
        self._small.append((number, body))
        if len(self._small) == _TOGETHER:
            self._flush()

    def add_stream(self, number: int, keys: bytes, data: bytes) -> None:
        """Write a stream: the entries of its dictionary but the length, and its data."""
        self._enter(number, 1, self._place, 0)
        self._write(b"%d 0 obj\n<<%b/Length %d>>\nstream\n%b\nendstream\nendobj\n" % (number, keys, len(data), data))

    def end(self, root: int, info: int) -> None:
        """Write the table of all objects and the end of the file."""
        self._flush()
        number, place = self.reserve(), self._place
        self._enter(number, 1, place, 0)
        keys = b"/Type/XRef/Filter/FlateDecode/W[1 5 2]/Size %d/Root %d 0 R/Info %d 0 R" % (number + 1, root, info)
        identity = self._seen.hexdigest()[:32].encode()
        self.add_stream(number, keys + b"/ID[<%b><%b>]" % (identity, identity), zlib.compress(self._table))
        self._write(b"startxref\n%d\n%%%%EOF\n" % place)

    def _flush(self) -> None:
        if not self._small:
            return
        holder, heads, bodies = self.reserve(), b"", b""
        for index, (number, body) in enumerate(self._small):
            self._enter(number, 2, holder, index)
            heads += b"%d %d " % (number, len(bodies))
            bodies += body + b"\n"
        keys = b"/Type/ObjStm/Filter/FlateDecode/N %d/First %d" % (len(self._small), len(heads))
        self._small.clear()
        self.add_stream(holder, keys, zlib.compress(heads + bodies))

    def _enter(self, number: int, kind: int, where: int, which: int) -> None:
        self._table[_IN_TABLE * number : _IN_TABLE * (number + 1)] = _in_table(kind, where, which)

    def _write(self, content: bytes) -> None:
        self._seen.update(content)
        self._file.write(content)
        self._place += len(content)


def _in_table(kind: int, where: int, which: int) -> bytes:
    return kind.to_bytes(1, "big") + where.to_bytes(5, "big") + which.to_bytes(2, "big")


_IN_TABLE: Final = len(_in_table(0, 0, 0))


def pdf_number(value: Any) -> bytes:  # noqa: ANN401  as pikepdf gives it: an int, a Decimal, a bool or None
    """Return a number, a truth value or null."""
    if value is None or isinstance(value, bool):
        return {None: b"null", True: b"true", False: b"false"}[value]
    return format(value, "f" if isinstance(value, Decimal) else "d").encode()


def pdf_name(key: str) -> bytes:
    """Return a name, such as ``/Type``."""
    return Name(key).unparse()


def pdf_text(text: str) -> bytes:
    """Return a text string."""
    return String(text).unparse()


def references(numbers: Iterable[int]) -> bytes:
    """Return references to objects of these numbers."""
    return b" ".join(b"%d 0 R" % number for number in numbers)
