"""A run of many letters into a folder: what is done is written down, so that nothing is lost or done twice."""

from __future__ import annotations

import csv
import datetime as dt
import io
import os
import signal
import sys
import tempfile
import threading
import time
from collections import Counter, deque
from concurrent.futures import ProcessPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass, field
from hashlib import file_digest, sha256
from multiprocessing import get_context, parent_process
from typing import TYPE_CHECKING, Any, Final

from rupture import api
from rupture.errors import InputError, OutputError, Problem, RuptureError
from rupture.merging.journal import JOURNAL, LETTERS, Journal
from rupture.merging.pool import render_many
from rupture.resources import distribution
from rupture.resources.output import write_file
from rupture.writing import formats
from rupture.writing.combine import check_installed, combine_into

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping
    from pathlib import Path

    from rupture.case.model import Case
    from rupture.merging.pool import Options, Rendered
    from rupture.merging.rows import Merge, MergedRow

REPORT: Final = "report.csv"
#: A cell that begins so is a formula to a spreadsheet (OWASP, CSV injection).
_FORMULA: Final = ("=", "+", "-", "@", "\t", "\r")
_REPORT_HEAD: Final = ("row", "column", "field", "problem")
_GO_ON: Final = "what is done stays done: add --resume to go on"


@dataclass(frozen=True, slots=True)
class Failure:
    """A row that gave no letter.

    Args:
        row: its line in the table.
        problems: what is wrong with it.
    """

    row: int
    problems: tuple[Problem, ...]


@dataclass(frozen=True, slots=True)
class Combined:
    """One PDF of all letters of a run.

    Args:
        name: of the file, in the folder of the run.
        double_sided: each letter begins on a right-hand page.
    """

    name: str
    double_sided: bool = False


@dataclass(slots=True)
class Outcome:
    """What a run did.

    Args:
        letters: how many rows have their letters, those of an earlier run too.
        files: how many files were written now.
        failures: the rows that gave none.
        stopped: whether the person stopped it.
        bound: how many letters are in the one PDF of all.
        pages: how many pages that has.
    """

    letters: int = 0
    files: int = 0
    failures: list[Failure] = field(default_factory=list)
    stopped: bool = False
    bound: int = 0
    pages: int = 0


