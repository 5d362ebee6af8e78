"""A run of many letters into a folder: what is done is written down, so that nothing is lost or done twice."""

from __future__ import annotations

import csv
import datetime as dt
import io
import json
import os
import sys
import time
from collections import Counter
from concurrent.futures import ProcessPoolExecutor
from contextlib import nullcontext
from dataclasses import dataclass, field
from hashlib import sha256
from multiprocessing import get_context
from typing import TYPE_CHECKING, Any, Final

from rupture import api
from rupture.errors import OutputError, Problem, RuptureError
from rupture.many import render_many
from rupture.output import write_file

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping
    from contextlib import AbstractContextManager
    from pathlib import Path

    from rupture.case import Case
    from rupture.many import Options, Rendered
    from rupture.merge import Merge, MergedRow

JOURNAL: Final = ".rupture-journal.jsonl"
MANIFEST: Final = "manifest.json"
REPORT: Final = "report.csv"
#: A cell that begins so is a formula to a spreadsheet (OWASP, CSV injection).
_FORMULA: Final = ("=", "+", "-", "@", "\t", "\r")
_REPORT_HEAD: Final = ("row", "column", "field", "problem")


@dataclass(frozen=True, slots=True)
class Failure:
    """A row that gave no letter.

    Args:
        row: its line in the table.
        problems: what is wrong with it.
    """

    row: int
    problems: tuple[Problem, ...]


@dataclass(slots=True)
class Outcome:
    """What a run did.

    Args:
        letters: how many rows have their letters, those of an earlier run too.
        files: how many files were written now.
        failures: the rows that gave none.
        stopped: whether the person stopped it.
    """

    letters: int = 0
    files: int = 0
    failures: list[Failure] = field(default_factory=list)
    stopped: bool = False


class Run:
    """One run of a merge.

    Args:
        merge: the base case and its rows.
        options: how each letter is written.
        folder: where to.
        today: the date of the letters that give none.
        limit: the most rows to take, or None.
        jobs: processes.
        overwrite: replace files that exist.
        resume: go on with what an earlier run left.
    """

    def __init__(  # noqa: PLR0913  one argument an option of the command
        self,
        merge: Merge,
        options: Options,
        folder: Path,
        *,
        today: dt.date,
        limit: int | None = None,
        jobs: int = 1,
        overwrite: bool = False,
        resume: bool = False,
    ) -> None:
        self._merge = merge
        self._options = options
        self._folder = folder
        self._today = today
        self._limit = limit
        self._jobs = jobs
        self._overwrite = overwrite
        self._resume = resume
        self._files: dict[str, str] = {}

    def count(self) -> int:
        """Return how many rows there are to write."""
        rows = self._merge.count()
        return rows if self._limit is None else min(rows, self._limit)

    def rehearse(self) -> Iterator[tuple[MergedRow, tuple[Problem, ...]]]:
        """Yield every row with what is wrong with it; nothing is written."""
        for row in self._rows():
            problems = row.problems
            if row.case:
                try:
                    findings = api.review(row.case, templates=self._options.templates)
                    problems = tuple(_problem_of(finding) for finding in findings.errors)
                except RuptureError as error:
                    problems = (Problem("", str(error)),)
            yield row, problems

    def write(self, identity: str, progress: Callable[[Outcome], None]) -> Outcome:
        """Write the letters, the manifest and, if a row failed, the report.

        Args:
            identity: stands for the inputs of the run; a run with others cannot go on with its journal.
            progress: is told after each row.

        Raises:
            OutputError: the folder cannot be written, or holds another run.
        """
        outcome = Outcome()
        done = self._begin(identity)
        try:
            with self._executor() as executor, (self._folder / JOURNAL).open("a", encoding="utf-8") as journal:
                self._write_rows(outcome, done, executor, journal, progress)
        except KeyboardInterrupt:
            outcome.stopped = True
            return outcome
        except OSError as error:
            raise OutputError(f"{self._folder}: cannot be written: {error.strerror}; add --resume to go on") from None
        self._end(outcome)
        return outcome

    def _write_rows(
        self,
        outcome: Outcome,
        done: Mapping[int, Mapping[str, str]],
        executor: ProcessPoolExecutor | None,
        journal: io.TextIOBase | Any,  # noqa: ANN401  a text file
        progress: Callable[[Outcome], None],
    ) -> None:
        ahead: list[MergedRow] = []

        def cases() -> Iterator[Case]:
            for row in self._rows():
                if row.number in done:
                    self._files.update(done[row.number])
                    outcome.letters += 1
                elif row.case is None:
                    outcome.failures.append(Failure(row.number, row.problems))
                    progress(outcome)
                else:
                    ahead.append(row)
                    yield row.case

        o = self._options
        rendered = render_many(cases(), o.formats, executor, templates=o.templates, attach=o.attach, archive=o.archive)
        for result in rendered:
            row = ahead.pop(0)
            if result.error:
                outcome.failures.append(Failure(row.number, _problems_of(result)))
            else:
                files = {f"{row.name}.{kind}": content for kind, content in result.files.items()}
                for name, content in files.items():
                    write_file(self._folder / name, content, overwrite=self._overwrite or self._resume, durable=False)
                hashes = {name: sha256(content).hexdigest() for name, content in files.items()}
                self._files.update(hashes)
                journal.write(json.dumps({"row": row.number, "files": hashes}, ensure_ascii=False) + "\n")
                journal.flush()
                outcome.letters += 1
                outcome.files += len(files)
            progress(outcome)

    def _rows(self) -> Iterator[MergedRow]:
        for count, row in enumerate(self._merge.rows(self._today)):
            if self._limit is not None and count >= self._limit:
                return
            yield row

    def _executor(self) -> AbstractContextManager[ProcessPoolExecutor | None]:
        if self._jobs == 1:
            return nullcontext()
        return ProcessPoolExecutor(self._jobs, mp_context=get_context("spawn"), initializer=_ignore_interrupt)

    def _begin(self, identity: str) -> dict[int, dict[str, str]]:
        """Return the rows that an earlier run finished, and begin the journal where there is none."""
        journal = self._folder / JOURNAL
        if journal.exists() and self._resume:
            return self._finished(journal, identity)
        if journal.exists() and not self._overwrite:
            raise OutputError(f"{self._folder}: holds a run that was stopped; add --resume to go on, or --overwrite")
        if (self._folder / MANIFEST).exists() and not (self._overwrite or self._resume):
            raise OutputError(
                f"{self._folder}: holds the letters of another run; add --overwrite, or name another folder"
            )
        write_file(journal, (json.dumps({"run": identity}) + "\n").encode(), overwrite=True)
        return {}

    def _finished(self, journal: Path, identity: str) -> dict[int, dict[str, str]]:
        lines = journal.read_text(encoding="utf-8", errors="replace").splitlines(keepends=True)
        if lines and not lines[-1].endswith("\n"):  # the process died in the middle of it
            lines.pop()
            write_file(journal, "".join(lines).encode(), overwrite=True)
        entries = [json.loads(line) for line in lines]
        if not entries or entries[0].get("run") != identity:
            raise OutputError(f"{journal}: is of another run: the base case, the rows or the options have changed")
        return {e["row"]: e["files"] for e in entries[1:] if all(map(self._whole, e["files"], e["files"].values()))}

    def _whole(self, name: str, digest: str) -> bool:
        path = self._folder / name
        return path.is_file() and sha256(path.read_bytes()).hexdigest() == digest

    def _end(self, outcome: Outcome) -> None:
        manifest = {"version": 1, "files": dict(sorted(self._files.items()))}
        write_file(
            self._folder / MANIFEST,
            (json.dumps(manifest, indent=1, ensure_ascii=False) + "\n").encode(),
            overwrite=True,
        )
        report = self._folder / REPORT
        if outcome.failures:
            write_file(report, _report(outcome.failures), overwrite=True)
        else:
            report.unlink(missing_ok=True)
        (self._folder / JOURNAL).unlink(missing_ok=True)


