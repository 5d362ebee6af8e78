"""PDF by WeasyPrint: tagged (PDF/UA-1), in the packaged face, with nothing fetched from anywhere."""

from __future__ import annotations

import atexit
import threading
from functools import lru_cache
from typing import TYPE_CHECKING, Any, Final

from rupture import catalog
from rupture.document import runs_of
from rupture.errors import CharacterError, MissingLibrary, TemplateError
from rupture.writers import html

if TYPE_CHECKING:
    from collections.abc import Mapping

    from rupture.catalog import Layout
    from rupture.document import Document

#: One line for the person whose machine lacks Pango.
INSTALL: Final = "apt-get install -y libpango-1.0-0 libpangoft2-1.0-0 libharfbuzz-subset0"

_VARIANT: Final = "pdf/ua-1"

# WeasyPrint is safe in threads only while every glyph is present; a lock makes it so always.
_lock: Final = threading.Lock()

_FACES: Final = {
    "regular": "font-style: normal; font-weight: 400",
    "italic": "font-style: italic; font-weight: 400",
    "bold": "font-style: normal; font-weight: 700",
    "bold-italic": "font-style: italic; font-weight: 700",
}


def write(document: Document) -> bytes:
    """Return the document as a tagged PDF.

    Raises:
        CharacterError: the text face lacks a character; a missing glyph would also spoil the extracted text.
        MissingLibrary: Pango is not installed.
    """
    _refuse_missing_glyphs(document)
    weasyprint = _weasyprint()
    from weasyprint.urls import FatalURLFetchingError  # noqa: PLC0415  slow, and only after the check above

    layouts = tuple(letter.layout for letter in document.letters)
    source = html.page(document, html.articles(document), "")
    fetcher = _fetcher_class()()
    with _lock:
        try:
            page = weasyprint.HTML(string=source, base_url="rupture:", url_fetcher=fetcher)
            pages = _laid_out(page, layouts, "normal")
            if len(pages.pages) > len(document.letters):
                pages = min(pages, _laid_out(page, layouts, "compact"), key=lambda laid_out: len(laid_out.pages))
            written: bytes = pages.write_pdf(pdf_variant=_VARIANT)
        except FatalURLFetchingError as error:
            raise TemplateError(f"{error}: a letter fetches nothing") from None
    if fetcher.blocked:  # some SVG paths swallow the error
        raise TemplateError(f"{fetcher.blocked[0]}: a letter fetches nothing")
    return written


def _laid_out(page: Any, layouts: tuple[str, ...], density: str) -> Any:  # noqa: ANN401  WeasyPrint has no types
    style, fonts = _style(layouts, density)
    return page.render(stylesheets=[style], font_config=fonts, pdf_variant=_VARIANT)


def _weasyprint() -> Any:  # noqa: ANN401  the module, which has no types
    try:
        import weasyprint  # noqa: PLC0415  slow to import
    except OSError as error:
        raise MissingLibrary(f"WeasyPrint cannot find Pango; as root, run: {INSTALL}") from error
    return weasyprint


@lru_cache(maxsize=1)
def _known_characters() -> frozenset[int]:
    from fontTools.ttLib import TTFont  # noqa: PLC0415  slow to import

    with TTFont(catalog.face()["regular"], lazy=True) as face:
        return frozenset(face.getBestCmap())


def _refuse_missing_glyphs(document: Document) -> None:
    known = _known_characters()
    for letter in document.letters:
        for run in runs_of(letter.parts):
            for character in run.text:
                if ord(character) not in known:
                    place = f"{run.source}: " if run.source else ""
                    raise CharacterError(
                        f"{place}no font has {character} (U+{ord(character):04X}): replace it, or write another format"
                    )


