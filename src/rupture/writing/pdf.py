"""PDF by WeasyPrint: tagged (PDF/UA-1), in the packaged face, with nothing fetched from anywhere."""

from __future__ import annotations

import atexit
import threading
from functools import cache
from html import escape
from tempfile import gettempdir
from typing import TYPE_CHECKING, Any, Final

from rupture.errors import CharacterError, MissingLibrary, OutputError, TemplateError
from rupture.letter.blocks import runs_of
from rupture.page import faces, layouts, measuring
from rupture.resources.memory import remembered
from rupture.writing import html
from rupture.writing.stylesheet import fold_marks, style_sheet

if TYPE_CHECKING:
    from collections.abc import Mapping

    from rupture.case.images import Image
    from rupture.letter.look import Look
    from rupture.letter.tree import Document
    from rupture.page.layouts import Layout

#: One line for the person whose machine lacks Pango.
INSTALL: Final = "apt-get install -y libpango-1.0-0 libpangoft2-1.0-0 libharfbuzz-subset0"

# WeasyPrint is safe in threads only while every glyph is present; a lock makes it so always.
_lock: Final = threading.Lock()


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
        + (fold_marks(layouts.of(letter)) if document.look.fold_marks else "")
        for letter in document.letters
    )


def _laid_out(page: Any, document: Document, density: str, variant: str) -> Any:  # noqa: ANN401  no types
    style, fonts = _style(tuple(map(layouts.of, document.letters)), density, document.look)
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


@cache
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


@remembered(16, lock=_lock)
def _style(pages: tuple[Layout, ...], density: str, look: Look) -> tuple[Any, Any]:
    """Return the parsed style sheet of a page and its fonts; a font configuration per letter leaks 0.2 MB."""
    from weasyprint import CSS  # noqa: PLC0415  slow to import
    from weasyprint.text.fonts import FontConfiguration  # noqa: PLC0415  slow to import

    atexit.register(_style.cache_clear)  # before the interpreter takes away what its clean-up needs
    fonts = FontConfiguration()
    css = style_sheet(pages, density, look)
    sheet = CSS(string=css, font_config=fonts, url_fetcher=_fetcher_class()())
    return sheet, fonts
