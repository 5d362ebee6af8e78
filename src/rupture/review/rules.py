"""The rules about steps and facts, each a small function of the case and its letter."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from rupture import catalog
from rupture.review.observation import Observation

if TYPE_CHECKING:
    from collections.abc import Iterator

    from rupture.case import Case
    from rupture.document import Document
    from rupture.review.observation import Rule

#: The case field that a step is told from, where the two names differ.
_FIELD_OF_STEP: Final = {"gratitude": "thanks"}


def step_missing(case: Case, document: Document) -> Iterator[Observation]:
    """Each of the five steps is in the letter, or explicitly declined (S2: the five steps)."""
    told = {part.name for part in document.letters[0].parts}
    for step in ("gratitude", "framing", "goodwill", "apology", "alternatives"):
        field = _FIELD_OF_STEP.get(step, step)
        declined = getattr(case, field, None) is not None
        if (step not in told and not declined) or (step == "gratitude" and case.thanks is None):
            yield Observation("step.missing", "warning", field, {"field": field})
        elif step == "framing" and not case.reasons:
            yield Observation("framing.no-reason", "hint", "reasons", {})


def end_before_letter(case: Case, document: Document) -> Iterator[Observation]:
    """The last day does not come before the letter's own date (law-aware check, all places)."""
    del document
    if case.end.date < case.date:
        yield Observation("end.past", "error", "end.date", {"end": case.end.date, "date": case.date})


def text_changed(case: Case, document: Document) -> Iterator[Observation]:
    """What the reader of the file remarked: invisible characters removed, a value that looks cut."""
    del document
    if case._origin:  # noqa: SLF001  as above
        for note in case._origin.notes:  # noqa: SLF001  as above
            yield Observation("text.changed", "hint", note.path, {"note": note.message})


def reason_without_facts(case: Case, document: Document) -> Iterator[Observation]:
    """A documented reason tells at least one dated fact, unless it is one that needs none."""
    del document
    for index, reason in enumerate(case.reasons):
        entry = catalog.reasons()[reason.reason]
        if entry.facts_wanted and not reason.facts and (reason.disclosure or entry.disclosure) == "documented":
            yield Observation("reason.no-facts", "warning", f"reasons[{index}]", {"reason": reason.reason})


def never_said(case: Case, document: Document) -> Iterator[Observation]:
    """Words and names that the sender bans appear nowhere in the letter."""
    for index, banned in enumerate(case.never_say):
        pattern = re.compile(rf"(?<!\w){re.escape(_plain(banned))}(?!\w)")
        for letter in document.letters:
            for part in letter.parts:
                if pattern.search(_plain(str(part))):
                    yield Observation("never-say", "error", f"never_say[{index}]", {"words": banned, "part": part.name})


def _plain(text: str) -> str:
    return re.sub(r"\s+", " ", text.replace("’", "'").casefold())


RULES: Final[tuple[Rule, ...]] = (step_missing, end_before_letter, reason_without_facts, never_said, text_changed)
