"""The dated facts of a case in the order of their days, for the annex."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from rupture.case.field_path import FieldPath
from rupture.composing.reasons import disclosure_of
from rupture.composing.view import View, invoice_view

if TYPE_CHECKING:
    import datetime as dt

    from rupture.case.model import Case


@dataclass(frozen=True, slots=True)
class Entry:
    """One line of the chronology.

    Args:
        date: its day.
        kind: ``due``, ``paid``, ``unpaid``, ``reminder``, or the shape of the fact.
        of: the invoice or the fact.
    """

    date: dt.date
    kind: str
    of: View


def chronology(case: Case) -> tuple[Entry, ...]:
    """Return every dated fact of the reasons that the case documents, oldest first."""
    entries: list[Entry] = []
    for r, reason in enumerate(case.reasons):
        if disclosure_of(reason) != "documented":
            continue
        for f, fact in enumerate(reason.facts):
            seen = View(fact, case.language, FieldPath(("reasons", r, "facts", f)))
            entries += _of_invoice(case, fact.invoice) if fact.invoice else _of_event(seen)
    return tuple(sorted(entries, key=lambda entry: entry.date))


def _of_event(fact: View) -> list[Entry]:
    return [Entry(fact.date, fact.shape, fact), *(Entry(day, "reminder", fact) for day in fact.reminders)]


def _of_invoice(case: Case, number: str) -> list[Entry]:
    invoice = invoice_view(case, number)
    after = Entry(invoice.paid, "paid", invoice) if invoice.paid else Entry(case.date, "unpaid", invoice)
    return [Entry(invoice.due, "due", invoice), after]
