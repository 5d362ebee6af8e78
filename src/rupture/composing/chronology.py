"""The dated facts of a case in the order of their days, for the annex."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from rupture.case.field_path import FieldPath
from rupture.case.written import PartialDate
from rupture.composing.view import View

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Iterator

    from rupture.case.model import Case
    from rupture.planning.plan import Plan

_MONEY = FieldPath(("money",))


@dataclass(frozen=True, slots=True)
class Entry:
    """One line of the chronology.

    Args:
        when: its day, or its month.
        kind: ``due``, ``paid`` or ``unpaid`` for a sum, else what the point says: ``fact``, ``did``...
        of: the sum or the point.
    """

    when: PartialDate
    kind: str
    of: View


def chronology(case: Case, plan: Plan) -> tuple[Entry, ...]:
    """Return every dated fact of the reasons that the letter tells, oldest first."""
    view = View(case, case.locale)
    entries = [entry for item in plan.items for entry in _of(case, view, item.name, item.context)]
    return tuple(sorted(entries, key=lambda entry: entry.when.earliest()))


def _of(case: Case, view: View, name: str, context: Any) -> Iterator[Entry]:  # noqa: ANN401  what the plan knows
    if context.get("section") == "reasons":
        index = int(str(name).removeprefix("reasons[").removesuffix("]"))
        point = case.reasons[index]
        for day in (*point.on, point.since, point.from_):
            if isinstance(day, PartialDate):
                yield Entry(day, point.says, view.reasons[index])
    for index in context.get("invoices", ()):
        yield from _of_sum(case, view, index)


def _of_sum(case: Case, view: View, index: int) -> Iterator[Entry]:
    entry, seen = case.money[index], view.money[index]
    if entry.due:
        yield Entry(_whole(entry.due), "due", seen)
    if isinstance(entry.paid, PartialDate):
        yield Entry(entry.paid, "paid", seen)
    elif entry.paid is None:
        yield Entry(_whole(case.date), "unpaid", seen)


def _whole(day: dt.date) -> PartialDate:
    return PartialDate(year=day.year, month=day.month, day=day.day)
