"""Invoices, prices, and the gesture of goodwill."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING, Final, Literal, Self

from pydantic import Field, model_validator

from rupture.case.own_words import Prose
from rupture.case.values import Date, Declinable, Line, Model
from rupture.case.written import Money

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Mapping


class Invoice(Model):
    """One invoice, entered here once and referred to elsewhere by its number."""

    number: Line
    amount: Money
    tax: Prose | None = Field(None, description="How the amount treats tax: TTC, hors taxes, plus VAT.")
    issued: Date | None = None
    due: Date
    paid: Date | None = None

    def days_late(self, on: dt.date) -> int:
        """Return how many days after its due date it was paid, or is still unpaid on that day; 0 if not late."""
        return max(0, ((self.paid or on) - self.due).days)


#: What each gesture is made of: the fields it needs, and those it may have besides ``by``.
GESTURES: Final[Mapping[str, tuple[frozenset[str], frozenset[str]]]] = {
    "waive-invoice": (frozenset({"invoice"}), frozenset()),
    "refund": (frozenset({"invoice"}), frozenset({"amount"})),
    "credit": (frozenset({"invoice", "amount"}), frozenset()),
    "discount": (frozenset({"invoice", "percent"}), frozenset()),
    "extra-support": (frozenset({"days"}), frozenset({"what"})),
    "free-handover": (frozenset({"what"}), frozenset()),
    "none": (frozenset(), frozenset()),
}


class Goodwill(Declinable):
    """One concrete gesture; ``goodwill: none`` declines the step, and help takes its place."""

    gesture: Literal["waive-invoice", "refund", "credit", "discount", "extra-support", "free-handover", "none"]
    invoice: Line | None = Field(None, description="The number of the one invoice the gesture is limited to.")
    amount: Money | None = Field(None, description="Of a refund or a credit: how much of that invoice.")
    percent: Decimal | None = Field(
        None, gt=0, lt=100, decimal_places=2, description="Of a discount: how many per cent of that invoice."
    )
    days: int | None = Field(None, gt=0, le=365, description="Of extra support: how many days after the end.")
    what: Prose | None = Field(None, description="Of a free handover: a noun phrase: « deux séances de reprise ».")
    by: Date | None = Field(None, description="When the gesture is carried out, at the latest.")

    @model_validator(mode="before")
    @classmethod
    def _declined(cls, value: object) -> object:
        return {"gesture": "none"} if value == "none" else value

    @model_validator(mode="after")
    def _complete(self) -> Self:
        needed, allowed = GESTURES[self.gesture]
        given = {name for name in ("invoice", "amount", "percent", "days", "what") if getattr(self, name) is not None}
        if missing := sorted(needed - given):
            raise ValueError(f"{self.gesture} needs {' and '.join(missing)}")
        if odd := sorted(given - needed - allowed):
            raise ValueError(f"{' and '.join(odd)} does not go with {self.gesture}")
        return self


class Price(Model):
    """A new price, and the day until which the client may choose to leave."""

    old: Money | None = None
    new: Money
    per: Prose = Field(description="What it is for, with its preposition: « par mois ».")
    from_: Date = Field(alias="from")
    answer_by: Date

    @model_validator(mode="after")
    def _rises(self) -> Self:
        if self.old and self.old.currency != self.new.currency:
            raise ValueError(f"old is in {self.old.currency} and new in {self.new.currency}")
        if self.old and self.old.amount >= self.new.amount:
            raise ValueError("new is not more than old")
        if self.answer_by > self.from_:
            raise ValueError("answer_by comes after from: the client could not leave before the new price")
        return self
