"""Binds letters into one PDF: read by pikepdf one at a time, and written at once, so that memory stays flat."""

from __future__ import annotations

import zlib
from contextlib import contextmanager
from dataclasses import dataclass
from decimal import Decimal
from hashlib import sha256
from io import BytesIO
from typing import TYPE_CHECKING, Any, BinaryIO, Final

from pikepdf import Array, Dictionary, Name, NumberTree, Object, Pdf, PdfError, Stream, String

from rupture.errors import InputError
from rupture.language import languages
from rupture.resources.reading import read_bytes

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from pathlib import Path

#: Objects compressed together; a reader inflates all of them to see one.
_TOGETHER: Final = 100
#: What reading a damaged PDF raises: its objects are of other kinds than they should be.
_DAMAGED: Final = (PdfError, AttributeError, LookupError, RecursionError, TypeError, ValueError)
#: What a blank page has of the page before it.
_SHEET: Final = ("/MediaBox", "/TrimBox", "/BleedBox")


@contextmanager
def opened(letter: bytes | Path, place: int) -> Iterator[Pdf]:
    """Open a letter to be read.

    Args:
        letter: its bytes or its file.
        place: which of the letters it is, for complaints.

    Raises:
        InputError: the PDF was not written by rupture.
    """
    name = f"letter {place}" if isinstance(letter, bytes) else str(letter)
    content = letter if isinstance(letter, bytes) else read_bytes(letter)
    try:
        with Pdf.open(BytesIO(content), attempt_recovery=False) as source:
            if not _is_ours(source.Root):
                raise InputError(f"{name}: not tagged as the PDFs of rupture are; combine what rupture wrote")
            yield source
    except _DAMAGED as error:
        raise InputError(f"{name}: not readable as PDF: {error}") from None


def _is_ours(root: Object) -> bool:
    """Tell whether a PDF has what is copied, and nothing that would be left behind."""
    tree = root.get("/StructTreeRoot", Dictionary())
    kids = tree.get("/K")
    return (
        isinstance(kids, Array)
        and len(kids) == 1
        and "/K" in kids[0]
        and "/ParentTree" in tree
        and "/Lang" in root
        and not {"/RoleMap", "/ClassMap"} & set(tree.keys())
    )


@dataclass(frozen=True, slots=True)
class _Bound:
    """A letter that is in the book: what it is called, and the numbers of its objects."""

    called: str
    pages: int
    first_page: int
    part: int
    parents: int


