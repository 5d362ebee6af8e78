"""Draw the pictures of the README and of the gallery, from letters that the library writes.

usage: python tools/pictures.py [--pages]

With --pages, also draw one letter per layout into docs/gallery/pages, as PDF and as the DOCX that LibreOffice displays.
"""

from __future__ import annotations

import shutil
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import Final

import pypdfium2
from PIL import Image, ImageOps  # comes with WeasyPrint

import rupture
from rupture.page import layouts

ROOT: Final = Path(__file__).parent.parent
PICTURES: Final = {
    "boreal.fr.yaml": "letter-fr.png",
    "harbor.en.yaml": "letter-en.png",
}
#: The case that shows each layout, and what is changed in it.
CASES: Final = ROOT / "docs" / "gallery" / "cases"
PAGES: Final[dict[str, tuple[str, tuple[str, ...]]]] = {
    "fr-FR": ("fr/scope-creep.yaml", ("paper.fold_marks=true", "paper.return_address=true", "delivery=registered")),
    "fr-CA": ("fr/axis-annex.yaml", ("paper.fold_marks=true", "delivery=registered")),
    "fr-BE": ("fr/capacity.yaml", ("paper.fold_marks=true", "paper.return_address=true")),
    "fr-CH": ("fr/unresponsive.yaml", ("paper.fold_marks=true", "paper.return_address=true", "delivery=registered")),
    "fr-CH-left": (
        "fr/unresponsive.yaml",
        ("paper.layout=fr-CH-left", "paper.fold_marks=true", "paper.return_address=true"),
    ),
    "en-US": ("en/staff-mistreatment.yaml", ("paper.fold_marks=true", "delivery=registered")),
    "en-CA": ("en/more-for-the-same-budget.yaml", ("paper.fold_marks=true",)),
    "en-GB": ("en/unresponsive.yaml", ("paper.fold_marks=true", "paper.return_address=true", "delivery=registered")),
    "din-5008-b": (
        "fr/capacity.yaml",
        ("paper.layout=din-5008-b", "paper.fold_marks=true", "paper.return_address=true"),
    ),
}
DOTS_PER_INCH: Final = 100
SIDE_BY_SIDE: Final = 80
WIDEST: Final = 900
#: Grey of the page border, without which a white page would not be visible on a white screen.
EDGE: Final = 0xC8


def main() -> None:
    """Draw the pictures; the same letter gives the same bytes."""
    folder = ROOT / "docs" / "images"
    folder.mkdir(parents=True, exist_ok=True)
    for case, name in PICTURES.items():
        picture = first_page(rupture.render(rupture.load(ROOT / "examples" / case), "pdf"), DOTS_PER_INCH)
        picture.save(folder / name, optimize=True)
        print(f"wrote docs/images/{name} ({picture.width} x {picture.height})")
    if "--pages" in sys.argv[1:]:
        _draw_pages(ROOT / "docs" / "gallery" / "pages")


def _draw_pages(folder: Path) -> None:
    folder.mkdir(exist_ok=True)
    if left_out := set(layouts.names()) - set(PAGES):
        raise SystemExit(f"no case shows {', '.join(sorted(left_out))}: add one to PAGES in tools/pictures.py")
    cases = {name: rupture.load(CASES / path, changes=changes) for name, (path, changes) in PAGES.items()}
    words = _converted({name: rupture.render(case, "docx") for name, case in cases.items()})
    for name, case in cases.items():
        left = first_page(rupture.render(case, "pdf"), SIDE_BY_SIDE)
        right = first_page(words[name], SIDE_BY_SIDE)
        sheet = Image.new("L", (left.width + right.width + 20, max(left.height, right.height)), 0xF0)
        sheet.paste(left, (0, 0))
        sheet.paste(right, (left.width + 20, 0))
        sheet.quantize(16).save(folder / f"{name}.png", optimize=True)
        print(f"wrote docs/gallery/pages/{name}.png ({sheet.width} x {sheet.height})")


def _converted(letters: dict[str, bytes]) -> dict[str, bytes]:
    """Return each DOCX converted to PDF by LibreOffice, with its embedded typeface."""
    program = shutil.which("soffice")
    if not program:
        raise SystemExit("LibreOffice is missing: make validators")
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        for letter, content in letters.items():
            (folder / f"{letter}.docx").write_bytes(content)
        profile = f"-env:UserInstallation={(folder / 'profile').as_uri()}"
        command = [program, profile, "--headless", "--convert-to", "pdf", "--outdir", str(folder)]
        subprocess.run([*command, *map(str, folder.glob("*.docx"))], check=True, capture_output=True)
        return {letter: (folder / f"{letter}.pdf").read_bytes() for letter in letters}


def first_page(pdf: bytes, dots_per_inch: int) -> Image.Image:
    """Return the first page of a PDF as a grey picture with a border."""
    document = pypdfium2.PdfDocument(pdf)
    try:
        page = document[0]
        points = page.get_width()
        scale = min(dots_per_inch / 72, (WIDEST - 2) / points)
        picture = page.render(scale=scale, grayscale=True).to_pil().convert("L")
    finally:
        document.close()
    return ImageOps.expand(picture, border=1, fill=EDGE)


if __name__ == "__main__":
    main()
