"""Fact rules about dates that cannot be: one table says where each date of a case may lie."""

from __future__ import annotations

from keyword import iskeyword
from typing import TYPE_CHECKING, Any, Final, Literal, NamedTuple, TypeAlias, get_args

from rupture.case.field_path import FieldPath, Steps
from rupture.case.points import Point
from rupture.case.written import PartialDate, is_date
from rupture.reviewing.facts import Observation, fact_rule

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping

    from rupture.reviewing.facts import Seen

#: past: by the letter; to come: not before it; within: not before the relationship.
Side: TypeAlias = Literal["past", "to come", "within"]


class Bound(NamedTuple):
    """Where a date may lie.

    Args:
        field: its path; ``[]`` stands for each entry of a list, ``{}`` for each key of a mapping.
        sides: what holds of it.
        of: which entries it holds of, by the part that the date stands in.
    """

    field: str
    sides: tuple[Side, ...]
    of: Callable[[Any], bool] = lambda _: True


def _to_do(point: Any) -> bool:  # noqa: ANN401  whatever the table names
    return isinstance(point, Point) and point.do is not None


def _fact(point: Any) -> bool:  # noqa: ANN401  as above
    return isinstance(point, Point) and point.fact is not None


def _state(*names: str) -> Callable[[Any], bool]:
    return lambda item: item.state in names


#: What cannot be, whatever else a case says, is refused when it is loaded: `rupture.case.times`.
BOUNDS: Final = (
    Bound("end.answers", ("within",)),
    *(Bound(f"{points}[].since", ("past",)) for points in ("reasons", "matters")),
    *(Bound(f"{points}[].used{{}}", ("past", "within")) for points in ("reasons", "matters")),
    Bound("reasons[].on[]", ("within",), _fact),
    *(Bound(f"matters[].{key}", ("to come",), _to_do) for key in ("on[]", "by", "until")),
    Bound("matters[].from", ("to come",), lambda point: _to_do(point) and point.until is None),
    *(Bound(f"meeting.{key}", ("to come",)) for key in ("on[]", "by", "until")),
    Bound("request.by", ("to come",)),
    Bound("money[].paid", ("within",)),
    Bound("money[].due", ("within",)),
    Bound("money[].due", ("to come",), _state("billed")),
    Bound("money[].by", ("to come",), _state("due", "billed", "refund", "reduced")),
    Bound("money[].from", ("to come",), _state("price")),
    Bound("money[].less[].paid", ("past", "within")),
)


@fact_rule("date.before-letter", "error")
def day_before_letter(seen: Seen) -> Iterator[Observation]:
    """What is still to come does not lie before the letter."""
    for path, day in _dates(seen, "to come"):
        if day.latest() < seen.case.date:
            yield Observation(path, {"day": day, "date": seen.case.date})


@fact_rule("date.after-letter", "error")
def day_after_letter(seen: Seen) -> Iterator[Observation]:
    """What has happened does not lie after the letter."""
    for path, day in _dates(seen, "past"):
        if day.earliest() > seen.case.date:
            yield Observation(path, {"day": day, "date": seen.case.date})


@fact_rule("date.before-relationship", "warning")
def day_before_relationship(seen: Seen) -> Iterator[Observation]:
    """What happened between the two happened after their relationship began."""
    began = _date(seen.case.relationship.since)
    for path, day in _dates(seen, "within") if began else ():
        if began and day.latest() < began.earliest():
            yield Observation(path, {"day": day, "since": began})


def _dates(seen: Seen, side: Side) -> Iterator[tuple[FieldPath, PartialDate]]:
    """Yield each date of which that holds, with its field."""
    for way, of in _ON[side]:
        for steps, value in _at(seen.case, (), way, of):
            if day := _date(value):
                yield FieldPath(steps), day


class _Step(NamedTuple):
    """One step of a way to a date: its key, the attribute of that name, and what stands there."""

    key: str
    attribute: str
    kind: str


def _at(part: Any, taken: Steps, way: tuple[_Step, ...], of: Callable[[Any], bool]) -> Iterator[tuple[Steps, Any]]:  # noqa: ANN401  as the table
    """Yield each value that the steps of a way lead to, with its path, from those parts that count."""
    (key, attribute, kind), *rest = way
    below = getattr(part, attribute)
    if not below or not (rest or of(part)):
        return
    if kind == "{}":
        yield from (((*taken, key, name), name) for name in below)
        return
    entries = [((*taken, key), below)] if not kind else [((*taken, key, n), entry) for n, entry in enumerate(below)]
    for here, entry in entries:
        yield from _at(entry, here, tuple(rest), of) if rest else [(here, entry)]


def _way(field: str) -> tuple[_Step, ...]:
    keys = [(step.rstrip("[]{}"), step.lstrip("abcdefghijklmnopqrstuvwxyz_")) for step in field.split(".")]
    return tuple(_Step(key, f"{key}_" if iskeyword(key) else key, kind) for key, kind in keys)


_ON: Final[Mapping[Side, Any]] = {
    side: tuple((_way(bound.field), bound.of) for bound in BOUNDS if side in bound.sides) for side in get_args(Side)
}


def _date(when: object) -> PartialDate | None:
    """Return a time as a day, a month or a year; None for words."""
    if isinstance(when, PartialDate) or not is_date(when):
        return when if isinstance(when, PartialDate) else None
    return PartialDate.model_validate(when)
