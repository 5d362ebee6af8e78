"""Builds an empty letter with python-docx: its page, styles, header and footer."""

from __future__ import annotations

import re
from io import BytesIO
from typing import TYPE_CHECKING, Any, Final

from rupture.errors import InputError
from rupture.page import layouts
from rupture.writing.docx.archive import unzipped
from rupture.writing.docx.font_table import name_face
from rupture.writing.docx.paragraphs import frame_xml
from rupture.writing.docx.styles import (
    AFTER,
    BEFORE,
    BLOCKS,
    BULLET,
    FACE,
    FIGURE,
    HOUSE,
    INDENT,
    LABEL,
    OWN,
    RULES,
    SMALL,
    STRONG,
    STYLES,
    leading,
)

if TYPE_CHECKING:
    from rupture.letter.look import Look
    from rupture.page.layouts import Layout
    from rupture.writing.docx.styles import Density


#: What the skeleton holds where a letter writes its running head and its foot.
RUNNING: Final = "\ue000running\ue000"
FOOT: Final = "\ue000foot\ue000"
_NS_W: Final = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"


def blank(layout_name: str, locale: str, look: Look, density: Density) -> dict[str, bytes]:
    """Return the files of an empty letter as python-docx builds it, by name.

    Raises:
        InputError: the letterhead cannot be read.
    """
    import docx  # noqa: PLC0415  slow to import
    from docx.oxml.ns import qn  # noqa: PLC0415  as above

    layout = layouts.get(layout_name)
    letterhead = look.letterhead
    skeleton = _opened(letterhead) if letterhead else docx.Document()
    section = skeleton.sections[-1]
    if not letterhead:
        _set_page(section, layout)
        _set_margins(section, layout.folds if look.fold_marks else ())
        _set_bullet(skeleton)
    _set_styles(skeleton.styles, locale, look.colour, density, own=bool(letterhead))
    for element in list(skeleton.element.body):
        if element.tag != qn("w:sectPr"):
            skeleton.element.body.remove(element)
    buffer = BytesIO()
    skeleton.save(buffer)
    parts = unzipped(buffer.getvalue())
    parts.pop("docProps/thumbnail.jpeg", None)
    if not letterhead:
        name_face(parts)
    parts["_rels/.rels"] = re.sub(rb"<Relationship [^>]*thumbnail[^>]*/>", b"", parts["_rels/.rels"])
    if parts.pop("word/stylesWithEffects.xml", None):  # a second copy of the styles, for Word 2007
        for name in ("word/_rels/document.xml.rels", "[Content_Types].xml"):
            parts[name] = re.sub(rb"<(?:Relationship|Override) [^>]*stylesWithEffects[^>]*/>", b"", parts[name])
    return parts


def _opened(letterhead: bytes) -> Any:  # noqa: ANN401  python-docx proxies
    """Return a letterhead as python-docx reads it.

    Raises:
        InputError: it cannot.
    """
    import docx  # noqa: PLC0415  slow to import

    try:
        return docx.Document(BytesIO(letterhead))
    except Exception as error:  # noqa: BLE001  whatever cannot be read of it is the letterhead's
        raise InputError(f"paper.letterhead: cannot be read: {error}; save it again as .docx") from None


def _set_page(section: Any, layout: Layout) -> None:  # noqa: ANN401  python-docx proxies
    from docx.shared import Mm  # noqa: PLC0415  slow to import

    section.page_width, section.page_height = map(Mm, layout.page)
    top, right, bottom, left = map(Mm, layout.margins)
    section.top_margin, section.right_margin = top, right
    section.bottom_margin, section.left_margin = bottom, left
    section.header_distance = section.footer_distance = Mm(10)


def _set_margins(section: Any, folds: tuple[float, ...]) -> None:  # noqa: ANN401  python-docx proxies
    """Put the running head and the foot where each letter fills them in; the first page has no head."""
    from docx.enum.text import WD_ALIGN_PARAGRAPH  # noqa: PLC0415  slow to import

    section.different_first_page_header_footer = True
    head = section.header.paragraphs[0]
    head.style = "Header"
    head.add_run(RUNNING)
    head.add_run("\t\t")
    _add_page_number(head)
    for foot in (section.footer, section.first_page_footer):
        foot.paragraphs[0].style = "Footer"
        foot.paragraphs[0].alignment = WD_ALIGN_PARAGRAPH.CENTER
        foot.paragraphs[0].add_run(FOOT)
    first = section.first_page_header.paragraphs[0]
    first.style = "Header"
    for fold in folds:
        first._p.addprevious(_fold_mark(fold))  # noqa: SLF001  python-docx has no frames of its own


def _fold_mark(fold: float) -> Any:  # noqa: ANN401  an element of python-docx
    """Return an empty paragraph in a frame at the edge of the sheet, whose border is the mark."""
    from docx.oxml import parse_xml  # noqa: PLC0415  slow to import

    frame = frame_xml(layouts.Box(5, fold, 4, 1))
    line = '<w:top w:val="single" w:sz="2" w:space="0" w:color="999999"/>'
    return parse_xml(
        f'<w:p xmlns:w="{_NS_W}"><w:pPr><w:pStyle w:val="Header"/>{frame}<w:pBdr>{line}</w:pBdr></w:pPr></w:p>'
    )


