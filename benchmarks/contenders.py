"""The tools a person would otherwise write these letters with: each says the same words as ours, on the same page.

Each one is set up once, as its manual advises, and then asked for one letter after another.
"""

from __future__ import annotations

import json
import re
import textwrap
from dataclasses import dataclass
from functools import lru_cache
from io import BytesIO
from typing import TYPE_CHECKING, Any, Final

import rupture
from benchmarks import letters
from rupture.page import faces, layouts
from rupture.writing import pdf, text
from rupture.writing.docx import writer as docx

if TYPE_CHECKING:
    from collections.abc import Callable

    from benchmarks.letters import Sample
    from rupture.letter.tree import Letter

_MARK: Final = "\ue000"


@dataclass(frozen=True, slots=True)
class Contender:
    """One way to write a letter.

    Args:
        name: as the tables have it.
        kind: what it writes: ``txt``, ``docx`` or ``pdf``.
        make: sets it up, and returns what writes one letter.
    """

    name: str
    kind: str
    make: Callable[[], Callable[[Sample], bytes]]


# ---------------------------------------------------------------- ours


def _whole(kind: str) -> Callable[[], Callable[[Sample], bytes]]:
    """From the facts to the file with its review, as `rupture.render` does it."""
    return lambda: lambda sample: rupture.render(sample.case, kind)


def _unreviewed(write: Callable[[Any], bytes]) -> Callable[[], Callable[[Sample], bytes]]:
    """From the facts to the file without the review, which no other tool has."""
    return lambda: lambda sample: write(rupture.compose(sample.case))


def _last_step(write: Callable[[Any], bytes]) -> Callable[[], Callable[[Sample], bytes]]:
    """From the composed letter to the file: what the other tools do."""
    return lambda: lambda sample: write(sample.document)


# ---------------------------------------------------------------- text


def _jinja_text() -> Callable[[Sample], bytes]:
    """A bare template, compiled once, and textwrap for each line."""
    from jinja2 import Environment  # noqa: PLC0415  as a script of its own would

    template = Environment(autoescape=False).from_string(letters.text_template())  # noqa: S701  text, not HTML

    def write(sample: Sample) -> bytes:
        blocks = template.render(sample.data).split("\n\n")
        wrapped = ("\n".join(textwrap.fill(line, text.WIDTH) for line in block.split("\n")) for block in blocks)
        return ("\n\n".join(wrapped) + "\n").encode()

    return write


# ---------------------------------------------------------------- DOCX


def _styled() -> Any:  # noqa: ANN401  python-docx's own document
    """Return an empty document with the page, the face and the spaces of the letter."""
    import docx as python_docx  # noqa: PLC0415  slow to import
    from docx.shared import Mm, Pt  # noqa: PLC0415  as above

    layout = _first_letter_layout()
    document = python_docx.Document()
    section = document.sections[0]
    section.page_width, section.page_height = map(Mm, layout.page)
    section.top_margin, section.right_margin, section.bottom_margin, section.left_margin = map(Mm, layout.margins)
    normal = document.styles["Normal"]
    normal.font.name, normal.font.size = "Gentium Book Plus", Pt(11)
    normal.paragraph_format.space_after = Mm(2.6)
    return document


def _first_letter_layout() -> layouts.Layout:
    (letter,) = letters.samples(1)[0].document.letters
    return layouts.get(letter.layout)


@lru_cache(maxsize=1)
def word_template() -> bytes:
    """Return the letter as python-docx makes it, with Jinja's blanks."""
    document = _styled()
    for block in letters.text_template().split("\n\n"):
        document.add_paragraph(block)
    return _saved(document)


@lru_cache(maxsize=1)
def merge_template() -> bytes:
    """Return the letter as python-docx makes it, with Word's merge fields."""
    from docx.oxml import parse_xml  # noqa: PLC0415  slow to import
    from docx.oxml.ns import nsdecls  # noqa: PLC0415  as above

    def blank(name: str, *, upper: bool) -> str:
        return f"{_MARK}{_slug(name)}{'_upper' * upper}{_MARK}"

    document = _styled()
    for _, block in letters.paragraphs(letters.samples(1)[0].document):
        paragraph = document.add_paragraph()
        for index, piece in enumerate(letters.blanked(block, blank).split(_MARK)):
            if index % 2:
                field = (
                    f'<w:fldSimple {nsdecls("w")} w:instr=" MERGEFIELD {piece} "><w:r><w:t>.</w:t></w:r></w:fldSimple>'
                )
                paragraph._p.append(parse_xml(field))  # noqa: SLF001  python-docx has no fields of its own
            else:
                paragraph.add_run(piece)
    return _saved(document)


