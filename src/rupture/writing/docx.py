"""DOCX: python-docx builds a skeleton once per page and language, and a letter is only its own paragraphs."""

from __future__ import annotations

import re
import zipfile
from dataclasses import replace
from functools import lru_cache
from io import BytesIO
from typing import TYPE_CHECKING, Any, Final, NamedTuple
from xml.sax.saxutils import escape

from rupture.errors import InputError
from rupture.language import languages
from rupture.letter.parts import ANNEX, STEP, TABLE
from rupture.letter.tree import NO_LOOK, Bullets, Figure, Table, line_text, lines_of
from rupture.page import layouts, measuring
from rupture.resources.build_cache import built
from rupture.writing import face

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Iterator, Mapping

    from rupture.case.images import Image
    from rupture.letter.tree import Block, Document, Letter, Line, Look, Run
    from rupture.page.layouts import Box, Layout

#: The named style of each part, which a person can restyle in one place.
STYLES: Final[Mapping[str, str]] = {name: entry.style for name, entry in TABLE.items()}
_BODY: Final = STEP.style
_BULLET: Final = "List Bullet"
_CELL: Final = "Table Text"
#: The styles that Word does not have by these names.
_OWN: Final = frozenset(STYLES.values()) - {"Date", "Salutation", "Closing", "Signature"} | {_CELL}
_TIGHT: Final = frozenset({"Sender", "Delivery Mention", "Return Address", "Recipient", "Header", "Footer", _CELL})
#: Space above and below, in millimetres, where it is not 0 and 2.6.
_BEFORE: Final[Mapping[str, float]] = {"Signature": 13, "Countersignature": 3, "Enclosures": 2, _CELL: 1}
_AFTER: Final[Mapping[str, float]] = {"Date": 7, "Subject": 6, "Header": 0, "Footer": 0, _CELL: 1}
#: Leading, in points, where it is neither that of the text nor 13.2: a window holds six lines of the recipient.
_LEADING: Final[Mapping[str, float]] = {"Recipient": 11.9, "Return Address": 9, "Header": 11, "Footer": 10.5}
#: Sizes, in points, where they are not that of the text.
_SMALL: Final[Mapping[str, float]] = {
    "Header": 9,
    "Footer": 8,
    "Return Address": measuring.RETURN_SIZE,
    "Enclosures": 10,
}


class _Density(NamedTuple):
    """How close the text stands: its size and leading in points, the space below a paragraph in millimetres."""

    size: float
    leading: float
    gap: float


_NORMAL: Final = _Density(measuring.TEXT_SIZE, 14.95, 2.6)
#: For a letter that a little less air brings onto one page.
_COMPACT: Final = _Density(10.5, 13.35, 2.2)
#: How far the measured height may be out, in millimetres, before the last try is given up.
_SLACK: Final = 3.0
_FACE: Final = "Gentium Book Plus"
_FALLBACK: Final = "Cambria"  # what Word takes where the face is not installed
#: What the skeleton holds where a letter writes its running head and its foot.
_RUNNING: Final = "\ue000running\ue000"
_FOOT: Final = "\ue000foot\ue000"
_REFERENCES: Final = re.compile(r"<w:(?:header|footer)Reference [^>]*/>")
_TWIPS: Final = 1440 / 25.4
_EMU: Final = 36_000
_NS_W: Final = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
_NS_WP: Final = "http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing"
_NS_A: Final = "http://schemas.openxmlformats.org/drawingml/2006/main"
_NS_PIC: Final = "http://schemas.openxmlformats.org/drawingml/2006/picture"
_NS_R: Final = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_NS_REL: Final = "http://schemas.openxmlformats.org/package/2006/relationships"
_REL_FONT: Final = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/font"
_TYPE_FONT: Final = "application/vnd.openxmlformats-officedocument.obfuscatedFont"
_REL_IMAGE: Final = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/image"
_EPOCH: Final = (1980, 1, 1, 0, 0, 0)


