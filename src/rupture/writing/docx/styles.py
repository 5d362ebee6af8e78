"""The named styles of a DOCX: their spacing, leading and sizes."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, NamedTuple

from rupture.letter import parts
from rupture.page import measuring

if TYPE_CHECKING:
    from collections.abc import Mapping


#: The named style of each part, which a person can restyle in one place.
STYLES: Final[Mapping[str, str]] = {name: entry.style for name, entry in parts.TABLE.items()}
BODY: Final = parts.BODY.style
BULLET: Final = "List Bullet"
CELL: Final = "Table Text"
#: The styles that Word does not have by these names.
OWN: Final = frozenset(STYLES.values()) - {"Date", "Salutation", "Closing", "Signature"} | {CELL}
_TIGHT: Final = frozenset({"Sender", "Delivery Mention", "Return Address", "Recipient", "Header", "Footer", CELL})
#: Space above and below, in millimetres, where it is not 0 and 2.6.
BEFORE: Final[Mapping[str, float]] = {"Signature": 13, "Countersignature": 3, "Enclosures": 2, CELL: 1}
AFTER: Final[Mapping[str, float]] = {"Date": 7, "Subject": 6, "Header": 0, "Footer": 0, CELL: 1}
#: Leading, in points, where it is neither that of the text nor 13.2: a window holds six lines of the recipient.
_LEADING: Final[Mapping[str, float]] = {"Recipient": 11.9, "Return Address": 9, "Header": 11, "Footer": 10.5}
#: Sizes, in points, where they are not that of the text.
SMALL: Final[Mapping[str, float]] = {
    "Header": 9,
    "Footer": 8,
    "Return Address": measuring.RETURN_SIZE,
    "Enclosures": 10,
}
FACE: Final = "Gentium Book Plus"
TWIPS: Final = 1440 / 25.4


class Density(NamedTuple):
    """How close the text stands: its size and leading in points, the space below a paragraph in millimetres."""

    size: float
    leading: float
    gap: float


NORMAL: Final = Density(measuring.TEXT_SIZE, 14.95, 2.6)
#: For a letter that a little less air brings onto one page.
COMPACT: Final = Density(10.5, 13.35, 2.2)


def leading(style: str, density: Density) -> float:
    """Return the leading of a style, in points."""
    return _LEADING.get(style, 13.2 if style in _TIGHT else density.leading)


def style_id(name: str) -> str:
    """Return the identifier of a style from its name."""
    return name.replace(" ", "")