def _add_page_number(paragraph: Any) -> None:  # noqa: ANN401  as above
    from docx.oxml import parse_xml  # noqa: PLC0415  slow to import

    field = f'<w:fldSimple xmlns:w="{_NS_W}" w:instr=" PAGE "><w:r><w:t>2</w:t></w:r></w:fldSimple>'
    paragraph._p.append(parse_xml(field))  # noqa: SLF001  python-docx has no fields of its own


def _set_bullet(skeleton: Any) -> None:  # noqa: ANN401  as above
    """Make the items of a list begin with a dash, as in the PDF."""
    from docx.oxml.ns import qn  # noqa: PLC0415  slow to import

    numbering = skeleton.part.numbering_part.element
    number = skeleton.styles[BULLET].element.pPr.numPr.numId.val
    kind = numbering.num_having_numId(number).abstractNumId.val
    (abstract,) = (e for e in numbering.iter(qn("w:abstractNum")) if e.get(qn("w:abstractNumId")) == str(kind))
    level = abstract.find(qn("w:lvl"))
    level.find(qn("w:lvlText")).set(qn("w:val"), "–")
    level.remove(level.find(qn("w:rPr")))  # the symbol face of the bullet


def _set_styles(
    styles: Any,  # noqa: ANN401  as above
    locale: str,
    colour: str,
    density: Density,
    *,
    own: bool,
) -> None:
    """Give every part its named style; those a letterhead brings keep its looks."""
    from docx.oxml.ns import qn  # noqa: PLC0415  slow to import
    from docx.shared import Pt, RGBColor  # noqa: PLC0415  as above

    present = {style.name for style in styles}
    normal = styles["Normal"]
    if not own:
        normal.font.name, normal.font.size = FACE, Pt(density.size)
        for attribute in ("w:cs", "w:eastAsia"):
            normal.element.rPr.rFonts.set(qn(attribute), FACE)
    for language in styles.element.iter(qn("w:lang")):
        language.set(qn("w:val"), locale)
    for name in (*STYLES.values(), *BLOCKS, "Header", "Footer"):
        if not own or name not in present:
            _set_style(_style(styles, name), normal, name, density)
    for name in (STRONG, LABEL, HOUSE):
        _style(styles, name, character=True).font.bold = True
    if colour:
        styles[HOUSE].font.color.rgb = RGBColor.from_string(colour.removeprefix("#").upper())


def _style(styles: Any, name: str, *, character: bool = False) -> Any:  # noqa: ANN401  as above
    from docx.enum.style import WD_STYLE_TYPE  # noqa: PLC0415  slow to import

    if name in {style.name for style in styles}:
        return styles[name]
    kind = WD_STYLE_TYPE.CHARACTER if character else WD_STYLE_TYPE.PARAGRAPH
    return styles.add_style(name, kind, builtin=name not in OWN)


def _set_style(style: Any, normal: Any, name: str, density: Density) -> None:  # noqa: ANN401  as above
    from docx.enum.text import WD_ALIGN_PARAGRAPH  # noqa: PLC0415  slow to import
    from docx.shared import Mm, Pt  # noqa: PLC0415  as above

    if name != BULLET:
        style.base_style = normal
    form = style.paragraph_format
    form.line_spacing = Pt(leading(name, density))
    form.space_before = Mm(BEFORE.get(name, 0))
    form.space_after = Mm(AFTER.get(name, density.gap))
    form.widow_control = True
    form.keep_with_next = name == "Closing"
    form.keep_together = name in {"Closing", "Signature", "Countersignature"}
    if name in SMALL:
        style.font.size = Pt(SMALL[name])
    if name in INDENT:
        edge, out = INDENT[name]
        form.left_indent, form.first_line_indent = Mm(edge), Mm(-out)
    if name == FIGURE:
        form.alignment = WD_ALIGN_PARAGRAPH.RIGHT
    if name in RULES:
        style.element.pPr.insert_element_before(_rule(*RULES[name]), *_BEHIND_BORDERS)


#: What stands behind the borders in the properties of a paragraph, as the schema orders them.
_BEHIND_BORDERS: Final = ("w:shd", "w:tabs", "w:spacing", "w:ind", "w:contextualSpacing", "w:jc", "w:outlineLvl")


def _rule(side: str, width: int, distance: int, colour: str) -> Any:  # noqa: ANN401  an element of python-docx
    from docx.oxml import parse_xml  # noqa: PLC0415  slow to import

    line = f'<w:{side} w:val="single" w:sz="{width}" w:space="{distance}" w:color="{colour}"/>'
    return parse_xml(f'<w:pBdr xmlns:w="{_NS_W}">{line}</w:pBdr>')
