"""Times of a case that contradict one another."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING, Final

from rupture.case.field_path import FieldPath
from rupture.case.written import PartialDate

if TYPE_CHECKING:
    from collections.abc import Iterator

    from rupture.case.faults import Fault
    from rupture.case.model import Case
    from rupture.case.points import Point

#: Two keys of a point of which the second cannot come first.
_SPANS: Final = (("from_", "by"), ("from_", "until"), ("since", "until"))


def times(case: Case) -> Iterator[Fault]:
    """Yield (field, message) for every time that cannot be right."""
    yield from _of_the_past(case)
    yield from _of_the_relationship(case)
    for path, point in points(case):
        yield from _done(path, point, case)
        yield from _ordered(path, point)


def points(case: Case) -> Iterator[tuple[FieldPath, Point]]:
    """Yield every point of a case with its path."""
    for key in ("request", "meeting"):
        if point := getattr(case, key):
            yield FieldPath((key,)), point
    for key in ("reasons", "matters"):
        for index, point in enumerate(getattr(case, key)):
            yield FieldPath((key, index)), point


def _of_the_past(case: Case) -> Iterator[Fault]:
    """Refuse what is past by its meaning, and comes after the letter."""
    for path, when in _past(case):
        if (day := _earliest(when)) and day > case.date:
            yield FieldPath.parse(path), f"{_written(when)} comes after the letter's own date, {case.date}"


def _past(case: Case) -> Iterator[tuple[str, object]]:
    """Yield each time that is past by its meaning, with its field."""
    relationship = case.relationship
    yield "relationship.since", relationship.since
    if relationship.contract:
        yield "relationship.contract.signed", relationship.contract.signed
    if case.end:
        yield "end.answers", case.end.answers
    if case.request and case.request.on:
        yield "request.on[0]", case.request.on[0]
    yield from ((f"money[{index}].paid", item.paid) for index, item in enumerate(case.money) if item.paid)


def _of_the_relationship(case: Case) -> Iterator[Fault]:
    began = _earliest(case.relationship.since)
    if began and case.end and case.end.date < began:
        yield FieldPath(("end", "date")), _too_early(case.end.date, case)


def _done(path: FieldPath, point: Point, case: Case) -> Iterator[Fault]:
    """Refuse what was done after the letter, or before the relationship began."""
    began = _earliest(case.relationship.since)
    for index, when in enumerate(point.on if point.did is not None else ()):
        field = path / "on" / index
        if (day := _earliest(when)) and day > case.date:
            yield field, f"{_written(when)} comes after the letter's own date, {case.date}: use do for what is to come"
        if began and (day := _latest(when)) and day < began:
            yield field, _too_early(when, case)


def _too_early(when: object, case: Case) -> str:
    return f"{_written(when)} comes before the relationship began, {_written(case.relationship.since)}"


def _ordered(path: FieldPath, point: Point) -> Iterator[Fault]:
    for first, last in _SPANS:
        start, end = getattr(point, first), getattr(point, last)
        begins, ends = _earliest(start), _latest(end)
        if begins and ends and ends < begins:
            yield path / last, f"{_written(end)} comes before {first.rstrip('_')}, {_written(start)}"


def _earliest(when: object) -> dt.date | None:
    if isinstance(when, PartialDate):
        return when.earliest()
    return when if isinstance(when, dt.date) else None


def _latest(when: object) -> dt.date | None:
    return when.latest() if isinstance(when, PartialDate) else _earliest(when)


def _written(when: object) -> str:
    return str(when.model_dump()) if isinstance(when, PartialDate) else str(when)
