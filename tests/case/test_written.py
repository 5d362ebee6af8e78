"""Amounts, beginnings and lengths of notice: what each short notation means."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import ValidationError

from rupture.case.written import Money, Notice, PartialDate, is_date

CURRENCIES = ("EUR", "CHF", "CAD", "USD", "GBP", "JPY")


def amount_of(text: str) -> tuple[Decimal, str]:
    money = Money.model_validate(text)
    return money.amount, money.currency


class TestMoney:
    """An amount is read exactly or refused, never guessed."""

    @pytest.mark.parametrize(
        ("text", "amount", "currency"),
        [
            ("980.00 EUR", "980.00", "EUR"),
            ("980 EUR", "980", "EUR"),
            ("980,5 EUR", "980.5", "EUR"),
            ("EUR 980", "980", "EUR"),
            ("EUR980", "980", "EUR"),
            ("980EUR", "980", "EUR"),
            ("1 250,00 EUR", "1250.00", "EUR"),
            ("1\u202f250,00\u00a0EUR", "1250.00", "EUR"),
            ("1.250,00 EUR", "1250.00", "EUR"),
            ("1,250.00 USD", "1250.00", "USD"),
            ("1'250.00 CHF", "1250.00", "CHF"),
            ("1’250.00 CHF", "1250.00", "CHF"),
            ("12 345 678,90 EUR", "12345678.90", "EUR"),
            ("12,345,678.90 USD", "12345678.90", "USD"),
            ("1 250 CAD", "1250", "CAD"),
            ("0.01 EUR", "0.01", "EUR"),
            ("1,250 EUR", "1250", "EUR"),
            ("1,250,000 EUR", "1250000", "EUR"),
        ],
    )
    def test_read(self, text, amount, currency):
        assert amount_of(text) == (Decimal(amount), currency)

    @pytest.mark.parametrize(
        "text",
        [
            *("1.250 EUR", "0,125 EUR", "1.2.3 EUR", "1,25.00 EUR", "12 34 EUR", "1  250 EUR"),
            *("980", "EUR", "", "980 eur", "980 €", "$980", "980 XXY", "980 EUR EUR", "EUR 980 EUR"),
            *("-5 EUR", "+5 EUR", "0 EUR", "0.00 EUR", "1e3 EUR", "NaN EUR", "Infinity EUR", "0x10 EUR", "9_8 EUR"),
            *("980.000 EUR", "980. EUR", ".5 EUR"),
        ],
    )
    def test_refused(self, text):
        with pytest.raises(ValidationError):
            Money.model_validate(text)

    @pytest.mark.parametrize("value", [600, 600.5, "600", "1 250", "1,250", "1250,00", "1’250.00"])
    def test_without_a_currency_that_of_the_locale(self, value):
        assert Money.model_validate(value, context={"currency": "CHF"}).currency == "CHF"
        with pytest.raises(ValidationError, match="with its currency"):
            Money.model_validate(value)

    @pytest.mark.parametrize(
        ("value", "currency"),
        [("£640", "GBP"), ("640 £", "GBP"), ("CA$ 1,250.50", "CAD"), ("$5", "USD"), ("5 EUR", "EUR"), ("5", "GBP")],
    )
    def test_with_the_sign_that_the_locale_knows(self, value, currency):
        signs = {"£": "GBP", "$": "USD", "CA$": "CAD"}
        assert Money.model_validate(value, context={"currency": "GBP", "signs": signs}).currency == currency

    @pytest.mark.parametrize("value", ["£", "£$5", "£5$", "£ five", "5 ¥"])
    def test_with_a_sign_that_tells_nothing(self, value):
        with pytest.raises(ValidationError):
            Money.model_validate(value, context={"currency": "GBP", "signs": {"£": "GBP", "$": "USD"}})

    @given(
        cents=st.integers(1, 10**12),
        currency=st.sampled_from(CURRENCIES),
        group=st.sampled_from(["", " ", "\u00a0", "\u202f", "'", "’"]),
        point=st.sampled_from([".", ","]),
        first=st.booleans(),
    )
    def test_round_trip(self, cents, currency, group, point, first):
        amount = Decimal(cents) / 100
        figure = f"{amount:,.2f}".replace(".", "#").replace(",", group).replace("#", point)
        money = Money.model_validate(f"{currency} {figure}" if first else f"{figure} {currency}")
        assert (money.amount, money.currency) == (amount, currency)
        assert Money.model_validate(money.model_dump()) == money

    @pytest.mark.parametrize("amount", ["1.239", 1.239, "1e-3"])
    def test_a_mapping_is_no_way_round_the_exactness(self, amount):
        with pytest.raises(ValidationError):
            Money.model_validate({"amount": amount, "currency": "EUR"})

    @given(st.text(max_size=20))
    def test_any_text_is_read_or_refused(self, text):
        try:
            money = Money.model_validate(text)
        except ValidationError:
            return
        assert money.amount > 0
        assert money.amount == round(money.amount, 2)


class TestPartialDate:
    """A time is a year, a month or a day, and stays as exact as it was given."""

    @pytest.mark.parametrize(
        ("value", "written", "earliest", "latest"),
        [
            ("2021", "2021", dt.date(2021, 1, 1), dt.date(2021, 12, 31)),
            (2021, "2021", dt.date(2021, 1, 1), dt.date(2021, 12, 31)),
            ("2021-03", "2021-03", dt.date(2021, 3, 1), dt.date(2021, 3, 31)),
            ("2021-03-15", "2021-03-15", dt.date(2021, 3, 15), dt.date(2021, 3, 15)),
            (dt.date(2021, 3, 15), "2021-03-15", dt.date(2021, 3, 15), dt.date(2021, 3, 15)),
            ("0987", "0987", dt.date(987, 1, 1), dt.date(987, 12, 31)),
        ],
    )
    def test_read(self, value, written, earliest, latest):
        since = PartialDate.model_validate(value)
        assert since.model_dump() == written
        assert (since.earliest(), since.latest()) == (earliest, latest)

    @pytest.mark.parametrize(
        "value", ["21", "2021-3", "2021-13", "2021-02-30", "mars 2021", "03-2021", "", "2021-", "0000", True, 5.5]
    )
    def test_refused(self, value):
        with pytest.raises(ValidationError):
            PartialDate.model_validate(value)

    @given(st.dates())
    def test_round_trip(self, day):
        for text in (f"{day.year:04}", f"{day.year:04}-{day.month:02}", day.isoformat()):
            assert PartialDate.model_validate(text).model_dump() == text


class TestIsDate:
    """Digits are meant as a time, and everything else as words."""

    @pytest.mark.parametrize("value", ["2026", "2026-12", "2026-12-18", "2026-13", 2026, dt.date(2026, 12, 18)])
    def test_dates(self, value):
        assert is_date(value)

    @pytest.mark.parametrize("value", ["summer", "2026 or so", "18 December 2026", "", True, None])
    def test_words(self, value):
        assert not is_date(value)


class TestNotice:
    """A length of notice is a count of days, weeks or months."""

    @pytest.mark.parametrize(
        ("text", "count", "unit"),
        [("60 days", 60, "day"), ("1 day", 1, "day"), ("2 weeks", 2, "week"), ("3months", 3, "month")],
    )
    def test_read(self, text, count, unit):
        notice = Notice.model_validate(text)
        assert (notice.count, notice.unit) == (count, unit)
        assert Notice.model_validate(notice.model_dump()) == notice

    @pytest.mark.parametrize(
        "text", ["60", "days", "0 days", "60 jours", "two weeks", "1000 days", "-1 days", "1.5 months"]
    )
    def test_refused(self, text):
        with pytest.raises(ValidationError):
            Notice.model_validate(text)
