"""Fact rules about the end, its notice, days of the week and currencies."""

from __future__ import annotations

import datetime as dt
import re
from functools import cache
from typing import TYPE_CHECKING, Final

from babel.dates import get_day_names, get_month_names

from rupture.language.plain import plain
from rupture.language.words import vocabulary
from rupture.law.notice import notice_end
from rupture.reviewing.facts import Count, Observation, fact_rule

if TYPE_CHECKING:
    from collections.abc import Iterator

    from rupture.case.model import Case
    from rupture.case.money import MoneyItem
    from rupture.case.written import Money, Notice
    from rupture.law.notice import NoticeEnd
    from rupture.reviewing.facts import Seen, Value

_SIGNS: Final = {"€": {"EUR"}, "£": {"GBP"}, "$": {"USD", "CAD"}, "CHF": {"CHF"}}
_FIGURE: Final = r"\d+(?:[ .,'’\u00a0\u202f]\d+)*"
_AMOUNT: Final = re.compile(rf"(€|£|\$|CHF)[ \u00a0\u202f]?{_FIGURE}|{_FIGURE}[ \u00a0\u202f]?(€|£|\$|CHF)")


@fact_rule("end.past", "error")
def end_before_letter(seen: Seen) -> Iterator[Observation]:
    """An end by notice does not come before the date of the letter, unless the client gave the notice."""
    end, date = seen.case.end, seen.case.date
    if end and end.how == "notice" and not end.answers and end.date < date:
        yield Observation("end.date", {"end": end.date, "date": date})


@fact_rule("notice.short", "error")
def notice_too_short(seen: Seen) -> Iterator[Observation]:
    """The notice of the contract ends by the last day, if it is counted from the letter too."""
    for count, end in _short_notices(seen.case):
        if end < count.soonest:
            yield Observation("end.date", {**_dates(count), "end": end})


@fact_rule("notice.receipt", "hint")
def notice_short_from_receipt(seen: Seen) -> Iterator[Observation]:
    """A notice that is kept from the date of the letter is kept from its presumed receipt as well."""
    for count, end in _short_notices(seen.case):
        if end >= count.soonest:
            yield Observation("end.date", {**_dates(count), "end": end})


def _short_notices(case: Case) -> Iterator[tuple[NoticeEnd, dt.date]]:
    """Yield the notice of the contract and the last day, where the day comes before its end."""
    notice, end = _agreed_notice(case), case.end
    count = notice_end(case, notice) if notice else None
    if count and end and count.sent <= end.date < count.end:
        yield count, end.date


def _dates(count: NoticeEnd) -> dict[str, Value]:
    days = Count((count.received - count.sent).days, "day")
    dates: dict[str, Value] = {"sent": count.sent, "received": count.received, "start": count.start}
    return {**dates, "earliest": count.end, "days": days, "notice": count.length}


@fact_rule("notice.uncounted", "hint")
def notice_uncounted(seen: Seen) -> Iterator[Observation]:
    """The public holidays are known where a notice runs in business days."""
    notice = _agreed_notice(seen.case)
    if notice and not notice_end(seen.case, notice):
        yield Observation("relationship.contract.notice", {"notice": notice, "locale": seen.case.locale})


def _agreed_notice(case: Case) -> Notice | None:
    """Return the notice of the contract that the end of the case has to give."""
    contract = case.relationship.contract
    wanted = case.end and case.end.how in {"notice", "non-renewal"}
    return contract.notice if contract and contract.notice != "none" and wanted else None


@fact_rule("date.weekday", "error")
def weekdays(seen: Seen) -> Iterator[Observation]:
    """A day of the week in the sender's own words is that of its date."""
    for path, text, language in seen.own_words:
        for written, day in _dated_weekdays(text, language, seen.case.date):
            names = get_day_names("wide", locale=language)
            if plain(written) != plain(names[day.weekday()]):
                values: dict[str, Value] = {"written": written, "day": day, "weekday": names[day.weekday()]}
                yield Observation(path, values, words=written)


def _dated_weekdays(text: str, language: str, near: dt.date) -> Iterator[tuple[str, dt.date]]:
    """Yield each day of the week with the date that follows it; a date without a year is the nearest one."""
    pattern, months = _weekday_dates(language)
    for match in pattern.finditer(text):
        weekday, day, month, first_month, second_day, year = match.groups()
        number = months[plain(month or first_month)]
        years = [int(year)] if year else [near.year - 1, near.year, near.year + 1]
        if found := list(_days(years, number, int(day or second_day))):
            yield weekday, min(found, key=lambda date: abs((date - near).days))


@cache
def _weekday_dates(language: str) -> tuple[re.Pattern[str], dict[str, int]]:
    """Return what finds a day of the week before its date, and the number of each month."""
    days = "|".join(map(_with_or_without_accents, get_day_names("wide", locale=language).values()))
    months = {plain(name): number for number, name in get_month_names("wide", locale=language).items()}
    names = "|".join(map(_with_or_without_accents, get_month_names("wide", locale=language).values()))
    known = vocabulary(language)
    ordinal, before_day, before_month = map(_one_of, (known.ordinals, known.before_day, known.before_month))
    day_first = rf"(\d{{1,2}})(?:{ordinal})?(?:\s(?:{before_month}))?\s({names})"
    pattern = rf"\b({days}),?\s(?:(?:{before_day})\s)?(?:{day_first}|({names})\s(\d{{1,2}}))(?:,?\s(\d{{4}}))?"
    return re.compile(pattern, re.IGNORECASE), months


def _one_of(words: frozenset[str]) -> str:
    return "|".join(map(re.escape, sorted(words))) or "(?!)"


def _with_or_without_accents(name: str) -> str:
    return "".join(letter if letter == plain(letter) else f"[{letter}{plain(letter)}]" for letter in name)


def _days(years: list[int], month: int, day: int) -> Iterator[dt.date]:
    for year in years:
        try:
            yield dt.date(year, month, day)
        except ValueError:
            continue  # the 29th of February of another year


@fact_rule("money.currency", "warning")
def other_currency(seen: Seen) -> Iterator[Observation]:
    """An amount in the sender's own words is in a currency of the case."""
    known = _currencies(seen.case)
    for path, text, _ in seen.own_words:
        for match in _AMOUNT.finditer(text):
            sign = match[1] or match[2]
            if known and not known & _SIGNS[sign]:
                yield Observation(path, {"sign": sign, "known": ", ".join(sorted(known))}, match[0])


@fact_rule("money.mixed", "warning")
def mixed_currencies(seen: Seen) -> Iterator[Observation]:
    """The sums of a case are in one currency."""
    known = _currencies(seen.case)
    if len(known) > 1:
        yield Observation("money", {"known": ", ".join(sorted(known))})


def _currencies(case: Case) -> set[str]:
    return {money.currency for item in case.money for money in _amounts(item)}


def _amounts(item: MoneyItem) -> Iterator[Money]:
    yield from (money for money in (item.amount, item.was, item.each) if money)
    for less in item.less:
        yield from _amounts(less)
