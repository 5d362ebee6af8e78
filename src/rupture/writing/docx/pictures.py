"""The pictures of a DOCX."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final
from xml.sax.saxutils import escape

if TYPE_CHECKING:
    from rupture.case.images import Image
    from rupture.letter.blocks import Figure


_EMU: Final = 36_000
_NS_WP: Final = "http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing"
_NS_A: Final = "http://schemas.openxmlformats.org/drawingml/2006/main"
_NS_PIC: Final = "http://schemas.openxmlformats.org/drawingml/2006/picture"
_REL_IMAGE: Final = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/image"


class Pictures:
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
