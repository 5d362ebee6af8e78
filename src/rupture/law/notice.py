"""When a notice ends: from its presumed receipt, in the units of the contract, by the calendar of the place."""

from __future__ import annotations

import datetime as dt
from functools import lru_cache
from typing import TYPE_CHECKING, Final, NamedTuple

from rupture.law import table

if TYPE_CHECKING:
    from collections.abc import Container

    from rupture.case.model import Case
    from rupture.case.written import Notice

_COUNTRY: Final = {"QC": ("CA", "QC"), "CA": ("CA", "ON"), "GB": ("GB", "ENG")}
_SATURDAY: Final = 5


class NoticeEnd(NamedTuple):
    """When the notice of a contract ends, step by step.

    Args:
        sent: the date of the letter.
        received: when it is presumed to be received.
        start: when the notice begins to run.
        end: its last day.
        length: of the notice.
    """

    sent: dt.date
    received: dt.date
    start: dt.date
    end: dt.date
    length: Notice


def jurisdiction(case: Case) -> str:
    """Return whose law the review looks at."""
    if case.jurisdiction:
        return case.jurisdiction
    by_locale = table.law().jurisdictions.get(case.locale, "")  # nothing is checked where no law is known
    address = case.recipient.address
    in_quebec = address and address.country == "CA" and (address.region or "").casefold() in {"qc", "québec", "quebec"}
    return "QC" if by_locale == "CA" and in_quebec else by_locale


def notice_end(case: Case, length: Notice) -> NoticeEnd:
    """Return when a notice of that length ends, counted as the contract says."""
    contract = case.relationship.contract
    runs_from = contract.notice_from if contract else None
    received = case.date + dt.timedelta(days=table.law().receipt[case.delivery])
    start = case.date if runs_from == "letter" else received
    if runs_from == "month-end":
        start = _month_end(start)
    end = _business_days_after(start, length.count, case) if length.unit == "business day" else length.after(start)
    if runs_from == "month-end" and length.unit == "month":  # from the last of a month to the last of a month
        end = _month_end(end)
    return NoticeEnd(case.date, received, start, end, length)


def _month_end(day: dt.date) -> dt.date:
    return (day.replace(day=1) + dt.timedelta(days=32)).replace(day=1) - dt.timedelta(days=1)


def _business_days_after(start: dt.date, count: int, case: Case) -> dt.date:
    holidays = _holidays(jurisdiction(case), start.year)
    day = start
    while count:
        day += dt.timedelta(days=1)
        count -= day.weekday() < _SATURDAY and day not in holidays
    return day


@lru_cache(maxsize=8)
def _holidays(place: str, year: int) -> Container[dt.date]:
    import holidays  # noqa: PLC0415  slow to import, and only wanted for business days

    country, part = _COUNTRY.get(place, (place, None))
    return frozenset(holidays.country_holidays(country, subdiv=part, years=range(year, year + 5)))
