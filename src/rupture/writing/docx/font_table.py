"""The font table of a DOCX, which names the embedded text face."""

from __future__ import annotations

import re
from typing import Final

from rupture.writing.docx import face
from rupture.writing.docx.styles import FACE

_FALLBACK: Final = "Cambria"  # what Word takes where the face is not installed
_NS_R: Final = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_NS_W: Final = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
_NS_REL: Final = "http://schemas.openxmlformats.org/package/2006/relationships"
_REL_FONT: Final = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/font"
_TYPE_FONT: Final = "application/vnd.openxmlformats-officedocument.obfuscatedFont"


def font_file(number: int) -> str:
    """Return the name of the file of an embedded font, counted from 1."""
    return f"word/fonts/font{number}.odttf"


def name_face(parts: dict[str, bytes]) -> None:
    """Say in the file that it carries the text face: Word and LibreOffice show it where it is not installed."""
    links = embeds = ""
    for number, style in enumerate(face.STYLES, 1):
        target = font_file(number).removeprefix("word/")
        links += f'<Relationship Id="rId{number}" Type="{_REL_FONT}" Target="{target}"/>'
        embeds += f'<w:embed{style.title()} r:id="rId{number}" w:fontKey="{face.key(style)}"/>'
    head = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
    parts["word/_rels/fontTable.xml.rels"] = f'{head}<Relationships xmlns="{_NS_REL}">{links}</Relationships>'.encode()
    parts["word/fontTable.xml"] = (
        f'{head}<w:fonts xmlns:w="{_NS_W}" xmlns:r="{_NS_R}"><w:font w:name="{FACE}"><w:altName w:val="{_FALLBACK}"/>'
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
