"""What the law of a place asks: each row of ``law.toml`` found and not found, and a notice counted by hand."""

from __future__ import annotations

import datetime as dt
import tomllib
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, get_args

import holidays
import pytest
from hypothesis import given
from hypothesis import strategies as st
from reading import ROOT, fold, plain_data

import rupture
from conftest import LOCALES
from rupture.case.model import Case
from rupture.case.written import Notice
from rupture.language import languages
from rupture.law import table
from rupture.law.notice import notice_end
from rupture.law.places import jurisdiction
from rupture.loading.starter import starter_case
from rupture.reviewing import rulefiles
from rupture.reviewing.finding import Severity
from rupture.reviewing.rules import law

if TYPE_CHECKING:
    from rupture.reviewing.finding import Finding

TODAY = dt.date(2026, 11, 20)  # a Friday
PLACES = ("FR", "QC", "BE", "CH", "GB", "US", "CA")
ROWS = {check.code: check for check in table.law().checks}

SERVICE = {"service": "the upkeep of your website"}
NO_FACTS = [{"reason": "capacity"}]
FACTS = [{"reason": "late-payment", "facts": [{"invoice": "F-001"}]}]
EARLY = {"date": "2027-01-31"}


def starter_data(locale: str = "en-GB", **changes: object) -> dict:
    """Return the starter of that locale as `rupture new` wrote it on `TODAY`, with these keys replaced."""
    return plain_data("starter.yaml", starter_case(locale, (), "schema.json", "starter.yaml", today=TODAY)) | changes


def contract(since: str | None = None, client: str = "business", **terms: str) -> dict:
    """Return a relationship under a contract of these terms."""
    return {**SERVICE, "since": since, "client": client, "contract": terms or None}


def found(data: dict, code: str) -> list[Finding]:
    return [finding for finding in rupture.review(rupture.load(data)) if finding.code == code]


@dataclass(frozen=True)
class Row:
    """What a row of ``law.toml`` finds, at which field, and what it leaves alone."""

    seen: dict
    path: str
    near_misses: dict[str, dict]
    locale: str = "en-GB"
    said: tuple[str, ...] = field(default=())


def _after_apology(text: str, after: str = "apology") -> dict:
    return {"paragraphs": [{"after": after, "text": text}]}


def _critical(day: str) -> dict:
    return {"known": {"critical_dates": [{"date": day, "what": "the sale"}]}, "end": EARLY}


def _personal_data(who: str, what: str) -> dict:
    return {"known": {"personal_data": True}, "next_steps": [{"who": who, "what": what, "by": "2027-01-15"}]}


TERM = contract(term="2027-12-31")
OPEN = contract(term="open-ended", reference="C-1")

