"""How close the text must stand for a letter to fit onto one page."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from rupture.letter.parts import ANNEX
from rupture.letter.tree import Figure, line_text, lines_of
from rupture.page import layouts, measuring
from rupture.writing.docx.styles import AFTER, BEFORE, BODY, COMPACT, NORMAL, STYLES, leading

if TYPE_CHECKING:
    from rupture.letter.tree import Block, Document, Letter
    from rupture.page.layouts import Layout
    from rupture.writing.docx.styles import Density


#: How far the measured height may be out, in millimetres, before the last try is given up.
_SLACK: Final = 3.0


def fitting_density(document: Document) -> Density:
    """Return the density that brings every letter onto one page, if one does; Word lays out, so this is measured."""
    for density, slack in ((NORMAL, 0.0), (COMPACT, _SLACK)):
        if all(_height(letter, density) <= _room(layouts.get(letter.layout)) + slack for letter in document.letters):
            return density
    return NORMAL


def _room(layout: Layout) -> float:
    return layout.page[1] - layout.body_top - layout.margins[2]


def _height(letter: Letter, density: Density) -> float:
    """Return how high the flowing parts of a letter are, but for an annex on its own page, in millimetres."""
    layout = layouts.get(letter.layout)
    flowing = [part for part in letter.parts if part.name not in layout.boxes and part.name != ANNEX]
    heights = [_block_height(block, part.name, layout, density) for part in flowing for block in part.blocks]
    return sum(heights) - density.gap  # the last needs none below it


def _block_height(block: Block, part: str, layout: Layout, density: Density) -> float:
    if isinstance(block, Figure):
        return block.height + density.gap
    left = layout.right_edge if part in layout.right else layout.margins[3]
    width = layout.page[0] - layout.margins[1] - left
    rows = sum(measuring.rows(line_text(line), width, density.size) for line in lines_of(block))
    style = STYLES.get(part, BODY)
    space = BEFORE.get(style, 0) + AFTER.get(style, density.gap)
    return rows * leading(style, density) * measuring.MM_PER_POINT + space
