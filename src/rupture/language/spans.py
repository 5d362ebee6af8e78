"""A span of time: from one moment to another."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rupture.case.written import PartialDate
from rupture.language.grammar import Computed, Phrase
from rupture.language.moments import partial_date, precision
from rupture.language.typography import date_text, month_name, within_month

if TYPE_CHECKING:
    from rupture.language.moments import When
    from rupture.language.times import Calendar
    from rupture.language.typography import Style


def between(calendar: Calendar, start: When, end: When) -> Phrase:
    """Return from when until when, what both have in common once: « de mars à octobre 2026 ».

    Args:
        calendar: of the letter.
        start: a time.
        end: a later one.
    """
    first, last = partial_date(start), partial_date(end)
    if not (isinstance(first, PartialDate) and isinstance(last, PartialDate) and precision(first) == precision(last)):
        return Phrase((*calendar.begin(first).pieces, " ", *calendar.until(last).pieces))
    earlier = _earlier(first, last, calendar.style) or str(calendar.date_of(first))
    later = str(calendar.date_of(last))
    if first.day and (first.year, first.month) == (last.year, last.month):
        later = _within(last, later, calendar.style)
    return Phrase((Computed(_form(calendar, precision(first), earlier).format(earlier, later)),))


def _earlier(first: PartialDate, last: PartialDate, style: Style) -> str:
    """Return the name of the first of two times of one year without what the second one tells, or nothing."""
    if first.year != last.year or not first.month:
        return ""
    if not first.day:
        return month_name(first.month, style)
    if first.month == last.month:
        return within_month([first.earliest(), last.earliest()], "", style)[0]
    return date_text(first.earliest(), style, with_year=False)


def _within(last: PartialDate, name: str, style: Style) -> str:
    """Return a day without its month where the locale names that before the first one only."""
    day = last.earliest()
    year = name.removeprefix(date_text(day, style, with_year=False))
    return within_month([day.replace(day=1), day], year, style)[-1]


def _form(calendar: Calendar, kind: str, name: str) -> str:
    forms = calendar.language.times["between"]
    elided = forms.get(f"{kind}_elided") if calendar.language.sounds.vowel_first(name) else None
    return str(elided or forms[kind])
