"""Reads a written letter back, by other means than the writer used, and folds texts so that they compare."""

from __future__ import annotations

import email
import re
import zipfile
import zlib
from email import policy
from html.parser import HTMLParser
from io import BytesIO
from pathlib import Path
from typing import TYPE_CHECKING
from xml.etree import ElementTree as ET

import pypdfium2

from rupture.letter.blocks import Bullets, line_text, lines_of
from rupture.loading.yaml_reader import read
from rupture.page import layouts

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from email.message import EmailMessage

    from rupture.letter.blocks import Part
    from rupture.letter.tree import Document

ROOT = Path(__file__).parents[2]
W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_QUOTES = re.compile("[\"'’‘“”„«»‹›]")


def plain_data(name: str, text: str) -> dict:
    """Return a case file as the mapping it holds."""
    return read(name, text)[0]


def fold(text: str) -> str:
    """Return a text with each stretch of white space, breaking or not, as one space."""
    return " ".join(text.split())


def bare(text: str) -> str:
    """Return only what typography never touches: no white space, no quotes, no case, three dots for an ellipsis."""
    return _QUOTES.sub("", "".join(text.split())).replace("…", "...").upper().casefold()


def block_lines(parts: Iterable[Part], bullet: str = "") -> Iterator[str]:
    """Yield the text of each line of these parts, list items behind ``bullet``."""
    for part in parts:
        for block in part.blocks:
            if isinstance(block, Bullets):
                yield from (bullet + line_text(item) for item in block.items)
            else:
                yield from map(line_text, lines_of(block))


def body_of(document: Document, bullet: str = "") -> str:
    """Return the words of the letters from salutation to signature, white space folded."""
    return fold("\n".join(line for letter in document.letters for line in block_lines(letter.body, bullet)))


def sent_of(document: Document) -> str:
    """Return the words of the letters that an e-mail shows below its header, white space folded."""
    return fold("\n".join(line for letter in document.letters for line in block_lines(letter.message)))


def words_of(text: str) -> str:
    """Return the words and figures of a text alone: plain text has marks where other formats have rules and bold."""
    return " ".join(re.findall(r"[^\W_]+", text))


def shape_of(document: Document) -> list[tuple[str, str, int]]:
    """Return the name of the part, the kind and the number of lines of each block."""
    return [
        (part.name, type(block).__name__, len(lines_of(block)))
        for letter in document.letters
        for part in letter.parts
        for block in part.blocks
    ]


# ---------------------------------------------------------------- PDF


def pdf_body(written: bytes, document: Document) -> str:
    """Return the text of the pages without what stands in a box, page numbers and the marks of lists."""
    layout = layouts.of(document.letters[0])
    top, right, bottom, left = (measure * 72 / 25.4 for measure in layout.margins)
    below = layout.body_top * 72 / 25.4
    firsts = [bare("".join(block_lines([letter.part("sender")]))) for letter in document.letters]
    texts = []
    with pypdfium2.PdfDocument(written) as pdf:
        for page in pdf:
            width, height = page.get_size()
            text_page = page.get_textpage()
            is_first = any(first in bare(text_page.get_text_range()) for first in firsts)
            high = height - (below if is_first else top) + 6
            text = text_page.get_text_bounded(left - 2, bottom - 2, width - right + 2, high)
            texts.append(re.sub(r"(\s*–)+\s*$", "", text))  # the marks of a list are drawn after all else
    return fold(re.sub("[\x02\ufffe]\\s*", "-", "\n".join(texts)))


def pdf_text(written: bytes) -> str:
    """Return all the text of a PDF, in the order of its pages."""
    with pypdfium2.PdfDocument(written) as pdf:
        return re.sub("[\x02\ufffe]", "-", "\n".join(page.get_textpage().get_text_range() for page in pdf))


def pdf_pages(written: bytes | Path) -> list[tuple[tuple[float, float], str]]:
    """Return size and text of each page."""
    with pypdfium2.PdfDocument(written) as pdf:
        return [(page.get_size(), page.get_textpage().get_text_range()) for page in pdf]


