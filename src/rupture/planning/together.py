"""Acts of ours on one day, said in one sentence."""

from __future__ import annotations

from itertools import groupby
from typing import TYPE_CHECKING, Final

from rupture.planning.plan import Item
from rupture.planning.reading import is_choice

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from rupture.case.model import Case
    from rupture.case.points import Point

#: The most acts of one sentence.
_MOST: Final = 3
#: Whatever asks for a sentence of its own.
_OWN: Final = ("if_", "otherwise", "because", "note", "from_", "until", "since", "gift", "urgent")


def together(case: Case, items: Iterable[Item]) -> Iterator[Item]:
    """Yield the items of a paragraph; neighbours that we do on the same day, or by it, are one.

    Args:
        case: the facts.
        items: in reading order.
    """
    for key, group in groupby(items, key=lambda item: _day(case, item)):
        same = list(group)
        while key and len(same) > 1:
            yield _joined(same[:_MOST])
            same = same[_MOST:]
        yield from same


def _joined(items: Sequence[Item]) -> Item:
    first = items[0]
    sources = tuple(source for item in items for source in item.sources)
    return Item(
        first.name, "acts", first.role, sources, first.of, {**first.context, "acts": tuple(i.of for i in items)}
    )


def _day(case: Case, item: Item) -> tuple[object, ...]:
    """Return when something is done, or nothing where it stands alone."""
    point: Point = item.of.get(case)
    if item.kind != "act" or item.name in case.say or f"after {item.name}" in case.say:
        return ()
    if point.by_whom != "us" or any(getattr(point, key) for key in _OWN) or is_choice(case, point):
        return ()
    return (point.on, point.at, point.by) if len(point.on) == 1 or point.by else ()
