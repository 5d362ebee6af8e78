"""Dates, times and lengths of notice."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING

from rupture.composing.chronology import chronology
from rupture.composing.functions.group import Group
from rupture.language import typography
from rupture.language.grammar import listed
from rupture.law.notice import notice_end

if TYPE_CHECKING:
    from collections.abc import Sequence

    from rupture.case.model import Case
    from rupture.case.written import Notice, PartialDate
    from rupture.composing.chronology import Entry
    from rupture.composing.functions.wordings import Wordings
    from rupture.composing.reasons import LetterFact
    from rupture.composing.view import View
    from rupture.language.grammar import Phrase


class Dates(Group):
    """Functions that write days; `day` leaves out the year that the day before it in the same part has."""

    hidden = Group.hidden | {"forget_year"}

    def __init__(self, case: Case, wordings: Wordings) -> None:
        super().__init__(case)
        self._wordings = wordings
        self._year = 0

    def forget_year(self) -> None:
        """Make the next `day` name its year."""
        self._year = 0

    def date(self, day: dt.date) -> str:
        """Return a full calendar date."""
        return typography.date_text(day, self._style)

    def day(self, day: dt.date) -> str:
        """Return a date, without its year if the date before it has the same one."""
        text = typography.date_text(day, self._style, with_year=day.year != self._year)
        self._year = day.year
        return text

    def days(self, days: Sequence[dt.date]) -> Phrase:
        """Return several dates as an enumeration, each as `day` writes it."""
        return self._wordings.listed(tuple(map(self.day, days)))

    def plus_days(self, day: dt.date, count: int) -> dt.date:
        """Return the date that many days later."""
        return day + dt.timedelta(days=count)

    def since(self, value: PartialDate) -> str:
        """Return a year, a month with its year, or a full date."""
        return typography.since_text(value, self._style)

    def occasions(self, facts: Sequence[LetterFact], medium: bool = True) -> Phrase:  # noqa: FBT001, FBT002  read in templates
        """Return the days of some facts, with their time and medium where known, as an enumeration."""
        days = tuple(self._occasion(fact, medium=medium) for fact in facts)
        if not (medium and any(fact.fact.medium for fact in facts)):
            return self._wordings.listed(days)
        last = f",{self._language.last_of_two}"  # each has a comma of its own
        return listed(days, self._language.separator, last, last)

    def _occasion(self, fact: LetterFact, *, medium: bool) -> str:
        words = self._language.words["occasion"]
        text: str = words["on"].format(self.day(fact.date))
        if fact.fact.time:
            text += words["at"].format(typography.time_text(fact.fact.time, self._style))
        if medium and fact.fact.medium:
            text += words["by"].format(words["media"][fact.fact.medium])
        return text

    def medium(self, fact: View) -> str:
        """Return the medium of a fact in words, or nothing."""
        words: str = self._language.words["occasion"]["media"].get(str(fact.medium), "") if fact.medium else ""
        return words

    def chronology(self) -> tuple[Entry, ...]:
        """Return every dated fact of the documented reasons, with reminders and payments, by date."""
        return chronology(self._case)

    def notice(self, length: Notice) -> str:
        """Return a length of notice in words."""
        one, many = self._language.words["units"][length.unit]
        return self._wordings.count(length.count, one, many)

    def notice_given(self, contract: View) -> bool:
        """Return whether the end gives the contract's notice, counted as the review counts it.

        Never where the notice runs from a day that is not known when the letter is written: its receipt, or the end
        of the month of it.
        """
        end = self._case.end
        if not end or contract.notice_from not in {None, "letter"}:
            return False
        count = notice_end(self._case, contract.notice)
        return count is not None and count.end <= end.date
