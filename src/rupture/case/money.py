"""Money: what is due, paid back, waived, reduced or kept, and what it costs from now on."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal

from pydantic import Field

from rupture.case.own_words import Prose, When
from rupture.case.values import Date, Model
from rupture.case.written import Money, Number, PartialDate

if TYPE_CHECKING:
    import datetime as dt

State = Literal["due", "billed", "refund", "waived", "reduced", "kept", "paid", "price", "none"]


class MoneyItem(Model):
    """One sum, with or without its figure."""

    what: Prose = Field(
        description="What it is, with its article.",
        examples=["the deposit for the spring shoot", "la facture d'octobre"],
    )
    state: State = Field(
        "due",
        description="due: the client pays; billed: an invoice is to come; refund: paid back; waived: given up; "
        "reduced: cut from was; kept: not paid back; paid; price: what it costs from a day; none: nothing is due.",
    )
    amount: Money | None = Field(None, description="The sum; for a refund, what is paid back.")
    tax: Prose | None = Field(None, description="How it treats tax.", examples=["including VAT", "hors TVA"])
    was: Money | None = Field(None, description="What was held, or the price before.")
    less: tuple[MoneyItem, ...] = Field((), max_length=8, description="What is taken off: each with its amount.")
    count: Number | None = Field(None, description="How many are left, paid for and not used.", examples=[4])
    each: Money | None = Field(None, description="What one of them costs.")
    due: Date | None = Field(None, description="When it fell or falls due.", examples=["2026-10-31"])
    paid: When | None = Field(None, description="When it was paid.", examples=["2026-10"])
    by: When | None = Field(None, description="Until when, at the latest.", examples=["2026-12-18"])
    from_: When | None = Field(None, alias="from", description="Of a price, from when.", examples=["2027-01-01"])
    how: Prose | None = Field(None, description="In which way.", examples=["by check", "par virement"])
    about: Prose | None = Field(None, description="The subject of the matter it belongs to.", examples=["Gas safety"])
    because: Prose | None = Field(None, description="Why: a clause.", examples=["the shoot will not take place"])
    note: Prose | None = Field(None, description="What else to know: a sentence.", examples=["The receipt follows."])
    gift: bool = Field(default=False, description="It is a gesture of goodwill.")

    @property
    def whole(self) -> Money | None:
        """What there was before anything is taken off."""
        if self.was:
            return self.was
        if self.count and self.each:
            return Money(amount=self.count * self.each.amount, currency=self.each.currency)
        return self.amount if not self.less else None

    @property
    def left(self) -> Money | None:
        """The sum itself: as given, or what is left of the whole; None where the case does not tell."""
        if self.amount or not (self.less or self.count):
            return self.amount
        taken = [each.left for each in self.less]
        if not self.whole or not all(taken):
            return None
        left = self.whole.amount - sum(each.amount for each in taken if each)
        return Money(amount=left, currency=self.whole.currency) if left > 0 else None

    def days_late(self, on: dt.date) -> int:
        """Return how many days after its due date it was paid, or is still unpaid on that day; 0 if not late."""
        paid = self.paid.earliest() if isinstance(self.paid, PartialDate) and self.paid.day else on
        return max(0, (paid - self.due).days) if self.due else 0
