"""Days, notice and money that do not compute."""

from __future__ import annotations

import datetime as dt
import re
from functools import lru_cache
from typing import TYPE_CHECKING, Final

from babel.dates import get_day_names, get_month_names

from rupture.language.plain import plain
from rupture.law.notice import notice_end
from rupture.reviewing.observation import Observation
from rupture.reviewing.ownwords import own_words

if TYPE_CHECKING:
    from collections.abc import Iterator

    from rupture.case.model import Case
    from rupture.letter.tree import Document
    from rupture.reviewing.observation import Rule, Value

_SIGNS: Final = {"€": {"EUR"}, "£": {"GBP"}, "$": {"USD", "CAD"}, "CHF": {"CHF"}}
_FIGURE: Final = r"\d+(?:[ .,'’\u00a0\u202f]\d+)*"
_AMOUNT: Final = re.compile(rf"(€|£|\$|CHF)[ \u00a0\u202f]?{_FIGURE}|{_FIGURE}[ \u00a0\u202f]?(€|£|\$|CHF)")


def end_before_letter(case: Case, document: Document) -> Iterator[Observation]:
    """The last day does not come before the letter's own date (law-aware check, all places)."""
    del document
    if case.end and case.end.date < case.date:
        yield Observation("end.past", "error", "end.date", {"end": case.end.date, "date": case.date})


def notice_too_short(case: Case, document: Document) -> Iterator[Observation]:
    """The notice of the contract, counted from its presumed receipt, ends by the last day."""
    del document
    contract = case.relationship.contract
    if not contract or not contract.notice or not case.end or case.end.how not in {"notice", "non-renewal"}:
        return
    count = notice_end(case, contract.notice)
    if count and case.date <= case.end.date < count.end:
        values: dict[str, Value] = {
            "sent": count.sent,
            "received": count.received,
            "days": (count.received - count.sent).days,
            "start": count.start,
            "notice": count.length,
            "earliest": count.end,
            "end": case.end.date,
        }
        yield Observation("notice.short", "error", "end.date", values)


def days_out_of_order(case: Case, document: Document) -> Iterator[Observation]:
    """What is still to come does not lie before the letter, nor what ends before the last day behind it."""
    del document
    for path, day in _to_come(case):
        if day < case.date:
            yield Observation("date.before-letter", "error", path, {"day": day, "date": case.date})
    for path, day in _until_the_end(case):
        if case.end and day > case.end.date:
            yield Observation("date.after-end", "warning", path, {"day": day, "end": case.end.date})
    contract = case.relationship.contract
    if contract and contract.signed and contract.signed > case.date:
        yield Observation(
            "date.after-letter",
            "error",
            "relationship.contract.signed",
            {"day": contract.signed, "date": case.date},
        )


def _to_come(case: Case) -> Iterator[tuple[str, dt.date]]:
    yield from ((f"next_steps[{index}].by", step.by) for index, step in enumerate(case.next_steps))
    if case.goodwill and case.goodwill.by:
        yield "goodwill.by", case.goodwill.by
    if case.erasure:
        yield "erasure", case.erasure
    if case.help and case.help.until:
        yield "help.until", case.help.until
    yield from _until_the_end(case)


def _until_the_end(case: Case) -> Iterator[tuple[str, dt.date]]:
    until = case.until_then
    if until:
        yield from ((f"until_then.changes[{index}].from", change.from_) for index, change in enumerate(until.changes))
        yield from ((f"until_then.stops[{index}].date", stop.date) for index, stop in enumerate(until.stops))
        yield from ((f"until_then.booked[{index}].by", work.by) for index, work in enumerate(until.booked))
        if until.last_request:
            yield "until_then.last_request", until.last_request


def weekdays(case: Case, document: Document) -> Iterator[Observation]:
    """A day of the week that the sender writes is that of its date."""
    del document
    for path, text, language in own_words(case):
        for written, day in _dated_weekdays(text, language, case.date):
            names = get_day_names("wide", locale=language)
            if plain(written) != plain(names[day.weekday()]):
                values: dict[str, Value] = {"written": written, "day": day, "weekday": names[day.weekday()]}
                yield Observation("date.weekday", "error", path, values, words=written)


def _dated_weekdays(text: str, language: str, near: dt.date) -> Iterator[tuple[str, dt.date]]:
    """Yield each day of the week with the date it stands before; a date without year is the nearest one."""
    pattern, months = _weekday_dates(language)
    for match in pattern.finditer(text):
        weekday, day, month, first_month, second_day, year = match.groups()
        number = months[plain(month or first_month)]
        years = [int(year)] if year else [near.year - 1, near.year, near.year + 1]
        if found := list(_days(years, number, int(day or second_day))):
            yield weekday, min(found, key=lambda date: abs((date - near).days))


@lru_cache(maxsize=8)
def _weekday_dates(language: str) -> tuple[re.Pattern[str], dict[str, int]]:
    """Return what finds a day of the week before its date, and the number of each month."""
    days = "|".join(map(_with_or_without_accents, get_day_names("wide", locale=language).values()))
    months = {plain(name): number for number, name in get_month_names("wide", locale=language).items()}
    names = "|".join(map(_with_or_without_accents, get_month_names("wide", locale=language).values()))
    day_first, month_first = rf"(\d{{1,2}})(?:er|st|nd|rd|th)?(?:\sof)?\s({names})", rf"({names})\s(\d{{1,2}})"
    pattern = rf"\b({days}),?\s(?:the\s)?(?:{day_first}|{month_first})(?:,?\s(\d{{4}}))?"
    return re.compile(pattern, re.IGNORECASE), months


def _with_or_without_accents(name: str) -> str:
    return "".join(letter if letter == plain(letter) else f"[{letter}{plain(letter)}]" for letter in name)


def _days(years: list[int], month: int, day: int) -> Iterator[dt.date]:
    for year in years:
        try:
            yield dt.date(year, month, day)
        except ValueError:
            continue  # the 29th of February of another year


def currencies(case: Case, document: Document) -> Iterator[Observation]:
    """An amount in the sender's own words is in a currency of the case."""
    del document
    amounts = [invoice.amount for invoice in case.invoices]
    if case.goodwill and case.goodwill.amount:
        amounts.append(case.goodwill.amount)
    known = {amount.currency for amount in amounts}
    for path, text, _ in own_words(case):
        for match in _AMOUNT.finditer(text):
            sign = match[1] or match[2]
            if known and not known & _SIGNS[sign]:
                values = {"sign": sign, "known": ", ".join(sorted(known))}
                yield Observation("money.currency", "warning", path, values, words=match[0])
    if len(known) > 1:
        yield Observation("money.mixed", "warning", "invoices", {"known": ", ".join(sorted(known))})


RULES: Final[tuple[Rule, ...]] = (end_before_letter, notice_too_short, days_out_of_order, weekdays, currencies)
