"""The progress line of a run, and its summary."""

from __future__ import annotations

import fcntl
import os
import pty
import struct
import sys
import termios

import pytest

from rupture.errors import Problem
from rupture.merging.outcome import Failure, Outcome, counted
from rupture.merging.progress import Progress
from rupture.merging.report import report, summary


@pytest.fixture
def terminal(monkeypatch):
    """Standard error as a terminal of that width, and what was written to it."""
    ours, theirs = pty.openpty()
    file = os.fdopen(theirs, "w")

    def of_width(columns):
        fcntl.ioctl(theirs, termios.TIOCSWINSZ, struct.pack("HHHH", 24, columns, 0, 0))
        monkeypatch.setattr(sys, "stderr", file)
        return lambda: os.read(ours, 10_000).decode()

    yield of_width
    file.close()
    os.close(ours)


class TestProgress:
    """The line fits the terminal, whatever its width, and a width of 0 is not taken for one."""

    @pytest.mark.parametrize(("columns", "width"), [(0, 79), (1, 1), (20, 19), (200, 199)])
    def test_width(self, terminal, columns, width):
        read = terminal(columns)
        Progress(3)(Outcome(letters=3))
        line = read()
        assert line.startswith("\r3 of 3 rows"[: width + 1])
        assert len(line.strip("\r\n")) == width

    @pytest.mark.parametrize("columns", ["0", "-1", "x"])
    def test_width_of_the_environment(self, terminal, monkeypatch, columns):
        monkeypatch.setenv("COLUMNS", columns)
        read = terminal(0)
        Progress(1)(Outcome(letters=1))
        assert read().startswith("\r1 of 1 row, ")

    def test_nobody_reads(self, monkeypatch):
        reader, writer = os.pipe()
        os.close(reader)
        closed = os.fdopen(writer, "w", buffering=1)
        monkeypatch.setattr(sys, "stderr", closed)
        progress = Progress(1)
        progress(Outcome(letters=1))
        progress(Outcome(letters=1))
        monkeypatch.undo()
        with pytest.raises(BrokenPipeError):
            closed.close()


class TestReport:
    """No cell of the report is a formula to a spreadsheet."""

    def test_inert(self):
        cells = ("=1+1", "+1", "-1", "@x", "plain =1")
        lines = report([Failure(2, (Problem("", cell),)) for cell in cells]).decode("utf-8-sig").splitlines()
        assert lines[1:] == ["2,,,'=1+1", "2,,,'+1", "2,,,'-1", "2,,,'@x", "2,,,plain =1"]


class TestSummary:
    """Numbers agree with their nouns."""

    def test_counted(self):
        assert [counted(count, "letter") for count in (0, 1, 2)] == ["0 letters", "1 letter", "2 letters"]

    def test_summary(self):
        failure = Failure(3, (Problem("date", "date.past: too late"),))
        assert summary(Outcome(letters=1)) == "1 letter"
        assert summary(Outcome(letters=2, pages=1), "all.pdf") == "2 letters, combined in all.pdf (1 page)"
        assert summary(Outcome(letters=2, failures=[failure])) == (
            "2 letters; 1 row failed, see report.csv: date.past (1)"
        )
