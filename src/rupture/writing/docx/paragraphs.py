"""The paragraphs and tables of a letter, as WordprocessingML."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from rupture.letter import parts
from rupture.letter.blocks import Bullets, Figure, Table
from rupture.page import layouts
from rupture.writing.docx.runs import paragraph_xml
from rupture.writing.docx.styles import NORMAL, TWIPS, style_id, style_of
from rupture.writing.docx.tables import table_xml

if TYPE_CHECKING:
    from collections.abc import Iterator

    from rupture.letter.blocks import Block
    from rupture.letter.tree import Letter
    from rupture.page.layouts import Box, Layout
    from rupture.writing.docx.pictures import Pictures

#: Above the name under an e-mail, where nobody takes a pen, and above the next one, in millimetres.
_TYPED: Final = (0, 4)


def letter_xml(letter: Letter, pictures: Pictures, section: str | None, *, foreign: bool) -> str:
    """Return the paragraphs of a letter.

    Args:
        letter: the letter.
        pictures: those of the document, which the letter adds to.
        section: the references of the headers and footers for a section of its own, or None for the last letter.
        foreign: whether its language is not that of the document.
    """
    layout = layouts.of(letter)
    writer = _Writer(layout, f'<w:lang w:val="{letter.locale}"/>' if foreign else "", pictures)
    first = next((part.name for part in letter.parts if part.name not in layout.boxes), "")
    out: list[str] = []
    for part in letter.parts:
        if part.name == parts.CLOSE and out:
            out[-1] = _kept_with_next(out[-1])
        for index, block in enumerate(part.blocks):
            top = part.name == first and not index
            space = writer.room(part.name, index, top=top, email=letter.email)
            out.extend(writer.block(block, style_of(block, part.name, index), writer.look(part.name, index, space)))
    if section is not None:
        head, _, tail = out[-1].partition("</w:pPr>")
        out[-1] = f"{head}{_section_xml(layout, section)}</w:pPr>{tail}"
    return "".join(out)


class _Writer:
    """Writes the blocks of one letter."""

    def __init__(self, layout: Layout, language: str, pictures: Pictures) -> None:
        self._layout = layout
        self._language = language
        self._pictures = pictures
        self._width = layout.page[0] - layout.margins[1] - layout.margins[3]

    def room(self, part: str, index: int, *, top: bool, email: bool) -> str:
        """Return the space above a block where it is not that of its style."""
        if top:
            return _space_above(self._layout.body_top - self._layout.margins[0])
        return _space_above(_TYPED[min(index, 1)]) if email and part == parts.SIGNATURE else ""

    def look(self, part: str, index: int, space: str) -> str:
        """Return what a block has beyond its style: a page of its own, a place on the page, space and indent."""
        layout = self._layout
        before = "<w:pageBreakBefore/>" if part == parts.ANNEX and not index else ""
        if part in layout.boxes:
            return f"{before}{frame_xml(layout.boxes[part])}{space}"
        shift = round((layout.right_edge - layout.margins[3]) * TWIPS)
        return f"{before}{space}" + (f'<w:ind w:left="{shift}"/>' if part in layout.right else "")

    def block(self, block: Block, style: str, extra: str) -> Iterator[str]:
        """Yield the paragraphs or the table of a block."""
        if isinstance(block, Bullets):
            yield from self._list(block, style)
        elif isinstance(block, Table):
            yield table_xml(block, self._language, self._width)
        elif isinstance(block, Figure):
            room = '<w:spacing w:line="240" w:lineRule="auto"/>'  # an exact leading would cut the picture
            head, indent, tail = extra.partition("<w:ind")
            look = f'<w:pStyle w:val="{style_id(style)}"/>{head}{room}{indent}{tail}'
            yield f"<w:p><w:pPr>{look}</w:pPr>{self._pictures.xml(block)}</w:p>"
        else:
            yield paragraph_xml(block.lines, style, extra, self._language, block.label)

    def _list(self, block: Bullets, style: str) -> Iterator[str]:
        for item in block.items[:-1]:
            yield paragraph_xml((item,), style, "", self._language)
        below = f'<w:spacing w:after="{round(NORMAL.gap * TWIPS)}"/>'
        yield paragraph_xml(block.items[-1:], style, below, self._language)


def _kept_with_next(paragraph: str) -> str:
    """Return a paragraph that stays on the page of the next, so that no closing formula stands alone on a page."""
    head, end, tail = paragraph.partition("/>")  # behind the style, as the schema orders them
    return f"{head}{end}<w:keepNext/>{tail}" if paragraph.startswith("<w:p>") else paragraph


def _space_above(height: float) -> str:
    return f'<w:spacing w:before="{round(height * TWIPS)}"/>'


def _section_xml(layout: Layout, heads: str) -> str:
    width, height = (round(measure * TWIPS) for measure in layout.page)
    top, right, bottom, left = (round(measure * TWIPS) for measure in layout.margins)
    return (
        f'<w:sectPr>{heads}<w:pgSz w:w="{width}" w:h="{height}"/><w:pgMar w:top="{top}" w:right="{right}" '
        f'w:bottom="{bottom}" w:left="{left}" w:header="567" w:footer="567" w:gutter="0"/><w:titlePg/></w:sectPr>'
    )


def frame_xml(box: Box) -> str:
    """Return the frame of a part with its own place; Word takes it from a style too, LibreOffice does not."""
    width, height, x, y = (round(measure * TWIPS) for measure in (box.width, box.height, box.x, box.y))
    return (
        f'<w:framePr w:w="{width}" w:h="{height}" w:hRule="exact" w:wrap="around" '
        f'w:vAnchor="page" w:hAnchor="page" w:x="{x}" w:y="{y}"/>'
    )
