"""How the paper of a letter looks."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final


@dataclass(frozen=True, slots=True)
class Look:
    """How the sender's paper looks.

    Args:
        colour: of the sender's name and the subject, such as ``#1f3d5c``; empty for black.
        footer: lines at the foot of each page.
        fold_marks: whether to draw them.
        letterhead: a DOCX to build on, or empty.
        stylesheet: CSS applied last to the PDF, or empty.
    """

    colour: str = ""
    footer: tuple[str, ...] = ()
    fold_marks: bool = False
    letterhead: bytes = b""
    stylesheet: str = ""


NO_LOOK: Final = Look()