def write(document: Document) -> bytes:
    """Return the document as a DOCX of named styles and real paragraphs, the same bytes for the same letter."""
    first, last = document.letters[0], document.letters[-1]
    look = document.look
    paper = (last.layout, first.locale, look, _density(document))
    skeleton = _skeleton(*paper)
    parts = dict(skeleton)
    pictures = _Pictures()
    main = parts["word/document.xml"].decode()
    heads = "".join(_REFERENCES.findall(main)) if first is not last else ""
    body = "".join(
        _letter_xml(
            letter, pictures, section=heads if letter is not last else None, foreign=letter.locale != first.locale
        )
        for letter in document.letters
    )
    parts["word/document.xml"] = main.replace("<w:sectPr", f"{body}<w:sectPr", 1).encode()
    running = _RUNNING.encode()
    for name, content in parts.items():
        if name.startswith("word/header") and running in content:
            parts[name] = content.replace(running, escape(first.running).encode())
    pictures.add_to(parts)
    parts["docProps/core.xml"] = _core_xml(first).encode()
    own = {name: content for name, content in parts.items() if content is not skeleton.get(name)}
    return _zipped(own, _zipped_rest(*paper, frozenset(own)))


def _density(document: Document) -> _Density:
    """Return the density that brings every letter onto one page, if one does; Word lays out, so this is measured."""
    for density, slack in ((_NORMAL, 0.0), (_COMPACT, _SLACK)):
        if all(_height(letter, density) <= _room(layouts.get(letter.layout)) + slack for letter in document.letters):
            return density
    return _NORMAL


def _room(layout: Layout) -> float:
    return layout.page[1] - layout.body_top - layout.margins[2]


def _height(letter: Letter, density: _Density) -> float:
    """Return how high the flowing parts of a letter are, but for an annex on its own page, in millimetres."""
    layout = layouts.get(letter.layout)
    flowing = [part for part in letter.parts if part.name not in layout.boxes and part.name != ANNEX]
    heights = [_block_height(block, part.name, layout, density) for part in flowing for block in part.blocks]
    return sum(heights) - density.gap  # the last needs none below it


def _block_height(block: Block, part: str, layout: Layout, density: _Density) -> float:
    if isinstance(block, Figure):
        return block.height + density.gap
    left = layout.right_edge if part in layout.right else layout.margins[3]
    width = layout.page[0] - layout.margins[1] - left
    rows = sum(measuring.rows(line_text(line), width, density.size) for line in lines_of(block))
    style = STYLES.get(part, _BODY)
    space = _BEFORE.get(style, 0) + _AFTER.get(style, density.gap)
    return rows * _leading(style, density) * measuring.MM_PER_POINT + space


# ---------------------------------------------------------------- the letter's own paragraphs


class _Pictures:
    """The pictures of one document, numbered as they are met."""

    def __init__(self) -> None:
        self._images: list[Image] = []

    def xml(self, figure: Figure) -> str:
        """Return the drawing of a picture, in the line, with its alternative text."""
        self._images.append(figure.image)
        number = len(self._images)
        height = round(figure.height * _EMU)
        width = round(height * figure.image.width / figure.image.height)
        size = f'cx="{width}" cy="{height}"'
        words = escape(figure.alt, {'"': "&quot;"})
        return (
            f'<w:r><w:drawing><wp:inline xmlns:wp="{_NS_WP}" distT="0" distB="0" distL="0" distR="0">'
            f'<wp:extent {size}/><wp:docPr id="{number}" name="Picture {number}" descr="{words}"/>'
            f'<a:graphic xmlns:a="{_NS_A}"><a:graphicData uri="{_NS_PIC}"><pic:pic xmlns:pic="{_NS_PIC}">'
            f'<pic:nvPicPr><pic:cNvPr id="{number}" name="Picture {number}" descr="{words}"/><pic:cNvPicPr/>'
            f'</pic:nvPicPr><pic:blipFill><a:blip r:embed="rIdPicture{number}"/><a:stretch><a:fillRect/></a:stretch>'
            f'</pic:blipFill><pic:spPr><a:xfrm><a:off x="0" y="0"/><a:ext {size}/></a:xfrm>'
            '<a:prstGeom prst="rect"><a:avLst/></a:prstGeom></pic:spPr></pic:pic></a:graphicData></a:graphic>'
            "</wp:inline></w:drawing></w:r>"
        )

    def add_to(self, parts: dict[str, bytes]) -> None:
        """Add the pictures to the files of the document."""
        links = ""
        for number, image in enumerate(self._images, 1):
            name = f"picture{number}.{image.kind}"
            parts[f"word/media/{name}"] = image.data
            links += f'<Relationship Id="rIdPicture{number}" Type="{_REL_IMAGE}" Target="media/{name}"/>'
        if links:
            relations = "word/_rels/document.xml.rels"
            parts[relations] = parts[relations].replace(b"</Relationships>", f"{links}</Relationships>".encode())
            types = parts["[Content_Types].xml"].decode()
            for kind in {image.kind for image in self._images}:
                if f'Extension="{kind}"' not in types:
                    default = f'<Default Extension="{kind}" ContentType="image/{kind}"/>'
                    types = re.sub(r"(<Types [^>]*>)", rf"\1{default}", types, count=1)
            parts["[Content_Types].xml"] = types.encode()


