"""Copies the objects of a PDF into another one, under new numbers."""

from __future__ import annotations

from hashlib import sha256
from typing import TYPE_CHECKING, Any

from pikepdf import Array, Dictionary, Object, Stream

from rupture.writing.pdf_objects import pdf_name, pdf_number, pdf_text

if TYPE_CHECKING:
    from rupture.writing.pdf_objects import Sink


class Shared:
    """What several letters hold alike and is written once: faces, pictures, colour profiles."""

    def __init__(self) -> None:
        self.numbers: set[int] = set()
        self.by_content: dict[bytes, int] = {}


class Copier:
    """Copies one letter, each object when something refers to it, under a new number."""

    def __init__(self, sink: Sink, shared: Shared, first_key: int, prefix: str) -> None:
        self._sink = sink
        self._shared = shared
        self._first_key = first_key
        self._prefix = prefix
        self._numbers: dict[tuple[int, int], int] = {}
        self._under_way: set[tuple[int, int]] = set()
        self._referred: list[set[int]] = [set()]

    def place(self, thing: Object, number: int) -> int:
        """Say under which number the caller writes an object itself, and return it."""
        self._numbers[thing.objgen] = number
        return number

    def inside(self, value: Any) -> bytes:  # noqa: ANN401  a PDF's object, or what pikepdf makes of a number
        """Return a value as it stands inside another: the value, or a reference to where it is copied to."""
        if not isinstance(value, Object):
            return pdf_number(value)
        if value.is_indirect:
            return b"%d 0 R" % self._copied(value)
        return self._whole(value)

    def keys(self, value: Object, without: str = "") -> bytes:
        """Return the entries of a dictionary but one."""
        return b"".join(
            b"%b %b" % (pdf_name(key), self._entry(key, each, value)) for key, each in value.items() if key != without
        )

    def _whole(self, value: Object) -> bytes:
        if isinstance(value, Dictionary):
            return b"<<%b>>" % self.keys(value)
        if isinstance(value, Array):
            return b"[%b]" % b" ".join(map(self.inside, value))
        return value.unparse(resolved=True)

    def _entry(self, key: str, value: Any, owner: Object) -> bytes:  # noqa: ANN401  as above
        """Return an entry; what is counted or named within a letter gets another number or name in the book."""
        if key in {"/StructParents", "/StructParent"}:
            return b"%d" % (value + self._first_key)
        if key == "/Headers":  # of a cell: the names of others
            return b"[%b]" % b" ".join(pdf_text(self._prefix + str(each)) for each in value)
        if key == "/ID" and "/P" in owner:
            return pdf_text(self._prefix + str(value))
        return self.inside(value)

    def _copied(self, thing: Object) -> int:
        """Return the new number of an object, which is copied when it is met for the first time."""
        old = thing.objgen
        if old in self._under_way and old not in self._numbers:  # a ring, as a tag that names its parent
            self._numbers[old] = self._sink.reserve()
        if old not in self._numbers:
            self._copy(old, thing)
        self._referred[-1].add(self._numbers[old])
        return self._numbers[old]

    def _copy(self, old: tuple[int, int], thing: Object) -> None:
        self._under_way.add(old)
        self._referred.append(set())
        data = thing.read_raw_bytes() if isinstance(thing, Stream) else None
        body = self.keys(thing, without="/Length") if data is not None else self._whole(thing)
        alike = self._referred.pop() <= self._shared.numbers and old not in self._numbers
        content = sha256(body + b"\n" + (data or b"")).digest()
        if alike and content in self._shared.by_content:
            self._numbers[old] = self._shared.by_content[content]
            return
        number = self._numbers.get(old) or self._sink.reserve()
        self._numbers[old] = number
        if alike:
            self._shared.by_content[content] = number
            self._shared.numbers.add(number)
        if data is None:
            self._sink.add(number, body)
        else:
            self._sink.add_stream(number, body, data)
