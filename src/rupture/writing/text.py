"""Plain text, for the body of an e-mail or the preview of a letter."""

from __future__ import annotations

import textwrap
from typing import TYPE_CHECKING, Final

from rupture.letter.tree import Bullets, block_text

if TYPE_CHECKING:
    from rupture.letter.tree import Block, Document, Part

#: Characters a line; what mail readers show without breaking again (RFC 5322 asks for at most 78).
WIDTH: Final = 72


def write(document: Document) -> bytes:
    """Return every letter of the document as UTF-8 text."""
    letters = (parts_text(letter.parts) for letter in document.letters)
    return ("\n\n\n".join(letters) + "\n").encode()


def parts_text(parts: tuple[Part, ...]) -> str:
    """Return these parts as wrapped text, a blank line between blocks."""
    return "\n\n".join(_wrapped(block) for part in parts for block in part.blocks)


def _wrapped(block: Block) -> str:
    indent = "  " if isinstance(block, Bullets) else ""
    return "\n".join(
        textwrap.fill(line, WIDTH, subsequent_indent=indent, break_long_words=False, break_on_hyphens=False)
        for line in block_text(block).split("\n")
    )
