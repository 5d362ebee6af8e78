"""What a message cannot be written without; `messages.toml` names it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from rupture.case.model import Case


@dataclass(frozen=True, slots=True)
class Need:
    """Something that a message cannot be written without.

    Args:
        field: where the case says it.
        wanted: what it is, for the person who fills in the case.
        met: whether a case has it.
    """

    field: str
    wanted: str
    met: Callable[[Case], bool]


def _gift(case: Case) -> bool:
    return any(point.gift for point in case.matters) or any(item.gift for item in case.money)


def _price(case: Case) -> bool:
    return any(item.state == "price" for item in case.money)


def _overdue(case: Case) -> bool:
    return any(item.state == "due" and item.due and item.due < case.date for item in case.money)


#: By the names that messages.toml uses.
NEEDS: Final[Mapping[str, Need]] = {
    "end": Need("end", "the last day", lambda case: case.end is not None),
    "meeting": Need("meeting", "the talk that you propose", lambda case: case.meeting is not None),
    "request": Need("request", "what the client asked for", lambda case: case.request is not None),
    "matters": Need("matters", "what holds from now on, such as {do: ..., from: ...}", lambda case: bool(case.matters)),
    "gift": Need("matters", "what you do for the client, an entry of matters or money with gift: true", _gift),
    "price": Need(
        "money", "the new price, such as {what: ..., state: price, was: ..., amount: ..., from: ...}", _price
    ),
    "overdue": Need(
        "money", "what is still open, such as {what: ..., amount: ..., due: a day before the letter}", _overdue
    ),
}
