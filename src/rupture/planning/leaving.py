"""Which facts of a case its letter does not tell, and why."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from rupture.planning.plan import LeftOut
from rupture.planning.reading import SEPARATION, is_shown_by_facts

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from rupture.case.model import Case
    from rupture.planning.plan import Paragraph

#: The lists of a case of which every entry is a fact to tell.
_LISTS: Final = ("reasons", "matters", "money", "people")
#: Single facts, each by its field.
_SINGLE: Final = (
    "thanks.for",
    "thanks.enjoyed",
    "thanks.memory",
    "request",
    "meeting",
    "not_about",
    "regret",
    "wish",
    "contact",
    "end.because",
    "end.final",
)


def left_out(case: Case, paragraphs: Sequence[Paragraph]) -> Iterator[LeftOut]:
    """Yield the facts that no item of these paragraphs tells."""
    told = {source for paragraph in paragraphs for item in paragraph.items for source in (item.name, *item.sources)}
    for path in _facts(case):
        below = (f"{path}.", f"{path}[")
        if path not in told and not any(source.startswith(below) for source in told):
            yield LeftOut(path, _why(case))


def _facts(case: Case) -> Iterator[str]:
    for name in _LISTS:
        entries = getattr(case, name)
        if isinstance(entries, tuple):
            yield from (f"{name}[{index}]" for index in range(len(entries)) if not _is_shown(case, name, index))
    for path in _SINGLE:
        value: object = case
        for key in path.split("."):
            value = getattr(value, "for_" if key == "for" else key, None)
        if value and value != "none":
            yield path


def _is_shown(case: Case, name: str, index: int) -> bool:
    """Return whether an entry is a reason that its facts tell without naming it."""
    return name == "reasons" and case.reasons[index].says == "reason" and is_shown_by_facts(case, index)


def _why(case: Case) -> str:
    return "not-for-this-message" if case.message != SEPARATION else "no-place"