def _letter_xml(letter: Letter, pictures: _Pictures, section: str | None, *, foreign: bool) -> str:
    layout = layouts.get(letter.layout)
    language = f'<w:lang w:val="{letter.locale}"/>' if foreign else ""
    gap = round((layout.body_top - layout.margins[0]) * _TWIPS)
    out: list[str] = []
    flowing = False
    for part in letter.parts:
        extra = _frame_xml(layout.boxes[part.name]) if part.name in layout.boxes else ""
        indent = part.name in layout.right and not extra
        shift = f'<w:ind w:left="{round((layout.right_edge - layout.margins[3]) * _TWIPS)}"/>' if indent else ""
        for index, block in enumerate(part.blocks):
            before = "<w:pageBreakBefore/>" if part.name == ANNEX and not index else ""
            space = ""
            if not flowing and not extra:
                flowing = True
                space = f'<w:spacing w:before="{gap}"/>'
            style = STYLES.get(part.name, _BODY)
            out.extend(_block_xml(block, style, f"{before}{extra}{space}{shift}", language, pictures))
    if section is not None:
        head, _, tail = out[-1].partition("</w:pPr>")
        out[-1] = f"{head}{_section_xml(layout, section)}</w:pPr>{tail}"
    return "".join(out)


def _section_xml(layout: Layout, heads: str) -> str:
    width, height = (round(measure * _TWIPS) for measure in layout.page)
    top, right, bottom, left = (round(measure * _TWIPS) for measure in layout.margins)
    return (
        f'<w:sectPr>{heads}<w:pgSz w:w="{width}" w:h="{height}"/><w:pgMar w:top="{top}" w:right="{right}" '
        f'w:bottom="{bottom}" w:left="{left}" w:header="567" w:footer="567" w:gutter="0"/><w:titlePg/></w:sectPr>'
    )


def _frame_xml(box: Box) -> str:
    """Return the frame of a part with its own place; Word takes it from a style too, LibreOffice does not."""
    width, height, x, y = (round(measure * _TWIPS) for measure in (box.width, box.height, box.x, box.y))
    return (
        f'<w:framePr w:w="{width}" w:h="{height}" w:hRule="exact" w:wrap="around" '
        f'w:vAnchor="page" w:hAnchor="page" w:x="{x}" w:y="{y}"/>'
    )


def _block_xml(block: Block, style: str, extra: str, language: str, pictures: _Pictures) -> Iterator[str]:
    if isinstance(block, Bullets):
        for item in block.items[:-1]:
            yield _paragraph_xml((item,), _BULLET, "", language)
        below = f'<w:spacing w:after="{round(_NORMAL.gap * _TWIPS)}"/>'
        yield _paragraph_xml(block.items[-1:], _BULLET, below, language)
    elif isinstance(block, Table):
        yield _table_xml(block, language)
    elif isinstance(block, Figure):
        room = '<w:spacing w:line="240" w:lineRule="auto"/>'  # an exact leading would cut the picture
        head, indent, tail = extra.partition("<w:ind")
        look = f'<w:pStyle w:val="{_style_id(style)}"/>{head}{room}{indent}{tail}'
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
        f'<w:p><w:pPr><w:pStyle w:val="{_style_id(_BODY)}"/></w:pPr></w:p>'
    )


