"""The named styles of a DOCX: their spacing, leading and sizes."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, NamedTuple

from rupture.letter import parts
from rupture.letter.blocks import Bullets, Paragraph, Table
from rupture.page import measuring

if TYPE_CHECKING:
    from collections.abc import Mapping

    from rupture.letter.blocks import Block


#: The named style of each part, which a person can restyle in one place.
STYLES: Final[Mapping[str, str]] = {name: entry.style for name, entry in parts.TABLE.items()}
BODY: Final = parts.BODY.style
BULLET: Final = "List Bullet"
CELL: Final = "Table Text"
#: What is set apart because of a danger, a dated line of what the reader has to do, and the cells of an account.
APART: Final = "Urgent Text"
TASK: Final = "Dated Task"
ACCOUNT: Final = "Account Text"
FIGURE: Final = "Account Figure"
#: Where one person signs.
PLACE: Final = "Signing Place"
BLOCKS: Final = (BODY, BULLET, CELL, APART, TASK, ACCOUNT, FIGURE, PLACE)
#: The styles of words: those that head a paragraph, and the sender's name and the subject, in the colour of the house.
LABEL: Final = "Run-in Label"
HOUSE: Final = "House Strong"
STRONG: Final = "Strong"
IN_COLOUR: Final = frozenset({parts.TABLE[parts.SENDER].style, parts.TABLE[parts.SUBJECT].style})
#: The styles that Word does not have by these names.
OWN: Final = frozenset({*STYLES.values(), *BLOCKS, LABEL, HOUSE}) - {
    "Date",
    "Salutation",
    "Closing",
    "Signature",
    BODY,
    BULLET,
}
_TIGHT: Final = frozenset({"Sender", "Delivery Mention", "Return Address", "Recipient", "Header", "Footer", CELL})
#: Space above and below, in millimetres, where it is not 0 and 2.6.
BEFORE: Final[Mapping[str, float]] = {
    "Signature": 13,
    "Countersignature": 8,
    "Enclosures": 2,
    CELL: 1,
    ACCOUNT: 0.5,
    FIGURE: 0.5,
    PLACE: 4,
}
AFTER: Final[Mapping[str, float]] = {
    "Date": 7,
    "Subject": 6,
    "Header": 0,
    "Footer": 0,
    CELL: 1,
    BULLET: 0.8,
    TASK: 1.3,
    ACCOUNT: 0.5,
    FIGURE: 0.5,
}
#: The left edge, and how far the first line stands out to the left of it, in millimetres.
INDENT: Final[Mapping[str, tuple[float, float]]] = {APART: (3.5, 0), TASK: (6, 6)}
#: The side with a rule, its width in eighths of a point, its distance from the text in points, and its colour.
RULES: Final[Mapping[str, tuple[str, int, int, str]]] = {
    APART: ("left", 12, 8, "1A1A1A"),
    "Countersignature": ("top", 2, 8, "999999"),
}
#: Leading, in points, where it is neither that of the text nor 13.2: a window holds six lines of the recipient.
_LEADING: Final[Mapping[str, float]] = {
    "Recipient": 11.9,
    "Return Address": 9,
    "Header": 11,
    "Footer": 10.5,
    PLACE: 21,
}
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


def style_of(block: Block, part: str, index: int) -> str:
    """Return the named style of a block; of a table, that of its first column.

    Args:
        block: the block.
        part: the name of the part it stands in.
        index: its place there.
    """
    if isinstance(block, Bullets):
        return TASK if block.dated else BULLET
    if isinstance(block, Table):
        return ACCOUNT if block.account else CELL
    if isinstance(block, Paragraph) and block.urgent:
        return APART
    return PLACE if part == parts.COUNTERSIGNATURE and index else STYLES.get(part, BODY)
