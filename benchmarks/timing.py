"""Interleaved rounds, the ratios of each round, and the tables they are shown in."""

from __future__ import annotations

import resource
import statistics
import time
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Final, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence


@dataclass(frozen=True, slots=True)
class Effort:
    """How much is measured.

    Args:
        rounds: counted rounds of what is short.
        size: what is long: ``quick``, ``usual`` or ``full``.
    """

    rounds: int = 9
    size: str = "usual"

    def of(self, quick: int, usual: int, full: int) -> int:
        """Return the number that goes with the size."""
        return {"quick": quick, "usual": usual, "full": full}[self.size]


@dataclass(frozen=True, slots=True)
class Taken:
    """What one contender took, a figure for each round.

    Args:
        wall: seconds on the clock.
        processor: seconds of processors, those of child processes too; other programs disturb it less.
    """

    wall: tuple[float, ...]
    processor: tuple[float, ...]

    def row(self) -> list[str]:
        """Return the medians of the clock and of the processors, and between what half of the rounds lay."""
        low, middle, high = quartiles(self.wall)
        spread = f"{milliseconds(low)} to {milliseconds(high)}"
        return [milliseconds(middle), spread, milliseconds(statistics.median(self.processor))]


class Spent(NamedTuple):
    """What one turn took, in seconds: on the clock, and of processors."""

    wall: float
    processor: float


def spent(turn: Callable[[int], object], number: int) -> Spent:
    """Return what a turn takes."""
    used, began = _processor_time(), time.perf_counter()
    turn(number)
    ended = time.perf_counter()
    return Spent(ended - began, _processor_time() - used)


def interleaved(
    contenders: Mapping[str, Callable[[int], object]],
    rounds: int,
    *,
    letters: int = 1,
    clock: Callable[[Callable[[int], Any], int], Spent] = spent,
) -> dict[str, Taken]:
    """Return what each contender took, in rounds in which each has its turn, there and back again.

    Args:
        contenders: what is measured; each is given the number of the round, of which the first is not counted.
        rounds: how many are counted.
        letters: how many letters a turn writes; times are those of one.
        clock: gives a contender its turn, and returns what it took.
    """
    taken: dict[str, list[tuple[float, float]]] = {name: [] for name in contenders}
    for number in range(rounds + 1):
        for name in list(contenders) if number % 2 else list(reversed(contenders)):
            wall, processor = clock(contenders[name], number)
            if number:
                taken[name].append((wall / letters, processor / letters))
    return {name: Taken(*zip(*each, strict=True)) for name, each in taken.items()}


def _processor_time() -> float:
    here = (resource.getrusage(who) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN))
    return sum(usage.ru_utime + usage.ru_stime for usage in here)


TAKEN_HEAD: Final = ("On the clock", "Half of the rounds", "Processors")


@dataclass(frozen=True, slots=True)
class Ratio:
    """How two contenders compare: the median of the ratios of each round, and how far these spread.

    Args:
        value: the median.
        low: a quarter of the rounds is below.
        high: a quarter of the rounds is above.
    """

    value: float
    low: float
    high: float

    def __str__(self) -> str:
        return f"{self.value:.2f} ({self.low:.2f} to {self.high:.2f})"


def ratio(above: Sequence[float], below: Sequence[float]) -> Ratio:
    """Return how often one goes into the other, round by round."""
    low, middle, high = quartiles([a / b for a, b in zip(above, below, strict=True)])
    return Ratio(middle, low, high)


def quartiles(values: Sequence[float]) -> tuple[float, float, float]:
    """Return the figures between which half of some values lie, around the median."""
    if len(values) == 1:
        return values[0], values[0], values[0]
    low, middle, high = statistics.quantiles(values, n=4, method="inclusive")
    return low, middle, high


@dataclass(frozen=True, slots=True)
class Verdict:
    """One figure held against what it should be.

    Args:
        what: what is compared.
        value: the figure.
        target: what it should be.
        most: whether the target is the most it may be; else the least.
        unit: of both, empty for a ratio.
        spread: of the figure over the rounds, as text.
        processor: the same by the time of processors instead of the clock, as text.
    """

    what: str
    value: float
    target: float
    most: bool
    unit: str = ""
    spread: str = ""
    processor: str = ""

    @property
    def reached(self) -> bool:
        """Whether the figure is what it should be."""
        return self.value <= self.target if self.most else self.value >= self.target

    def row(self) -> list[str]:
        """Return the verdict as a row of a table with `VERDICT_HEAD`."""
        unit = f" {self.unit}" if self.unit else ""
        bound = "at most" if self.most else "at least"
        shown = f"{self.value:.0f}" if abs(self.value) >= 100 else f"{self.value:.2f}"  # noqa: PLR2004  three figures
        target = f"{bound} {self.target:g}{unit}"
        reached = "yes" if self.reached else "NO"
        return [self.what, f"{shown}{unit}", self.spread, self.processor, target, reached]


VERDICT_HEAD: Final = ("What", "Measured", "Half of the rounds", "By processor time", "Target", "Reached")


def compared(what: str, above: Taken, below: Taken, target: float, *, most: bool) -> Verdict:
    """Return how often one goes into the other, held against a target.

    Args:
        what: what is compared.
        above: what is divided.
        below: by what.
        target: what the ratio should be.
        most: whether that is the most it may be.
    """
    found = ratio(above.wall, below.wall)
    used = statistics.median(a / b for a, b in zip(above.processor, below.processor, strict=True))
    return Verdict(what, found.value, target, most, "", f"{found.low:.2f} to {found.high:.2f}", f"{used:.2f}")


@dataclass(slots=True)
class Report:
    """What one theme measured.

    Args:
        title: its heading.
        head: of its table.
        rows: of its table.
        verdicts: what was held against a target.
        notes: what a reader has to know beside it.
    """

    title: str
    head: tuple[str, ...] = ()
    rows: list[list[str]] = field(default_factory=list)
    verdicts: list[Verdict] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)

    def __str__(self) -> str:
        parts = [f"## {self.title}"]
        parts += [table(self.head, self.rows)] if self.rows else []
        parts += [table(VERDICT_HEAD, [verdict.row() for verdict in self.verdicts])] if self.verdicts else []
        parts += ["\n".join(f"- {note}" for note in self.notes)] if self.notes else []
        return "\n\n".join(parts) + "\n"

    def data(self) -> dict[str, Any]:
        """Return the same for programs."""
        verdicts = [
            {"what": v.what, "value": v.value, "target": v.target, "most": v.most, "unit": v.unit, "reached": v.reached}
            for v in self.verdicts
        ]
        return {"title": self.title, "head": self.head, "rows": self.rows, "verdicts": verdicts, "notes": self.notes}


def table(head: Sequence[str], rows: Sequence[Sequence[str]]) -> str:
    """Return a table in Markdown."""
    lines = [head, ["---"] * len(head), *rows]
    return "\n".join(f"| {' | '.join(line)} |" for line in lines)


def milliseconds(seconds: float) -> str:
    """Return a time with three figures."""
    value = seconds * 1000
    return f"{value:.0f} ms" if value >= 100 else f"{value:.1f} ms" if value >= 10 else f"{value:.2f} ms"  # noqa: PLR2004  three figures
