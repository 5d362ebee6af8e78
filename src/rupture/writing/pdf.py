"""PDF by WeasyPrint: tagged (PDF/UA-1), in the packaged face, with nothing fetched from anywhere."""

from __future__ import annotations

import atexit
import threading
from functools import lru_cache
from html import escape
from tempfile import gettempdir
from typing import TYPE_CHECKING, Any, Final

from rupture.errors import CharacterError, MissingLibrary, OutputError, TemplateError
from rupture.letter import parts
from rupture.letter.tree import NO_LOOK, runs_of
from rupture.page import faces, layouts, measuring
from rupture.writing import html

if TYPE_CHECKING:
    from collections.abc import Mapping

    from rupture.case.images import Image
    from rupture.letter.tree import Document, Look
    from rupture.page.layouts import Layout

#: One line for the person whose machine lacks Pango.
INSTALL: Final = "apt-get install -y libpango-1.0-0 libpangoft2-1.0-0 libharfbuzz-subset0"

# WeasyPrint is safe in threads only while every glyph is present; a lock makes it so always.
_lock: Final = threading.Lock()

_FACES: Final = {
    "regular": "font-style: normal; font-weight: 400",
    "bold": "font-style: normal; font-weight: 700",
}


def write(document: Document, *, archive: bool = False) -> bytes:
    """Return the document as a tagged PDF.

    Args:
        document: the letters.
        archive: PDF/A-3a and PDF/UA-1 in one file; else PDF/UA-1.

    Raises:
        CharacterError: the text face lacks a character; a missing glyph would also spoil the extracted text.
        MissingLibrary: Pango is not installed.
        OutputError: the system's temporary folder, through which the fonts go, cannot be written.
        TemplateError: a style sheet of your own asks for something to be fetched.
    """
    _refuse_missing_glyphs(document)
    weasyprint = _weasyprint()
    from weasyprint.urls import FatalURLFetchingError  # noqa: PLC0415  slow, and only after the check above

    fetcher = _fetcher_class()()
    source = html.page(
        document, html.articles(document, fetcher.serve, _extras(document), lean=not document.look.stylesheet), ""
    )
    variant = "pdf/a-3a" if archive else "pdf/ua-1"
    with _lock:
        try:
            page = weasyprint.HTML(string=source, base_url="rupture:", url_fetcher=fetcher)
            pages = _laid_out(page, document, "normal", variant)
            if len(pages.pages) > len(document.letters):
                compact = _laid_out(page, document, "compact", variant)
                pages = min(pages, compact, key=lambda laid_out: len(laid_out.pages))
            if archive:
                _say_accessible(pages.metadata)
            written: bytes = pages.write_pdf(pdf_variant=variant)
        except FatalURLFetchingError as error:
            raise TemplateError(f"{error}: a letter fetches nothing") from None
        except OSError as error:  # the fonts pass through a temporary folder
            raise OutputError(f"{error.filename or gettempdir()}: cannot be written: {error.strerror}") from None
    if fetcher.blocked:  # some SVG paths swallow the error
        raise TemplateError(f"{fetcher.blocked[0]}: a letter fetches nothing")
    return written


def _extras(document: Document) -> tuple[str, ...]:
    """Return what only paper has, for each letter: the head of its following pages, and fold marks."""
    return tuple(
        f'<p class="running">{escape(letter.running)}</p>\n'
        + (_fold_marks(layouts.get(letter.layout)) if document.look.fold_marks else "")
        for letter in document.letters
    )


def _laid_out(page: Any, document: Document, density: str, variant: str) -> Any:  # noqa: ANN401  no types
    layouts = tuple(letter.layout for letter in document.letters)
    style, fonts = _style(layouts, density, document.look)
    return page.render(stylesheets=[style], font_config=fonts, pdf_variant=variant)


_PDFUA: Final = """<rdf:Description xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" rdf:about=""
 xmlns:pdfuaid="http://www.aiim.org/pdfua/ns/id/" pdfuaid:part="1"/>
<rdf:Description xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" rdf:about=""
 xmlns:pdfaExtension="http://www.aiim.org/pdfa/ns/extension/" xmlns:pdfaSchema="http://www.aiim.org/pdfa/ns/schema#"
 xmlns:pdfaProperty="http://www.aiim.org/pdfa/ns/property#"><pdfaExtension:schemas><rdf:Bag>
 <rdf:li rdf:parseType="Resource"><pdfaSchema:schema>PDF/UA identification schema</pdfaSchema:schema>
 <pdfaSchema:namespaceURI>http://www.aiim.org/pdfua/ns/id/</pdfaSchema:namespaceURI>
 <pdfaSchema:prefix>pdfuaid</pdfaSchema:prefix><pdfaSchema:property><rdf:Seq><rdf:li rdf:parseType="Resource">
 <pdfaProperty:name>part</pdfaProperty:name><pdfaProperty:valueType>Integer</pdfaProperty:valueType>
 <pdfaProperty:category>internal</pdfaProperty:category>
 <pdfaProperty:description>Part of PDF/UA</pdfaProperty:description>
 </rdf:li></rdf:Seq></pdfaSchema:property></rdf:li></rdf:Bag></pdfaExtension:schemas></rdf:Description>"""


