"""The reasons: what happened, in the order of time, what follows from it, and what it is not about."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from rupture.case.field_path import TOP, FieldPath
from rupture.planning.plan import Item, Paragraph
from rupture.planning.points import point_items
from rupture.planning.reading import SEPARATION, in_time, is_shown_by_facts, late_invoices
from rupture.planning.regret import APOLOGY, regret

if TYPE_CHECKING:
    from collections.abc import Iterator

    from rupture.case.model import Case

_REASONS: Final = FieldPath(("reasons",))


def paragraphs(case: Case) -> Iterator[Paragraph]:
    """Yield the paragraph of the reasons."""
    yield Paragraph("reasons", tuple(_items(case)))


def _items(case: Case) -> Iterator[Item]:
    named = [(index, point) for index, point in enumerate(case.reasons) if point.says == "reason"]
    told = [(index, point) for index, point in enumerate(case.reasons) if point.says != "reason"]
    late = late_invoices(case)
    for index, point in named:
        if not is_shown_by_facts(case, index):
            path = _REASONS / index
            yield Item(str(path), "reason", "framing", (f"{path}.reason",), path, {"slug": point.reason})
    yield from _named_by_requests(case)
    if late:
        sources = tuple(f"money[{index}].due" for index in late)
        yield Item("late", "late", "framing", sources, TOP, {"invoices": tuple(late)})
    yield from point_items(_REASONS, in_time(told), section="reasons", role="framing")
    if case.reasons and case.not_about:
        yield Item("not_about", "not_about", "framing", ("not_about",))
    if case.message == APOLOGY:
        yield from regret(case)
    if case.framing == "ours":
        yield Item("ours", "ours", "apology", ("framing",))


def _named_by_requests(case: Case) -> Iterator[Item]:
    """Yield the reasons whose only facts are what the client asked for, which does not yet say why it matters."""
    if case.message != SEPARATION or any(point.says in {"fact", "used"} for point in case.reasons):
        return
    seen = {point.reason for point in case.reasons if point.says == "reason"}
    for index, point in enumerate(case.reasons):
        if point.says == "did" and point.by_whom == "you" and point.reason and point.reason not in seen:
            seen.add(point.reason)
            path = _REASONS / index
            yield Item(f"{path}.reason", "reason", "framing", (f"{path}.reason",), path, {"slug": point.reason})
