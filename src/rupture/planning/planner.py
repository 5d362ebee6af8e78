"""From a case to the plan of its letter: what is told, where, in which order, and what is left out."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rupture.planning import after, frame, matters, money, opening, reasons
from rupture.planning.labels import labelled
from rupture.planning.leaving import left_out
from rupture.planning.plan import Plan
from rupture.planning.points import placed
from rupture.planning.tasks import tasks_of

if TYPE_CHECKING:
    from rupture.case.model import Case


def plan(case: Case) -> Plan:
    """Return the plan of a case's letter.

    Args:
        case: the facts.

    Raises:
        MissingLibrary: a notice runs in business days, and the extra ``holidays`` is not installed.
    """
    tasks = tasks_of(case)
    paragraphs = (
        frame.subject(case),
        frame.salutation(),
        *opening.paragraphs(case, tasks),
        *reasons.paragraphs(case),
        *labelled(case, [*matters.paragraphs(case, tasks), *money.paragraphs(case, tasks)]),
        *tasks.paragraphs(),
        *after.paragraphs(case),
        frame.close(),
    )
    told = tuple(placed(paragraph) for paragraph in paragraphs if paragraph.items)
    return Plan(told, tuple(left_out(case, told)))
