"""Letters a second of the command's merge, by one process and by two."""

from __future__ import annotations

import tempfile
from pathlib import Path
from statistics import median
from typing import TYPE_CHECKING, Final

from benchmarks.timing import Report, Verdict, quartiles
from benchmarks.watched import Watched, merge, write_table

if TYPE_CHECKING:
    from collections.abc import Mapping

    from benchmarks.timing import Effort

TARGET: Final = 1.7
#: How many letters a run writes: quick, usual and full.
_ROWS: Final[Mapping[str, tuple[int, int, int]]] = {
    "txt": (60, 2000, 4000),
    "docx": (60, 2000, 4000),
    "pdf": (30, 300, 1000),
}


def measure(effort: Effort) -> Report:
    """Return what a second process is worth, for each format."""
    report = Report(
        "Two processes beside one, in a merge",
        ("Format", "Letters", "One, a second", "Two, a second", "Two / one", "Two / one, once both run"),
    )
    rounds = effort.of(1, 3, 5)
    with tempfile.TemporaryDirectory() as name:
        table = Path(name) / "rows.csv"
        write_table(table, max(effort.of(*each) for each in _ROWS.values()))
        for kind, sizes in _ROWS.items():
            rows = effort.of(*sizes)
            runs: dict[int, list[Watched]] = {1: [], 2: []}
            for number in range(rounds):
                for jobs in (1, 2) if number % 2 else (2, 1):
                    runs[jobs].append(merge(table, Path(name) / f"{kind}-{number}-{jobs}", kind, rows, jobs))
            whole = quartiles([two.rate / one.rate for one, two in zip(runs[1], runs[2], strict=True)])
            steady = median(two.steady_rate / one.steady_rate for one, two in zip(runs[1], runs[2], strict=True))
            rates = [f"{median(each.rate for each in runs[jobs]):.0f}" for jobs in (1, 2)]
            report.rows.append([kind, f"{rows:,}", *rates, f"{whole[1]:.2f}", f"{steady:.2f}"])
            spread = f"{whole[0]:.2f} to {whole[2]:.2f}"
            report.verdicts.append(
                Verdict(f"two processes / one, {kind}, whole run", whole[1], TARGET, most=False, spread=spread)
            )
    report.notes.append(f"Medians of {rounds} runs of the whole command, with the start of Python and of the workers.")
    report.notes.append("`once both run`: between a fifth and nine tenths of the letters. Two cores must be free.")
    return report