TABLE = {
    "term.cut": Row(
        {"relationship": TERM, "reasons": NO_FACTS, "end": EARLY},
        "end.date",
        {
            "a clause allows it": {"relationship": contract(term="2027-12-31", clause="section 7")},
            "a dated fact": {"reasons": FACTS},
            "mutual consent": {"end": EARLY | {"how": "mutual"}},
            "on the last day of the term": {"end": {"date": "2027-12-31"}},
            "an open-ended contract": {"relationship": OPEN},
            "no contract": {"relationship": SERVICE},
        },
        said=("31 December 2027", "31 January 2027"),
    ),
    "end.immediate": Row(
        {"end": {"date": "2026-11-27", "how": "immediate"}, "reasons": NO_FACTS},
        "end.how",
        {"a dated fact": {"reasons": FACTS}, "with notice": {"end": EARLY}},
    ),
    "notice.established": Row(
        {"relationship": contract("2021-03-15"), "end": EARLY},
        "end.date",
        {
            "a year less a day": {"relationship": contract("2025-11-21")},
            "no known beginning": {"relationship": contract()},
            "eighteen months of notice": {"end": {"date": "2028-05-20"}},
            "mutual consent": {"end": EARLY | {"how": "mutual"}},
        },
        said=("5 year", "72 days"),
    ),
    "notice.missing": Row(
        {"relationship": OPEN, "end": EARLY},
        "relationship.contract",
        {
            "a notice": {"relationship": contract(term="open-ended", notice="60 days")},
            "a fixed term": {"relationship": TERM},
            "no contract": {"relationship": SERVICE},
            "not by notice": {"end": EARLY | {"how": "mutual"}},
        },
        said=("72 days",),
    ),
    "reason.required": Row(
        {"reasons": [], "relationship": contract(client="consumer")},
        "reasons",
        {
            "a reason that is not told": {"reasons": [{"reason": "capacity", "disclosure": "none"}]},
            "the client is a business": {"relationship": contract()},
            "mutual consent": {"end": EARLY | {"how": "mutual"}},
        },
    ),
    "reason.serious": Row(
        {"reasons": []},
        "reasons",
        {
            "a reason that is not told": {"reasons": [{"reason": "capacity", "disclosure": "none"}]},
            "not renewed": {"end": EARLY | {"how": "non-renewal"}},
        },
    ),
    "goodwill.penalties": Row(
        {"payment": "par virement, avec les pénalités de retard"},
        "payment",
        {
            "nothing charged": {"payment": "par virement, sans retard"},
            "nothing waived": {"goodwill": "none"},
            "another gesture": {"goodwill": {"gesture": "extra-support", "days": 30}},
        },
        locale="fr-FR",
        said=("F-002",),
    ),
    "late.bands": Row(
        {"payment": "by transfer, with the late payment compensation of £70"},
        "payment",
        {
            "the sum of the band": {"payment": "by transfer, with the late payment compensation of £40"},
            "its pence": {"payment": "by transfer, with the late payment compensation of £40.00"},
            "an amount of something else": {"payment": "by transfer, £70 each month"},
            "no debt": {"invoices": [], "reasons": NO_FACTS, "goodwill": "none"},
            "the debt itself": {"payment": "by transfer, now that the late payment of £1,250.00 is settled"},
        },
        said=("£70", "£40"),
    ),
    "delivery.electronic": Row(
        {"relationship": OPEN, "delivery": "email"},
        "delivery",
        {"a registered letter": {"delivery": "registered"}, "no contract": {"relationship": SERVICE}},
    ),
    "end.inopportune": Row(
        _critical("2027-03-02"),
        "known.critical_dates[0]",
        {"31 days after": _critical("2027-03-03"), "31 days before": _critical("2026-12-31")},
        said=("the sale", "2 March 2027", "31 January 2027"),
    ),
    "next-steps.required": Row(
        {"next_steps": []},
        "next_steps",
        {
            "a step": {"next_steps": [{"who": "us", "what": "the access codes", "by": "2027-01-15"}]},
            "help": {"help": {"what": "a handover call"}},
            "an offer declined": {"end": EARLY | {"how": "declined-offer"}},
        },
    ),
    "language.french": Row({}, "locale", {"in French": {"locale": "fr-CA"}}, locale="en-CA"),
    "apology.facts": Row(
        _after_apology("The outage of 3 May cost you an evening."),
        "paragraphs[0].text",
        {
            "no figure": _after_apology("The outage cost you an evening."),
            "after another step": _after_apology("The outage of 3 May cost you an evening.", "framing"),
        },
    ),
    "data.choice": Row(
        _personal_data("us", "the erasure of the personal data, or its return, at your choice"),
        "next_steps",
        {
            "the client chooses": _personal_data("you", "your choice: return or erasure of the personal data"),
            "in French": _personal_data("you", "le choix entre la restitution et l’effacement des données"),
            "no personal data": {"known": {"personal_data": False}},
        },
    ),
}
NEAR_MISSES = [
    pytest.param(code, miss, id=f"{code}: {name}")
    for code, row in TABLE.items()
    for name, miss in row.near_misses.items()
]


