"""A notice counted by hand, and what holds of every notice."""

from __future__ import annotations

import datetime as dt
import sys
from typing import get_args

import holidays
import pytest
from hypothesis import given
from hypothesis import strategies as st

import rupture
from rupture.case.model import Case
from rupture.case.written import Notice
from rupture.law import places, table
from rupture.law.notice import NoticeEnd, notice_end

TODAY = dt.date(2026, 11, 20)  # a Friday
PLACES = tuple(table.law().places)

ADDRESS = {"lines": ["1 Mill Road"], "postcode": "LS1 4DY", "town": "Leeds", "country": "GB"}


def noticed(notice: str, sent: str, delivery: str = "hand", runs: str | None = None, place: str = "FR") -> NoticeEnd:
    """Return when the notice of a contract ends."""
    case = agreed(notice, sent, delivery, runs, place)
    count = notice_end(case, case.relationship.contract.notice)
    assert count is not None
    return count


def agreed(notice: str, sent: str, delivery: str = "hand", runs: str | None = None, place: str = "FR") -> Case:
    """Return a case whose contract has that notice."""
    terms = {"notice": notice} | ({"notice_from": runs} if runs else {})
    return rupture.load(
        {
            "locale": "en-GB",
            "date": sent,
            "end": {"date": sent},
            "delivery": delivery,
            "jurisdiction": place,
            "sender": {"name": "Workshop", "signatories": [{"name": "Anna Reed"}], "address": ADDRESS},
            "recipient": {"organisation": "Client", "address": ADDRESS},
            "relationship": {"service": "the upkeep of your website", "contract": terms},
        }
    )


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
        assert noticed(notice, sent).end == dt.date.fromisoformat(end)

    @pytest.mark.parametrize(
        ("delivery", "received"),
        [("hand", "2026-11-20"), ("email", "2026-11-20"), ("post", "2026-11-23"), ("registered", "2026-11-23")],
    )
    @pytest.mark.parametrize("runs", [None, "receipt", "letter"])
    def test_receipt(self, delivery, received, runs):
        count = noticed("10 days", "2026-11-20", delivery, runs)
        assert (count.sent, count.received) == (TODAY, dt.date.fromisoformat(received))
        assert count.start == (TODAY if runs == "letter" else count.received)
        assert count.end == count.start + dt.timedelta(days=10)
        assert count.soonest == (count.received if runs == "receipt" else TODAY) + dt.timedelta(days=10)

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
        count = noticed(notice, sent, delivery, "month-end")
        assert (count.start, count.end) == (dt.date.fromisoformat(start), dt.date.fromisoformat(end))

    @pytest.mark.parametrize(
        ("place", "count", "sent", "end"),
        [
            ("FR", 5, "2026-11-20", "2026-11-27"),  # Friday to Friday
            ("FR", 1, "2026-11-21", "2026-11-23"),  # from a Saturday
            ("FR", 3, "2026-12-24", "2026-12-30"),  # over Christmas and a weekend
            ("FR", 1, "2027-03-26", "2027-03-30"),  # Easter Monday is a holiday, Good Friday is not
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
        assert noticed(f"{count} business days", sent, place=place).end == dt.date.fromisoformat(end)

    def test_business_days_from_a_receipt_on_a_sunday(self):
        count = noticed("1 business day", "2026-11-19", "post")
        assert (count.received, count.end) == (dt.date(2026, 11, 22), dt.date(2026, 11, 23))

    def test_without_a_contract_it_runs_from_receipt(self, minimal):
        case = rupture.load(minimal(delivery="post"))
        count = notice_end(case, Notice.model_validate("1 week"))
        assert (count.start, count.end) == (dt.date(2026, 11, 23), dt.date(2026, 11, 30))

    def test_it_is_known_how_long_each_delivery_takes(self):
        assert set(table.law().receipt) == set(get_args(Case.model_fields["delivery"].annotation))


class TestHolidaysNotInstalled:
    """Business days are never counted without public holidays; other units need none."""

    @pytest.fixture(autouse=True)
    def without_holidays(self, monkeypatch):
        monkeypatch.setitem(sys.modules, "holidays", None)
        places.public_holidays.cache_clear()

    def test_business_days(self):
        with pytest.raises(rupture.MissingLibrary, match="business days needs holidays"):
            noticed("15 business days", "2026-11-20")

    def test_weeks(self):
        assert noticed("3 weeks", "2026-11-20").end == dt.date(2026, 12, 11)


UNITS = st.sampled_from(["day", "week", "month", "business day"])
RUNS = st.sampled_from([None, "receipt", "letter", "month-end"])
DELIVERIES = st.sampled_from(["registered", "post", "email", "hand"])
DAYS = st.dates(dt.date(2020, 1, 1), dt.date(2060, 12, 31)).map(str)


class TestNoticeAlways:
    """What holds of every notice, however long, sent and counted."""

    @given(sent=DAYS, count=st.integers(1, 999), unit=UNITS, delivery=DELIVERIES, runs=RUNS)
    def test_it_goes_forward(self, sent, count, unit, delivery, runs):
        end = noticed(f"{count} {unit}", sent, delivery, runs)
        assert end.sent <= end.received
        assert end.sent <= end.start < end.end
        assert runs == "letter" or end.received <= end.start

    @given(sent=DAYS, count=st.integers(1, 400), more=st.integers(1, 99), terms=st.tuples(UNITS, DELIVERIES, RUNS))
    def test_a_longer_one_never_ends_earlier(self, sent, count, more, terms):
        unit, delivery, runs = terms
        end = noticed(f"{count} {unit}", sent, delivery, runs)
        longer = noticed(f"{count + more} {unit}", sent, delivery, runs)
        assert longer.start == end.start
        assert longer.end > end.end

    @given(sent=DAYS, count=st.integers(1, 60), delivery=DELIVERIES, runs=RUNS, place=st.sampled_from(PLACES))
    def test_business_days_land_on_one(self, sent, count, delivery, runs, place):
        end = noticed(f"{count} business days", sent, delivery, runs, place)
        country, _, part = table.law().places[place].holidays.partition("-")
        closed = holidays.country_holidays(country, subdiv=part or None, years=[end.end.year])
        assert end.end.weekday() < 5
        assert end.end not in closed
        days = (end.start + dt.timedelta(days=after) for after in range(1, (end.end - end.start).days + 1))
        assert sum(day.weekday() < 5 for day in days) >= count

    @given(sent=DAYS, months=st.integers(1, 60), delivery=DELIVERIES)
    def test_month_end_to_month_end(self, sent, months, delivery):
        count = noticed(f"{months} months", sent, delivery, "month-end")
        one = dt.timedelta(days=1)
        assert (count.start + one).day == (count.end + one).day == 1
        assert (count.end.year - count.start.year) * 12 + count.end.month - count.start.month == months
