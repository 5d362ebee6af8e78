"""DOCX: python-docx builds a skeleton once per page and language, and a letter is only its own paragraphs."""

from __future__ import annotations

import re
import zipfile
from functools import lru_cache
from io import BytesIO
from typing import TYPE_CHECKING, Any, Final
from xml.sax.saxutils import escape

from rupture import catalog
from rupture.document import Bullets

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Iterator, Mapping

    from rupture.catalog import Box, Layout
    from rupture.document import Block, Document, Letter, Line, Run

#: The named style of each part, which a person can restyle in one place; steps use ``Body Text``.
STYLES: Final[Mapping[str, str]] = {
    "sender": "Sender",
    "mention": "Delivery Mention",
    "recipient": "Recipient",
    "place-date": "Date",
    "subject": "Subject",
    "salutation": "Salutation",
    "close": "Closing",
    "signature": "Signature",
    "enclosures": "Enclosures",
}
_OWN: Final = frozenset({"Sender", "Delivery Mention", "Recipient", "Subject", "Enclosures"})  # Word has no such style
_FRAMED: Final = frozenset({"sender", "mention", "recipient"})
_BODY: Final = "Body Text"
_BULLET: Final = "List Bullet"
_FACE: Final = "Gentium Book Plus"
_FALLBACK: Final = "Cambria"  # what Word takes where the face is not installed
_TWIPS: Final = 1440 / 25.4
_EPOCH: Final = (1980, 1, 1, 0, 0, 0)


def write(document: Document) -> bytes:
    """Return the document as a DOCX of named styles and real paragraphs, the same bytes for the same letter."""
    first, last = document.letters[0], document.letters[-1]
    parts = dict(_skeleton(last.layout, first.locale))
    body = "".join(
        _letter_xml(letter, ends_section=letter is not last, foreign=letter.locale != first.locale)
        for letter in document.letters
    )
    parts["word/document.xml"] = parts["word/document.xml"].replace(b"<w:sectPr", body.encode() + b"<w:sectPr", 1)
    parts["docProps/core.xml"] = _core_xml(first).encode()
    return _zipped(parts)


# ---------------------------------------------------------------- the letter's own paragraphs


def _letter_xml(letter: Letter, *, ends_section: bool, foreign: bool) -> str:
    layout = catalog.layout(letter.layout)
    language = f'<w:lang w:val="{letter.locale}"/>' if foreign else ""
    gap = round((layout.body_top - layout.margins[0]) * _TWIPS)
    out: list[str] = []
    flowing = False
    for part in letter.parts:
        for block in part.blocks:
            extra = _frame_xml(layout.boxes[part.name]) if part.name in layout.boxes else ""
            if not flowing and not extra:
                flowing = True
                extra = f'<w:spacing w:before="{gap}"/>'
            if part.name in layout.right and part.name not in layout.boxes:
                extra += f'<w:ind w:left="{round((layout.right_edge - layout.margins[3]) * _TWIPS)}"/>'
            out.extend(_block_xml(block, STYLES.get(part.name, _BODY), extra, language))
    if ends_section:
        head, _, tail = out[-1].partition("</w:pPr>")
        out[-1] = f"{head}{_section_xml(layout)}</w:pPr>{tail}"
    return "".join(out)


def _section_xml(layout: Layout) -> str:
    width, height = (round(measure * _TWIPS) for measure in layout.page)
    top, right, bottom, left = (round(measure * _TWIPS) for measure in layout.margins)
    return (
        f'<w:sectPr><w:pgSz w:w="{width}" w:h="{height}"/><w:pgMar w:top="{top}" w:right="{right}" '
        f'w:bottom="{bottom}" w:left="{left}" w:header="567" w:footer="567" w:gutter="0"/></w:sectPr>'
    )


def _frame_xml(box: Box) -> str:
    """Return the frame of a part with its own place; Word takes it from a style too, LibreOffice does not."""
    width, height, x, y = (round(measure * _TWIPS) for measure in (box.width, box.height, box.x, box.y))
    return (
        f'<w:framePr w:w="{width}" w:h="{height}" w:hRule="exact" w:wrap="around" '
        f'w:vAnchor="page" w:hAnchor="page" w:x="{x}" w:y="{y}"/>'
    )


def _block_xml(block: Block, style: str, extra: str, language: str) -> Iterator[str]:
    if isinstance(block, Bullets):
        for item in block.items:
            yield _paragraph_xml((item,), _BULLET, "", language)
    else:
        yield _paragraph_xml(block.lines, style, extra, language)


def _paragraph_xml(lines: tuple[Line, ...], style: str, extra: str, language: str) -> str:
    runs = "<w:r><w:br/></w:r>".join("".join(_run_xml(run, language) for run in line) for line in lines)
    return f'<w:p><w:pPr><w:pStyle w:val="{style.replace(" ", "")}"/>{extra}</w:pPr>{runs}</w:p>'