def _row_xml(row: tuple[Line, ...], language: str, *, head: bool) -> str:
    properties = "<w:trPr><w:cantSplit/><w:tblHeader/></w:trPr>" if head else ""
    lines = tuple(tuple(replace(run, strong=True) for run in cell) for cell in row) if head else row
    cells = "".join(
        f'<w:tc><w:tcPr><w:tcW w:w="0" w:type="auto"/></w:tcPr>{_paragraph_xml((cell,), _CELL, "", language)}</w:tc>'
        for cell in lines
    )
    return f"<w:tr>{properties}{cells}</w:tr>"


def _style_id(name: str) -> str:
    return name.replace(" ", "")


def _paragraph_xml(lines: tuple[Line, ...], style: str, extra: str, language: str) -> str:
    runs = "<w:r><w:br/></w:r>".join("".join(_run_xml(run, language) for run in line) for line in lines)
    return f'<w:p><w:pPr><w:pStyle w:val="{_style_id(style)}"/>{extra}</w:pPr>{runs}</w:p>'


def _run_xml(run: Run, language: str) -> str:
    look = ('<w:rStyle w:val="Strong"/>' if run.strong else "") + language
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


def _zipped(parts: Mapping[str, bytes], rest: bytes = b"") -> bytes:
    """Return an archive of these files, behind those of another one."""
    buffer = BytesIO(rest)
    with zipfile.ZipFile(buffer, "a" if rest else "w") as archive:
        for name, content in parts.items():
            archive.writestr(zipfile.ZipInfo(name, _EPOCH), content, zipfile.ZIP_DEFLATED)
    return buffer.getvalue()


@lru_cache(maxsize=16)
def _zipped_rest(layout_name: str, locale: str, look: Look, density: _Density, own: frozenset[str]) -> bytes:
    """Return the files that letters of one skeleton share, compressed once: compressing the face takes 12 ms."""
    parts = _skeleton(layout_name, locale, look, density)
    return _zipped({name: content for name, content in parts.items() if name not in own})


# ---------------------------------------------------------------- the skeleton


@lru_cache(maxsize=16)
def _skeleton(layout_name: str, locale: str, look: Look, density: _Density) -> Mapping[str, bytes]:
    """Return the files of an empty letter of that page, language, look and density, by name."""
    if look.letterhead:
        return _on_letterhead(layout_name, locale, look, density)
    if look.colour:
        parts = _built(layout_name, locale, look, density)
    else:
        parts = _unzipped(_plain(layouts.get(layout_name), locale, density, look.fold_marks))
    foot = "</w:t><w:br/><w:t>".join(map(escape, look.footer)).encode()
    parts |= {name: parts[name].replace(_FOOT.encode(), foot) for name in parts if name.startswith("word/footer")}
    return parts | {_font_file(number): face.embedded(style) for number, style in enumerate(face.STYLES, 1)}


#: The files that a letter adds to, or stands in.
_NEEDED: Final = ("[Content_Types].xml", "word/document.xml", "word/_rels/document.xml.rels")


def _on_letterhead(layout_name: str, locale: str, look: Look, density: _Density) -> Mapping[str, bytes]:
    """Return the files of an empty letter on a letterhead.

    Raises:
        InputError: it is no document that a letter can stand in.
    """
    try:
        parts = _built(layout_name, locale, look, density)
    except InputError:
        raise
    except Exception as error:  # noqa: BLE001  whatever a letterhead lacks, python-docx has another error for it
        raise InputError(f"identity.letterhead: cannot be used: {' '.join(str(error).split())}") from None
    missing = [name for name in _NEEDED if name not in parts]
    if missing or b"<w:sectPr" not in parts["word/document.xml"]:
        raise InputError(f"identity.letterhead: cannot be used: no {', '.join(missing) or 'section in its text'}")
    return parts


def _every_page() -> Iterator[tuple[Layout, str, _Density, bool]]:
    for language in map(languages.get, languages.codes()):
        for locale, layout_name in language.layouts.items():
            for density in (_NORMAL, _COMPACT):
                yield layouts.get(layout_name), locale, density, NO_LOOK.fold_marks


