"""Invoices: how late each one is."""

from __future__ import annotations

import datetime as dt

import pytest

from rupture.case.money import Invoice


class TestDaysLate:
    """An invoice is late from the day after its due date until it is paid."""

    @pytest.mark.parametrize(
        ("due", "paid", "on", "days"),
        [
            ("2026-03-31", "2026-05-15", "2026-11-20", 45),
            ("2026-03-31", "2026-03-31", "2026-11-20", 0),
            ("2026-03-31", "2026-03-01", "2026-11-20", 0),
            ("2026-03-31", None, "2026-04-01", 1),
            ("2026-03-31", None, "2026-03-31", 0),
            ("2026-12-31", None, "2026-11-20", 0),
            ("2024-02-28", "2024-03-01", "2026-11-20", 2),
        ],
    )
    def test_days_late(self, due, paid, on, days):
        invoice = Invoice.model_validate({"number": "1", "amount": "1 EUR", "due": due, "paid": paid})
        assert invoice.days_late(dt.date.fromisoformat(on)) == days
