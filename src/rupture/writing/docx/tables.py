"""The tables of a letter, as WordprocessingML."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Final

from rupture.letter.blocks import line_text
from rupture.page import measuring
from rupture.writing.docx.runs import paragraph_xml
from rupture.writing.docx.styles import ACCOUNT, BODY, CELL, FIGURE, NORMAL, TWIPS, style_id

if TYPE_CHECKING:
    from rupture.letter.blocks import Line, Table

#: Of an account, in millimetres: how far it is set in, and what stands between its columns.
_EDGE: Final = 6.0
_GAP: Final = 9.0
#: How much wider than the regular face the bold one may be.
_BOLDER: Final = 1.08
_THIN: Final = 'w:val="single" w:sz="4" w:space="0" w:color="999999"'
_DARK: Final = 'w:val="single" w:sz="4" w:space="0" w:color="1A1A1A"'


def table_xml(table: Table, language: str, width: float) -> str:
    """Return a table whose header row is marked as such and repeated on every page, or an account.

    Args:
        table: the table.
        language: the property that names its language, or nothing.
        width: of the column of text, in millimetres.
    """
    return _account_xml(table, language, width) if table.account else _ruled_xml(table, language)


def _ruled_xml(table: Table, language: str) -> str:
    columns = "".join("<w:gridCol/>" for _ in table.every_row[0])
    head = "".join(_cell_xml(paragraph_xml((_strong(cell),), CELL, "", language)) for cell in table.head)
    rows = f"<w:tr><w:trPr><w:cantSplit/><w:tblHeader/></w:trPr>{head}</w:tr>" if head else ""
    for row in table.rows:
        cells = "".join(_cell_xml(paragraph_xml((cell,), CELL, "", language)) for cell in row)
        rows += f"<w:tr>{cells}</w:tr>"
    return (
        '<w:tbl><w:tblPr><w:tblW w:w="5000" w:type="pct"/>'
        f"<w:tblBorders><w:bottom {_THIN}/><w:insideH {_THIN}/></w:tblBorders>"
        f'<w:tblLook w:val="0020" w:firstRow="1"/></w:tblPr><w:tblGrid>{columns}</w:tblGrid>{rows}</w:tbl>'
        f'<w:p><w:pPr><w:pStyle w:val="{style_id(BODY)}"/></w:pPr></w:p>'
    )


def _account_xml(table: Table, language: str, width: float) -> str:
    """Return an account: words to the left, figures to the right, and a rule above the last row."""
    widths = [round(each * TWIPS) for each in account_widths(table, width)]
    rows = "".join(_account_row(row, widths, language, result=row is table.rows[-1]) for row in table.rows)
    margins = '<w:left w:w="0" w:type="dxa"/><w:right w:w="0" w:type="dxa"/>'
    columns = "".join(f'<w:gridCol w:w="{each}"/>' for each in widths)
    return (
        f'<w:tbl><w:tblPr><w:tblW w:w="{sum(widths)}" w:type="dxa"/><w:tblInd w:w="{round(_EDGE * TWIPS)}" '
        f'w:type="dxa"/><w:tblLayout w:type="fixed"/><w:tblCellMar>{margins}</w:tblCellMar>'
        f'<w:tblLook w:val="00C0" w:lastRow="1" w:firstColumn="1"/></w:tblPr><w:tblGrid>{columns}</w:tblGrid>{rows}'
        "</w:tbl>"
    )


def account_widths(table: Table, width: float) -> list[float]:
    """Return the width of each column of an account, in millimetres: the first takes what the figures leave.

    Args:
        table: the account.
        width: of the column of text, in millimetres.
    """
    first, *figures = (
        max(measuring.line_width(line_text(cell)) for cell in column) * _BOLDER
        for column in zip(*table.rows, strict=True)
    )
    figures = [each + _GAP for each in figures]
    return [min(first, width - _EDGE - sum(figures)), *figures]


def _account_row(row: tuple[Line, ...], widths: list[int], language: str, *, result: bool) -> str:
    cells = tuple(map(_strong, row)) if result else row
    below = f'<w:spacing w:after="{round(NORMAL.gap * TWIPS)}"/>' if result else ""
    rule = f"<w:tcBorders><w:top {_DARK}/></w:tcBorders>" if result else ""
    styles = (ACCOUNT, *(FIGURE for _ in row[1:]))
    written = "".join(
        _cell_xml(paragraph_xml((cell,), style, below, language), f'w:w="{width}" w:type="dxa"', rule)
        for cell, style, width in zip(cells, styles, widths, strict=True)
    )
    return f"<w:tr><w:trPr><w:cantSplit/></w:trPr>{written}</w:tr>"


def _cell_xml(paragraph: str, width: str = 'w:w="0" w:type="auto"', rule: str = "") -> str:
    bottom = '<w:vAlign w:val="bottom"/>' if "dxa" in width else ""
    return f"<w:tc><w:tcPr><w:tcW {width}/>{rule}{bottom}</w:tcPr>{paragraph}</w:tc>"


def _strong(line: Line) -> Line:
    return tuple(replace(run, strong=True) for run in line)
