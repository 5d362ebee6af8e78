"""What the envelope would hide and the post would refuse of the recipient's address."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from rupture.language.postal import LIMITS, POSTCODES, REGIONS, UNPUNCTUATED
from rupture.letter import parts
from rupture.letter.tree import line_text, lines_of
from rupture.page import layouts, measuring
from rupture.reviewing.observation import Observation

if TYPE_CHECKING:
    from collections.abc import Iterator

    from rupture.case.model import Case
    from rupture.letter.tree import Document, Letter, Line
    from rupture.reviewing.observation import Rule, Value

_FIELD: Final = "recipient.address"
_PUNCTUATION: Final = re.compile(r"[,;:]|\.(?=\s|$)")
_LINE: Final = measuring.TEXT_SIZE * measuring.ADDRESS_LEADING * measuring.MM_PER_POINT
_SLACK: Final = 0.5  # millimetres: the last line needs no leading below it


def window_overflow(case: Case, document: Document) -> Iterator[Observation]:
    """Every line of the recipient shows in the window of the layout, those too wide for it broken."""
    if case.delivery == "email":
        return
    for letter in document.letters:
        box = layouts.get(letter.layout).boxes[parts.RECIPIENT]
        room = int((box.height + _SLACK) / _LINE)
        needed = sum(measuring.rows(line_text(line), box.width) for line in _lines(letter))
        if needed > room:
            yield Observation(
                "address.window", "error", _FIELD, {"needed": needed, "room": room, "layout": letter.layout}
            )
            return


def post_limits(case: Case, document: Document) -> Iterator[Observation]:
    """The address keeps to the lines and characters that the post of the recipient's country takes."""
    if case.delivery == "email" or not case.recipient.address:
        return
    limits = LIMITS.get(case.recipient.address.country)
    lines = _lines(document.letters[0])
    if not limits:
        return
    most_lines, most_characters = limits
    if len(lines) > most_lines:
        yield Observation("address.lines", "error", _FIELD, {"count": len(lines), "most": most_lines})
    for line in lines:
        text = line_text(line)
        if len(text) > most_characters:
            path = next((run.source for run in line if run.source), _FIELD)
            yield Observation(
                "address.width", "error", path, {"line": text, "count": len(text), "most": most_characters}
            )


def post_form(case: Case, document: Document) -> Iterator[Observation]:
    """The postal code, the region and the punctuation are as the country of the recipient writes them."""
    del document
    address = case.recipient.address
    if not address:
        return
    pattern = POSTCODES.get(address.country)
    if pattern and not (address.postcode and re.fullmatch(pattern, address.postcode, re.IGNORECASE)):
        values: dict[str, Value] = {"postcode": address.postcode or "", "country": address.country}
        yield Observation("address.postcode", "warning", f"{_FIELD}.postcode", values)
    if address.country in REGIONS and not address.region:
        yield Observation("address.region", "warning", _FIELD)
    if address.country in UNPUNCTUATED:
        for index, line in enumerate(address.lines):
            if _PUNCTUATION.search(line):
                yield Observation("address.punctuation", "hint", f"{_FIELD}.lines[{index}]", {"line": line})


def return_address_overflow(case: Case, document: Document) -> Iterator[Observation]:
    """The sender's line above the recipient fits on one row, and so inside the window."""
    del case
    for letter in document.letters:
        part = letter.part(parts.RETURN_ADDRESS)
        box = layouts.get(letter.layout).boxes[parts.RETURN_ADDRESS] if part.blocks else None
        if box and measuring.rows(str(part), box.width, measuring.RETURN_SIZE) > 1:
            yield Observation("address.return", "warning", "return_address", {"line": str(part)})
            return


def _lines(letter: Letter) -> list[Line]:
    return [line for block in letter.part(parts.RECIPIENT).blocks for line in lines_of(block)]


RULES: Final[tuple[Rule, ...]] = (window_overflow, post_limits, post_form, return_address_overflow)
