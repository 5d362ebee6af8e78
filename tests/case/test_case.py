"""The model of a case: what each of its small notations means, and which facts contradict each other."""

from __future__ import annotations

import datetime as dt
import json
from decimal import Decimal

import pytest
from email_validator import validate_email
from hypothesis import given
from hypothesis import strategies as st
from pydantic import TypeAdapter, ValidationError

import rupture
from rupture.case.model import Case
from rupture.case.money import Invoice
from rupture.case.values import Email
from rupture.case.written import Money, Notice, Since

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
        ],
    )
    def test_read(self, text, amount, currency):
        assert amount_of(text) == (Decimal(amount), currency)

    @pytest.mark.parametrize(
        "text",
        [
            *("1,250 EUR", "1.250 EUR", "1,250,000 EUR", "1.2.3 EUR", "1,25.00 EUR", "12 34 EUR", "1  250 EUR"),
            *("980", "EUR", "", "980 eur", "980 €", "$980", "980 XXY", "980 EUR EUR", "EUR 980 EUR"),
            *("-5 EUR", "+5 EUR", "0 EUR", "0.00 EUR", "1e3 EUR", "NaN EUR", "Infinity EUR", "0x10 EUR", "9_8 EUR"),
            *("980.000 EUR", "980. EUR", ".5 EUR"),
        ],
    )
    def test_refused(self, text):
        with pytest.raises(ValidationError):
            Money.model_validate(text)

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


class TestSince:
    """A beginning is a year, a month or a day, and stays as exact as it was given."""

    @pytest.mark.parametrize(
        ("value", "written", "earliest"),
        [
            ("2021", "2021", dt.date(2021, 1, 1)),
            (2021, "2021", dt.date(2021, 1, 1)),
            ("2021-03", "2021-03", dt.date(2021, 3, 1)),
            ("2021-03-15", "2021-03-15", dt.date(2021, 3, 15)),
            (dt.date(2021, 3, 15), "2021-03-15", dt.date(2021, 3, 15)),
            ("0987", "0987", dt.date(987, 1, 1)),
        ],
    )
    def test_read(self, value, written, earliest):
        since = Since.model_validate(value)
        assert since.model_dump() == written
        assert since.earliest() == earliest

    @pytest.mark.parametrize(
        "value", ["21", "2021-3", "2021-13", "2021-02-30", "mars 2021", "03-2021", "", "2021-", "0000", True, 5.5]
    )
    def test_refused(self, value):
        with pytest.raises(ValidationError):
            Since.model_validate(value)

    @given(st.dates())
    def test_round_trip(self, day):
        for text in (f"{day.year:04}", f"{day.year:04}-{day.month:02}", day.isoformat()):
            assert Since.model_validate(text).model_dump() == text


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


WORD = st.text("abz019", min_size=1, max_size=6)


class TestEmail:
    """A plain address is taken without the library that knows every rule, which would have taken it too."""

    @given(
        local=st.lists(WORD, min_size=1, max_size=3),
        between=st.sampled_from(".-_"),
        labels=st.lists(WORD, min_size=1, max_size=3),
        top=st.text("abx", min_size=2, max_size=4),
    )
    def test_the_library_agrees(self, local, between, labels, top):
        address = f"{between.join(local)}@{'.'.join(labels)}.{top}"
        checked = validate_email(address, check_deliverability=False, test_environment=True)
        assert TypeAdapter(Email).validate_python(address) == address == checked.normalized

    @pytest.mark.parametrize(
        "address", ["a@b.local", "a@b.arpa", "a@xn--b.fr", "a@b", "a.@b.fr", "a@-b.fr", "a b@c.fr"]
    )
    def test_anything_else_is_left_to_it(self, address):
        with pytest.raises(ValidationError, match="not an e-mail address"):
            TypeAdapter(Email).validate_python(address)


class TestDates:
    """A date is a whole day of the calendar, and nothing that only resembles one."""

    @pytest.mark.parametrize("value", ["2027-01-31", dt.date(2027, 1, 31)])
    def test_read(self, minimal, value):
        assert rupture.load(minimal(end={"date": value})).end.date == dt.date(2027, 1, 31)

    @pytest.mark.parametrize(
        "value",
        [
            *("2027-1-31", "2027-02-29", "20270131", "31.01.2027", "2027-01-31 ", "2027-W04-7", ""),
            *(1_800_000_000, 0, 86_400, True, False, 1.5, [2027, 1, 31]),
            dt.datetime(2027, 1, 31),  # noqa: DTZ001  a time of day is what is refused
        ],
    )
    def test_refused(self, minimal, value):
        with pytest.raises(rupture.CaseError, match=r"end\.date"):
            rupture.load(minimal(end={"date": value}))

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


