"""Standalone HTML, for a preview in a browser and for the HTML part of an e-mail."""

from __future__ import annotations

from html import escape
from typing import TYPE_CHECKING, Final

from rupture.letter.tree import data_uri, html_of

if TYPE_CHECKING:
    from collections.abc import Callable

    from rupture.case.images import Image
    from rupture.letter.tree import Document, Part

_SCREEN: Final = """
body { margin: 2em auto; max-width: 40em; padding: 0 1em; color: #1d1d1b;
  font: 1.06em/1.5 "Gentium Book Plus", Charter, Cambria, Georgia, serif; }
p, ul { margin: 0 0 0.9em; }
article + article { border-top: 1px solid #bbb; margin-top: 3em; padding-top: 3em; }
.recipient, .place-date { margin-top: 1.5em; }
.subject { margin: 2em 0; }
.signature { margin-top: 2em; }
table { border-collapse: collapse; width: 100%; }
th, td { border-bottom: 1px solid #ccc; padding: 0.3em 0.6em 0.3em 0; text-align: left; vertical-align: top; }
.foot { margin-top: 2.5em; border-top: 1px solid #ccc; padding-top: 1em; font-size: 0.85em; color: #555; }
"""


def write(document: Document) -> bytes:
    """Return the document as one HTML page with its own style and no other resource."""
    return page(document, articles(document), _SCREEN).encode()


def articles(
    document: Document,
    address: Callable[[Image], str] = data_uri,
    extras: tuple[str, ...] = (),
    *,
    lean: bool = False,
) -> str:
    """Return each letter of the document as one ``article``.

    Args:
        document: the letters.
        address: gives the address of a picture.
        extras: HTML to put at the head of each letter.
        lean: as for `rupture.letter.tree.html_of`.
    """
    return "\n".join(
        f'<article lang="{escape(letter.locale)}" class="letter-{index + 1}">\n'
        f"{extras[index] if extras else ''}{html_of(letter.parts, address, lean=lean)}\n</article>"
        for index, letter in enumerate(document.letters)
    )


def email_page(document: Document, foot: tuple[Part, ...]) -> str:
    """Return a page with the body of each letter first and a letterhead at the foot, as an e-mail wants it."""
    bodies = "\n".join(
        f'<article lang="{escape(letter.locale)}">\n{html_of(letter.body)}\n</article>' for letter in document.letters
    )
    return page(document, f'{bodies}\n<div class="foot">{html_of(foot)}</div>', _SCREEN)


def page(document: Document, inner: str, style: str) -> str:
    """Return a complete HTML page around ``inner``, with the metadata of the document."""
    letter = document.letters[0]
    stamp = f"{letter.date.isoformat()}T00:00:00Z"
    return (
        f'<!DOCTYPE html>\n<html lang="{escape(letter.locale)}">\n<head>\n<meta charset="utf-8">\n'
        f"<title>{escape(letter.title)}</title>\n"
        f'<meta name="author" content="{escape(letter.author)}">\n'
        f'<meta name="dcterms.created" content="{stamp}">\n'
        f'<meta name="dcterms.modified" content="{stamp}">\n'
        f'<meta name="viewport" content="width=device-width, initial-scale=1">\n'
        + (f"<style>{style}</style>\n" if style else "")
        + f"</head>\n<body>\n{inner}\n</body>\n</html>\n"
    )
