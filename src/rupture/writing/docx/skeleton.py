"""The skeleton of a DOCX: the files of an empty letter, built once per page and language."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Final
from xml.sax.saxutils import escape

from rupture.errors import InputError
from rupture.language import languages
from rupture.letter.look import NO_LOOK
from rupture.page import layouts
from rupture.resources import locales
from rupture.resources.build_cache import built
from rupture.resources.memory import remembered
from rupture.writing.docx import face
from rupture.writing.docx.archive import unzipped, zipped
from rupture.writing.docx.building import FOOT, blank
from rupture.writing.docx.font_table import font_file
from rupture.writing.docx.styles import COMPACT, NORMAL

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from rupture.letter.look import Look
    from rupture.page.layouts import Layout
    from rupture.writing.docx.styles import Density


#: The files that a letter adds to, or stands in.
_NEEDED: Final = ("[Content_Types].xml", "word/document.xml", "word/_rels/document.xml.rels")


@remembered(16)
def skeleton_files(layout_name: str, locale: str, look: Look, density: Density) -> Mapping[str, bytes]:
    """Return the files of an empty letter of that page, language, look and density, by name."""
    if look.letterhead:
        return _on_letterhead(layout_name, locale, look, density)
    if look.colour:
        parts = blank(layout_name, locale, look, density)
    else:
        parts = unzipped(_plain(layouts.get(layout_name), locale, density, look.fold_marks))
    foot = "</w:t><w:br/><w:t>".join(map(escape, look.footer)).encode()
    parts |= {name: parts[name].replace(FOOT.encode(), foot) for name in parts if name.startswith("word/footer")}
    return parts | {font_file(number): face.embedded(style) for number, style in enumerate(face.STYLES, 1)}


def _on_letterhead(layout_name: str, locale: str, look: Look, density: Density) -> Mapping[str, bytes]:
    """Return the files of an empty letter on a letterhead.

    Raises:
        InputError: it is not a document that a letter can stand in.
    """
    try:
        parts = blank(layout_name, locale, look, density)
    except InputError:
        raise
    except Exception as error:  # noqa: BLE001  whatever a letterhead lacks, python-docx has another error for it
        raise InputError(f"paper.letterhead: cannot be used: {' '.join(str(error).split())}") from None
    missing = [name for name in _NEEDED if name not in parts]
    if missing or b"<w:sectPr" not in parts["word/document.xml"]:
        raise InputError(f"paper.letterhead: cannot be used: no {', '.join(missing) or 'section in its text'}")
    return parts


#: The source files on which a skeleton depends.
_MODULES: Final = (
    *(f"writing/docx/{each}.py" for each in ("archive", "building", "face", "font_table", "paragraphs", "styles")),
    "page/measuring.py",
)


def _every_page() -> Iterator[tuple[Layout, str, Density, bool]]:
    for language in map(languages.get, locales.languages()):
        for locale, layout_name in language.layouts.items():
            for density in (NORMAL, COMPACT):
                yield layouts.get(layout_name), locale, density, NO_LOOK.fold_marks


@built("docx", ".zip", every=_every_page, modules=_MODULES)
def _plain(layout: Layout, locale: str, density: Density, fold_marks: bool) -> bytes:  # noqa: FBT001  a key
    """Return a skeleton without colour, as an archive."""
    return zipped(blank(layout.name, locale, replace(NO_LOOK, fold_marks=fold_marks), density))


@remembered(16)
def shared_archive(layout_name: str, locale: str, look: Look, density: Density, own: frozenset[str]) -> bytes:
    """Return the files that letters of one skeleton share, compressed once: compressing the face takes 12 ms."""
    parts = skeleton_files(layout_name, locale, look, density)
    return zipped({name: content for name, content in parts.items() if name not in own})
