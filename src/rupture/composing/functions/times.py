"""Times behind their preposition: on, by, from, until, between, since."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from rupture.case.written import PartialDate
from rupture.composing.functions.group import Group
from rupture.language.spans import between

if TYPE_CHECKING:
    from collections.abc import Sequence

    from rupture.case.model import Case
    from rupture.language.grammar import Phrase, Wording
    from rupture.language.moments import When
    from rupture.language.times import Calendar


class Times(Group):
    """Functions that write when something is; a tuple of times is an enumeration."""

    def __init__(self, case: Case, calendar: Calendar) -> None:
        super().__init__(case)
        self._calendar = calendar

    def names(self) -> dict[str, Any]:
        """Return each function by the name that templates call it; Python keeps `from` for itself."""
        return {name.removesuffix("_"): function for name, function in super().names().items()}

    def on(self, when: When | Sequence[When], at: str | None = None, *, weekday: bool = False) -> Phrase:
        """Return on which day or days, in which month; words as they are."""
        return self._calendar.on(when, at, weekday=weekday)

    def by(self, when: When, at: str | None = None, *, weekday: bool = False) -> Phrase:
        """Return by when at the latest."""
        return self._calendar.by(when, at, weekday=weekday)

    def from_(self, when: When, at: str | None = None, *, weekday: bool = False) -> Phrase:
        """Return from when."""
        return self._calendar.begin(when, at, weekday=weekday)

    def until(self, when: When, at: str | None = None, *, included: bool = False, weekday: bool = False) -> Phrase:
        """Return until when; `included` says that the day itself is."""
        return self._calendar.until(when, at, included=included, weekday=weekday)

    def between(self, start: When, end: When) -> Phrase:
        """Return from when until when: “from March to October 2026”."""
        return between(self._calendar, start, end)

    def since(self, when: When) -> Phrase:
        """Return since when."""
        return self._calendar.since(when)

    def at(self, hour: str) -> str:
        """Return at what hour, with a space before it."""
        return self._calendar.at(hour)

    def hour(self, hour: str) -> str:
        """Return an hour without its preposition."""
        return self._calendar.hour(hour)

    def is_today(self, when: When) -> bool:
        """Return whether a time is the letter's own day."""
        return isinstance(when, PartialDate) and bool(when.day) and when.earliest() == self._case.date

    def date_of(self, when: When | Sequence[When], *, weekday: bool = False) -> Wording:
        """Return a time without its preposition or article."""
        return self._calendar.date_of(when, weekday=weekday)
