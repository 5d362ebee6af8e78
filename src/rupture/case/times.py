"""Times of a case that contradict one another."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from rupture.case.field_path import FieldPath
from rupture.case.written import PartialDate

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Iterator

    from rupture.case.faults import Fault
    from rupture.case.model import Case
    from rupture.case.points import Point


def times(case: Case) -> Iterator[Fault]:
    """Yield (field, message) for every time that cannot be right."""
    for path, point in points(case):
        yield from _of_past(path, point, case)
        yield from _ordered(path, point)


def points(case: Case) -> Iterator[tuple[FieldPath, Point]]:
    """Yield every point of a case with its path."""
    for key in ("request", "meeting"):
        if point := getattr(case, key):
            yield FieldPath((key,)), point
    for key in ("reasons", "matters"):
        for index, point in enumerate(getattr(case, key)):
            yield FieldPath((key, index)), point


def _of_past(path: FieldPath, point: Point, case: Case) -> Iterator[Fault]:
    """What was done lies between the beginning of the relationship and the letter."""
    since = case.relationship.since
    began = since.earliest() if isinstance(since, PartialDate) else None
    for index, when in enumerate(point.on):
        if not isinstance(when, PartialDate):
            continue
        field = path / "on" / index
        if point.did is not None and when.earliest() > case.date:
            yield field, f"{_written(when)} comes after the letter's own date, {case.date}: use do for what is to come"
        if began and (point.did is not None or path.steps[0] == "reasons") and when.latest() < began:
            yield field, f"{_written(when)} comes before the relationship began, {_written(since)}"


_SPANS: Final = (("from_", "by"), ("from_", "until"), ("since", "until"))


def _ordered(path: FieldPath, point: Point) -> Iterator[Fault]:
    for first, last in _SPANS:
        start, end = _day(getattr(point, first)), getattr(point, last)
        stop = end.latest() if isinstance(end, PartialDate) else None
        if start and stop and stop < start:
            key = last.rstrip("_")
            yield path / key, f"{_written(end)} comes before {first.rstrip('_')}, {_written(getattr(point, first))}"


def _day(when: object) -> dt.date | None:
    return when.earliest() if isinstance(when, PartialDate) else None


def _written(when: object) -> str:
    return str(when.model_dump()) if isinstance(when, PartialDate) else str(when)
