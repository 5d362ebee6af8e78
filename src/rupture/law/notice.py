"""When a notice ends: from its presumed receipt, in the units of the contract, by the calendar of the place."""

from __future__ import annotations

import datetime as dt
from calendar import monthrange
from typing import TYPE_CHECKING, Final, NamedTuple

from rupture.law import table
from rupture.law.places import jurisdiction, public_holidays

if TYPE_CHECKING:
    from collections.abc import Container

    from rupture.case.model import Case
    from rupture.case.written import Notice

_SATURDAY: Final = 5
_DAYS: Final = {"day": 1, "week": 7}


class NoticeEnd(NamedTuple):
    """When the notice of a contract ends, step by step.

    Args:
        sent: the date of the letter.
        received: when it is presumed to be received.
        start: when the notice begins to run.
        end: its last day.
        soonest: its last day counted from the letter, unless the contract says that it runs from receipt.
        length: of the notice.
    """

    sent: dt.date
    received: dt.date
    start: dt.date
    end: dt.date
    soonest: dt.date
    length: Notice


def notice_end(case: Case, length: Notice) -> NoticeEnd | None:
    """Return when a notice of that length ends, counted as the contract says.

    If the contract does not say from when, it runs from presumed receipt. None where it runs in business days and the
    public holidays of the place are not known.

    Raises:
        MissingLibrary: it runs in business days, and the package ``holidays`` is not installed.
    """
    contract = case.relationship.contract
    runs_from = contract.notice_from if contract else None
    received = case.date + dt.timedelta(days=table.law().receipt[case.delivery])
    month_end = runs_from == "month-end"
    start, earliest = (
        _month_end(day) if month_end else day
        for day in (
            case.date if runs_from == "letter" else received,
            received if runs_from == "receipt" else case.date,
        )
    )
    end, soonest = (_last_day(day, length, jurisdiction(case), month_end) for day in (start, earliest))
    return NoticeEnd(case.date, received, start, end, soonest, length) if end and soonest else None


def _last_day(start: dt.date, length: Notice, place: str, month_end: bool) -> dt.date | None:  # noqa: FBT001  private
    end = _end(start, length, place)
    if end and month_end and length.unit == "month":  # from the last of a month to the last of a month
        end = _month_end(end)
    return end


def _end(start: dt.date, length: Notice, place: str) -> dt.date | None:
    if length.unit == "business day":
        holidays = public_holidays(place, start.year)
        return None if holidays is None else _business_days_after(start, length.count, holidays)
    if length.unit == "month":
        return months_after(start, length.count)
    return start + dt.timedelta(days=length.count * _DAYS[length.unit])


def months_after(day: dt.date, count: int) -> dt.date:
    """Return the same day that many months later; the last of the month where the month is too short."""
    months = day.month - 1 + count
    year, month = day.year + months // 12, months % 12 + 1
    return dt.date(year, month, min(day.day, monthrange(year, month)[1]))


def _month_end(day: dt.date) -> dt.date:
    return day.replace(day=monthrange(day.year, day.month)[1])


def _business_days_after(start: dt.date, count: int, holidays: Container[dt.date]) -> dt.date:
    day = start
    while count:
        day += dt.timedelta(days=1)
        count -= day.weekday() < _SATURDAY and day not in holidays
    return day