class Run:
    """One run of a merge.

    Args:
        merge: the base case and its rows.
        options: how each letter is written; no formats, where there is only one PDF of all.
        folder: where to.
        today: the date of the letters that give none.
        limit: the most rows to take, or None.
        jobs: processes.
        overwrite: replace files that exist.
        resume: go on with what an earlier run left.
        combined: one PDF of all letters too, or None.
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
        combined: Combined | None = None,
    ) -> None:
        if combined:
            check_installed()
        self._merge = merge
        self._options = options
        self._folder = folder
        self._today = today
        self._limit = limit
        self._jobs = jobs
        self._overwrite = overwrite
        self._resume = resume
        self._combined = combined
        self._formats = tuple(dict.fromkeys((*options.formats, *(("pdf",) if combined else ()))))
        self._files: dict[str, str] = {}
        self._letters: dict[int, tuple[str, str]] = {}  # of each row the PDF to combine, and its bookmark

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

    def write(self, identity: Callable[[], str], progress: Callable[[Outcome], None]) -> Outcome:
        """Write the letters, the manifest and, if a row failed, the report.

        Args:
            identity: gives what stands for the inputs of the run; asked again at its end.
            progress: is told after each row.

        Raises:
            OutputError: the folder cannot be written, holds another run, or lost files meanwhile.
            InputError: the inputs cannot be read, or changed meanwhile.
        """
        outcome = Outcome()
        began = identity()
        self._refuse_older()
        try:
            with (
                Journal(self._folder, began, self._today, resume=self._resume, overwrite=self._overwrite) as journal,
                _temporary_files(journal.work),
            ):
                self._today = journal.today
                with self._executor(journal.work) as executor:
                    self._write_rows(outcome, journal, executor, progress)
                _refuse_changes(began, identity)
                if self._combined and self._letters:
                    self._combine(self._combined, journal.work, outcome, progress)
                self._end(outcome, journal)
        except KeyboardInterrupt:
            outcome.stopped = True
        except OSError as error:
            raise OutputError(f"{error.filename or self._folder}: {error.strerror}; {_GO_ON}") from None
        except OutputError as error:
            if not (self._folder / JOURNAL).exists():
                raise
            raise OutputError(f"{error}; {_GO_ON}") from None
        return outcome

    def _write_rows(
        self,
        outcome: Outcome,
        journal: Journal,
        executor: ProcessPoolExecutor | None,
        progress: Callable[[Outcome], None],
    ) -> None:
        ahead: deque[tuple[MergedRow, str]] = deque()

        def cases() -> Iterator[Case]:
            for row in self._rows():
                if row.case is None:
                    outcome.failures.append(Failure(row.number, row.problems))
                    progress(outcome)
                    continue
                digest = _digest(row.case)
                names = {self._name(row, kind) for kind in self._formats}
                if files := journal.done(row.number, digest, names):
                    self._note(row, files)
                    outcome.letters += 1
                else:
                    ahead.append((row, digest))
                    yield row.case

        o = self._options
        rendered = render_many(
            cases(), self._formats, executor, templates=o.templates, attach=o.attach, archive=o.archive
        )
        for result in rendered:
            row, digest = ahead.popleft()
            if result.error:
                outcome.failures.append(Failure(row.number, _problems_of(result)))
            else:
                files = {self._name(row, kind): content for kind, content in result.files.items()}
                self._note(row, journal.write(row.number, digest, files))
                outcome.letters += 1
                outcome.files += len(files)
            progress(outcome)

    def _name(self, row: MergedRow, kind: str) -> str:
        return f"{row.name}.{kind}" if kind in self._options.formats else f"{LETTERS}/{row.number}.{kind}"

    def _note(self, row: MergedRow, files: Mapping[str, str]) -> None:
        """Keep what the manifest says of a letter, and where its PDF is."""
        self._files.update({name: digest for name, digest in files.items() if not name.startswith(LETTERS)})
        if self._combined and row.case:
            self._letters[row.number] = (self._name(row, "pdf"), row.case.recipient.called)

    def _refuse_older(self) -> None:
        if self._combined and not (self._overwrite or self._resume):
            path = self._folder / self._combined.name
            if path.exists():
                raise OutputError(f"{path}: exists already; add --overwrite to replace it")

    def _combine(self, combined: Combined, work: Path, outcome: Outcome, progress: Callable[[Outcome], None]) -> None:
        """Put all letters together, in the order of their rows, and into place in one step."""
        letters = [self._letters[number] for number in sorted(self._letters)]

        def paths() -> Iterator[Path]:
            for name, _ in letters:
                yield self._folder / name
                outcome.bound += 1
                progress(outcome)

        bookmarks = (called for _, called in letters)
        unfinished = work / "combined"
        with unfinished.open("w+b") as file:
            try:
                outcome.pages = combine_into(file, paths(), bookmarks=bookmarks, double_sided=combined.double_sided)
            except InputError as error:  # somebody took a letter away
                raise OutputError(str(error)) from None
            file.flush()
            os.fsync(file.fileno())
            file.seek(0)
            self._files[combined.name] = file_digest(file, "sha256").hexdigest()
        unfinished.replace(self._folder / combined.name)

    def _rows(self) -> Iterator[MergedRow]:
        for count, row in enumerate(self._merge.rows(self._today)):
            if self._limit is not None and count >= self._limit:
                return
            yield row

    @contextmanager
    def _executor(self, work: Path) -> Iterator[ProcessPoolExecutor | None]:
        if self._jobs == 1:
            yield None
            return
        executor = ProcessPoolExecutor(self._jobs, get_context("spawn"), _begin_worker, (work,))
        try:
            yield executor
        finally:
            executor.shutdown(cancel_futures=True)

    def _end(self, outcome: Outcome, journal: Journal) -> None:
        report = self._folder / REPORT
        if outcome.failures:
            write_file(report, _report(outcome.failures), overwrite=True, work=journal.work)
        else:
            report.unlink(missing_ok=True)
        journal.end(self._files)


def identity_of(base: Path, table: Path, templates: Path | None, *options: object) -> str:
    """Return what stands for the inputs of a run: the same files, options and version give the same.

    Args:
        base: the base case.
        table: the rows.
        templates: the folder of own templates, or None.
        options: everything else that the letters depend on.

    Raises:
        InputError: a file cannot be read.
    """
    digest = sha256(repr((distribution.version(), options)).encode())
    own = sorted(path for path in templates.rglob("*") if path.is_file()) if templates else []
    for path in (base, table, *own):
        digest.update(f"\n{path}\n".encode())
        try:
            with path.open("rb") as file:
                while chunk := file.read(1 << 20):
                    digest.update(chunk)
        except OSError as error:
            raise InputError(f"{path}: cannot be read: {error.strerror}") from None
    return digest.hexdigest()


def _refuse_changes(began: str, identity: Callable[[], str]) -> None:
    """Refuse to call a run done whose inputs went or changed meanwhile: rows may be missing, or cut in two."""
    try:
        changed = "the base case, the rows or the templates have changed since the run began" * (identity() != began)
    except InputError as error:
        changed = str(error)
    if changed:
        raise InputError(f"{changed}; put it back and add --resume, or begin anew with --overwrite")


@contextmanager
def _temporary_files(folder: Path) -> Iterator[None]:
    """Keep the temporary files of a run in its folder, where the next run removes them if this one is killed."""
    before, tempfile.tempdir = tempfile.tempdir, str(folder)
    try:
        yield
    finally:
        tempfile.tempdir = before
        formats.release()  # no later letter looks for a font there


def _begin_worker(work: Path) -> None:
    tempfile.tempdir = str(work)
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # the parent stops cleanly, and lets its workers end
    threading.Thread(target=_end_with_parent, daemon=True).start()


def _end_with_parent() -> None:
    """End this worker when its parent does: a parent that was killed tells nobody, and a worker would wait for ever."""
    if parent := parent_process():
        parent.join()
        os._exit(1)


def _digest(case: Case) -> str:
    """Return what stands for everything that a letter takes from its case, its pictures and its paper too."""
    said = sha256(case.model_dump_json().encode())
    if files := case._files:  # noqa: SLF001  kept private, as they are no facts
        for data in (
            files.letterhead,
            files.stylesheet.encode(),
            *(p.data for p in (files.logo, files.signature) if p),
        ):
            said.update(b"%d:" % len(data) + data)
    return said.hexdigest()


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
        self._mute = False

    def __call__(self, outcome: Outcome) -> None:
        """Tell of the run so far."""
        done = outcome.letters + len(outcome.failures)
        now = time.monotonic()
        ended = outcome.bound in {0, outcome.letters} and done >= self._total
        if self._mute or (now - self._said < self._every and not ended):
            return
        self._said = now
        rate = done / max(now - self._began, 1e-9)
        left = dt.timedelta(seconds=round((self._total - done) / rate)) if rate else "?"
        line = f"{done} of {self._total} rows, {rate:.0f} a second, {left} left, {len(outcome.failures)} failed"
        if outcome.bound:
            line = f"{outcome.bound} of {outcome.letters} letters put together"
        try:
            self._say(line, end="\n" if ended else "")
        except OSError:  # nobody reads it any more; the letters are written all the same
            self._mute = True

    def _say(self, line: str, end: str) -> None:
        if self._moving:
            width = os.get_terminal_size(sys.stderr.fileno()).columns - 1
            sys.stderr.write(f"\r{line[:width]:<{width}}{end}")
        else:
            sys.stderr.write(f"{line}\n")
        sys.stderr.flush()


def summary(outcome: Outcome, combined: str = "") -> str:
    """Return what a run did, in a line or two; combined names the one PDF of all."""
    said = f"{outcome.letters} letters"
    if outcome.pages:
        said += f", together in {combined} ({outcome.pages} pages)"
    if outcome.failures:
        kinds = Counter(
            problem.message.partition(":")[0] for failure in outcome.failures for problem in failure.problems
        )
        common = ", ".join(f"{kind} ({count})" for kind, count in kinds.most_common(3))
        said += f"; {len(outcome.failures)} rows failed, see {REPORT}: {common}"
    return said
