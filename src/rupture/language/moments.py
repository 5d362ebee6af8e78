"""Times as templates give them: a day, a month, a year, or words; one or several."""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeAlias, cast

from rupture.case.written import PartialDate
from rupture.language.grammar import Phrase

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Sequence

    from rupture.language.grammar import Wording

#: A day, a month or a year, or the user's words.
When: TypeAlias = "dt.date | PartialDate | Wording"


def each_of(when: When | Sequence[When]) -> Sequence[When]:
    """Return several times as they are, and one as a sequence of one."""
    return when if isinstance(when, list | tuple) else (cast("When", when),)


def partial_date(when: When) -> PartialDate | Wording:
    """Return a day as a time of a case; other times as they are."""
    if isinstance(when, str | Phrase | PartialDate):
        return when
    return PartialDate(year=when.year, month=when.month, day=when.day)


def precision(time: PartialDate | Wording) -> str:
    """Return how exact a time is: day, month, year or words."""
    if not isinstance(time, PartialDate):
        return "words"
    return "day" if time.day else "month" if time.month else "year"
