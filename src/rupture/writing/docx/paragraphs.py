"""The paragraphs and tables of a letter, as WordprocessingML."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING
from xml.sax.saxutils import escape

from rupture.letter.parts import ANNEX
from rupture.letter.tree import Bullets, Figure, Table
from rupture.page import layouts
from rupture.writing.docx.styles import BODY, BULLET, CELL, NORMAL, STYLES, TWIPS, style_id

if TYPE_CHECKING:
    from collections.abc import Iterator

    from rupture.letter.tree import Block, Letter, Line, Run
    from rupture.page.layouts import Box, Layout
    from rupture.writing.docx.pictures import Pictures


def letter_xml(letter: Letter, pictures: Pictures, section: str | None, *, foreign: bool) -> str:
    """Return the paragraphs of a letter.

    Args:
        letter: the letter.
        pictures: those of the document, which the letter adds to.
        section: the references of the headers and footers for a section of its own, or None for the last letter.
        foreign: whether its language is not that of the document.
    """
    layout = layouts.get(letter.layout)
    language = f'<w:lang w:val="{letter.locale}"/>' if foreign else ""
    gap = round((layout.body_top - layout.margins[0]) * TWIPS)
    out: list[str] = []
    flowing = False
    for part in letter.parts:
        extra = frame_xml(layout.boxes[part.name]) if part.name in layout.boxes else ""
        indent = part.name in layout.right and not extra
        shift = f'<w:ind w:left="{round((layout.right_edge - layout.margins[3]) * TWIPS)}"/>' if indent else ""
        for index, block in enumerate(part.blocks):
            before = "<w:pageBreakBefore/>" if part.name == ANNEX and not index else ""
            space = ""
            if not flowing and not extra:
                flowing = True
                space = f'<w:spacing w:before="{gap}"/>'
            style = STYLES.get(part.name, BODY)
            out.extend(_block_xml(block, style, f"{before}{extra}{space}{shift}", language, pictures))
    if section is not None:
        head, _, tail = out[-1].partition("</w:pPr>")
        out[-1] = f"{head}{_section_xml(layout, section)}</w:pPr>{tail}"
    return "".join(out)


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


def _block_xml(block: Block, style: str, extra: str, language: str, pictures: Pictures) -> Iterator[str]:
    if isinstance(block, Bullets):
        for item in block.items[:-1]:
            yield _paragraph_xml((item,), BULLET, "", language)
        below = f'<w:spacing w:after="{round(NORMAL.gap * TWIPS)}"/>'
        yield _paragraph_xml(block.items[-1:], BULLET, below, language)
    elif isinstance(block, Table):
        yield _table_xml(block, language)
    elif isinstance(block, Figure):
        room = '<w:spacing w:line="240" w:lineRule="auto"/>'  # an exact leading would cut the picture
        head, indent, tail = extra.partition("<w:ind")
        look = f'<w:pStyle w:val="{style_id(style)}"/>{head}{room}{indent}{tail}'
        yield f"<w:p><w:pPr>{look}</w:pPr>{pictures.xml(block)}</w:p>"
    else:
        yield _paragraph_xml(block.lines, style, extra, language)


def _table_xml(table: Table, language: str) -> str:
    """Return a table whose header row is marked as such, and repeated on every page."""
    columns = "".join("<w:gridCol/>" for _ in table.head)
    rows = "".join(_row_xml(row, language, head=row is table.head) for row in (table.head, *table.rows))
    line = 'w:val="single" w:sz="4" w:space="0" w:color="999999"'
    return (
        '<w:tbl><w:tblPr><w:tblW w:w="5000" w:type="pct"/>'
        f"<w:tblBorders><w:bottom {line}/><w:insideH {line}/></w:tblBorders>"
        f'<w:tblLook w:val="0020" w:firstRow="1"/></w:tblPr><w:tblGrid>{columns}</w:tblGrid>{rows}</w:tbl>'
        f'<w:p><w:pPr><w:pStyle w:val="{style_id(BODY)}"/></w:pPr></w:p>'
    )


def _row_xml(row: tuple[Line, ...], language: str, *, head: bool) -> str:
    properties = "<w:trPr><w:cantSplit/><w:tblHeader/></w:trPr>" if head else ""
    lines = tuple(tuple(replace(run, strong=True) for run in cell) for cell in row) if head else row
    cells = "".join(
        f'<w:tc><w:tcPr><w:tcW w:w="0" w:type="auto"/></w:tcPr>{_paragraph_xml((cell,), CELL, "", language)}</w:tc>'
        for cell in lines
    )
    return f"<w:tr>{properties}{cells}</w:tr>"


def _paragraph_xml(lines: tuple[Line, ...], style: str, extra: str, language: str) -> str:
    runs = "<w:r><w:br/></w:r>".join("".join(_run_xml(run, language) for run in line) for line in lines)
    return f'<w:p><w:pPr><w:pStyle w:val="{style_id(style)}"/>{extra}</w:pPr>{runs}</w:p>'


def _run_xml(run: Run, language: str) -> str:
    look = ('<w:rStyle w:val="Strong"/>' if run.strong else "") + language
    properties = f"<w:rPr>{look}</w:rPr>" if look else ""
    return f'<w:r>{properties}<w:t xml:space="preserve">{escape(run.text)}</w:t></w:r>'
