"""Fact rules about the recipient: the title, and the address, which the envelope hides and the post refuses."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from rupture.case.people import TITLES
from rupture.language.postal import post_of
from rupture.letter import parts
from rupture.letter.blocks import line_text, lines_of
from rupture.page import layouts, measuring
from rupture.reviewing.facts import Count, Observation, Phrase, fact_rule

if TYPE_CHECKING:
    from collections.abc import Iterator

    from rupture.case.model import Case
    from rupture.language.postal import Post
    from rupture.letter.blocks import Line
    from rupture.letter.tree import Letter
    from rupture.reviewing.facts import Seen, Value

_FIELD: Final = "recipient.address"
_PUNCTUATION: Final = re.compile(r"[,;:]|\.(?=\s|$)")
_TITLES: Final = frozenset(spelling for spellings in TITLES.values() for spelling in spellings)
_LINE: Final = measuring.TEXT_SIZE * measuring.ADDRESS_LEADING * measuring.MM_PER_POINT
_SLACK: Final = 0.5  # millimetres: the last line needs no leading below it


@fact_rule("address.window", "error")
def window_overflow(seen: Seen) -> Iterator[Observation]:
    """Every line of the recipient shows in the window of the layout, with those too wide for it broken."""
    for letter in () if seen.case.delivery == "email" else seen.document.letters:
        box = layouts.get(letter.layout).boxes[parts.RECIPIENT]
        room = int((box.height + _SLACK) / _LINE)
        needed = sum(measuring.rows(line_text(line), box.width) for line in _lines(letter))
        if needed > room:
            yield Observation(
                _FIELD, {"needed": Count(needed, "line"), "room": Count(room, "line"), "layout": letter.layout}
            )
            return


@fact_rule("address.lines", "error")
def too_many_lines(seen: Seen) -> Iterator[Observation]:
    """The address has no more lines than the post of its country accepts."""
    count, post = len(_lines(seen.document.letters[0])), _post(seen.case)
    if post and 0 < post.most_lines < count:
        yield Observation(_FIELD, {"count": Count(count, "line"), "most": post.most_lines})


@fact_rule("address.width", "error")
def too_many_characters(seen: Seen) -> Iterator[Observation]:
    """No line of the address has more characters than the post of its country accepts."""
    post = _post(seen.case)
    if not post or not post.most_characters:
        return
    for line in _lines(seen.document.letters[0]):
        text = line_text(line)
        if len(text) > post.most_characters:
            path = next((run.source for run in line if run.source), _FIELD)
            yield Observation(
                path, {"line": text, "count": Count(len(text), "character"), "most": post.most_characters}
            )


def _post(case: Case) -> Post | None:
    """Return how the recipient's post wants an address, where the letter has one and is not an e-mail."""
    address = case.recipient.address
    return post_of(address.country) if address and case.delivery != "email" else None


@fact_rule("address.postcode", "warning")
def postcode(seen: Seen) -> Iterator[Observation]:
    """The postal code has the form of those of its country."""
    if (address := seen.case.recipient.address) and seen.case.delivery != "email":
        pattern = post_of(address.country).postcode
        if pattern and not (address.postcode and re.fullmatch(pattern, address.postcode, re.IGNORECASE)):
            values: dict[str, Value] = {"postcode": address.postcode or Phrase("missing"), "country": address.country}
            yield Observation(f"{_FIELD}.postcode", values)


@fact_rule("address.region", "warning")
def region(seen: Seen) -> Iterator[Observation]:
    """An address in a country whose addresses name a province or a state names it."""
    address = seen.case.recipient.address
    posted = seen.case.delivery != "email"
    if posted and address and post_of(address.country).region and not address.region:
        yield Observation(_FIELD)


@fact_rule("address.punctuation", "hint")
def punctuation(seen: Seen) -> Iterator[Observation]:
    """An address has no punctuation where the post of its country wants none."""
    address = seen.case.recipient.address
    if address and not post_of(address.country).punctuation:
        for index, line in enumerate(address.lines):
            if _PUNCTUATION.search(line):
                yield Observation(f"{_FIELD}.lines[{index}]", {"line": line})


@fact_rule("address.return", "warning")
def return_address_overflow(seen: Seen) -> Iterator[Observation]:
    """The sender's line above the recipient fits on one row, and so inside the window."""
    for letter in seen.document.letters:
        part = letter.part(parts.RETURN_ADDRESS)
        box = layouts.get(letter.layout).boxes[parts.RETURN_ADDRESS] if part.blocks else None
        if box and measuring.rows(str(part), box.width, measuring.RETURN_SIZE) > 1:
            yield Observation("paper.return_address", {"line": str(part)})
            return


@fact_rule("name.title", "warning")
def title_in_name(seen: Seen) -> Iterator[Observation]:
    """The title of a recipient stands under title, from which the greeting takes it."""
    single = bool(seen.case.recipient.person)
    for index, person in enumerate(seen.case.recipient.everybody):
        title, _, rest = person.name.partition(" ")
        if rest and title.rstrip(".").casefold() in _TITLES:
            path = "recipient.person.name" if single else f"recipient.people[{index}].name"
            yield Observation(path, {"title": title, "rest": rest}, title)


def _lines(letter: Letter) -> list[Line]:
    return [line for block in letter.part(parts.RECIPIENT).blocks for line in lines_of(block)]
