"""Runs a merge as a process of its own, and watches from outside how far it is and what memory it holds."""

from __future__ import annotations

import subprocess
import sys
import time
from contextlib import suppress
from csv import DictWriter
from dataclasses import dataclass
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING, Final, NamedTuple

from benchmarks import letters
from benchmarks.cold import environment
from rupture.merging.journal import JOURNAL

if TYPE_CHECKING:
    from collections.abc import Iterator

_MEBIBYTE: Final = 2**20
#: So many rows may be over before they are looked at.
_SOON_OVER: Final = 50
RUPTURE: Final = str(Path(sys.executable).with_name("rupture"))


class Seen(NamedTuple):
    """One look at a run.

    Args:
        at: seconds since it began.
        rows: how many were done.
        memory: mebibytes of all its processes, what they share counted once; 0 where it was not looked at.
    """

    at: float
    rows: int
    memory: float


@dataclass(frozen=True, slots=True)
class Watched:
    """A run that has ended.

    Args:
        rows: how many it had.
        seconds: the whole process.
        seen: each look at it.
    """

    rows: int
    seconds: float
    seen: tuple[Seen, ...]

    @property
    def rate(self) -> float:
        """Letters a second, with the start of the command and of its workers."""
        return self.rows / self.seconds

    @property
    def steady_rate(self) -> float:
        """Letters a second between a fifth and nine tenths of the rows."""
        inside = [seen for seen in self.seen if 0.2 <= seen.rows / self.rows <= 0.9]  # noqa: PLR2004  as said
        if len({seen.rows for seen in inside}) < 2:  # noqa: PLR2004  too short a run
            return self.rate
        return (inside[-1].rows - inside[0].rows) / (inside[-1].at - inside[0].at)

    def peak(self, rows: int | None = None) -> float:
        """Return the most memory that was seen, until so many rows were done."""
        return max(seen.memory for seen in self.seen if rows is None or seen.rows <= rows)


def write_table(path: Path, count: int) -> None:
    """Write the rows of a merge."""
    with path.open("w", encoding="utf-8", newline="") as file:
        rows = letters.rows(count)
        writer = DictWriter(file, list(next(rows)))
        writer.writeheader()
        writer.writerows(islice(letters.rows(count), count))


def merge(  # noqa: PLR0913  what the command is given
    table: Path, folder: Path, kind: str, rows: int, jobs: int = 1, *, memory: bool = False
) -> Watched:
    """Run the command on the first rows of a table, and watch it.

    Args:
        table: the rows.
        folder: to write to; it must not be there yet.
        kind: the format.
        rows: how many.
        jobs: processes that write.
        memory: whether to look at the memory too.

    Raises:
        RuntimeError: the run failed.
    """
    command = [RUPTURE, "render", str(letters.CASE), "--data", str(table), "--to", kind, "-o", str(folder)]
    command += ["--limit", str(rows), "--jobs", str(jobs)]
    seen: list[Seen] = []
    done = _Rows(folder / JOURNAL)
    began = time.perf_counter()
    with subprocess.Popen(command, env=environment(), stdout=subprocess.DEVNULL, stderr=subprocess.PIPE) as process:
        while True:
            held = sum(proportional(each) for each in _family(process.pid)) / _MEBIBYTE if memory else 0.0
            seen.append(Seen(time.perf_counter() - began, done.count(), held))
            with suppress(subprocess.TimeoutExpired):
                process.wait(0.2 if memory else 0.05)
                break
        ended = time.perf_counter() - began
        said = process.stderr.read().decode() if process.stderr else ""
    if process.returncode:
        raise RuntimeError(f"{' '.join(command)} ended with {process.returncode}: {said}")
    if rows > _SOON_OVER and not seen[-1].rows:
        raise RuntimeError(f"{JOURNAL} said nothing of {rows} rows: is it written otherwise than it was?")
    return Watched(rows, ended, tuple(seen))


class _Rows:
    """Counts the rows that a journal, while it grows, says are written."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._read = 0
        self._rows = 0

    def count(self) -> int:
        """Return how many rows it has by now."""
        with suppress(FileNotFoundError), self._path.open("rb") as file:
            file.seek(self._read)
            content = file.read()
            self._read += len(content)
            self._rows += content.count(b'"files":')
        return self._rows


def _family(process: int) -> Iterator[int]:
    """Yield a process and all those below it."""
    yield process
    with suppress(OSError):
        for thread in Path(f"/proc/{process}/task").iterdir():
            for child in (thread / "children").read_text(encoding="ascii").split():
                yield from _family(int(child))


def proportional(process: int | str) -> int:
    """Return the bytes of a process, of those that several share its part; 0 when it is gone."""
    with suppress(OSError):
        for line in Path(f"/proc/{process}/smaps_rollup").read_text(encoding="ascii").splitlines():
            if line.startswith("Pss:"):
                return int(line.split()[1]) * 1024
    return 0


def resident() -> float:
    """Return the mebibytes that this process holds."""
    for line in Path("/proc/self/status").read_text(encoding="utf-8").splitlines():
        if line.startswith("VmRSS:"):
            return int(line.split()[1]) / 1024
    raise RuntimeError("/proc/self/status has no VmRSS: memory is measured on Linux only")
