"""The practical matters: one subject in one place, danger first, then in time, money beside its thing."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final

from rupture.case.field_path import FieldPath
from rupture.planning import money
from rupture.planning.plan import Paragraph
from rupture.planning.points import point_items
from rupture.planning.reading import day_of, deadline, first_day, in_time, subject_of
from rupture.planning.together import together

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from rupture.case.model import Case
    from rupture.case.points import Point
    from rupture.planning.plan import Form, Item
    from rupture.planning.tasks import Tasks

_MATTERS: Final = FieldPath(("matters",))
URGENT: Final = "urgent"
#: The messages that are about rules, and from how many on these are a list.
_OF_RULES: Final = ("limits", "expectations")
_MANY: Final = 3
#: The subject of points that have none, in a message that ends nothing.
_PRACTICAL: Final = ":practical"


@dataclass
class _Group:
    """The points of one subject.

    Args:
        label: the field of its name, or the name of one of ours.
        points: each with its index.
        about: its name, by which money finds it; nothing for points that name no subject.
    """

    label: str
    about: str = ""
    points: list[tuple[int, Point]] = field(default_factory=list)

    @property
    def urgent(self) -> bool:
        return any(point.urgent for _, point in self.points)

    @property
    def ordered(self) -> list[tuple[int, Point]]:
        """The points as the case tells them; in time where they have no subject and each has its day."""
        in_order = not self.about and self.label != _PRACTICAL and all(first_day(point) for _, point in self.points)
        return in_time(self.points) if in_order else self.points

    def first_day(self, today: dt.date) -> dt.date | None:
        """The first day to come on which, by which or from which something is to be done."""
        times = (when for _, point in self.points for when in (*point.on, point.by, point.from_))
        return min((day for when in times if (day := day_of(when)) and day >= today), default=None)


def paragraphs(case: Case, tasks: Tasks) -> Iterator[Paragraph]:
    """Yield a paragraph for each subject, the urgent ones first."""
    for group in _in_time(_groups(case), case.date):
        points = [(index, point) for index, point in group.ordered if str(_MATTERS / index) not in tasks.only_listed]
        told = point_items(_MATTERS, points, section="matters", role="practical", listed=tasks.names)
        items = list(together(case, told))
        items += money.items_about(case, group.about, tasks) if group.about else ()
        form: Form = "list" if _are_rules(case, items) else "sentences"
        yield Paragraph(URGENT if group.urgent else "matters", tuple(items), form, group.label)


def _are_rules(case: Case, items: Sequence[Item]) -> bool:
    """Return whether these items are the rules that a message is about, and many."""
    return case.message in _OF_RULES and len(items) >= _MANY and case.tone != "friend"


def _in_time(groups: Iterable[_Group], today: dt.date) -> list[_Group]:
    """Return danger first, then the subjects in time; one without a day stays behind the one before it."""
    placed: list[tuple[bool, dt.date, int, _Group]] = []
    before = dt.date.min
    for index, group in enumerate(groups):
        before = group.first_day(today) or before
        placed.append((not group.urgent, before, index, group))
    return [group for *_, group in sorted(placed, key=lambda each: each[:3])]


def _groups(case: Case) -> list[_Group]:
    found: dict[tuple[str, str], _Group] = {}
    for index, point in enumerate(case.matters):
        about = subject_of(point)
        label = str(_MATTERS / index / "about") if about else _head(case, point)
        group = found.setdefault((about, "" if about else label), _Group(label, about))
        group.points.append((index, point))
    return list(found.values())


def _head(case: Case, point: Point) -> str:
    """Return the name of ours that keeps a point without a subject together with others, and may head them."""
    if point.urgent:
        return ":urgent"
    if case.end is None:
        return _PRACTICAL
    day = deadline(point) or first_day(point)
    return ":later" if day and day > case.end.date else ":until"
