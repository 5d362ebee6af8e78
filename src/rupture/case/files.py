"""The files that belong to a case: pictures, a letterhead, a style sheet, read once while loading."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from rupture.case.images import Image


@dataclass(frozen=True, slots=True)
class Files:
    """The files that the paper of a case names.

    Args:
        logo: the logo, or None.
        signature: the scanned signature, or None.
        letterhead: a DOCX to build on, or empty.
        stylesheet: CSS for the PDF, or empty.
    """

    logo: Image | None = None
    signature: Image | None = None
    letterhead: bytes = b""
    stylesheet: str = ""
