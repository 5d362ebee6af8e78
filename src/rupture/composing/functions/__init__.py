"""The functions that templates call, one module per subject."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from rupture.composing.functions.amounts import Amounts
from rupture.composing.functions.dates import Dates
from rupture.composing.functions.looking import Looking
from rupture.composing.functions.nouns import Nouns
from rupture.composing.functions.people import People
from rupture.composing.functions.times import Times
from rupture.composing.functions.verbs import Verbs
from rupture.composing.functions.wordings import Wordings
from rupture.language import languages
from rupture.language.times import Calendar

if TYPE_CHECKING:
    from rupture.case.model import Case
    from rupture.planning.plan import Plan


class Functions:
    """The template functions of one letter."""

    def __init__(self, case: Case, plan: Plan) -> None:
        wordings = Wordings(case)
        language = languages.get(case.language)
        self._own_year = 0 if case.tone == "formal" else case.date.year
        spoken = case.tone == "friend" and case.relationship.contract is None
        self._calendar = Calendar(case.date, language, language.styles[case.locale], spoken=spoken)
        dates, times = Dates(case, plan, wordings, self._calendar), Times(case, self._calendar)
        self._groups = (wordings, dates, times, Verbs(case), Amounts(case), Looking(case), Nouns(case), People(case))

    def names(self) -> dict[str, Any]:
        """Return every function by the name that templates call it."""
        return {name: function for group in self._groups for name, function in group.names().items()}

    @property
    def year(self) -> int:
        """The year that the next past `day` may leave out; 0 begins a paragraph, in which that is the letter's own.

        A formal letter begins with none.
        """
        return self._calendar.year

    @year.setter
    def year(self, year: int) -> None:
        self._calendar.year = year or self._own_year
