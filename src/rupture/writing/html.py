"""Standalone HTML, for a preview in a browser and for the HTML part of an e-mail."""

from __future__ import annotations

from dataclasses import replace
from html import escape
from typing import TYPE_CHECKING, Final

from rupture.letter.markup import data_uri, html_of, run_html
from rupture.letter.whose import legend, whose_html

if TYPE_CHECKING:
    from collections.abc import Callable

    from rupture.case.images import Image
    from rupture.letter.blocks import Part, Run
    from rupture.letter.tree import Document

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
.email .subject, .email .signature { margin: 0 0 1.5em; }
.dated { list-style: none; padding-left: 1.6em; text-indent: -1.6em; }
.apart { border-left: 3px solid #1d1d1b; padding-left: 0.9em; }
.account { width: auto; margin: 0 0 0.9em 1.6em; }
.account th, .account td { border: 0; padding: 0.1em 0; font-weight: normal; }
.account td { padding-left: 2.5em; text-align: right; white-space: nowrap; vertical-align: bottom; }
.account .total th, .account .total td { border-top: 1px solid #1d1d1b; font-weight: bold; }
.countersignature { margin-top: 2.5em; border-top: 1px solid #ccc; padding-top: 1em; line-height: 2; }
.foot { margin-top: 2.5em; border-top: 1px solid #ccc; padding-top: 1em; font-size: 0.85em; color: #555; }
"""


def write(document: Document, *, whose: bool = False) -> bytes:
    """Return the document as one HTML page with its own style and no other resource; an e-mail as one sees it there.

    Args:
        document: the letters.
        whose: whether to show which words are the user's, which were computed, and which are ours.
    """
    shown = replace(document, letters=tuple(replace(letter, parts=letter.seen) for letter in document.letters))
    inner = articles(shown, run=whose_html if whose else run_html)
    return page(document, f"{legend()}\n{inner}" if whose else inner, _SCREEN).encode()


def articles(
    document: Document,
    address: Callable[[Image], str] = data_uri,
    extras: tuple[str, ...] = (),
    run: Callable[[Run], str] = run_html,
    *,
    lean: bool = False,
) -> str:
    """Return each letter of the document as one ``article``.

    Args:
        document: the letters.
        address: gives the address of a picture.
        extras: HTML to put at the head of each letter.
        run: gives the HTML of a run.
        lean: as for `rupture.letter.markup.html_of`.
    """
    return "\n".join(
        f'<article lang="{escape(letter.locale)}" class="letter-{index + 1}{" email" * letter.email}">\n'
        f"{extras[index] if extras else ''}{html_of(letter.parts, address, run, lean=lean)}\n</article>"
        for index, letter in enumerate(document.letters)
    )


def email_page(document: Document, foot: tuple[Part, ...]) -> str:
    """Return a page with what an e-mail shows of each letter, and the sender's particulars at the foot.

    Args:
        document: the letters.
        foot: the parts at the foot; none where the signature tells enough.
    """
    shown = replace(document, letters=tuple(replace(letter, parts=letter.message) for letter in document.letters))
    below = f'\n<div class="foot">{html_of(foot)}</div>' if foot else ""
    return page(document, f"{articles(shown)}{below}", _SCREEN)


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