class Book:
    """Letters one after the other, in one tagged PDF.

    Args:
        file: written from front to back.
        double_sided: a letter with an odd number of pages is followed by a blank one.
    """

    def __init__(self, file: BinaryIO, *, double_sided: bool) -> None:
        self._sink = _Sink(file)
        self._shared = _Shared()
        self._double_sided = double_sided
        self._pages, self._structure, self._document = (self._sink.reserve() for _ in range(3))
        self._page_count = self._next_key = self._info = 0
        self._catalog = b""
        self._letters: list[_Bound] = []

    def add(self, source: Pdf, bookmark: str, title: str) -> None:
        """Take a letter in.

        Args:
            source: where it is read from.
            bookmark: what it is called; its own title if empty.
            title: of the whole, asked of the first letter; if empty, it names its sender.
        """
        copier = _Copier(self._sink, self._shared, self._next_key, f"{len(self._letters) + 1}.")
        called = bookmark or str(source.docinfo.get("/Title", ""))
        if not self._letters:
            self._begin(source, copier, title)
        tree = source.Root.StructTreeRoot
        copier.place(tree, self._structure)
        part = copier.place(tree.K[0], self._sink.reserve())
        node, first_page = self._add_pages(source, copier)
        self._sink.add(
            part,
            b"<</Type/StructElem/S/Part/P %d 0 R/T %b/Lang %b/K %b>>"
            % (self._document, _text(called), _text(str(source.Root.Lang)), copier.said(tree.K[0].K)),
        )
        self._letters.append(_Bound(called, node, first_page, part, self._add_parents(tree, copier)))

    def end(self) -> int:
        """Write what holds the letters together, and return the number of pages.

        Raises:
            InputError: no letter was taken in.
        """
        if not self._letters:
            raise InputError("there is no letter to combine")
        sink, letters = self._sink, self._letters
        parents, outline, root = (sink.reserve() for _ in range(3))
        kids = _references(letter.pages for letter in letters)
        sink.add(self._pages, b"<</Type/Pages/Count %d/Kids[%b]>>" % (self._page_count, kids))
        parts = _references(letter.part for letter in letters)
        sink.add(self._document, b"<</Type/StructElem/S/Document/P %d 0 R/K[%b]>>" % (self._structure, parts))
        sink.add(parents, b"<</Kids[%b]>>" % _references(letter.parents for letter in letters))
        sink.add(
            self._structure,
            b"<</Type/StructTreeRoot/K[%d 0 R]/ParentTree %d 0 R/ParentTreeNextKey %d>>"
            % (self._document, parents, self._next_key),
        )
        self._add_outline(outline)
        sink.add(
            root,
            b"<</Type/Catalog/Pages %d 0 R/StructTreeRoot %d 0 R/Outlines %d 0 R%b>>"
            % (self._pages, self._structure, outline, self._catalog),
        )
        sink.end(root, self._info)
        return self._page_count

    def _begin(self, source: Pdf, copier: _Copier, title: str) -> None:
        """Take from the first letter what a file says of itself."""
        language, author = str(source.Root.Lang), str(source.docinfo.get("/Author", ""))
        with source.open_metadata(set_pikepdf_as_editor=False) as metadata:  # the document information too
            metadata["dc:title"] = title or languages.get(language[:2]).words["combined"].format(sender=author)
        self._info = self._sink.reserve()
        self._sink.add(self._info, b"<<%b>>" % copier.keys(source.docinfo))
        duplex = b"/Duplex/DuplexFlipLongEdge" if self._double_sided else b""
        intents = source.Root.get("/OutputIntents")
        self._catalog = b"/Lang %b/Metadata %b%b/MarkInfo<</Marked true>>/PageMode/UseOutlines%b" % (
            *(_text(language), copier.said(source.Root.Metadata)),
            b"/OutputIntents " + copier.said(intents) if intents is not None else b"",
            b"/ViewerPreferences<</DisplayDocTitle true%b>>" % duplex,
        )

    def _add_pages(self, source: Pdf, copier: _Copier) -> tuple[int, int]:
        """Write the pages of a letter, and return the numbers of their node and of the first of them."""
        node = self._sink.reserve()
        above = b"/Parent %d 0 R" % node
        pages = [page.obj for page in source.pages]
        numbers = [copier.place(page, self._sink.reserve()) for page in pages]  # tags refer to pages of either side
        for page, number in zip(pages, numbers, strict=True):
            self._sink.add(number, b"<<%b%b>>" % (copier.keys(page, without="/Parent"), above))
        if self._double_sided and len(pages) % 2:
            numbers.append(self._sink.reserve())
            last = pages[-1]
            sheet = b"".join(b"%b %b" % (_name(box), copier.said(last[box])) for box in _SHEET if box in last)
            self._sink.add(numbers[-1], b"<</Type/Page/Resources<<>>%b%b>>" % (sheet, above))
        self._sink.add(
            node,
            b"<</Type/Pages/Parent %d 0 R/Count %d/Kids[%b]>>" % (self._pages, len(numbers), _references(numbers)),
        )
        self._page_count += len(numbers)
        return node, numbers[0]

    def _add_parents(self, tree: Object, copier: _Copier) -> int:
        """Write which tags the content of a letter belongs to, and return the number of that leaf."""
        leaf = self._sink.reserve()
        entries = [(key + self._next_key, value) for key, value in NumberTree(tree.ParentTree).items()]
        written = b" ".join(b"%d %b" % (key, copier.said(value)) for key, value in entries)
        last = entries[-1][0]
        self._sink.add(leaf, b"<</Limits[%d %d]/Nums[%b]>>" % (self._next_key, last, written))
        self._next_key = last + 1
        return leaf

    def _add_outline(self, outline: int) -> None:
        """Write a bookmark for each letter."""
        numbers = [self._sink.reserve() for _ in self._letters]
        for index, letter in enumerate(self._letters):
            before = b"/Prev %d 0 R" % numbers[index - 1] if index else b""
            after = b"/Next %d 0 R" % numbers[index + 1] if index + 1 < len(numbers) else b""
            self._sink.add(
                numbers[index],
                b"<</Title %b/Parent %d 0 R%b%b/Dest[%d 0 R/Fit]>>"
                % (_text(letter.called), outline, before, after, letter.first_page),
            )
        self._sink.add(
            outline,
            b"<</Type/Outlines/First %d 0 R/Last %d 0 R/Count %d>>" % (numbers[0], numbers[-1], len(numbers)),
        )


class _Shared:
    """What several letters hold alike and is written once: faces, pictures, colour profiles."""

    def __init__(self) -> None:
        self.numbers: set[int] = set()
        self.by_content: dict[bytes, int] = {}


class _Copier:
    """Copies one letter, each object when something refers to it, under a new number."""

    def __init__(self, sink: _Sink, shared: _Shared, first_key: int, prefix: str) -> None:
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

    def said(self, value: Any) -> bytes:  # noqa: ANN401  a PDF's object, or what pikepdf makes of a number
        """Return a value as it stands inside another: the value, or a reference to where it is copied to."""
        if not isinstance(value, Object):
            return _number(value)
        if value.is_indirect:
            return b"%d 0 R" % self._copied(value)
        return self._whole(value)

    def keys(self, value: Object, without: str = "") -> bytes:
        """Return the entries of a dictionary but one."""
        return b"".join(
            b"%b %b" % (_name(key), self._entry(key, each, value)) for key, each in value.items() if key != without
        )

    def _whole(self, value: Object) -> bytes:
        if isinstance(value, Dictionary):
            return b"<<%b>>" % self.keys(value)
        if isinstance(value, Array):
            return b"[%b]" % b" ".join(map(self.said, value))
        return value.unparse(resolved=True)

    def _entry(self, key: str, value: Any, owner: Object) -> bytes:  # noqa: ANN401  as above
        """Return an entry; what is counted or named within a letter gets another number or name in the book."""
        if key in {"/StructParents", "/StructParent"}:
            return b"%d" % (value + self._first_key)
        if key == "/Headers":  # of a cell: the names of others
            return b"[%b]" % b" ".join(_text(self._prefix + str(each)) for each in value)
        if key == "/ID" and "/P" in owner:
            return _text(self._prefix + str(value))
        return self.said(value)

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


class _Sink:
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


def _number(value: Any) -> bytes:  # noqa: ANN401  as pikepdf gives it: an int, a Decimal, a bool or None
    if value is None or isinstance(value, bool):
        return {None: b"null", True: b"true", False: b"false"}[value]
    return format(value, "f" if isinstance(value, Decimal) else "d").encode()


def _name(key: str) -> bytes:
    return Name(key).unparse()


def _text(text: str) -> bytes:
    return String(text).unparse()


def _references(numbers: Iterable[int]) -> bytes:
    return b" ".join(b"%d 0 R" % number for number in numbers)
