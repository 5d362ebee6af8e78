"""Dates and lengths of notice."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING

from rupture.composing.chronology import chronology
from rupture.composing.functions.group import Group
from rupture.language import typography
from rupture.language.grammar import Computed

if TYPE_CHECKING:
    from collections.abc import Sequence

    from rupture.case.model import Case
    from rupture.case.written import Notice
    from rupture.composing.chronology import Entry
    from rupture.composing.functions.wordings import Wordings
    from rupture.language.grammar import Phrase
    from rupture.language.times import Calendar
    from rupture.planning.plan import Plan


class Dates(Group):
    """Functions that write days; `day` leaves out the year that the day before it in the same paragraph has."""

    def __init__(self, case: Case, plan: Plan, wordings: Wordings, calendar: Calendar) -> None:
        super().__init__(case)
        self._plan = plan
        self._wordings = wordings
        self._calendar = calendar

    def date(self, day: dt.date) -> Computed:
        """Return a full calendar date."""
        return Computed(typography.date_text(day, self._style))

    def day(self, day: dt.date) -> Computed:
        """Return a date; a past one without its year if the date before it has the same one."""
        return self._calendar.day(day)

    def days(self, days: Sequence[dt.date]) -> Phrase:
        """Return several dates as an enumeration, each as `day` writes it."""
        return self._wordings.listed(tuple(map(self.day, days)))

    def plus_days(self, day: dt.date, count: int) -> dt.date:
        """Return the date that many days later."""
        return day + dt.timedelta(days=count)

    def chronology(self) -> tuple[Entry, ...]:
        """Return every dated fact of the reasons that the letter tells, oldest first."""
        return chronology(self._case, self._plan)

    def notice(self, length: Notice) -> Phrase:
        """Return a length of notice in words."""
        one, many = self._language.words["units"][length.unit]
        return self._wordings.count(length.count, one, many)
