"""Paragraphs and their runs, as WordprocessingML."""

from __future__ import annotations

from typing import TYPE_CHECKING
from xml.sax.saxutils import escape

from rupture.writing.docx.styles import HOUSE, IN_COLOUR, LABEL, STRONG, style_id

if TYPE_CHECKING:
    from rupture.letter.blocks import Line


def paragraph_xml(lines: tuple[Line, ...], style: str, extra: str, language: str, label: Line = ()) -> str:
    """Return a paragraph.

    Args:
        lines: its lines.
        style: its named style.
        extra: properties beyond it.
        language: the property that names its language, or nothing.
        label: the words that head its first line.
    """
    strong = HOUSE if style in IN_COLOUR else STRONG
    head = "".join(_run_xml(run.text, LABEL, language) for run in label)
    if label and lines:
        head += _run_xml(" ", "", language)
    written = ("".join(_run_xml(run.text, strong if run.strong else "", language) for run in line) for line in lines)
    runs = head + "<w:r><w:br/></w:r>".join(written)
    return f'<w:p><w:pPr><w:pStyle w:val="{style_id(style)}"/>{extra}</w:pPr>{runs}</w:p>'


def _run_xml(text: str, style: str, language: str) -> str:
    look = (f'<w:rStyle w:val="{style_id(style)}"/>' if style else "") + language
    properties = f"<w:rPr>{look}</w:rPr>" if look else ""
    return f'<w:r>{properties}<w:t xml:space="preserve">{escape(text)}</w:t></w:r>'