def _say_accessible(metadata: Any) -> None:  # noqa: ANN401  WeasyPrint has no types
    """Add PDF/UA's identification, and the schema that PDF/A wants for it, to the metadata of one document."""
    plain = metadata.generate_rdf_metadata

    def with_pdfua(variant: str, version: int, conformance: str) -> bytes:
        rdf: bytes = plain(variant, version, conformance)
        head, close, tail = rdf.rpartition(b"</")
        return head + _PDFUA.encode() + close + tail

    metadata.generate_rdf_metadata = with_pdfua


def _weasyprint() -> Any:  # noqa: ANN401  the module, which has no types
    try:
        import weasyprint  # noqa: PLC0415  slow to import
    except OSError as error:
        raise MissingLibrary(f"WeasyPrint cannot find Pango; as root, run: {INSTALL}") from error
    return weasyprint


def _refuse_missing_glyphs(document: Document) -> None:
    for letter in document.letters:
        for run in runs_of(letter.parts):
            for character in run.text:
                if not measuring.has_character(character):
                    place = f"{run.source}: " if run.source else ""
                    raise CharacterError(
                        f"{place}no font has {character} (U+{ord(character):04X}): replace it, or write another format"
                    )


@lru_cache(maxsize=1)
def _fetcher_class() -> Any:  # noqa: ANN401  a subclass of an untyped class
    from weasyprint.urls import URLFetcher, URLFetcherResponse  # noqa: PLC0415  slow to import

    served: Mapping[str, bytes] = {f"rupture:{name}": path.read_bytes() for name, path in faces.files().items()}

    class Fetcher(URLFetcher):  # type: ignore[misc]  # the base class is untyped
        """Serves the packaged face and refuses everything else."""

        def __init__(self) -> None:
            super().__init__(allowed_protocols=(), allow_redirects=False, fail_on_errors=True)
            self.blocked: list[str] = []
            self._served = dict(served)

        def serve(self, image: Image) -> str:
            """Take a picture in, and return the address it is served under."""
            address = f"rupture:image-{len(self._served)}.{image.kind}"
            self._served[address] = image.data
            return address

        def fetch(self, url: str, headers: Mapping[str, str] | None = None) -> URLFetcherResponse:
            del headers
            if url not in self._served:
                self.blocked.append(url)
                raise ValueError(f"{url} is not fetched")
            kind = "font/ttf" if url in served else f"image/{url.rpartition('.')[2]}"
            return URLFetcherResponse(url, self._served[url], {"Content-Type": kind})

    return Fetcher


@lru_cache(maxsize=16)
def _style(names: tuple[str, ...], density: str, look: Look) -> tuple[Any, Any]:
    """Return the parsed style sheet of a page and its fonts; a font configuration per letter leaks 0.2 MB."""
    from weasyprint import CSS  # noqa: PLC0415  slow to import
    from weasyprint.text.fonts import FontConfiguration  # noqa: PLC0415  slow to import

    atexit.register(_style.cache_clear)  # before the interpreter takes away what its clean-up needs
    fonts = FontConfiguration()
    css = style_sheet(tuple(map(layouts.get, names)), density, look)
    sheet = CSS(string=css, font_config=fonts, url_fetcher=_fetcher_class()())
    return sheet, fonts


def release() -> None:
    """Forget the style sheets, and with them the files of their fonts."""
    with _lock:
        _style.cache_clear()


def style_sheet(layouts: tuple[Layout, ...], density: str = "normal", look: Look = NO_LOOK) -> str:
    """Return the CSS of a document: geometry from the layout of each letter, typography the same for all.

    Args:
        layouts: the national page of each letter, in order.
        density: ``normal``, or ``compact`` for a letter that a little less air brings onto one page.
        look: colour, foot and fold marks, and a style sheet of the sender's own, which comes last.
    """
    faces = "".join(
        f'@font-face {{ font-family: "Gentium Book Plus"; src: url("rupture:{name}"); {descriptors} }}\n'
        for name, descriptors in _FACES.items()
    )
    pages = "".join(_page_style(layout, f"letter-{index}", look) for index, layout in enumerate(layouts, 1))
    colour = f".{parts.SENDER} strong, .{parts.SUBJECT} strong {{ color: {look.colour} }}\n" if look.colour else ""
    return f"{faces}{_TEXT}{_DENSITIES[density]}{pages}{colour}{look.stylesheet}"