class TestRows:
    """Each row is asked in its places, of its clients, and nowhere else."""

    def test_every_row_is_here(self):
        assert sorted(TABLE) == sorted(ROWS)
        assert len(ROWS) == len(table.law().checks), "two rows of one code"

    @pytest.mark.parametrize("place", PLACES)
    @pytest.mark.parametrize("code", TABLE)
    def test_where(self, code, place):
        row = TABLE[code]
        findings = found(starter_data(row.locale, jurisdiction=place, **row.seen), code)
        if place not in ROWS[code].where:
            assert findings == []
            return
        (finding,) = findings
        assert (finding.path, finding.severity, finding.source) == (row.path, ROWS[code].severity, ROWS[code].source)
        assert finding.suggestion
        assert all(said in fold(finding.message) for said in row.said), finding.message

    @pytest.mark.parametrize(("code", "miss"), NEAR_MISSES)
    def test_near_miss(self, code, miss):
        row = TABLE[code]
        data = starter_data(row.locale, jurisdiction=ROWS[code].where[0], **row.seen)
        assert found(data, code)
        assert found(data | miss, code) == []

    @pytest.mark.parametrize("code", [code for code, check in ROWS.items() if check.client])
    def test_of_the_other_kind_of_client(self, code):
        row = TABLE[code]
        data = starter_data(row.locale, jurisdiction=ROWS[code].where[0], **row.seen)
        other = "consumer" if ROWS[code].client == "business" else "business"
        data["relationship"] = data["relationship"] | {"client": other}
        assert found(data, code) == []

    def test_a_twin_in_french(self, minimal):
        both = {"fr": "l'entretien de votre site", "en": "the upkeep of your website"}
        data = minimal("en-CA", jurisdiction="QC", relationship={"service": both})
        assert found(data, "language.french")
        assert found(data | {"twin": "fr-CA"}, "language.french") == []

    def test_where_no_step_asks_for_the_choice(self):
        data = starter_data(jurisdiction="GB", known={"personal_data": True}, next_steps=[])
        assert [finding.path for finding in found(data, "data.choice")] == ["known.personal_data"]

    @pytest.mark.parametrize(
        ("debt", "due"), [("999.99", 40), ("1000.00", 70), ("9999.99", 70), ("10000.00", 100), ("250000.00", 100)]
    )
    @pytest.mark.parametrize("asked", [40, 70, 100])
    def test_bands_of_a_late_debt(self, debt, due, asked):
        invoice = {"number": "F-001", "amount": f"{debt} GBP", "due": "2026-09-06", "paid": "2026-10-18"}
        payment = f"by transfer, £{asked} being due for late payment"
        data = starter_data(invoices=[invoice], goodwill="none", payment=payment)
        assert len(found(data, "late.bands")) == (asked != due)

    @pytest.mark.parametrize(
        ("sent", "since", "end", "seen"),
        [
            ("2026-11-20", "2025-11-20", "2027-01-31", True),
            ("2026-11-20", "2025-11-21", "2027-01-31", False),
            ("2026-11-20", "2021", "2028-05-19", True),
            ("2026-11-20", "2021", "2028-05-20", False),
            ("2026-11-30", "2021", "2028-05-01", True),
        ],
    )
    def test_an_established_relationship_and_eighteen_months(self, sent, since, end, seen):
        data = starter_data(date=sent, relationship=contract(since), end={"date": end}, jurisdiction="FR")
        assert bool(found(data, "notice.established")) is seen


class TestFile:
    """Every row of the file can be used: its test, its words, its places."""

    def test_every_test_is_named_and_there(self):
        assert {check.test for check in ROWS.values()} == set(law.TESTS)

    @pytest.mark.parametrize("check", ROWS.values(), ids=list(ROWS))
    def test_row(self, check):
        assert check.severity in get_args(Severity)
        assert check.where
        assert set(check.where) <= set(PLACES)
        assert check.client in {"", "business", "consumer"}
        assert check.source
        assert check.confidence.startswith(("seen", "secondary"))
        for language in languages.codes():
            text = rulefiles.review_texts(language)[check.code]
            assert text["message"]
            assert text["suggestion"]

    def test_it_speaks_of_every_locale_and_delivery(self):
        assert sorted(locale for place in table.law().places.values() for locale in place.locales) == sorted(LOCALES)
        assert set(table.law().receipt) == set(get_args(Case.model_fields["delivery"].annotation))
        data = tomllib.loads((ROOT / "src/rupture/law/law.toml").read_text(encoding="utf-8"))
        assert len(data["check"]) == len(ROWS)


