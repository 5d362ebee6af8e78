"""How close the text must stand for a letter to fit onto one page."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from rupture.letter.blocks import Bullets, Figure, Table, line_text, lines_of
from rupture.letter.parts import ANNEX
from rupture.page import layouts, measuring
from rupture.writing.docx.styles import AFTER, BEFORE, COMPACT, INDENT, NORMAL, leading, style_of
from rupture.writing.docx.tables import account_widths

if TYPE_CHECKING:
    from rupture.letter.blocks import Block, Line
    from rupture.letter.tree import Document, Letter
    from rupture.page.layouts import Layout
    from rupture.writing.docx.styles import Density


#: How far the measured height may be out, in millimetres, before the last try is given up.
_SLACK: Final = 3.0


def fitting_density(document: Document) -> Density:
    """Return the density that brings every letter onto one page, if one does; Word lays out, so this is measured."""
    for density, slack in ((NORMAL, 0.0), (COMPACT, _SLACK)):
        if all(_height(letter, density) <= _room(layouts.of(letter)) + slack for letter in document.letters):
            return density
    return NORMAL


def _room(layout: Layout) -> float:
    return layout.page[1] - layout.body_top - layout.margins[2]


def _height(letter: Letter, density: Density) -> float:
    """Return how high the flowing parts of a letter are, but for an annex on its own page, in millimetres."""
    layout = layouts.of(letter)
    flowing = [part for part in letter.parts if part.name not in layout.boxes and part.name != ANNEX]
    heights = [
        _block_height(block, style_of(block, part.name, index), _width(part.name, layout), density)
        for part in flowing
        for index, block in enumerate(part.blocks)
    ]
    return sum(heights) - density.gap  # the last needs none below it


def _width(part: str, layout: Layout) -> float:
    left = layout.right_edge if part in layout.right else layout.margins[3]
    return layout.page[0] - layout.margins[1] - left


def _block_height(block: Block, style: str, width: float, density: Density) -> float:
    if isinstance(block, Figure):
        return block.height + density.gap
    line = leading(style, density) * measuring.MM_PER_POINT
    above, below = BEFORE.get(style, 0), AFTER.get(style, density.gap)
    column = width - INDENT.get(style, (0, 0))[0]
    if isinstance(block, Table):
        return sum(_row_rows(row, block, width, density) * line + above + below for row in block.every_row)
    rows = sum(measuring.rows(line_text(each), column, density.size) for each in lines_of(block))
    between = below * (len(block.items) - 1) + NORMAL.gap - below if isinstance(block, Bullets) else 0
    return rows * line + above + below + between


def _row_rows(row: tuple[Line, ...], table: Table, width: float, density: Density) -> int:
    """Return the rows of text that one row of a table takes: as many as its fullest cell."""
    widths = account_widths(table, width) if table.account else [width / len(row)] * len(row)
    return max(measuring.rows(line_text(cell), each, density.size) for cell, each in zip(row, widths, strict=True))
