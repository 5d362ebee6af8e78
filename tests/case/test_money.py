"""Entries of money: how late each one is, and what it comes to."""

from __future__ import annotations

import datetime as dt

import pytest

from rupture.case.money import MoneyItem


def item(**more: object) -> MoneyItem:
    return MoneyItem.model_validate({"what": "x", **more}, context={"currency": "EUR"})


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
            (None, "2024-03-01", "2026-11-20", 0),
        ],
    )
    def test_days_late(self, due, paid, on, days):
        assert item(amount="1", due=due, paid=paid).days_late(dt.date.fromisoformat(on)) == days


class TestLeft:
    """An entry comes to its amount, or to what is left of the whole; it is never guessed."""

    @pytest.mark.parametrize(
        ("entry", "left"),
        [
            ({"amount": 600}, "600.00 EUR"),
            ({"amount": "1 250,50 CHF"}, "1250.50 CHF"),
            ({}, None),
            ({"count": 4, "each": 25}, "100.00 EUR"),
            ({"count": "2,5", "each": 40}, "100.00 EUR"),
            ({"count": 4}, None),
            ({"was": 300, "less": [{"what": "y", "amount": 85}]}, "215.00 EUR"),
            ({"was": 300, "less": [{"what": "y", "count": 2, "each": "42.50"}]}, "215.00 EUR"),
            ({"was": 300, "less": [{"what": "y"}]}, None),
            ({"was": 300, "less": [{"what": "y", "amount": 300}]}, None),
            ({"was": 300, "amount": 200}, "200.00 EUR"),
            ({"count": 4, "each": 25, "less": [{"what": "y", "amount": 25}]}, "75.00 EUR"),
        ],
    )
    def test_left(self, entry, left):
        found = item(**entry).left
        assert (found and found.model_dump()) == left