class TestJurisdiction:
    """The law is that of the locale, of Québec for a client there, or the one that the case names."""

    @pytest.mark.parametrize(
        ("locale", "place"),
        [
            ("fr-FR", "FR"),
            ("fr-CA", "QC"),
            ("fr-BE", "BE"),
            ("fr-CH", "CH"),
            ("en-US", "US"),
            ("en-GB", "GB"),
            ("en-CA", "CA"),
        ],
    )
    def test_of_a_locale(self, locale, place):
        data = starter_data(locale)
        assert jurisdiction(rupture.load(data)) == place
        assert bool(found(data | {"reasons": []}, "reason.serious")) is (place == "QC")

    @pytest.mark.parametrize("locale", LOCALES)
    @pytest.mark.parametrize("place", PLACES)
    def test_the_key_goes_before_the_locale(self, minimal, locale, place):
        assert jurisdiction(rupture.load(minimal(locale, jurisdiction=place))) == place

    @pytest.mark.parametrize(
        ("locale", "region", "country", "place"),
        [
            ("en-CA", "QC", "CA", "QC"),
            ("en-CA", "qc", "CA", "QC"),
            ("en-CA", "Québec", "CA", "QC"),
            ("en-CA", "Quebec", "CA", "QC"),
            ("en-CA", "ON", "CA", "CA"),
            ("en-CA", None, "CA", "CA"),
            ("en-CA", "QC", "US", "CA"),
            ("en-US", "QC", "CA", "US"),
        ],
    )
    def test_a_client_in_quebec(self, locale, region, country, place):
        address = {"lines": ["2 Sample Square"], "town": "Montréal", "postcode": "H2X 1Y4", "country": country}
        data = starter_data(locale, recipient={"organisation": "Client", "address": address | {"region": region}})
        assert jurisdiction(rupture.load(data)) == place
        assert bool(found(data, "language.french")) is (place == "QC")

    def test_no_address(self, minimal):
        assert jurisdiction(rupture.load(minimal("en-CA"))) == "CA"


# ---------------------------------------------------------------- when a notice ends


def noticed(notice: str, sent: str, delivery: str = "hand", runs: str | None = None, place: str = "FR", **more: object):
    """Return a case whose contract has that notice, and when it ends."""
    terms = {"notice": notice} | ({"notice_from": runs} if runs else {})
    data = starter_data(
        date=sent, delivery=delivery, relationship=contract(**terms), jurisdiction=place, reasons=NO_FACTS, **more
    )
    case = rupture.load(data)
    return case, notice_end(case, case.relationship.contract.notice)


