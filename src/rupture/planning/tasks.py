"""What the reader has to do, as dated lines where there are three or more."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import groupby
from typing import TYPE_CHECKING, Final

from rupture.case.field_path import FieldPath
from rupture.case.money import MoneyItem
from rupture.planning.plan import Item, Paragraph
from rupture.planning.reading import announced_money, deadline, is_choice
from rupture.planning.sources import money_sources, point_sources

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Iterator

    from rupture.case.model import Case
    from rupture.case.points import Point

#: From how many on they stand together.
_FEW: Final = 3


@dataclass(frozen=True)
class Tasks:
    """The reader's tasks that are listed, in the order of their days.

    Args:
        listed: the field of each and what it is; none where there are too few.
        twice: the fields of those that are told in their place too.
    """

    listed: tuple[tuple[FieldPath, Point | MoneyItem], ...] = ()
    twice: frozenset[str] = frozenset()

    @property
    def names(self) -> frozenset[str]:
        """The fields of what is listed."""
        return frozenset(str(path) for path, _ in self.listed)

    @property
    def only_listed(self) -> frozenset[str]:
        """The fields of what is told by its line alone."""
        return self.names - self.twice

    def paragraphs(self) -> Iterator[Paragraph]:
        """Yield the list, if there is one."""
        if not self.listed:
            return
        lead = Item("tasks", "tasks", "practical")
        lines = (self._line(list(group)) for _, group in groupby(self.listed, _paid_with))
        yield Paragraph("tasks", (lead, *lines), form="tasks", label=":tasks")

    def _line(self, tasks: list[tuple[FieldPath, Point | MoneyItem]]) -> Item:
        """Return a line of the list: one thing to do, or some sums to pay by the same day."""
        path, _ = tasks[0]
        whole = str(path) in self.only_listed
        paths = tuple(each for each, _ in tasks)
        context = {"whole": whole, **({"sums": paths} if len(paths) > 1 else {})}
        sources = tuple(source for each in tasks for source in (_sources(*each) if whole else (str(each[0]),)))
        return Item(str(path) if whole else f"tasks.{path}", "task", "practical", sources, path, context)


def _sources(path: FieldPath, task: Point | MoneyItem) -> tuple[str, ...]:
    return money_sources(path, task) if isinstance(task, MoneyItem) else tuple(point_sources(path, task))


def _paid_with(task: tuple[FieldPath, Point | MoneyItem]) -> str:
    """Return what tasks that make one line have in common: the day of a payment, else their own field."""
    path, entry = task
    return f"money {deadline(entry)}" if path.steps[0] == "money" else str(path)


def tasks_of(case: Case) -> Tasks:
    """Return what the reader has to do; nothing where it is little, or where friends write."""
    found: list[tuple[FieldPath, Point | MoneyItem]] = [*_matters(case), *_payments(case)]
    if len(found) < _FEW or case.tone == "friend":
        return Tasks()
    twice = frozenset(str(path) for path, task in found if _is_told_too(case, path, task))
    return Tasks(tuple(sorted(found, key=lambda task: _day(task[1], case.date))), twice)


def _is_told_too(case: Case, path: FieldPath, task: Point | MoneyItem) -> bool:
    """Return whether a line is not enough: a danger, a condition, arithmetic, or what the message is about."""
    if isinstance(task, MoneyItem):
        return bool(task.less) or path.steps[-1] in announced_money(case)
    return task.urgent or task.if_ is not None


def _day(task: Point | MoneyItem, today: dt.date) -> dt.date:
    return deadline(task) or today


def _matters(case: Case) -> Iterator[tuple[FieldPath, Point]]:
    for index, point in enumerate(case.matters):
        asked = point.do and point.by_whom == "you" and not is_choice(case, point)
        if asked and deadline(point):
            yield FieldPath(("matters", index)), point


def _payments(case: Case) -> Iterator[tuple[FieldPath, MoneyItem]]:
    for index, item in enumerate(case.money):
        day = deadline(item)
        if item.state == "due" and day and day >= case.date:
            yield FieldPath(("money", index)), item