def identity_of(base: Path, table: Path, *options: object) -> str:
    """Return what stands for the inputs of a run: the same files and options give the same."""
    digest = sha256(repr(options).encode())
    for path in (base, table):
        with path.open("rb") as file:
            while chunk := file.read(1 << 20):
                digest.update(chunk)
    return digest.hexdigest()


def _ignore_interrupt() -> None:
    import signal  # noqa: PLC0415  in a worker only

    signal.signal(signal.SIGINT, signal.SIG_IGN)  # the parent stops cleanly, and lets its workers end


def _problem_of(finding: Any) -> Problem:  # noqa: ANN401  a finding
    return Problem(finding.path, f"{finding.code}: {finding.message}")


def _problems_of(result: Rendered) -> tuple[Problem, ...]:
    held = [finding for finding in result.findings if finding.severity == "error" and not finding.waived]
    return tuple(map(_problem_of, held)) or (Problem("", result.error),)


def _report(failures: list[Failure]) -> bytes:
    """Return the rows that failed as a table that Excel opens, in which no cell is a formula."""
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\r\n")
    writer.writerow(_REPORT_HEAD)
    for failure in failures:
        for problem in failure.problems:
            column = problem.column if problem.file and problem.line == failure.row else ""
            writer.writerow([failure.row, column, _inert(problem.path), _inert(problem.message)])
    return b"\xef\xbb\xbf" + text.getvalue().encode()


def _inert(text: str) -> str:
    flat = " ".join(text.split())
    return f"'{flat}" if flat.startswith(_FORMULA) else flat


class Progress:
    """Says how far a run is: one line that moves on a terminal, a line now and then elsewhere."""

    def __init__(self, total: int, every: float = 10.0) -> None:
        self._total = total
        self._began = self._said = time.monotonic()
        self._every = 0.1 if sys.stderr.isatty() else every
        self._moving = sys.stderr.isatty()

    def __call__(self, outcome: Outcome) -> None:
        """Tell of the run so far."""
        done = outcome.letters + len(outcome.failures)
        now = time.monotonic()
        if now - self._said < self._every and done < self._total:
            return
        self._said = now
        rate = done / max(now - self._began, 1e-9)
        left = dt.timedelta(seconds=round((self._total - done) / rate)) if rate else "?"
        line = f"{done} of {self._total} rows, {rate:.0f} a second, {left} left, {len(outcome.failures)} failed"
        if self._moving:
            width = os.get_terminal_size(sys.stderr.fileno()).columns - 1
            end = "\n" if done >= self._total else ""
            sys.stderr.write(f"\r{line[:width]:<{width}}{end}")
        else:
            sys.stderr.write(f"{line}\n")
        sys.stderr.flush()


def summary(outcome: Outcome) -> str:
    """Return what a run did, in a line or two."""
    said = f"{outcome.letters} letters"
    if outcome.failures:
        kinds = Counter(
            problem.message.partition(":")[0] for failure in outcome.failures for problem in failure.problems
        )
        common = ", ".join(f"{kind} ({count})" for kind, count in kinds.most_common(3))
        said += f"; {len(outcome.failures)} rows failed, see {REPORT}: {common}"
    return said
