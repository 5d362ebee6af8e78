"""Reads what a contender wrote, so that only letters of the same words are compared."""

from __future__ import annotations

import unicodedata
import zipfile
from io import BytesIO
from typing import TYPE_CHECKING
from xml.etree import ElementTree as ET

import pypdfium2

from benchmarks.letters import paragraphs, squeezed

if TYPE_CHECKING:
    from rupture.letter.tree import Document

_TEXT = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}t"


def words_of(written: bytes, kind: str) -> str:
    """Return the words of a letter, without white space; those of a DOCX without heads and feet.

    Args:
        written: the letter.
        kind: ``txt``, ``docx`` or ``pdf``.
    """
    if kind == "docx":
        with zipfile.ZipFile(BytesIO(written)) as archive:
            root = ET.fromstring(archive.read("word/document.xml"))  # noqa: S314  written by this very process
        text = "".join(node.text or "" for node in root.iter(_TEXT))
    elif kind == "pdf":
        with pypdfium2.PdfDocument(written) as document:
            text = "\n".join(page.get_textpage().get_text_range() for page in document)
            text = text.replace("\ufffe", "-").replace("\x02", "-")  # a hyphen at the end of a line
    else:
        text = written.decode()
    return unicodedata.normalize("NFC", squeezed(text))


def check_same(document: Document, written: bytes, kind: str, name: str) -> None:
    """Refuse a letter with other words: each paragraph must be there, and nothing else.

    Args:
        document: what is said.
        written: the letter of a contender; a PDF has its paragraphs in the order in which they are drawn.
        kind: its format.
        name: whose it is.

    Raises:
        ValueError: it says something else; names the first paragraph that is not there.
    """
    found = words_of(written, kind)
    wanted = [unicodedata.normalize("NFC", squeezed(text)) for _, text in paragraphs(document)]
    for paragraph in wanted:
        if paragraph not in found:
            raise ValueError(f"{name} does not say {paragraph!r}, but: {found!r}")
    if len(found) != len("".join(wanted)):
        raise ValueError(f"{name} says more than the letter: {found!r}, not {''.join(wanted)!r}")


def check_same_look(wanted: bytes, written: bytes, name: str) -> None:
    """Refuse a PDF that does not look the same.

    Args:
        wanted: ours.
        written: that of a contender.
        name: whose it is.

    Raises:
        ValueError: a pixel differs; says on which page.
    """
    ours, theirs = pixels(wanted), pixels(written)
    if len(ours) != len(theirs):
        raise ValueError(f"{name} has {len(theirs)} pages, not {len(ours)}")
    if odd := [number for number, pair in enumerate(zip(ours, theirs, strict=True), 1) if pair[0] != pair[1]]:
        raise ValueError(f"{name} does not look the same on page {odd[0]}")


def pixels(written: bytes) -> list[bytes]:
    """Return each page of a PDF as a picture."""
    with pypdfium2.PdfDocument(written) as document:
        return [page.render(scale=2).to_pil().tobytes() for page in document]