def _run_xml(run: Run, language: str) -> str:
    look = ("<w:b/>" if run.strong else "") + language
    properties = f"<w:rPr>{look}</w:rPr>" if look else ""
    return f'<w:r>{properties}<w:t xml:space="preserve">{escape(run.text)}</w:t></w:r>'


def _core_xml(letter: Letter) -> str:
    stamp = _stamp(letter.date)
    return (
        '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
        '<cp:coreProperties xmlns:cp="http://schemas.openxmlformats.org/package/2006/metadata/core-properties" '
        'xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:dcterms="http://purl.org/dc/terms/" '
        'xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance">'
        f"<dc:title>{escape(letter.title)}</dc:title><dc:creator>{escape(letter.author)}</dc:creator>"
        f"<cp:lastModifiedBy>{escape(letter.author)}</cp:lastModifiedBy>"
        f'<dcterms:created xsi:type="dcterms:W3CDTF">{stamp}</dcterms:created>'
        f'<dcterms:modified xsi:type="dcterms:W3CDTF">{stamp}</dcterms:modified>'
        f"<dc:language>{letter.locale}</dc:language></cp:coreProperties>"
    )


def _stamp(day: dt.date) -> str:
    return f"{day.isoformat()}T00:00:00Z"


def _zipped(parts: Mapping[str, bytes]) -> bytes:
    buffer = BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in parts.items():
            archive.writestr(zipfile.ZipInfo(name, _EPOCH), content, zipfile.ZIP_DEFLATED)
    return buffer.getvalue()


# ---------------------------------------------------------------- the skeleton


@lru_cache(maxsize=16)
def _skeleton(layout_name: str, locale: str) -> Mapping[str, bytes]:
    """Return the files of an empty letter of that page and language, by name."""
    import docx  # noqa: PLC0415  slow to import
    from docx.oxml.ns import qn  # noqa: PLC0415  as above

    layout = catalog.layout(layout_name)
    skeleton = docx.Document()
    _set_page(skeleton.sections[0], layout)
    _set_styles(skeleton.styles, locale)
    for paragraph in list(skeleton.element.body.iter(qn("w:p"))):
        paragraph.getparent().remove(paragraph)
    buffer = BytesIO()
    skeleton.save(buffer)
    with zipfile.ZipFile(buffer) as archive:
        parts = {name: archive.read(name) for name in archive.namelist() if name != "docProps/thumbnail.jpeg"}
    parts["word/fontTable.xml"] = _font_table().encode()
    parts["_rels/.rels"] = re.sub(rb"<Relationship [^>]*thumbnail[^>]*/>", b"", parts["_rels/.rels"])
    return parts


def _font_table() -> str:
    return (
        '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
        '<w:fonts xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main">'
        f'<w:font w:name="{_FACE}"><w:altName w:val="{_FALLBACK}"/><w:family w:val="roman"/></w:font></w:fonts>'
    )


def _set_page(section: Any, layout: Layout) -> None:  # noqa: ANN401  python-docx proxies
    from docx.shared import Mm  # noqa: PLC0415  slow to import

    section.page_width, section.page_height = map(Mm, layout.page)
    top, right, bottom, left = map(Mm, layout.margins)
    section.top_margin, section.right_margin = top, right
    section.bottom_margin, section.left_margin = bottom, left
    section.header_distance = section.footer_distance = Mm(10)


def _set_styles(styles: Any, locale: str) -> None:  # noqa: ANN401  as above
    from docx.enum.style import WD_STYLE_TYPE  # noqa: PLC0415  slow to import
    from docx.oxml.ns import qn  # noqa: PLC0415  as above
    from docx.shared import Mm, Pt  # noqa: PLC0415  as above

    normal = styles["Normal"]
    normal.font.name, normal.font.size = _FACE, Pt(11)
    fonts = normal.element.rPr.rFonts
    for attribute in ("w:cs", "w:eastAsia"):
        fonts.set(qn(attribute), _FACE)
    for language in styles.element.iter(qn("w:lang")):
        language.set(qn("w:val"), locale)
    present = {style.name for style in styles}
    for part, name in {**STYLES, "": _BODY}.items():
        style = (
            styles[name]
            if name in present
            else styles.add_style(name, WD_STYLE_TYPE.PARAGRAPH, builtin=name not in _OWN)
        )
        style.base_style = normal
        form = style.paragraph_format
        form.line_spacing = 1.2 if part in _FRAMED else 1.15
        form.space_before, form.space_after = Pt(0), Mm(2.6)
        form.widow_control = True
    for name, after in {"Date": 7.0, "Subject": 6.0}.items():
        styles[name].paragraph_format.space_after = Mm(after)
    styles["Closing"].paragraph_format.keep_with_next = True
    styles["Signature"].paragraph_format.space_before = Mm(13)
    styles["Signature"].paragraph_format.keep_together = True
    bullet = styles[_BULLET]
    bullet.paragraph_format.space_after = Mm(0.8)
