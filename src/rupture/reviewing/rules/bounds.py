"""Fact rules about dates that cannot be: one table says where each date of a case may lie."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final, Literal, NamedTuple, TypeAlias

from rupture.case.field_path import TOP, FieldPath
from rupture.case.points import Point
from rupture.case.written import PartialDate, is_date
from rupture.reviewing.facts import Observation, fact_rule

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

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
    *(Bound(f"matters[].{key}", ("to come",), _to_do) for key in ("on[]", "by", "from", "until")),
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
    for bound in BOUNDS:
        if side in bound.sides:
            *parts, last = bound.field.split(".")
            for path, part in _at(seen.case, TOP, parts):
                for field, value in _at(part, path, [last]) if bound.of(part) else ():
                    if day := _date(value):
                        yield field, day


def _at(part: object, path: FieldPath, steps: list[str]) -> Iterator[tuple[FieldPath, object]]:
    """Yield each part of a case that some steps of the table lead to, with its path."""
    if not steps or part is None:
        yield from [(path, part)] if part is not None else []
        return
    step, *rest = steps
    key = step.rstrip("[]{}")
    here, below = path / key, FieldPath((key,)).get(part)
    if step.endswith("[]"):
        for index, entry in enumerate(below or ()):
            yield from _at(entry, here / index, rest)
    elif step.endswith("{}"):
        yield from ((here / name, name) for name in below or ())
    else:
        yield from _at(below, here, rest)


def _date(when: object) -> PartialDate | None:
    """Return a time as a day, a month or a year; None for words."""
    if isinstance(when, PartialDate) or not is_date(when):
        return when if isinstance(when, PartialDate) else None
    return PartialDate.model_validate(when)