class TestNoticeByHand:
    """The day on which a notice ends, as a person counts it on a calendar."""

    @pytest.mark.parametrize(
        ("notice", "sent", "end"),
        [
            ("1 day", "2026-11-20", "2026-11-21"),
            ("60 days", "2026-11-20", "2027-01-19"),
            ("1 day", "2026-12-31", "2027-01-01"),
            ("2 weeks", "2026-11-20", "2026-12-04"),
            ("6 weeks", "2026-11-20", "2027-01-01"),
            ("1 month", "2026-11-20", "2026-12-20"),
            ("3 months", "2026-11-30", "2027-02-28"),
            ("3 months", "2027-11-30", "2028-02-29"),
            ("1 month", "2027-01-31", "2027-02-28"),
            ("1 month", "2027-02-28", "2027-03-28"),
            ("12 months", "2028-02-29", "2029-02-28"),
            ("18 months", "2026-11-20", "2028-05-20"),
        ],
    )
    def test_from_a_letter_given_by_hand(self, notice, sent, end):
        assert noticed(notice, sent)[1].end == dt.date.fromisoformat(end)

    @pytest.mark.parametrize(
        ("delivery", "received"),
        [("hand", "2026-11-20"), ("email", "2026-11-21"), ("post", "2026-11-23"), ("registered", "2026-11-23")],
    )
    @pytest.mark.parametrize("runs", [None, "receipt", "letter"])
    def test_receipt(self, delivery, received, runs):
        count = noticed("10 days", "2026-11-20", delivery, runs)[1]
        assert (count.sent, count.received) == (TODAY, dt.date.fromisoformat(received))
        assert count.start == (TODAY if runs == "letter" else count.received)
        assert count.end == count.start + dt.timedelta(days=10)

    @pytest.mark.parametrize(
        ("notice", "sent", "delivery", "start", "end"),
        [
            ("1 month", "2026-11-20", "post", "2026-11-30", "2026-12-31"),
            ("3 months", "2026-11-20", "post", "2026-11-30", "2027-02-28"),
            ("1 month", "2026-11-29", "email", "2026-11-30", "2026-12-31"),
            ("1 month", "2026-11-29", "post", "2026-12-31", "2027-01-31"),
            ("1 month", "2026-12-30", "registered", "2027-01-31", "2027-02-28"),
            ("1 month", "2027-02-10", "hand", "2027-02-28", "2027-03-31"),
            ("30 days", "2026-11-20", "hand", "2026-11-30", "2026-12-30"),
            ("2 weeks", "2026-11-20", "hand", "2026-11-30", "2026-12-14"),
        ],
    )
    def test_from_the_end_of_the_month(self, notice, sent, delivery, start, end):
        count = noticed(notice, sent, delivery, "month-end")[1]
        assert (count.start, count.end) == (dt.date.fromisoformat(start), dt.date.fromisoformat(end))

    @pytest.mark.parametrize(
        ("place", "count", "sent", "end"),
        [
            ("FR", 5, "2026-11-20", "2026-11-27"),  # Friday to Friday
            ("FR", 1, "2026-11-21", "2026-11-23"),  # from a Saturday
            ("FR", 3, "2026-12-24", "2026-12-30"),  # over Christmas and a weekend
            ("FR", 1, "2027-03-26", "2027-03-30"),  # Easter Monday is a holiday, Good Friday is none
            ("FR", 1, "2027-07-13", "2027-07-15"),
            ("FR", 15, "2026-12-10", "2027-01-04"),  # into another year
            ("QC", 1, "2027-06-23", "2027-06-25"),  # 24 June
            ("CA", 1, "2027-06-23", "2027-06-24"),
            ("QC", 1, "2027-05-21", "2027-05-25"),  # the Monday before 25 May
            ("QC", 2, "2027-06-29", "2027-07-02"),  # 1 July
            ("FR", 1, "2027-06-23", "2027-06-24"),
            ("GB", 1, "2027-04-30", "2027-05-04"),  # the first Monday of May
            ("GB", 1, "2027-03-25", "2027-03-30"),  # Good Friday, and Easter Monday in England
            ("GB", 1, "2027-08-27", "2027-08-31"),  # the last Monday of August in England
            ("GB", 2, "2026-12-24", "2026-12-30"),  # Boxing Day falls on a Saturday, and is kept on the Monday
            ("GB", 1, "2027-07-13", "2027-07-14"),
        ],
    )
    def test_business_days(self, place, count, sent, end):
        assert noticed(f"{count} business days", sent, place=place)[1].end == dt.date.fromisoformat(end)

    def test_business_days_from_a_receipt_on_a_sunday(self):
        count = noticed("1 business day", "2026-11-19", "post")[1]
        assert (count.received, count.end) == (dt.date(2026, 11, 22), dt.date(2026, 11, 23))

    def test_without_a_contract_it_runs_from_receipt(self, minimal):
        case = rupture.load(minimal(delivery="post"))
        count = notice_end(case, Notice.model_validate("1 week"))
        assert (count.start, count.end) == (dt.date(2026, 11, 23), dt.date(2026, 11, 30))


class TestNoticeTooShort:
    """The finding shows how the day was counted, and a notice kept to the day is none."""

    @pytest.mark.parametrize(
        ("locale", "said"),
        [
            ("fr-FR", ("20 novembre 2026", "23 novembre 2026", "(+ 3 j)", "60 jours", "22 janvier 2027", "21 janvier")),
            ("en-GB", ("20 November 2026", "23 November 2026", "(+ 3 d)", "60 days", "22 January 2027", "21 January")),
            ("en-US", ("November 20, 2026", "November 23, 2026", "(+ 3 d)", "January 22, 2027", "January 21, 2027")),
        ],
    )
    def test_the_message_holds_the_calculation(self, locale, said):
        agreed = contract(notice="60 days")
        data = starter_data(locale, relationship=agreed, end={"date": "2027-01-21"}, delivery="registered")
        (finding,) = found(data, "notice.short")
        assert (finding.path, finding.severity) == ("end.date", "error")
        assert all(part in fold(finding.message) for part in said), finding.message

    @pytest.mark.parametrize(
        ("notice", "said"),
        [("1 month", "1 month ="), ("15 business days", "15 business days ="), ("2 weeks", "2 weeks")],
    )
    def test_the_message_says_the_unit(self, notice, said):
        data = starter_data(relationship=contract(notice=notice), end={"date": "2026-11-27"})
        (finding,) = found(data, "notice.short")
        assert said in fold(finding.message)

    @pytest.mark.parametrize(
        ("end", "how", "seen"),
        [
            ("2027-01-21", "notice", True),
            ("2027-01-22", "notice", False),
            ("2027-01-21", "non-renewal", True),
            ("2027-01-21", "mutual", False),
            ("2027-01-21", "immediate", False),
            ("2027-01-21", "declined-offer", False),
            ("2026-11-20", "notice", True),
            ("2026-11-19", "notice", False),  # that is end.past already
        ],
    )
    def test_to_the_day(self, end, how, seen):
        data = starter_data(relationship=contract(notice="60 days"), end={"date": end, "how": how})
        assert bool(found(data, "notice.short")) is seen

    @pytest.mark.parametrize(("locale", "kept"), [("fr-FR", "est ainsi respecté"), ("en-GB", "That gives the")])
    @pytest.mark.parametrize("runs", [None, "receipt", "letter", "month-end"])
    def test_the_letter_does_not_call_it_kept(self, locale, kept, runs):
        agreed = contract(reference="C-1", notice="60 days", **({"notice_from": runs} if runs else {}))
        data = starter_data(locale, relationship=agreed, delivery="registered")
        count = notice_end(rupture.load(data), Notice.model_validate("60 days"))
        short = data | {"end": {"date": str(count.end - dt.timedelta(days=1))}}
        assert found(short, "notice.short")
        assert kept not in fold(str(rupture.compose(rupture.load(short))))
        enough = data | {"end": {"date": str(count.end)}}
        assert found(enough, "notice.short") == []
        assert runs != "letter" or kept in fold(str(rupture.compose(rupture.load(enough))))

    @pytest.mark.parametrize("relationship", [SERVICE, contract(reference="C-1")])
    def test_no_notice_agreed(self, relationship):
        assert found(starter_data(relationship=relationship, end={"date": "2026-11-21"}), "notice.short") == []


