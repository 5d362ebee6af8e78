"""Compares a review with composing a letter and writing its DOCX, over the gallery, interleaved; ratios count.

usage: python benchmarks/review.py
"""

from __future__ import annotations

import statistics
import time
from pathlib import Path
from typing import TYPE_CHECKING, Final

import rupture
from rupture.review.engine import review
from rupture.writers import docx

if TYPE_CHECKING:
    from collections.abc import Callable

    from rupture.document import Document

CASES: Final = Path(__file__).parent.parent / "docs" / "gallery" / "cases"
ROUNDS: Final = 9


def main() -> None:
    """Print the medians, in milliseconds a letter, and the ratio."""
    for language in ("fr", "en"):
        cases = [rupture.load(path) for path in sorted((CASES / language).glob("*.yaml"))]
        letters = [(case, rupture.compose(case)) for case in cases]
        steps: dict[str, Callable[[rupture.Case, Document], object]] = {
            "compose": lambda case, _: rupture.compose(case),
            "docx": lambda _, document: docx.write(document),
            "review": review,
        }
        taken: dict[str, list[float]] = {name: [] for name in steps}
        for _ in range(ROUNDS + 1):
            for name, step in steps.items():
                began = time.perf_counter()
                for case, document in letters:
                    step(case, document)
                taken[name].append((time.perf_counter() - began) / len(letters) * 1000)
        told = {name: statistics.median(times[1:]) for name, times in taken.items()}  # the first warms up
        words = sum(len(str(document).split()) for _, document in letters) / len(letters)
        ratio = told["review"] / (told["compose"] + told["docx"])
        figures = ", ".join(f"{name} {value:.2f} ms" for name, value in told.items())
        print(
            f"{language}: {len(letters)} letters of {words:.0f} words: {figures}; review / (compose + docx) {ratio:.2f}"
        )


if __name__ == "__main__":
    main()
