"""Plain text, for the body of an e-mail or the preview of a letter."""

from __future__ import annotations

import textwrap
from itertools import zip_longest
from typing import TYPE_CHECKING, Final

from rupture.letter.blocks import Bullets, Figure, Table, line_text

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from rupture.letter.blocks import Block, Paragraph, Part
    from rupture.letter.tree import Document

#: Characters a line; what mail readers show without breaking again (RFC 5322 asks for at most 78).
WIDTH: Final = 72
_GAP: Final = "   "


def write(document: Document) -> bytes:
    """Return every letter of the document as UTF-8 text; an e-mail as one sends it, with its subject above."""
    return ("\n\n\n".join(parts_text(letter.seen) for letter in document.letters) + "\n").encode()


def parts_text(parts: Iterable[Part]) -> str:
    """Return these parts as wrapped text, a blank line between blocks."""
    return "\n\n".join(filter(None, (_block_text(block) for part in parts for block in part.blocks)))


def _block_text(block: Block) -> str:
    if isinstance(block, Bullets):
        return "\n".join(_filled(f"- {line_text(item)}", "  ") for item in block.items)
    if isinstance(block, Table):
        return _table_text(block)
    return "" if isinstance(block, Figure) else _paragraph_text(block)


def _paragraph_text(paragraph: Paragraph) -> str:
    """Return a paragraph below its label, since nothing is bold here; behind a rule when it is set apart."""
    label = line_text(paragraph.label).removesuffix(".")
    rule = "| " if paragraph.urgent else ""
    lines = (label, *map(line_text, paragraph.lines))
    return "\n".join(_filled(rule + line, rule) for line in lines if line)


def _filled(text: str, indent: str = "", width: int = WIDTH) -> str:
    return textwrap.fill(text, width, subsequent_indent=indent, break_long_words=False, break_on_hyphens=False)


def _table_text(table: Table) -> str:
    """Return a table in aligned columns; figures of an account end below each other, and its result below a rule."""
    rows = [[line_text(cell) for cell in row] for row in table.every_row]
    widths = _widths(rows)
    written = [_row_text(row, widths, figures=table.account) for row in rows]
    ruled = len(rows) - 1 if table.account else 1
    rule = "-" * (sum(widths) + len(_GAP) * (len(widths) - 1))
    return "\n".join((*written[:ruled], rule, *written[ruled:]))


def _widths(rows: list[list[str]]) -> list[int]:
    """Return the width of each column; of those that leave no room, the widest is cut to what is left."""
    widths = [max(map(len, column)) for column in zip(*rows, strict=True)]
    room = WIDTH - len(_GAP) * (len(widths) - 1)
    widest = widths.index(max(widths))
    return [min(width, room - sum(widths) + width) if at == widest else width for at, width in enumerate(widths)]


def _row_text(row: list[str], widths: list[int], *, figures: bool) -> str:
    columns = [_filled(cell, width=max(width, 1)).split("\n") for cell, width in zip(row, widths, strict=True)]
    if figures:  # a figure stands beside the last line of its words
        columns = [columns[0], *([""] * (len(columns[0]) - len(each)) + each for each in columns[1:])]
    return "\n".join(_joined(cells, widths, figures=figures) for cells in zip_longest(*columns, fillvalue=""))


def _joined(cells: tuple[str, ...], widths: list[int], *, figures: bool) -> str:
    first, *others = zip(cells, widths, strict=True)
    return _GAP.join((first[0].ljust(first[1]), *_placed(others, figures=figures))).rstrip(" ")


def _placed(cells: list[tuple[str, int]], *, figures: bool) -> Iterator[str]:
    for text, width in cells:
        yield text.rjust(width) if figures else text.ljust(width)