@built("docx", ".zip", every=_every_page, modules=("writing/docx.py", "writing/face.py", "page/measuring.py"))
def _plain(layout: Layout, locale: str, density: _Density, fold_marks: bool) -> bytes:  # noqa: FBT001  a key
    """Return a skeleton without colour, as an archive."""
    return _zipped(_built(layout.name, locale, replace(NO_LOOK, fold_marks=fold_marks), density))


def _unzipped(content: bytes) -> dict[str, bytes]:
    with zipfile.ZipFile(BytesIO(content)) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def _built(layout_name: str, locale: str, look: Look, density: _Density) -> dict[str, bytes]:
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
    parts = _unzipped(buffer.getvalue())
    parts.pop("docProps/thumbnail.jpeg", None)
    if not letterhead:
        _name_face(parts)
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
        raise InputError(f"identity.letterhead: cannot be read: {error}; save it again as .docx") from None


def _set_margins(section: Any, folds: tuple[float, ...]) -> None:  # noqa: ANN401  python-docx proxies
    """Put the running head and the foot where each letter fills them in; the first page has no head."""
    from docx.enum.text import WD_ALIGN_PARAGRAPH  # noqa: PLC0415  slow to import

    section.different_first_page_header_footer = True
    head = section.header.paragraphs[0]
    head.style = "Header"
    head.add_run(_RUNNING)
    head.add_run("\t\t")
    _add_page_number(head)
    for foot in (section.footer, section.first_page_footer):
        foot.paragraphs[0].style = "Footer"
        foot.paragraphs[0].alignment = WD_ALIGN_PARAGRAPH.CENTER
        foot.paragraphs[0].add_run(_FOOT)
    first = section.first_page_header.paragraphs[0]
    first.style = "Header"
    for fold in folds:
        first._p.addprevious(_fold_mark(fold))  # noqa: SLF001  python-docx has no frames of its own


def _fold_mark(fold: float) -> Any:  # noqa: ANN401  an element of python-docx
    """Return an empty paragraph in a frame at the edge of the sheet, whose border is the mark."""
    from docx.oxml import parse_xml  # noqa: PLC0415  slow to import

    frame = _frame_xml(layouts.Box(5, fold, 4, 1))
    line = '<w:top w:val="single" w:sz="2" w:space="0" w:color="999999"/>'
    return parse_xml(
        f'<w:p xmlns:w="{_NS_W}"><w:pPr><w:pStyle w:val="Header"/>{frame}<w:pBdr>{line}</w:pBdr></w:pPr></w:p>'
    )


def _set_bullet(skeleton: Any) -> None:  # noqa: ANN401  as above
    """Make the items of a list begin with a dash, as in the PDF."""
    from docx.oxml.ns import qn  # noqa: PLC0415  slow to import

    numbering = skeleton.part.numbering_part.element
    number = skeleton.styles[_BULLET].element.pPr.numPr.numId.val
    kind = numbering.num_having_numId(number).abstractNumId.val
    (abstract,) = (e for e in numbering.iter(qn("w:abstractNum")) if e.get(qn("w:abstractNumId")) == str(kind))
    level = abstract.find(qn("w:lvl"))
    level.find(qn("w:lvlText")).set(qn("w:val"), "–")
    level.remove(level.find(qn("w:rPr")))  # the symbol face of the bullet


def _add_page_number(paragraph: Any) -> None:  # noqa: ANN401  as above
    from docx.oxml import parse_xml  # noqa: PLC0415  slow to import

    field = f'<w:fldSimple xmlns:w="{_NS_W}" w:instr=" PAGE "><w:r><w:t>2</w:t></w:r></w:fldSimple>'
    paragraph._p.append(parse_xml(field))  # noqa: SLF001  python-docx has no fields of its own


def _font_file(number: int) -> str:
    return f"word/fonts/font{number}.odttf"


