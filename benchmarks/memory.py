"""What stays in memory: after thousands of PDFs in one process, and while the command merges a long table."""

from __future__ import annotations

import json
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING, Final

import rupture
from benchmarks import letters
from benchmarks.cold import environment
from benchmarks.timing import Report, Verdict
from benchmarks.watched import merge, resident, write_table

if TYPE_CHECKING:
    from benchmarks.timing import Effort

#: The most that may be added between the first mark and the last, and that a merge may hold, in mebibytes.
GROWTH: Final = 10
MERGE: Final = 150
_HERE: Final = Path(__file__).parent.parent


def measure(effort: Effort) -> Report:
    """Return how much memory letters keep."""
    report = Report("Memory", ("What", "After", "Held"))
    marks = [effort.of(10, 100, 100), effort.of(30, 1000, 1000), effort.of(60, 2500, 2500)]
    held = child("pdfs", marks)
    report.rows += [["PDFs in one process", f"{count:,}", f"{held[count]:.1f} MiB"] for count in marks]
    first, last = marks[0], marks[-1]
    report.verdicts.append(
        Verdict(f"growth from PDF {first:,} to {last:,}", held[last] - held[first], GROWTH, most=True, unit="MiB")
    )
    rows = effort.of(200, 5000, 100_000)
    with tempfile.TemporaryDirectory() as name:
        table = Path(name) / "rows.csv"
        write_table(table, rows)
        for jobs in (1, 2):
            run = merge(table, Path(name) / f"out-{jobs}", "txt", rows, jobs, memory=True)
            said = f"merge to text, {jobs} {'process' if jobs == 1 else 'processes'} writing"
            early = max(rows // 5, 1)
            report.rows.append([said, f"{early:,} rows", f"{run.peak(early):.1f} MiB"])
            report.rows.append([said, f"{rows:,} rows", f"{run.peak():.1f} MiB"])
            report.verdicts.append(Verdict(f"{said}, {rows:,} rows, peak", run.peak(), MERGE, most=True, unit="MiB"))
            a_row = (run.peak() - run.peak(early)) / (rows - early) * 1024
            report.notes.append(
                f"{said}: {a_row:.2f} KiB more a row from row {early:,} to {rows:,}; {run.rate:.0f} rows a second."
            )
    report.notes.append("PDFs: resident memory, letters reviewed. Merge: of all processes, shared pages counted once.")
    if rows < 100_000:  # noqa: PLR2004  what was asked for
        report.notes.append(f"{rows:,} rows and not 100,000: `make bench-full` runs those.")
    return report


def child(what: str, marks: list[int]) -> dict[int, float]:
    """Return what a process of its own holds after so many letters, in mebibytes.

    Args:
        what: the name of a loop in `LOOPS`.
        marks: after how many letters to look.
    """
    command = [sys.executable, "-m", "benchmarks.memory", what, *map(str, marks)]
    done = subprocess.run(command, check=True, env=environment(), cwd=_HERE, stdout=subprocess.PIPE)
    return {int(count): held for count, held in json.loads(done.stdout).items()}


def _pdf(index: int) -> None:
    rupture.render(letters.sample(letters.values(index)).case, "pdf")


def _pdf_from_scratch(index: int) -> None:
    from rupture.writing import pdf  # noqa: PLC0415  slow to import

    pdf._style.cache_clear()  # noqa: SLF001  as if fonts and style were not shared
    pdf.write(letters.sample(letters.values(index)).document)


LOOPS: Final = {"pdfs": _pdf, "pdfs-from-scratch": _pdf_from_scratch}


def main() -> None:
    """Write letters in this process, and print what it held on the way."""
    what, *marks = sys.argv[1:]
    wanted = {int(mark) for mark in marks}
    held = {}
    for count in range(1, max(wanted) + 1):
        LOOPS[what](count)
        if count in wanted:
            held[count] = resident()
    print(json.dumps(held))


if __name__ == "__main__":
    main()
