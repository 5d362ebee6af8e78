"""What a review costs beside composing a letter and writing its DOCX, over the gallery: letters of every kind."""

from __future__ import annotations

from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Final

import rupture
from benchmarks.timing import Report, interleaved, milliseconds, quartiles
from rupture.reviewing.review import review
from rupture.writing.docx import writer as docx

if TYPE_CHECKING:
    from collections.abc import Callable

    from benchmarks.timing import Effort
    from rupture.letter.tree import Document

CASES: Final = Path(__file__).parent.parent / "docs" / "gallery" / "cases"
_STEPS: Final[dict[str, Callable[[rupture.Case, Document], object]]] = {
    "compose": lambda case, _: rupture.compose(case),
    "docx": lambda _, document: docx.write(document),
    "review": review,
}


def measure(effort: Effort) -> Report:
    """Return what each step takes, in each language."""
    report = Report("Review, over the gallery", ("Letters", "Words each", *_STEPS, "review / (compose + DOCX)"))
    for language in ("fr", "en"):
        cases = [rupture.load(path) for path in sorted((CASES / language).glob("*.yaml"))]
        letters = [(case, rupture.compose(case)) for case in cases]
        turns = {name: partial(_turn, step, letters) for name, step in _STEPS.items()}
        told = interleaved(turns, effort.rounds, letters=len(letters))
        taken = {name: quartiles(each.wall)[1] for name, each in told.items()}
        words = sum(len(str(document).split()) for _, document in letters) / len(letters)
        against = taken["review"] / (taken["compose"] + taken["docx"])
        times = map(milliseconds, taken.values())
        report.rows.append([f"{len(letters)}, {language}", f"{words:.0f}", *times, f"{against:.2f}"])
    return report


def _turn(
    step: Callable[[rupture.Case, Document], object], letters: list[tuple[rupture.Case, Document]], _: int
) -> None:
    for case, document in letters:
        step(case, document)