def pdf_bookmarks(written: bytes | Path) -> list[tuple[str, int]]:
    """Return the title of each bookmark and the index of its page."""
    with pypdfium2.PdfDocument(written) as pdf:
        return [(mark.get_title(), mark.get_dest().get_index()) for mark in pdf.get_toc()]


def pdf_objects(written: bytes) -> bytes:
    """Return the file with every compressed stream inflated behind it, for a search in its objects."""
    inflated = []
    for match in re.finditer(rb"stream\r?\n(.*?)\r?\nendstream", written, re.DOTALL):
        try:
            inflated.append(zlib.decompress(match[1]))
        except zlib.error:
            continue
    return written + b"\n".join(inflated)


# ---------------------------------------------------------------- DOCX


def docx_paragraphs(written: bytes) -> list[tuple[str, str]]:
    """Return the style and the text of each paragraph, read as XML from the zip."""
    with zipfile.ZipFile(BytesIO(written)) as archive:
        root = ET.fromstring(archive.read("word/document.xml"))  # noqa: S314  written by this very test run
    paragraphs = []
    for paragraph in root.iter(f"{W}p"):
        style = paragraph.find(f"{W}pPr/{W}pStyle")
        signs = {f"{W}br": "\n", f"{W}tab": "\t"}
        text = "".join(
            (node.text or "") if node.tag == f"{W}t" else signs.get(node.tag, "") for node in paragraph.iter()
        )
        paragraphs.append(("" if style is None else style.get(f"{W}val", ""), text))
    return paragraphs


def docx_body(paragraphs: Iterable[tuple[str, str]]) -> str:
    """Return the text of the paragraphs from a salutation to the last signature below it."""
    kept, inside = [], ""
    for style, text in paragraphs:
        if style == "Salutation" or (inside and not (inside == "Signature" and style != "Signature")):
            kept.append(text)
            inside = style
        else:
            inside = ""
    return fold("\n".join(kept))


# ---------------------------------------------------------------- e-mail and HTML


def message_of(written: bytes) -> EmailMessage:
    """Return an e-mail as the standard library reads it."""
    return email.message_from_bytes(written, policy=policy.default)


class _Reader(HTMLParser):
    """Collects the text of each part: of each ``div`` with a class, but for the foot that holds others."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.parts: list[tuple[str, str]] = []
        self._open: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag == "div":
            self._open.append(dict(attrs).get("class") or "")
            self.parts.append((self._open[-1], ""))
        self._add("\n" if tag in {"p", "li", "br", "th", "td"} else "")

    def handle_endtag(self, tag: str) -> None:
        if tag == "div":
            self._open.pop()

    def handle_data(self, data: str) -> None:
        self._add(data)

    def _add(self, text: str) -> None:
        if self._open:
            name, before = self.parts[-1]
            self.parts[-1] = (name, before + text)


def html_parts(page: str) -> list[tuple[str, str]]:
    """Return name and text of each part of a page, in its order."""
    reader = _Reader()
    reader.feed(page)
    reader.close()
    return [(name, fold(text)) for name, text in reader.parts if text.strip()]


def html_body(page: str, document: Document) -> str:
    """Return the text of a page from salutation to signature, but for the subject of an e-mail above it."""
    names = {part.name for letter in document.letters for part in letter.body}
    return fold("\n".join(text for name, text in html_parts(page) if name in names))


def all_text(written: bytes, kind: str) -> str:
    """Return every word that a reader of that format sees."""
    if kind == "pdf":
        return pdf_text(written)
    if kind == "docx":
        return "\n".join(text for _, text in docx_paragraphs(written))
    if kind == "eml":
        message = message_of(written)
        return f"{message['Subject']}\n{message.get_body(('plain',)).get_content()}"
    if kind == "html":
        return "\n".join(text for _, text in html_parts(written.decode()))
    return written.decode()
