"""Amounts, percentages and quantities."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rupture.composing.functions.group import Group
from rupture.language import typography
from rupture.language.grammar import Computed

if TYPE_CHECKING:
    from decimal import Decimal

    from rupture.case.written import Money


class Amounts(Group):
    """Functions that write figures."""

    def amount(self, money: Money, *, exact: bool = False) -> Computed:
        """Return an amount with its currency, a round one without decimals unless it has to be exact."""
        return Computed(typography.amount_text(money, self._style, exact=exact))

    def percent(self, number: Decimal) -> Computed:
        """Return a percentage."""
        return Computed(typography.percent_text(number, self._style))

    def figure(self, number: Decimal | int) -> Computed:
        """Return a quantity in figures, with the decimals that it has."""
        return Computed(typography.number_text(number, self._style))
