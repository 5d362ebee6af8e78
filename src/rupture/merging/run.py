"""A run of many letters into a folder, with a journal, so that nothing is lost or done twice."""

from __future__ import annotations

from collections import deque
from contextlib import contextmanager
from dataclasses import replace
from itertools import islice
from typing import TYPE_CHECKING, Final

from rupture import api
from rupture.errors import InputError, OutputError, Problem, RuptureError
from rupture.merging.combined import CombinedPdf
from rupture.merging.identity import digest_of
from rupture.merging.journal import JOURNAL, LETTERS, Journal
from rupture.merging.outcome import Failure, Outcome
from rupture.merging.pool import rendered
from rupture.merging.report import REPORT, report
from rupture.merging.workers import temporary_files, workers
from rupture.resources.output import write_file
from rupture.writing.combine import check_installed

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Callable, Iterable, Iterator, Mapping
    from concurrent.futures import Executor

    from rupture.case.model import Case
    from rupture.merging.options import LetterOptions, RunOptions
    from rupture.merging.pool import Rendered
    from rupture.merging.rows import Merge, MergedRow
    from rupture.reviewing.findings import Finding

_RESUME: Final = "what is done stays done: add --resume to continue"


class Run:
    """One run of a merge.

    Args:
        merge: the base case and its rows.
        letters: how each letter is written; without formats when only the combined PDF is wanted.
        options: where and how the run writes.

    Raises:
        MissingLibrary: a combined PDF is wanted, and the extra ``merge`` is not installed.
    """

    def __init__(self, merge: Merge, letters: LetterOptions, options: RunOptions) -> None:
        self._merge = merge
        self._asked = letters.formats
        self._options = options
        self._folder = options.folder
        if options.combined:
            check_installed()
        self._combined = CombinedPdf(options.folder, options.combined) if options.combined else None
        formats = dict.fromkeys((*letters.formats, *(("pdf",) if options.combined else ())))
        self._letters = replace(letters, formats=tuple(formats))
        self._files: dict[str, str] = {}

    def count(self) -> int:
        """Return how many rows there are to write."""
        rows, limit = self._merge.count(), self._options.limit
        return rows if limit is None else min(rows, limit)

    def rehearse(self) -> Iterator[tuple[MergedRow, tuple[Problem, ...]]]:
        """Yield every row with what is wrong with it; nothing is written."""
        for row in self._rows(self._options.today):
            yield row, _problems(row.case, self._letters.templates) if row.case else row.problems

    def write(self, identity: Callable[[], str], progress: Callable[[Outcome], None]) -> Outcome:
        """Write the letters, the manifest and, if a row failed, the report.

        Args:
            identity: returns the digest of the inputs of the run; called again at its end.
            progress: is called after each row.

        Raises:
            OutputError: the folder cannot be written, holds another run, or lost files meanwhile.
            InputError: the inputs cannot be read, or changed meanwhile.
        """
        outcome = Outcome()
        began = identity()
        self._refuse_older()
        with self._stoppable(outcome), self._journal(began) as journal:
            with workers(self._options.jobs, journal.work) as executor:
                self._write_rows(outcome, journal, executor, progress)
            _refuse_changes(began, identity)
            self._write_combined(journal, outcome, progress)
            self._write_report(outcome, journal)
            journal.end(self._files)
        return outcome

    @contextmanager
    def _stoppable(self, outcome: Outcome) -> Iterator[None]:
        """Note in the outcome that the person stopped the run, and say of a fault of the disk how to continue.

        Raises:
            OutputError: the disk has a fault.
        """
        try:
            yield
        except KeyboardInterrupt:
            outcome.stopped = True
        except OSError as error:
            raise OutputError(f"{error.filename or self._folder}: {error.strerror}; {_RESUME}") from None
        except OutputError as error:
            if not (self._folder / JOURNAL).exists():
                raise
            raise OutputError(f"{error}; {_RESUME}") from None

    @contextmanager
    def _journal(self, identity: str) -> Iterator[Journal]:
        o = self._options
        with (
            Journal(o.folder, identity, o.today, resume=o.resume, overwrite=o.overwrite) as journal,
            temporary_files(journal.work),
        ):
            yield journal

    def _write_rows(
        self, outcome: Outcome, journal: Journal, executor: Executor | None, progress: Callable[[Outcome], None]
    ) -> None:
        ahead: deque[tuple[MergedRow, str]] = deque()
        cases = self._cases(outcome, journal, ahead, progress)
        for result in rendered(cases, self._letters, executor):
            row, digest = ahead.popleft()
            if result.error:
                outcome.failures.append(Failure(row.number, _problems_of(result)))
            else:
                files = {self._name(row, kind): content for kind, content in result.files.items()}
                self._add(row, journal.write(row.number, digest, files))
                outcome.letters += 1
                outcome.files += len(files)
            progress(outcome)

    def _cases(
        self,
        outcome: Outcome,
        journal: Journal,
        ahead: deque[tuple[MergedRow, str]],
        progress: Callable[[Outcome], None],
    ) -> Iterator[Case]:
        """Yield the cases whose letters are to be written, each of which is put into ``ahead`` with its digest."""
        for row in self._rows(journal.today):
            if row.case is None:
                outcome.failures.append(Failure(row.number, row.problems))
                progress(outcome)
                continue
            digest = digest_of(row.case)
            names = {self._name(row, kind) for kind in self._letters.formats}
            if files := journal.done(row.number, digest, names):
                self._add(row, files)
                outcome.letters += 1
            else:
                ahead.append((row, digest))
                yield row.case

    def _rows(self, today: dt.date) -> Iterator[MergedRow]:
        return islice(self._merge.rows(today), self._options.limit)

    def _name(self, row: MergedRow, kind: str) -> str:
        return f"{row.name}.{kind}" if kind in self._asked else f"{LETTERS}/{row.number}.{kind}"

    def _add(self, row: MergedRow, files: Mapping[str, str]) -> None:
        """Add the files of a letter to the manifest and to the combined PDF."""
        self._files.update({name: digest for name, digest in files.items() if not name.startswith(LETTERS)})
        if self._combined and row.case:
            self._combined.add(row.number, self._name(row, "pdf"), row.case.recipient.called)

    def _refuse_older(self) -> None:
        o = self._options
        if o.combined and not (o.overwrite or o.resume) and (path := o.folder / o.combined.name).exists():
            raise OutputError(f"{path}: exists already; add --overwrite to replace it")

    def _write_combined(self, journal: Journal, outcome: Outcome, progress: Callable[[Outcome], None]) -> None:
        if self._combined and (digest := self._combined.write(journal.work, outcome, progress)):
            self._files[self._combined.name] = digest

    def _write_report(self, outcome: Outcome, journal: Journal) -> None:
        path = self._folder / REPORT
        if outcome.failures:
            write_file(path, report(outcome.failures), overwrite=True, work=journal.work)
        else:
            path.unlink(missing_ok=True)


def _refuse_changes(began: str, identity: Callable[[], str]) -> None:
    """Refuse to end a run whose inputs disappeared or changed meanwhile: rows may be missing, or cut in two."""
    try:
        changed = "the base case, the rows or the templates have changed since the run began" * (identity() != began)
    except InputError as error:
        changed = str(error)
    if changed:
        raise InputError(f"{changed}; restore it and add --resume, or start again with --overwrite")


def _problems(case: Case, templates: str | None) -> tuple[Problem, ...]:
    try:
        return _as_problems(api.review(case, templates=templates).errors)
    except RuptureError as error:
        return (Problem("", str(error)),)


def _problems_of(result: Rendered) -> tuple[Problem, ...]:
    held = (finding for finding in result.findings if finding.severity == "error" and not finding.waived)
    return _as_problems(held) or (Problem("", result.error),)


def _as_problems(findings: Iterable[Finding]) -> tuple[Problem, ...]:
    return tuple(Problem(finding.path, f"{finding.code}: {finding.message}") for finding in findings)
