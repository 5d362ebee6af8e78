"""Amounts, percentages and invoices."""

from __future__ import annotations

from decimal import ROUND_HALF_UP, Decimal
from typing import TYPE_CHECKING, Final

from rupture.case.field_path import FieldPath
from rupture.case.written import Money
from rupture.composing.functions.group import Group
from rupture.composing.view import View, invoice_view
from rupture.language import typography

if TYPE_CHECKING:
    from collections.abc import Sequence

_CENT: Final = Decimal("0.01")


class Invoices(Group):
    """Functions that write amounts and pick invoices."""

    def amount(self, money: Money) -> str:
        """Return an amount with its currency."""
        return typography.amount_text(money, self._style)

    def percent(self, number: Decimal) -> str:
        """Return a percentage."""
        return typography.percent_text(number, self._style)

    def invoice(self, number: str) -> View:
        """Return the invoice of that number."""
        return invoice_view(self._case, number)

    def discounted(self, invoice: View, percent: Decimal) -> tuple[Money, Money]:
        """Return what a discount takes off an invoice, rounded to the cent, and what is left."""
        full: Money = invoice.amount
        off = (full.amount * percent / 100).quantize(_CENT, ROUND_HALF_UP)
        return Money(amount=off, currency=full.currency), Money(amount=full.amount - off, currency=full.currency)

    def open_invoices(self, *, overdue: bool) -> tuple[View, ...]:
        """Return the invoices still to be paid, without one that is waived or discounted.

        Args:
            overdue: those due before the letter's date; else those due from then on.
        """
        gesture = self._case.goodwill
        settled = gesture.invoice if gesture and gesture.gesture in {"waive-invoice", "discount"} else None
        return tuple(
            View(invoice, self._case.language, FieldPath(("invoices", index)))
            for index, invoice in enumerate(self._case.invoices)
            if not invoice.paid and invoice.number != settled and (invoice.due < self._case.date) == overdue
        )

    def total(self, invoices: Sequence[View]) -> Money | None:
        """Return the sum of some invoices, or None when they are in several currencies."""
        if len({invoice.amount.currency for invoice in invoices}) != 1:
            return None
        return Money(amount=sum(invoice.amount.amount for invoice in invoices), currency=invoices[0].amount.currency)
