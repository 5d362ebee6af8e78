"""Binds letters into one PDF: read by pikepdf one at a time, and written at once, so that memory stays flat."""

from __future__ import annotations

from contextlib import contextmanager
from dataclasses import dataclass
from io import BytesIO
from typing import TYPE_CHECKING, BinaryIO, Final

from pikepdf import Array, Dictionary, NumberTree, Object, Pdf, PdfError

from rupture.errors import InputError
from rupture.language import languages
from rupture.resources.reading import read_bytes
from rupture.writing.copier import Copier, Shared
from rupture.writing.pdf_objects import Sink, pdf_name, pdf_text, references

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

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
        self._sink = Sink(file)
        self._shared = Shared()
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
        copier = Copier(self._sink, self._shared, self._next_key, f"{len(self._letters) + 1}.")
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
            % (self._document, pdf_text(called), pdf_text(str(source.Root.Lang)), copier.inside(tree.K[0].K)),
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
        kids = references(letter.pages for letter in letters)
        sink.add(self._pages, b"<</Type/Pages/Count %d/Kids[%b]>>" % (self._page_count, kids))
        parts = references(letter.part for letter in letters)
        sink.add(self._document, b"<</Type/StructElem/S/Document/P %d 0 R/K[%b]>>" % (self._structure, parts))
        sink.add(parents, b"<</Kids[%b]>>" % references(letter.parents for letter in letters))
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

    def _begin(self, source: Pdf, copier: Copier, title: str) -> None:
        """Take from the first letter what a file says of itself."""
        language, author = str(source.Root.Lang), str(source.docinfo.get("/Author", ""))
        with source.open_metadata(set_pikepdf_as_editor=False) as metadata:  # the document information too
            metadata["dc:title"] = title or languages.get(language.partition("-")[0]).words["combined"].format(
                sender=author
            )
        self._info = self._sink.reserve()
        self._sink.add(self._info, b"<<%b>>" % copier.keys(source.docinfo))
        duplex = b"/Duplex/DuplexFlipLongEdge" if self._double_sided else b""
        intents = source.Root.get("/OutputIntents")
        self._catalog = b"/Lang %b/Metadata %b%b/MarkInfo<</Marked true>>/PageMode/UseOutlines%b" % (
            *(pdf_text(language), copier.inside(source.Root.Metadata)),
            b"/OutputIntents " + copier.inside(intents) if intents is not None else b"",
            b"/ViewerPreferences<</DisplayDocTitle true%b>>" % duplex,
        )

    def _add_pages(self, source: Pdf, copier: Copier) -> tuple[int, int]:
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
            sheet = b"".join(b"%b %b" % (pdf_name(box), copier.inside(last[box])) for box in _SHEET if box in last)
            self._sink.add(numbers[-1], b"<</Type/Page/Resources<<>>%b%b>>" % (sheet, above))
        self._sink.add(
            node,
            b"<</Type/Pages/Parent %d 0 R/Count %d/Kids[%b]>>" % (self._pages, len(numbers), references(numbers)),
        )
        self._page_count += len(numbers)
        return node, numbers[0]

    def _add_parents(self, tree: Object, copier: Copier) -> int:
        """Write which tags the content of a letter belongs to, and return the number of that leaf."""
        leaf = self._sink.reserve()
        entries = [(key + self._next_key, value) for key, value in NumberTree(tree.ParentTree).items()]
        written = b" ".join(b"%d %b" % (key, copier.inside(value)) for key, value in entries)
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
                % (pdf_text(letter.called), outline, before, after, letter.first_page),
            )
        self._sink.add(
            outline,
            b"<</Type/Outlines/First %d 0 R/Last %d 0 R/Count %d>>" % (numbers[0], numbers[-1], len(numbers)),
        )
