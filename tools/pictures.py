"""Draws the pictures of the README: the first page of two example letters, as the library writes them.

usage: python tools/pictures.py
"""

from __future__ import annotations

from pathlib import Path
from typing import Final

import pypdfium2
from PIL import Image, ImageOps  # comes with WeasyPrint

import rupture

ROOT: Final = Path(__file__).parent.parent
PICTURES: Final = {
    "boreal.fr.yaml": "letter-fr.png",
    "harbor.en.yaml": "letter-en.png",
}
DOTS_PER_INCH: Final = 100
WIDEST: Final = 900
#: The edge of the paper, which a white page on a white screen would not show.
EDGE: Final = 0xC8


def main() -> None:
    """Write each picture; the same letter gives the same bytes."""
    folder = ROOT / "docs" / "images"
    folder.mkdir(parents=True, exist_ok=True)
    for case, name in PICTURES.items():
        picture = first_page(rupture.render(rupture.load(ROOT / "examples" / case), "pdf"))
        picture.save(folder / name, optimize=True)
        print(f"wrote docs/images/{name} ({picture.width} x {picture.height})")


def first_page(pdf: bytes) -> Image.Image:
    """Return the first page of a PDF as a grey picture with an edge."""
    document = pypdfium2.PdfDocument(pdf)
    try:
        page = document[0]
        points = page.get_width()
        scale = min(DOTS_PER_INCH / 72, (WIDEST - 2) / points)
        picture = page.render(scale=scale, grayscale=True).to_pil().convert("L")
    finally:
        document.close()
    return ImageOps.expand(picture, border=1, fill=EDGE)


if __name__ == "__main__":
    main()
