"""The CSS of a PDF: geometry from the national layouts, typography the same for all."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from rupture.letter import parts
from rupture.letter.look import NO_LOOK
from rupture.page import measuring

if TYPE_CHECKING:
    from rupture.letter.look import Look
    from rupture.page.layouts import Layout

_FACES: Final = {
    "regular": "font-style: normal; font-weight: 400",
    "bold": "font-style: normal; font-weight: 700",
}


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


def fold_marks(layout: Layout) -> str:
    """Return the fold marks of a page, as HTML."""
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
div > p + p, div > p + ul, div > ul + p, div > ul + ul { margin-top: 2.6mm; }
ul { list-style: "–  "; padding-left: 5mm; }
li + li { margin-top: 0.8mm; }
.dated { list-style: none; padding-left: 6mm; }
.dated li { text-indent: -6mm; }
.dated li + li { margin-top: 1.3mm; }
.apart { border-left: 1.6pt solid #1a1a1a; padding-left: 3.5mm; }
article > div, article > p { margin-bottom: 2.6mm; }
.sender p + p { margin-top: 1.5mm; }
.return-address { font-size: 7pt; white-space: nowrap; color: #444; }
.place-date { margin-bottom: 7mm; }
.subject { margin-bottom: 6mm; }
.close { break-before: avoid; break-inside: avoid; break-after: avoid; }
.signature { padding-top: 13mm; break-inside: avoid; }
.signature p + p { margin-top: 13mm; }
.signature p:first-child:has(img) { margin-top: -11mm; }
.signature p:has(img) + p { margin-top: 1mm; }
.email .signature { padding-top: 0; }
.email .signature p + p { margin-top: 4mm; }
.email .signature p:first-child:has(img) { margin-top: 0; }
.countersignature { margin-top: 8mm; border-top: 0.3pt solid #999; padding-top: 3mm; break-inside: avoid; }
.countersignature p + p { margin-top: 4mm; line-height: 1.9; }
.enclosures { margin-top: 4mm; font-size: 0.92em; }
.annex { break-before: page; }
table { border-collapse: collapse; width: 100%; margin-top: 3mm; }
thead { display: table-header-group; }
th, td { border-bottom: 0.3pt solid #999; padding: 1.2mm 3mm 1.2mm 0; text-align: left; vertical-align: top; }
tr { break-inside: avoid; }
.account { width: auto; max-width: 100%; margin: 2mm 0 3mm 6mm; break-inside: avoid; }
.account th, .account td { border-bottom: 0; padding: 0.5mm 0; font-weight: 400; }
.account td { padding-left: 9mm; text-align: right; white-space: nowrap; vertical-align: bottom; }
.account .total th, .account .total td { border-top: 0.5pt solid #1a1a1a; font-weight: 700; }
"""
