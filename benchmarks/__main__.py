"""Runs the benchmarks: a table for each theme, and everything that was held against a target at the end."""

from __future__ import annotations

import argparse
import json
import os
import platform
import sys
import time
from ctypes.util import find_library
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Final

from benchmarks import cold, memory, review, scale, throughput, warm, worth
from benchmarks.timing import VERDICT_HEAD, Effort, table

if TYPE_CHECKING:
    from collections.abc import Callable

    from benchmarks.timing import Report

THEMES: Final[dict[str, Callable[[Effort], Report]]] = {
    "pdf": partial(warm.measure, "pdf"),
    "docx": partial(warm.measure, "docx"),
    "text": partial(warm.measure, "text"),
    "cold": cold.measure,
    "processes": throughput.measure,
    "memory": memory.measure,
    "length": scale.by_length,
    "number": scale.by_number,
    "review": review.measure,
    "worth": worth.measure,
}


def main() -> None:
    """Run the themes that were asked for."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks", description=__doc__)
    parser.add_argument("--only", choices=list(THEMES), action="append", help="one theme; repeat for several")
    parser.add_argument("--rounds", type=int, default=9, help="of what is short; 9 unless said otherwise")
    parser.add_argument("--quick", action="store_true", help="a look at whether all of it runs")
    parser.add_argument("--full", action="store_true", help="with the merge of 100,000 rows, which takes an hour")
    parser.add_argument("--json", type=Path, metavar="FILE", help="the figures for programs")
    asked = parser.parse_args()
    size = "quick" if asked.quick else "full" if asked.full else "usual"
    effort = Effort(3 if asked.quick else asked.rounds, size)
    print(f"{_machine()}\n{effort.rounds} rounds, size: {size}\n", flush=True)
    began = time.monotonic()
    reports = []
    for theme in asked.only or THEMES:
        reports.append(THEMES[theme](effort))
        print(reports[-1], flush=True)
    verdicts = [verdict.row() for report in reports for verdict in report.verdicts]
    if len(reports) > 1:
        print(f"## What was held against a target\n\n{table(VERDICT_HEAD, verdicts)}\n")
    print(f"{time.monotonic() - began:.0f} s in all. {_load()}")
    if asked.json:
        figures = {"machine": _machine(), "size": size, "themes": [report.data() for report in reports]}
        asked.json.write_text(json.dumps(figures, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")


def _machine() -> str:
    model = next(
        (
            line.partition(":")[2].strip()
            for line in Path("/proc/cpuinfo").read_text(encoding="utf-8").splitlines()
            if line.startswith("model name")
        ),
        platform.machine(),
    )
    shaper = "" if find_library("harfbuzz-subset") else " WITHOUT libharfbuzz-subset0: PDF is slower than it should be."
    python = ".".join(map(str, sys.version_info[:3]))
    return f"{len(os.sched_getaffinity(0))} cores ({model}), {platform.system()}, Python {python}.{shaper} {_load()}"


def _load() -> str:
    return f"Load of the machine over the last minute: {os.getloadavg()[0]:.1f}."


if __name__ == "__main__":
    main()
