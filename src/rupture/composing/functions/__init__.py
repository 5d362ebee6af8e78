"""The functions that templates call, one module per subject."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from rupture.composing.functions.dates import Dates
from rupture.composing.functions.invoices import Invoices
from rupture.composing.functions.people import People
from rupture.composing.functions.wordings import Wordings

if TYPE_CHECKING:
    from rupture.case.model import Case


class Functions:
    """The template functions of one letter."""

    def __init__(self, case: Case) -> None:
        wordings = Wordings(case)
        self._dates = Dates(case, wordings)
        self._groups = (wordings, self._dates, Invoices(case), People(case))

    def names(self) -> dict[str, Any]:
        """Return every function by the name that templates call it."""
        return {name: function for group in self._groups for name, function in group.names().items()}

    def forget_year(self) -> None:
        """Begin a new part: its first `day` names its year."""
        self._dates.forget_year()
