"""What a planner asks of a case: which day a time means, and which reasons colour the letter."""

from __future__ import annotations

import datetime as dt
import re
from functools import cache
from typing import TYPE_CHECKING, Final

from rupture.case import catalogue
from rupture.case.written import PartialDate
from rupture.language import languages

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from rupture.case.model import Case
    from rupture.case.money import MoneyItem
    from rupture.case.points import Point

#: The message that ends the relationship.
SEPARATION: Final = "separation"
#: A day inside words: “before 2027-04-14”.
_DAYS: Final = re.compile(r"(?<!\d)\d{4}-\d{2}-\d{2}(?!\d)")


def day_of(when: object) -> dt.date | None:
    """Return the first day that a time of a case can mean, or None for words without a day."""
    if isinstance(when, PartialDate):
        return when.earliest()
    if isinstance(when, str) and len(found := _DAYS.findall(when)) == 1:
        return PartialDate.model_validate(found[0]).earliest()
    return when if isinstance(when, dt.date) else None


def first_day(point: Point) -> dt.date | None:
    """Return the day that places a point among others, or None where it has words or nothing.

    What lasts until a day holds from now on: it comes first.
    """
    found = _first((*point.on, point.since, point.from_, point.by))
    return found or (dt.date.min if day_of(point.until) else None)


def deadline(entry: Point | MoneyItem) -> dt.date | None:
    """Return the day by which, or on which, something is to be done."""
    on = getattr(entry, "on", ())
    due = getattr(entry, "due", None)
    return _first((entry.by, due, *on, getattr(entry, "until", None)))


def _first(times: Iterable[object]) -> dt.date | None:
    return next((day for day in map(day_of, times) if day), None)


def in_time(points: Sequence[tuple[int, Point]]) -> list[tuple[int, Point]]:
    """Return points in the order of their days.

    One without a day stays behind the one before it, and at the end if it is there: it says what follows from all.
    """
    days = [first_day(point) for _, point in points]
    last_dated = max((n for n, day in enumerate(days) if day), default=-1)
    placed: list[tuple[dt.date, int]] = []
    before = dt.date.min
    for n, day in enumerate(days):
        before = dt.date.max if n > last_dated else day or before
        placed.append((before, n))
    return [points[n] for _, n in sorted(placed)]


def reasons_named(case: Case) -> Iterator[catalogue.ReasonEntry]:
    """Yield what the catalogue knows of each reason that the case names, each once."""
    slugs = dict.fromkeys(point.reason for point in case.reasons if point.reason)
    return (catalogue.reasons()[slug] for slug in slugs)


def trust_is_gone(case: Case) -> bool:
    """Return whether thanks, a wish and an offer to talk would ring false unless the case gives them."""
    return any(entry.ends_trust for entry in reasons_named(case))


def late_invoices(case: Case) -> list[int]:
    """Return which money entries were paid late, or are late, where a reason is told by invoices."""
    if not any(entry.by_invoices for entry in reasons_named(case)):
        return []
    return [index for index, item in enumerate(case.money) if item.days_late(case.date)]


def is_warm(case: Case) -> bool:
    """Return whether a kindness may stand before the decision."""
    return case.tone != "formal" and case.delivery != "registered"


def is_choice(case: Case, point: Point) -> bool:
    """Return whether a point is something that somebody may do, and is neither asked for nor promised."""
    words = point.do if isinstance(point.do, str) else point.do[case.language] if point.do else ""
    return words.startswith(tuple(languages.get(case.language).words["choice"]))


def subjects(case: Case) -> frozenset[str]:
    """Return the names of the subjects that the matters have."""
    return frozenset(map(subject_of, case.matters)) - {""}


def subject_of(entry: Point | MoneyItem) -> str:
    """Return the name of a subject as it compares with others; nothing for an entry that has none."""
    return "" if entry.about is None else str(entry.about).casefold()


def is_shown_by_facts(case: Case, index: int) -> bool:
    """Return whether the facts of a reason that is named say what it is already."""
    slug = case.reasons[index].reason
    if slug and catalogue.reasons()[slug].by_invoices and late_invoices(case):
        return True
    return any(other.reason == slug for n, other in enumerate(case.reasons) if n != index)


#: The messages that are about money, and the state of what they are about.
_ABOUT_MONEY: Final = {"price-increase": "price", "reminder": "due"}


def announced_money(case: Case) -> list[int]:
    """Return which money entries the message is about: they stand in its first paragraph."""
    state = _ABOUT_MONEY.get(case.message)
    return [n for n, item in enumerate(case.money) if item.state == state and not _is_to_come(case, item)]


def _is_to_come(case: Case, item: MoneyItem) -> bool:
    """Return whether a sum is not due yet."""
    return item.state == "due" and item.due is not None and item.due > case.date


def given_keys(entry: Point | MoneyItem) -> list[str]:
    """Return the keys that an entry gives, in the order of its model."""
    values = vars(entry)
    return [key for name, key, default in _keys(type(entry)) if values[name] != default]


@cache
def _keys(kind: type[Point | MoneyItem]) -> tuple[tuple[str, str, object], ...]:
    """Return (name, key in a case file, default) of each field."""
    return tuple((name, field.alias or name, field.default) for name, field in kind.model_fields.items())
