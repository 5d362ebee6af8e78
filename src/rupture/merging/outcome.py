"""What a run did."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from rupture.errors import Problem


@dataclass(frozen=True, slots=True)
class Failure:
    """A row without a letter.

    Args:
        row: its line in the table.
        problems: what is wrong with it.
    """

    row: int
    problems: tuple[Problem, ...]


@dataclass(slots=True)
class Outcome:
    """What a run has done so far.

    Args:
        letters: how many rows have their letters, those of an earlier run included.
        files: how many files were written now.
        failures: the rows without a letter.
        stopped: whether the person stopped it.
        bound: how many letters are in the combined PDF.
        pages: how many pages it has.
    """

    letters: int = 0
    files: int = 0
    failures: list[Failure] = field(default_factory=list)
    stopped: bool = False
    bound: int = 0
    pages: int = 0


def counted(count: int, noun: str) -> str:
    """Return a number with its noun: ``1 letter``, ``2 letters``."""
    return f"{count} {noun}" if count == 1 else f"{count} {noun}s"
