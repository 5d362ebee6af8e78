"""The width of words in the text face, and the characters that it has."""

from __future__ import annotations

import json
from dataclasses import dataclass
from functools import cache
from io import BytesIO
from typing import TYPE_CHECKING, Final

from rupture.page import faces
from rupture.resources.build_cache import built
from rupture.resources.memory import remembered

if TYPE_CHECKING:
    from collections.abc import Mapping

#: The size of the text, in points, and the distance of the recipient's lines, as a multiple of it.
TEXT_SIZE: Final = 11.0
ADDRESS_LEADING: Final = 1.08
#: The size of the sender's line above the recipient, in points.
RETURN_SIZE: Final = 7.0
MM_PER_POINT: Final = 25.4 / 72
#: Wider than the mean capital, in ems: a line that fits at this width needs no measuring.
_WIDE: Final = 0.75


@dataclass(frozen=True, slots=True)
class _Face:
    widths: Mapping[int, float]
    usual: float


@cache
def _face() -> _Face:
    widths = {int(point): width for point, width in json.loads(_widths(_regular())).items()}
    return _Face(widths, widths[ord("n")])


def _regular() -> bytes:
    return faces.files()["regular"].read_bytes()


@built("widths", ".json", every=lambda: [(_regular(),)], modules=("page/measuring.py",))
def _widths(face: bytes) -> bytes:
    from fontTools.ttLib import TTFont  # noqa: PLC0415  slow to import

    with TTFont(BytesIO(face), lazy=True) as font:
        em = font["head"].unitsPerEm
        metrics = font["hmtx"].metrics
        widths = {character: metrics[glyph][0] / em for character, glyph in font.getBestCmap().items()}
    return json.dumps(widths).encode()


def has_character(character: str) -> bool:
    """Return whether the text face has that character."""
    return ord(character) in _face().widths


@remembered(16_384)
def _width(word: str) -> float:
    """Return the width of a word and of the space behind it, in ems."""
    face = _face()
    return sum(face.widths.get(ord(character), face.usual) for character in f"{word} ")


def line_width(text: str, size: float = TEXT_SIZE) -> float:
    """Return how wide a line of text is that is not broken, in millimetres.

    Args:
        text: the line.
        size: of the letters, in points.
    """
    return sum(map(_width, text.split(" "))) * size * MM_PER_POINT


def rows(text: str, width: float, size: float = TEXT_SIZE) -> int:
    """Return the number of rows that a line of text takes.

    Args:
        text: the line.
        width: of the column, in millimetres.
        size: of the letters, in points.
    """
    em = size * MM_PER_POINT
    if len(text) * _WIDE * em <= width:
        return 1
    needed, left, blank = 1, width, em * _width("")
    for word in text.split(" "):
        advance = em * _width(word)
        if advance - blank > left and left < width:
            needed, left = needed + 1, width
        needed += int((advance - blank) // width)  # a word wider than the column is broken
        left -= advance % width if advance > width else advance
    return needed
