"""How far a run is: a line that is rewritten on a terminal, or a line every few seconds elsewhere."""

from __future__ import annotations

import datetime as dt
import os
import sys
import time
from typing import TYPE_CHECKING, Final

from rupture.merging.outcome import counted

if TYPE_CHECKING:
    from rupture.merging.outcome import Outcome

#: Seconds between two lines.
_ON_TERMINAL: Final = 0.1
_ELSEWHERE: Final = 10.0
_USUAL_WIDTH: Final = 80


class Progress:
    """Writes the progress of a run to standard error.

    Args:
        total: the number of rows.
    """

    def __init__(self, total: int) -> None:
        self._total = total
        self._terminal = sys.stderr.isatty()
        self._interval = _ON_TERMINAL if self._terminal else _ELSEWHERE
        self._began = self._written = time.monotonic()
        self._closed = False

    def __call__(self, outcome: Outcome) -> None:
        """Write a line, if the last one is old enough or the run has ended."""
        done = outcome.letters + len(outcome.failures)
        ended = outcome.bound in {0, outcome.letters} and done >= self._total
        now = time.monotonic()
        if self._closed or (now - self._written < self._interval and not ended):
            return
        self._written = now
        try:
            self._write(self._line(outcome, done, now - self._began), end="\n" if ended else "")
        except OSError:  # broken pipe; the letters are written all the same
            self._closed = True

    def _line(self, outcome: Outcome, done: int, seconds: float) -> str:
        if outcome.bound:
            return f"{outcome.bound} of {counted(outcome.letters, 'letter')} combined"
        rate = done / max(seconds, 1e-9)
        left = dt.timedelta(seconds=round((self._total - done) / rate)) if rate else "?"
        failed = len(outcome.failures)
        return f"{done} of {counted(self._total, 'row')}, {rate:.0f} per second, {left} left, {failed} failed"

    def _write(self, line: str, end: str) -> None:
        if self._terminal:
            width = _width()
            sys.stderr.write(f"\r{line[:width]:<{width}}{end}")
        else:
            sys.stderr.write(f"{line}\n")
        sys.stderr.flush()


def _width() -> int:
    """Return how many columns a line may take and still be rewritten; a terminal that says 0 is taken to have 80."""
    try:
        columns = os.get_terminal_size(sys.stderr.fileno()).columns
    except (OSError, ValueError):  # standard error is not a file
        columns = 0
    return max((columns or _USUAL_WIDTH) - 1, 1)
