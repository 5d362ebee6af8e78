"""Scores the tone rules on the sentences of tests/evaluation: a sentence is remarked on when an error or a warning is.

usage: python tools/score.py [set ...] [--families] [--show bad|good]

The sentences of a closed set are never shown: nobody who writes rules reads them.
"""

from __future__ import annotations

import argparse
import json
from collections import defaultdict
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import rupture

FOLDER = Path(__file__).parent.parent / "tests" / "evaluation"
SETS = tuple(sorted(path.stem for path in FOLDER.glob("*.jsonl")))
LOCALES = {"fr": "fr-FR", "en": "en-GB"}


@dataclass(frozen=True)
class Read:
    """One sentence, and what the review makes of it."""

    text: str
    bad: bool
    hard: bool
    error: bool
    family: str
    findings: tuple[rupture.Finding, ...]

    @property
    def remarked(self) -> bool:
        """Whether an error or a warning was found."""
        return any(finding.severity != "hint" for finding in self.findings)

    @property
    def as_error(self) -> bool:
        """Whether an error was found."""
        return any(finding.severity == "error" for finding in self.findings)


def read(name: str) -> list[Read]:
    """Return the sentences of a set as the review reads them."""
    lines = (FOLDER / f"{name}.jsonl").read_text("utf-8").splitlines()
    rows: list[dict[str, Any]] = [json.loads(line) for line in lines]
    locale = LOCALES[name.partition("-")[0]]
    return [Read(**row, findings=tuple(rupture.review_text(row["text"], locale))) for row in rows]


def figures(rows: list[Read]) -> dict[str, float]:
    """Return precision and recall, in per cent: of plain, hard and all sentences, and of the errors alone."""
    shares: dict[str, float] = {}
    for name, chosen in (
        ("plain", [row for row in rows if not row.hard]),
        ("hard", [row for row in rows if row.hard]),
        ("all", rows),
    ):
        caught = sum(row.bad and row.remarked for row in chosen)
        alarms = sum(row.remarked and not row.bad for row in chosen)
        shares[f"{name} precision"] = _share(caught, caught + alarms)
        shares[f"{name} recall"] = _share(caught, sum(row.bad for row in chosen))
        shares[f"{name} false alarms"] = _share(alarms, sum(not row.bad for row in chosen))
    errors = [row for row in rows if row.as_error]
    shares["error precision"] = _share(sum(row.bad for row in errors), len(errors))
    return shares


def _share(part: int, whole: int) -> float:
    return round(100 * part / whole, 1) if whole else 100.0


def main() -> None:
    """Print the figures of each set."""
    parser = argparse.ArgumentParser()
    parser.add_argument("sets", nargs="*", help=", ".join(SETS))
    parser.add_argument("--families", action="store_true", help="recall by family of an open set")
    parser.add_argument("--show", choices=["bad", "good"], help="bad ones missed, or alarms, of an open set")
    asked = parser.parse_args()
    for name in asked.sets or SETS:
        rows = read(name)
        print(f"{name}: " + ", ".join(f"{key} {value}" for key, value in figures(rows).items()))
        if name.endswith("-open"):
            _details(rows, families=asked.families, show=asked.show)


def _details(rows: list[Read], *, families: bool, show: str | None) -> None:
    if families:
        caught: dict[str, list[bool]] = defaultdict(list)
        for row in rows:
            if row.bad:
                caught[row.family].append(row.remarked)
        for family, seen in sorted(caught.items()):
            print(f"  {family}: {sum(seen)} of {len(seen)}")
    for row in rows:
        if show == "bad" and row.bad and not row.remarked:
            print(f"  missed ({row.family}{', hard' * row.hard}): {row.text}")
        if show == "good" and not row.bad and row.remarked:
            found = ", ".join(f"{f.code} {f.words!r}" for f in row.findings if f.severity != "hint")
            print(f"  alarm ({row.family}{', hard' * row.hard}): {row.text} [{found}]")


if __name__ == "__main__":
    main()