UNITS = st.sampled_from(["day", "week", "month", "business day"])
RUNS = st.sampled_from([None, "receipt", "letter", "month-end"])
DELIVERIES = st.sampled_from(["registered", "post", "email", "hand"])
DAYS = st.dates(dt.date(2020, 1, 1), dt.date(2060, 12, 31)).map(str)
COUNTRIES = {"FR": ("FR", None), "QC": ("CA", "QC"), "BE": ("BE", None), "CH": ("CH", None), "US": ("US", None)}
COUNTRIES |= {"CA": ("CA", "ON"), "GB": ("GB", "ENG")}


class TestNoticeAlways:
    """What holds of every notice, however long, sent and counted."""

    @given(sent=DAYS, count=st.integers(1, 999), unit=UNITS, delivery=DELIVERIES, runs=RUNS)
    def test_it_goes_forward(self, sent, count, unit, delivery, runs):
        end = noticed(f"{count} {unit}", sent, delivery, runs, end={"date": sent})[1]
        assert end.sent <= end.received
        assert end.sent <= end.start < end.end
        assert runs == "letter" or end.received <= end.start

    @given(sent=DAYS, count=st.integers(1, 400), more=st.integers(1, 99), terms=st.tuples(UNITS, DELIVERIES, RUNS))
    def test_a_longer_one_never_ends_earlier(self, sent, count, more, terms):
        unit, delivery, runs = terms
        case, end = noticed(f"{count} {unit}", sent, delivery, runs, end={"date": sent})
        longer = notice_end(case, Notice.model_validate(f"{count + more} {unit}"))
        assert longer.start == end.start
        assert longer.end > end.end

    @given(sent=DAYS, count=st.integers(1, 60), delivery=DELIVERIES, runs=RUNS, place=st.sampled_from(PLACES))
    def test_business_days_land_on_one(self, sent, count, delivery, runs, place):
        end = noticed(f"{count} business days", sent, delivery, runs, place, end={"date": sent})[1]
        country, part = COUNTRIES[place]
        closed = holidays.country_holidays(country, subdiv=part, years=[end.end.year])
        assert end.end.weekday() < 5
        assert end.end not in closed
        days = (end.start + dt.timedelta(days=after) for after in range(1, (end.end - end.start).days + 1))
        assert sum(day.weekday() < 5 for day in days) >= count

    @given(sent=DAYS, months=st.integers(1, 60), delivery=DELIVERIES)
    def test_month_end_to_month_end(self, sent, months, delivery):
        count = noticed(f"{months} months", sent, delivery, "month-end", end={"date": sent})[1]
        one = dt.timedelta(days=1)
        assert (count.start + one).day == (count.end + one).day == 1
        assert (count.end.year - count.start.year) * 12 + count.end.month - count.start.month == months