class TestModel:
    """A case cannot be changed, equals a case of the same facts, and survives its own writing."""

    @pytest.mark.parametrize(
        "change", [lambda case: setattr(case, "place", "x"), lambda case: setattr(case.sender, "name", "x")]
    )
    def test_frozen(self, minimal, change):
        with pytest.raises(ValidationError, match="frozen"):
            change(rupture.load(minimal()))

    def test_lists_are_tuples(self, example):
        case = rupture.load(example)
        assert isinstance(case.sender.signatories, tuple)
        assert isinstance(case.reasons, tuple)

    def test_the_same_facts_from_elsewhere_are_equal(self, example, tmp_path):
        moved = tmp_path / "moved.yaml"
        moved.write_text("# one line more\n" + example.read_text(encoding="utf-8"), encoding="utf-8")
        assert rupture.load(moved) == rupture.load(example)

    def test_other_facts_are_not_equal(self, minimal):
        assert rupture.load(minimal()) == rupture.load(minimal())
        assert rupture.load(minimal()) != rupture.load(minimal(place="Lyon"))

    def test_written_and_read_again(self, example):
        case = rupture.load(example)
        data = json.loads(case.model_dump_json(by_alias=True, exclude_none=True))
        again = rupture.load(data)
        assert again.model_dump() == case.model_dump()

    def test_defaults(self, minimal):
        case = rupture.load(minimal())
        assert (case.end.how, case.apology, case.delivery, case.register_, case.voice) == (
            "notice",
            "apology",
            "post",
            "formal",
            "we",
        )

    def test_every_field_is_told_in_the_schema(self):
        schema = rupture.schema()
        assert {entry.alias or name for name, entry in Case.model_fields.items()} == set(schema["properties"])
        assert schema["additionalProperties"] is False

    @pytest.mark.parametrize("email", ["a@b.example", "a.b+c@sub.example.org", "A@Müller.example", "a@localhost.test"])
    def test_email(self, minimal, email):
        data = minimal()
        data["sender"]["email"] = email
        assert rupture.load(data).sender.email.casefold() == email.casefold()

    @pytest.mark.parametrize(
        "email",
        [
            "a",
            "a@",
            "@b.example",
            "a b@c.example",
            "a@b",
            "a@b..example",
            "x <a@b.example>",
            "a@b.example, c@d.example",
        ],
    )
    def test_no_email(self, minimal, email):
        data = minimal()
        data["sender"]["email"] = email
        with pytest.raises(rupture.CaseError, match=r"sender\.email: .*e-mail"):
            rupture.load(data)


INVOICES = [
    {"number": "late", "amount": "100.00 EUR", "due": "2026-03-01", "paid": "2026-04-01"},
    {"number": "open", "amount": "100.00 EUR", "due": "2026-12-15"},
    {"number": "overdue", "amount": "100.00 EUR", "due": "2026-06-15"},
]


def telling(**fact: object) -> dict:
    reason = "late-payment" if "invoice" in fact else "unresponsive"
    return {"reasons": [{"reason": reason, "facts": [fact]}]}


CONTRADICTIONS = {
    "invoice listed twice": ({"invoices": [*INVOICES, INVOICES[0]]}, "invoices[3].number", "listed twice"),
    "unknown invoice of a fact": (telling(invoice="lost"), "reasons[0].facts[0].invoice", "no invoice lost"),
    "unknown invoice of a gesture": (
        {"goodwill": {"gesture": "refund", "invoice": "lat"}},
        "goodwill.invoice",
        "did you mean 'late'",
    ),
    "fact after the letter": (
        telling(date="2026-11-21", request="x"),
        "reasons[0].facts[0].date",
        "after the letter's own date",
    ),
    "fact before the relationship": (
        telling(date="2020-12-31", request="x"),
        "reasons[0].facts[0].date",
        "before the relationship began",
    ),
    "reminder before the fact": (
        telling(date="2026-05-02", request="x", reminders=["2026-05-01"]),
        "reasons[0].facts[0].reminders[0]",
        "not between",
    ),
    "reminder after the letter": (
        telling(date="2026-05-02", request="x", reminders=["2026-05-03", "2026-11-21"]),
        "reasons[0].facts[0].reminders[1]",
        "not between",
    ),
    "invoice that was not late": (telling(invoice="open"), "reasons[0].facts[0].invoice", "was not late on 2026-11-20"),
    "waiving what was paid": (
        {"goodwill": {"gesture": "waive-invoice", "invoice": "late"}},
        "goodwill.invoice",
        "was paid on 2026-04-01",
    ),
    "refunding what was not paid": (
        {"goodwill": {"gesture": "refund", "invoice": "open"}},
        "goodwill.invoice",
        "is not paid yet",
    ),
    "refund in another currency": (
        {"goodwill": {"gesture": "refund", "invoice": "late", "amount": "10 CHF"}},
        "goodwill.amount",
        "expected EUR",
    ),
    "refund of more than was paid": (
        {"goodwill": {"gesture": "refund", "invoice": "late", "amount": "100.01 EUR"}},
        "goodwill.amount",
        "more than invoice late itself",
    ),
}

AGREEING = {
    "reminders on the edges": telling(date="2026-05-02", request="x", reminders=["2026-05-02", "2026-11-20"]),
    "fact on the day of the letter": telling(date="2026-11-20", request="x"),
    "fact on the first day": telling(date="2021-03-01", request="x"),
    "unpaid and overdue": telling(invoice="overdue"),
    "the whole refunded": {"goodwill": {"gesture": "refund", "invoice": "late", "amount": "100.00 EUR"}},
}


@pytest.fixture
def facts(minimal):
    def make(more: dict) -> dict:
        data = minimal(**({"invoices": INVOICES} | more))
        data["relationship"]["since"] = "2021-03"
        return data

    return make


class TestContradictions:
    """Two facts of a case that cannot both be true are refused at the field to look at."""

    @pytest.mark.parametrize(("more", "path", "said"), CONTRADICTIONS.values(), ids=CONTRADICTIONS)
    def test_refused(self, facts, more, path, said):
        with pytest.raises(rupture.CaseError) as caught:
            rupture.load(facts(more))
        (problem,) = caught.value.problems
        assert problem.path == path
        assert said in problem.message

    @pytest.mark.parametrize("more", AGREEING.values(), ids=AGREEING)
    def test_the_nearest_that_agrees(self, facts, more):
        assert rupture.compose(rupture.load(facts(more)))