def _saved(document: Any) -> bytes:  # noqa: ANN401  python-docx's or docxtpl's
    buffer = BytesIO()
    document.save(buffer)
    return buffer.getvalue()


def _docxtpl(template: Callable[[], bytes]) -> Callable[[], Callable[[Sample], bytes]]:
    """A template of docxtpl, opened once; it reads the file again for each letter by itself."""

    def make() -> Callable[[Sample], bytes]:
        from docxtpl import DocxTemplate  # noqa: PLC0415  slow to import

        opened = DocxTemplate(BytesIO(template()))

        def write(sample: Sample) -> bytes:
            opened.render(dict(sample.data), autoescape=True)
            return _saved(opened)

        return write

    return make


def our_file_as_template() -> bytes:
    """Return our own DOCX, with its styles, frames and embedded face, as a template of docxtpl."""
    import zipfile  # noqa: PLC0415  for this only

    written = docx.write(letters.samples(1)[0].document)
    buffer = BytesIO()
    with zipfile.ZipFile(BytesIO(written)) as source, zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as target:
        for name in source.namelist():
            content = source.read(name)
            if name == "word/document.xml":
                content = letters.blanked(content.decode()).encode()
            target.writestr(name, content)
    return buffer.getvalue()


def _mailmerge() -> Callable[[Sample], bytes]:
    """docx-mailmerge2, which opens its template for each letter."""
    from mailmerge import MailMerge  # noqa: PLC0415  slow to import

    template = merge_template()

    def write(sample: Sample) -> bytes:
        values = {_slug(name): value for name, value in sample.blanks.items()}
        values |= {f"{name}_upper": value.upper() for name, value in values.items()}
        buffer = BytesIO()
        with MailMerge(BytesIO(template)) as opened:
            opened.merge(**values)
            opened.write(buffer)
        return buffer.getvalue()

    return write


def _python_docx() -> Callable[[Sample], bytes]:
    """python-docx from its default document, paragraph by paragraph; the words come from Jinja."""
    from jinja2 import Environment  # noqa: PLC0415  as a script of its own would

    template = Environment(autoescape=False).from_string(letters.text_template())  # noqa: S701  text, not HTML

    def write(sample: Sample) -> bytes:
        document = _styled()
        for block in template.render(sample.data).split("\n\n"):
            document.add_paragraph(block)
        return _saved(document)

    return write


# ---------------------------------------------------------------- PDF


def _naive_weasyprint() -> Callable[[Sample], bytes]:
    """WeasyPrint as its manual begins: one call for a page that is finished, its style inside."""
    import weasyprint  # noqa: PLC0415  slow to import

    def write(sample: Sample) -> bytes:
        written: bytes = weasyprint.HTML(string=sample.page).write_pdf(pdf_variant="pdf/ua-1")
        return written

    return write


def _flex_weasyprint() -> Callable[[Sample], bytes]:
    """The same, with the parts of the letter in a flex column, as much of the web stacks them."""
    import weasyprint  # noqa: PLC0415  slow to import

    def write(sample: Sample) -> bytes:
        page = sample.page.replace("</style>", "article { display: flex; flex-direction: column }</style>")
        written: bytes = weasyprint.HTML(string=page).write_pdf(pdf_variant="pdf/ua-1")
        return written

    return write


def _typst() -> Callable[[Sample], bytes]:
    """A compiler of typst, kept, with the letter's source; what varies is given to it. Tagged, as ours."""
    import typst  # noqa: PLC0415  large

    folders = {str(path.parent) for path in faces.files().values()}
    compiler = typst.Compiler(font_paths=sorted(folders), ignore_system_fonts=True)
    source = typst_source().encode()

    def write(sample: Sample) -> bytes:
        written: bytes = compiler.compile(source, format="pdf", sys_inputs=dict(sample.blanks), pdf_standards="ua-1")
        return written

    return write


def typst_source() -> str:
    """Return the letter as a source of typst, its blanks read from what is given to the compiler."""

    def blank(name: str, *, upper: bool) -> str:
        value = f"sys.inputs.at({json.dumps(name)})"
        return f'" + {f"upper({value})" if upper else value} + "'

    def words(block: str) -> str:
        return "#linebreak()".join(
            f"#({letters.blanked(json.dumps(line, ensure_ascii=False), blank)})" for line in block.split("\n")
        )

    (letter,) = letters.samples(1)[0].document.letters
    layout = _first_letter_layout()
    width, height = layout.page
    top, right, bottom, left = layout.margins
    body = "\n\n".join(_typst_part(name, words(block), letter, layout) for name, block in _parts(letter))
    return (
        f"#set document(title: {json.dumps(letter.title.replace(letters.BLANKS['recipient.organisation'], ''))})\n"
        f"#set page(width: {width}mm, height: {height}mm, "
        f"margin: (top: {top}mm, right: {right}mm, bottom: {bottom}mm, left: {left}mm))\n"
        '#set text(font: "Gentium Book Plus", size: 11pt, lang: "fr", hyphenate: false)\n'
        f"#set par(leading: 0.55em, spacing: 1.1em)\n{body}\n"
    )


