"""What a run says of itself at its end: the rows that failed, as a table, and a summary."""

from __future__ import annotations

import csv
import io
from collections import Counter
from typing import TYPE_CHECKING, Final

from rupture.merging.outcome import counted

if TYPE_CHECKING:
    from collections.abc import Iterable

    from rupture.merging.outcome import Failure, Outcome

REPORT: Final = "report.csv"
#: A cell that begins so is a formula to a spreadsheet (OWASP, CSV injection).
_FORMULA: Final = ("=", "+", "-", "@", "\t", "\r")
_HEAD: Final = ("row", "column", "field", "problem")


def report(failures: Iterable[Failure]) -> bytes:
    """Return the rows that failed as a CSV file that Excel opens, in which no cell is a formula."""
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\r\n")
    writer.writerow(_HEAD)
    for failure in failures:
        for problem in failure.problems:
            column = problem.column if problem.file and problem.line == failure.row else ""
            writer.writerow([failure.row, column, _inert(problem.path), _inert(problem.message)])
    return b"\xef\xbb\xbf" + text.getvalue().encode()


def _inert(text: str) -> str:
    flat = " ".join(text.split())
    return f"'{flat}" if flat.startswith(_FORMULA) else flat


def summary(outcome: Outcome, combined: str = "") -> str:
    """Return what a run did, in a line.

    Args:
        outcome: what it did.
        combined: the name of the PDF of all letters, or empty.
    """
    text = counted(outcome.letters, "letter")
    if outcome.pages:
        text += f", combined in {combined} ({counted(outcome.pages, 'page')})"
    if outcome.failures:
        kinds = Counter(
            problem.message.partition(":")[0] for failure in outcome.failures for problem in failure.problems
        )
        common = ", ".join(f"{kind} ({count})" for kind, count in kinds.most_common(3))
        text += f"; {counted(len(outcome.failures), 'row')} failed, see {REPORT}: {common}"
    return text