def _page_style(layout: Layout, name: str, look: Look) -> str:
    width, height = layout.page
    top, right, bottom, left = layout.margins
    boxes = "".join(
        f".{name} .{part} {{ position: absolute; left: {box.x - left}mm; top: {box.y - top}mm; "
        f"width: {box.width}mm; line-height: {measuring.ADDRESS_LEADING if part == parts.RECIPIENT else 1.2} }}\n"
        for part, box in layout.boxes.items()
    )
    shifted = ", ".join(f".{name} .{part}" for part in layout.right if part not in layout.boxes)
    indent = f"{shifted} {{ margin-left: {layout.right_edge - left}mm }}\n" if shifted else ""
    first = next(part for part in layout.order if part not in layout.boxes)
    foot = f"@bottom-center {{ content: {_css_text(look.footer)}; {_FOOT} }}" if look.footer else ""
    return (
        f"@page {name} {{ size: {width}mm {height}mm; margin: {top}mm {right}mm {bottom}mm {left}mm;\n"
        f"  @top-left {{ content: element(running); {_SMALL} }}\n"
        f'  @top-right {{ content: counter(page) " / " counter(pages); {_SMALL} }} {foot} }}\n'
        f"@page {name}:nth(1 of {name}) {{ @top-left {{ content: none }} @top-right {{ content: none }} }}\n"
        f".{name} {{ page: {name} }}\n"
        f"{boxes}{indent}.{name} .{first} {{ padding-top: {layout.body_top - top}mm }}\n"
    )


def _css_text(lines: tuple[str, ...]) -> str:
    """Return lines as one CSS string, which no character of theirs can end."""
    escaped = ("".join(f"\\{ord(c):x} " if c in '"\\\n<' else c for c in line) for line in lines)
    return '"' + "\\A ".join(escaped) + '"'


def _fold_marks(layout: Layout) -> str:
    top, _, _, left = layout.margins
    return "".join(
        f'<div class="fold" style="top: {fold - top}mm; left: {5 - left}mm"></div>\n' for fold in layout.folds
    )


_DENSITIES: Final = {
    "normal": f'html {{ font: {measuring.TEXT_SIZE}pt/1.36 "Gentium Book Plus" }}\n',
    "compact": 'html { font: 10.5pt/1.27 "Gentium Book Plus" }\narticle > div, article > p { margin-bottom: 2.2mm }\n',
}

_SMALL: Final = 'font: 9pt/1.2 "Gentium Book Plus"; color: #444; vertical-align: middle; white-space: nowrap'
_FOOT: Final = (
    'font: 8pt/1.3 "Gentium Book Plus"; color: #444; white-space: pre; text-align: center; vertical-align: middle'
)

_TEXT: Final = """
html { color: #1a1a1a; hyphens: manual; }
body, p, ul, div { margin: 0; padding: 0; }
article { position: relative; }
article + article { break-before: page; }
.running { position: running(running); margin: 0; }
.fold { position: absolute; width: 4mm; border-top: 0.3pt solid #999; }
p, li, th, td { white-space: pre-line; }
p, li { orphans: 2; widows: 2; overflow-wrap: break-word; }
div > p + p, div > p + ul, div > ul + p { margin-top: 2.6mm; }
ul { list-style: "–  "; padding-left: 5mm; }
li + li { margin-top: 0.8mm; }
article > div, article > p { margin-bottom: 2.6mm; }
.sender p + p { margin-top: 1.5mm; }
.return-address { font-size: 7pt; white-space: nowrap; color: #444; }
.place-date { margin-bottom: 7mm; }
.subject { margin-bottom: 6mm; }
.close { break-inside: avoid; break-after: avoid; }
.signature { padding-top: 13mm; break-inside: avoid; }
.signature p + p { margin-top: 13mm; }
.signature p:first-child:has(img) { margin-top: -11mm; }
.signature p:has(img) + p { margin-top: 1mm; }
.countersignature { margin-top: 8mm; border-top: 0.3pt solid #999; padding-top: 3mm; break-inside: avoid; }
.enclosures { margin-top: 4mm; font-size: 0.92em; }
.annex { break-before: page; }
table { border-collapse: collapse; width: 100%; margin-top: 3mm; }
thead { display: table-header-group; }
th, td { border-bottom: 0.3pt solid #999; padding: 1.2mm 3mm 1.2mm 0; text-align: left; vertical-align: top; }
tr { break-inside: avoid; }
"""
