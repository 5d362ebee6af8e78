"""The items of points: one sentence kind each, and what stands around them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from rupture.case.written import PartialDate, is_date
from rupture.planning.plan import Item, Paragraph
from rupture.planning.reading import day_of
from rupture.planning.sources import point_sources

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from rupture.case.field_path import FieldPath
    from rupture.case.points import Point
    from rupture.planning.plan import Role

#: The sentence that says each kind of point.
_KINDS = {"do": "act", "did": "did", "fact": "fact", "used": "used", "reason": "reason"}


def point_items(
    list_path: FieldPath,
    points: Iterable[tuple[int, Point]],
    *,
    section: str,
    role: Role,
    listed: frozenset[str] = frozenset(),
) -> Iterator[Item]:
    """Yield the item of each point.

    Args:
        list_path: the list that they stand in.
        points: each with its index.
        section: ``reasons`` or ``matters``.
        role: of those that are not a gesture of goodwill.
        listed: the names of those whose deadline stands among the dated lines too.
    """
    for index, point in points:
        path = list_path / index
        yield Item(
            str(path),
            _KINDS[point.says],
            "goodwill" if point.gift else role,
            tuple(point_sources(path, point)),
            path,
            {
                "section": section,
                "in_tasks": str(path) in listed,
                "doer": point.by_whom,
                "on_day": _one_day(point),
                "starts": str(point.from_ or ""),
                "deadline": str(point.by or ""),
                **_used(point),
            },
        )


def _used(point: Point) -> dict[str, Any]:
    """Return the rows of a use that is told month by month."""
    if point.used is None:
        return {}
    rows = tuple({"month": _month(name), "number": number} for name, number in point.used.items())
    return {"rows": rows}


def _month(name: str) -> PartialDate | str:
    return PartialDate.model_validate(name) if is_date(name) else name


def placed(paragraph: Paragraph) -> Paragraph:
    """Return a paragraph whose items know what stands before them."""
    found: list[Item] = []
    for item in paragraph.items:
        around: dict[str, Any] = {
            "first": not found,
            "labelled": bool(paragraph.label),
            "again": _again(found, item),
            "same_day": bool(found) and _is_same_day(found[-1], item),
            "still_same_day": bool(found) and _is_same_day(found[-1], item) and found[-1].context["same_day"],
            "same_start": bool(found) and _is_same(found[-1], item, "starts"),
            "same_by": bool(found) and _is_same(found[-1], item, "deadline"),
            "later": bool(found) and "" < _day(found[-1]) < _day(item),
        }
        found.append(Item(item.name, item.kind, item.role, item.sources, item.of, {**item.context, **around}))
    return Paragraph(paragraph.name, tuple(found), paragraph.form, paragraph.label)


def _again(before: list[Item], item: Item) -> bool:
    """Return whether the sentence before has the same subject."""
    return bool(before) and before[-1].kind == item.kind and before[-1].context.get("doer") == item.context.get("doer")


def _one_day(point: Point) -> str:
    """Return the one day on which something is, and its hour, or nothing."""
    days = [day for when in point.on if isinstance(when, PartialDate) and when.day and (day := day_of(when))]
    return f"{days[0]} {point.at or ''}" if len(days) == len(point.on) == 1 else ""


def _is_same_day(before: Item, item: Item) -> bool:
    """Return whether something is on the day that the sentence before has just named, and at no hour of its own."""
    return "" < _day(before) == _day(item) and item.context["on_day"].endswith(" ")


def _is_same(before: Item, item: Item, name: str) -> bool:
    """Return whether two items have the same of something, and any of it."""
    return bool(item.context.get(name)) and before.context.get(name) == item.context.get(name)


def _day(item: Item) -> str:
    day: str = item.context.get("on_day", "")
    return day.partition(" ")[0]