@lru_cache(maxsize=1)
def _fetcher_class() -> Any:  # noqa: ANN401  a subclass of an untyped class
    from weasyprint.urls import URLFetcher, URLFetcherResponse  # noqa: PLC0415  slow to import

    served: Mapping[str, bytes] = {f"rupture:{name}": path.read_bytes() for name, path in catalog.face().items()}

    class Fetcher(URLFetcher):  # type: ignore[misc]  # the base class is untyped
        """Serves the packaged face and refuses everything else."""

        def __init__(self) -> None:
            super().__init__(allowed_protocols=(), allow_redirects=False, fail_on_errors=True)
            self.blocked: list[str] = []

        def fetch(self, url: str, headers: Mapping[str, str] | None = None) -> URLFetcherResponse:
            del headers
            if url not in served:
                self.blocked.append(url)
                raise ValueError(f"{url} is not fetched")
            return URLFetcherResponse(url, served[url], {"Content-Type": "font/ttf"})

    return Fetcher


@lru_cache(maxsize=8)
def _style(layouts: tuple[str, ...], density: str) -> tuple[Any, Any]:
    """Return the parsed style sheet of a page and its fonts; a font configuration per letter leaks 0.2 MB."""
    from weasyprint import CSS  # noqa: PLC0415  slow to import
    from weasyprint.text.fonts import FontConfiguration  # noqa: PLC0415  slow to import

    atexit.register(_style.cache_clear)  # before the interpreter takes away what its clean-up needs
    fonts = FontConfiguration()
    css = style_sheet(tuple(map(catalog.layout, layouts)), density)
    sheet = CSS(string=css, font_config=fonts, url_fetcher=_fetcher_class()())
    return sheet, fonts


def style_sheet(layouts: tuple[Layout, ...], density: str = "normal") -> str:
    """Return the CSS of a document: geometry from the layout of each letter, typography the same for all.

    Args:
        layouts: the national page of each letter, in order.
        density: ``normal``, or ``compact`` for a letter that a little less air brings onto one page.
    """
    faces = "".join(
        f'@font-face {{ font-family: "Gentium Book Plus"; src: url("rupture:{name}"); {descriptors} }}\n'
        for name, descriptors in _FACES.items()
    )
    pages = "".join(_page_style(layout, f"letter-{index}") for index, layout in enumerate(layouts, 1))
    return f"{faces}{_TEXT}{_DENSITIES[density]}{pages}"


def _page_style(layout: Layout, name: str) -> str:
    width, height = layout.page
    top, right, bottom, left = layout.margins
    boxes = "".join(
        f".{name} .{part} {{ position: absolute; left: {box.x - left}mm; top: {box.y - top}mm; "
        f"width: {box.width}mm; line-height: 1.2 }}\n"
        for part, box in layout.boxes.items()
    )
    shifted = ", ".join(f".{name} .{part}" for part in layout.right if part not in layout.boxes)
    indent = f"{shifted} {{ margin-left: {layout.right_edge - left}mm }}\n" if shifted else ""
    first = next(part for part in layout.order if part not in layout.boxes)
    return (
        f"@page {name} {{ size: {width}mm {height}mm; margin: {top}mm {right}mm {bottom}mm {left}mm;\n"
        '  @bottom-right { content: counter(page) " / " counter(pages); font: 9pt "Gentium Book Plus" } }\n'
        f"@page {name}:nth(1 of {name}) {{ @bottom-right {{ content: none }} }}\n"
        f".{name} {{ page: {name} }}\n"
        f"{boxes}{indent}.{name} .{first} {{ padding-top: {layout.body_top - top}mm }}\n"
    )


_DENSITIES: Final = {
    "normal": 'html { font: 11pt/1.36 "Gentium Book Plus" }\n',
    "compact": 'html { font: 10.5pt/1.27 "Gentium Book Plus" }\narticle > div { margin-bottom: 2.2mm }\n',
}

_TEXT: Final = """
html { color: #1a1a1a; hyphens: manual; }
body, p, ul, div { margin: 0; padding: 0; }
article { position: relative; }
article + article { break-before: page; }
p, li { orphans: 2; widows: 2; overflow-wrap: break-word; }
p + p, p + ul, ul + p { margin-top: 2.6mm; }
ul { list-style: "–  "; padding-left: 5mm; }
li + li { margin-top: 0.8mm; }
article > div { margin-bottom: 2.6mm; }
.place-date { margin-bottom: 7mm; }
.subject { margin-bottom: 6mm; }
.close { break-inside: avoid; break-after: avoid; }
.signature { padding-top: 13mm; break-inside: avoid; }
.signature p + p { margin-top: 13mm; }
"""
