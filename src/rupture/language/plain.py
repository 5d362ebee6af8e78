"""Words as they are compared: without capitals, accents and typographic apostrophes."""

from __future__ import annotations

import unicodedata
from typing import Final

from rupture.resources.memory import remembered

_LIGATURES: Final = str.maketrans({"œ": "oe", "æ": "ae", "’": "'", "ʼ": "'", "‑": "-"})


@remembered(8192)
def plain(text: str) -> str:
    """Return text without capitals, accents and typographic apostrophes, for comparing words."""
    if text.isascii():
        return text.lower()
    decomposed = unicodedata.normalize("NFD", text.casefold().translate(_LIGATURES))
    return "".join(character for character in decomposed if not unicodedata.combining(character))