def _name_face(parts: dict[str, bytes]) -> None:
    """Say in the file that it carries the text face: Word and LibreOffice show it where it is not installed."""
    links = embeds = ""
    for number, style in enumerate(face.STYLES, 1):
        target = _font_file(number).removeprefix("word/")
        links += f'<Relationship Id="rId{number}" Type="{_REL_FONT}" Target="{target}"/>'
        embeds += f'<w:embed{style.title()} r:id="rId{number}" w:fontKey="{face.key(style)}"/>'
    head = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
    parts["word/_rels/fontTable.xml.rels"] = f'{head}<Relationships xmlns="{_NS_REL}">{links}</Relationships>'.encode()
    parts["word/fontTable.xml"] = (
        f'{head}<w:fonts xmlns:w="{_NS_W}" xmlns:r="{_NS_R}"><w:font w:name="{_FACE}"><w:altName w:val="{_FALLBACK}"/>'
        f'<w:charset w:val="00"/><w:family w:val="roman"/><w:pitch w:val="variable"/>{embeds}</w:font></w:fonts>'
    ).encode()
    types = parts["[Content_Types].xml"].decode()
    parts["[Content_Types].xml"] = re.sub(
        r"(<Types [^>]*>)", rf'\1<Default Extension="odttf" ContentType="{_TYPE_FONT}"/>', types, count=1
    ).encode()
    settings = parts["word/settings.xml"].decode()
    parts["word/settings.xml"] = re.sub(
        r"(<w:zoom [^>]*/>)", r"\1<w:embedTrueTypeFonts/><w:saveSubsetFonts/>", settings, count=1
    ).encode()


def _set_page(section: Any, layout: Layout) -> None:  # noqa: ANN401  python-docx proxies
    from docx.shared import Mm  # noqa: PLC0415  slow to import

    section.page_width, section.page_height = map(Mm, layout.page)
    top, right, bottom, left = map(Mm, layout.margins)
    section.top_margin, section.right_margin = top, right
    section.bottom_margin, section.left_margin = bottom, left
    section.header_distance = section.footer_distance = Mm(10)


def _set_styles(
    styles: Any,  # noqa: ANN401  as above
    locale: str,
    colour: str,
    density: _Density,
    *,
    own: bool,
) -> None:
    """Give every part its named style; those a letterhead brings keep its looks."""
    from docx.oxml.ns import qn  # noqa: PLC0415  slow to import
    from docx.shared import Mm, Pt, RGBColor  # noqa: PLC0415  as above

    present = {style.name for style in styles}
    normal = styles["Normal"]
    if not own:
        normal.font.name, normal.font.size = _FACE, Pt(density.size)
        for attribute in ("w:cs", "w:eastAsia"):
            normal.element.rPr.rFonts.set(qn(attribute), _FACE)
    for language in styles.element.iter(qn("w:lang")):
        language.set(qn("w:val"), locale)
    for name in (*STYLES.values(), _BODY, _BULLET, _CELL, "Header", "Footer"):
        if not own or name not in present:
            _set_style(_style(styles, name), normal, name, density)
    strong = _style(styles, "Strong", character=True)
    strong.font.bold = True
    if colour:
        strong.font.color.rgb = RGBColor.from_string(colour.removeprefix("#").upper())
    if not own:
        styles[_BULLET].paragraph_format.space_after = Mm(0.8)


def _style(styles: Any, name: str, *, character: bool = False) -> Any:  # noqa: ANN401  as above
    from docx.enum.style import WD_STYLE_TYPE  # noqa: PLC0415  slow to import

    if name in {style.name for style in styles}:
        return styles[name]
    kind = WD_STYLE_TYPE.CHARACTER if character else WD_STYLE_TYPE.PARAGRAPH
    return styles.add_style(name, kind, builtin=name not in _OWN)


def _set_style(style: Any, normal: Any, name: str, density: _Density) -> None:  # noqa: ANN401  as above
    from docx.shared import Mm, Pt  # noqa: PLC0415  slow to import

    if name != _BULLET:
        style.base_style = normal
    form = style.paragraph_format
    form.line_spacing = Pt(_leading(name, density))
    form.space_before = Mm(_BEFORE.get(name, 0))
    form.space_after = Mm(_AFTER.get(name, density.gap))
    form.widow_control = True
    form.keep_with_next = name == "Closing"
    form.keep_together = name in {"Closing", "Signature", "Countersignature"}
    if name in _SMALL:
        style.font.size = Pt(_SMALL[name])


def _leading(style: str, density: _Density) -> float:
    return _LEADING.get(style, 13.2 if style in _TIGHT else density.leading)