def _parts(letter: Letter) -> list[tuple[str, str]]:
    document = letters.samples(1)[0].document
    placed = layouts.get(letter.layout).boxes
    return sorted(letters.paragraphs(document), key=lambda each: each[0] not in placed)


def _typst_part(name: str, words: str, letter: Letter, layout: layouts.Layout) -> str:
    top, _, _, left = layout.margins
    if box := layout.boxes.get(name):
        return f"#place(top + left, dx: {box.x - left}mm, dy: {box.y - top}mm, block(width: {box.width}mm)[{words}])"
    first = next(part.name for part in letter.parts if part.name not in layout.boxes)
    space = f"#v({layout.body_top - top}mm)\n" if name == first else ""
    return f"{space}{words}"


def _reportlab() -> Callable[[Sample], bytes]:
    """Paragraphs of ReportLab's Platypus, from top to bottom; its PDF is not tagged."""
    from jinja2 import Environment  # noqa: PLC0415  as a script of its own would
    from reportlab.lib.styles import ParagraphStyle  # noqa: PLC0415  large
    from reportlab.lib.units import mm  # noqa: PLC0415  as above
    from reportlab.pdfbase import pdfmetrics  # noqa: PLC0415  as above
    from reportlab.pdfbase.ttfonts import TTFont  # noqa: PLC0415  as above
    from reportlab.platypus import Paragraph, SimpleDocTemplate  # noqa: PLC0415  as above

    pdfmetrics.registerFont(TTFont("Gentium", str(faces.files()["regular"])))
    layout = _first_letter_layout()
    top, right, bottom, left = (measure * mm for measure in layout.margins)
    size = (layout.page[0] * mm, layout.page[1] * mm)
    style = ParagraphStyle("letter", fontName="Gentium", fontSize=11, leading=14, spaceAfter=2 * mm)
    template = Environment(autoescape=True).from_string(letters.text_template())

    def write(sample: Sample) -> bytes:
        buffer = BytesIO()
        target = SimpleDocTemplate(
            buffer, pagesize=size, topMargin=top, rightMargin=right, bottomMargin=bottom, leftMargin=left
        )
        blocks = template.render(sample.data).split("\n\n")
        target.build([Paragraph(block.replace("\n", "<br/>"), style) for block in blocks])
        return buffer.getvalue()

    return write


def _slug(name: str) -> str:
    return re.sub(r"\W+", "_", name).strip("_")


NAIVE: Final = Contender("naive WeasyPrint", "pdf", _naive_weasyprint)
#: All there are, ours first.
TEXT: Final = (
    Contender("rupture: compose, text", "txt", _unreviewed(text.write)),
    Contender("rupture: text only", "txt", _last_step(text.write)),
    Contender("rupture: compose, review, text", "txt", _whole("txt")),
    Contender("jinja2 and textwrap", "txt", _jinja_text),
)
DOCX: Final = (
    Contender("rupture: compose, DOCX", "docx", _unreviewed(docx.write)),
    Contender("rupture: DOCX only", "docx", _last_step(docx.write)),
    Contender("rupture: compose, review, DOCX", "docx", _whole("docx")),
    Contender("docxtpl", "docx", _docxtpl(word_template)),
    Contender("docxtpl, our file as its template", "docx", _docxtpl(our_file_as_template)),
    Contender("docx-mailmerge2", "docx", _mailmerge),
    Contender("python-docx from scratch", "docx", _python_docx),
)
PDF: Final = (
    Contender("rupture: compose, PDF", "pdf", _unreviewed(pdf.write)),
    Contender("rupture: PDF only", "pdf", _last_step(pdf.write)),
    Contender("rupture: compose, review, PDF", "pdf", _whole("pdf")),
    NAIVE,
    Contender("naive WeasyPrint, parts in a flex column", "pdf", _flex_weasyprint),
    Contender("typst bindings", "pdf", _typst),
    Contender("ReportLab, untagged", "pdf", _reportlab),
)
EVERYBODY: Final = (*TEXT, *DOCX, *PDF)
