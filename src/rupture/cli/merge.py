"""`rupture render --data`: a base case, and a letter for each row."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

import click

from rupture.cli.exit_codes import HELD_BACK, STOPPED
from rupture.errors import InputError, OutputError
from rupture.merging.pool import Options
from rupture.merging.rows import Merge, safe_name
from rupture.merging.run import Combined, Progress, Run, identity_of, summary
from rupture.merging.tables import open_table

if TYPE_CHECKING:
    from collections.abc import Callable


@dataclass(frozen=True, slots=True)
class MergeRequest:
    """What `rupture render` was asked for, option by option."""

    cases: tuple[Path, ...]
    data: Path | None
    formats: tuple[str, ...]
    output: str
    attach: tuple[str, ...]
    changes: tuple[str, ...]
    templates: Path | None
    archive: bool
    overwrite: bool
    renamed: tuple[str, ...]
    name: str
    dry_run: bool
    limit: int | None
    jobs: int
    resume: bool
    combined: str | None
    combined_only: bool
    double_sided: bool


def merge(asked: MergeRequest) -> None:
    """Write a letter for each row, or say what would be written.

    Raises:
        InputError: the options contradict each other, or the base case or the rows cannot be read.
        OutputError: the letters cannot be written where they were asked for.
    """
    together = _together(asked)
    data = asked.data
    if data is None:
        raise InputError("--combined goes with --data")
    kinds = () if asked.combined_only else asked.formats or ("pdf",)
    options = Options(kinds, str(asked.templates) if asked.templates else None, asked.attach, asked.archive)
    run = Run(
        _merge(asked, data, together),
        options,
        _folder(asked.output),
        today=dt.date.today(),  # noqa: DTZ011  the writer's own calendar day
        limit=asked.limit,
        jobs=asked.jobs,
        overwrite=asked.overwrite,
        resume=asked.resume,
        combined=together,
    )
    if asked.dry_run:
        _rehearse(run, asked.combined)
        return
    settings = (options, asked.renamed, asked.changes, asked.name, asked.limit, together)
    _write(run, partial(identity_of, asked.cases[0], data, asked.templates, *settings), asked.combined or "")


def _together(asked: MergeRequest) -> Combined | None:
    """Return what is asked of the one PDF of all letters.

    Raises:
        InputError: the options contradict each other.
        OutputError: the name is not that of a PDF in the folder.
    """
    combined = asked.combined
    if combined is None:
        if asked.combined_only or asked.double_sided:
            option = "--combined-only" if asked.combined_only else "--double-sided"
            raise InputError(f"{option} goes with --combined all.pdf")
        return None
    if asked.data and asked.combined_only and asked.formats:
        raise InputError("--combined-only writes no single files; leave out --to, or leave out --combined-only")
    stem = combined.removesuffix(".pdf")
    if safe_name(stem) != stem or not combined.endswith(".pdf") or not stem:
        raise OutputError(f"--combined {combined}: name a PDF in the folder, as all.pdf")
    return Combined(combined, asked.double_sided)


def _merge(asked: MergeRequest, data: Path, together: Combined | None) -> Merge:
    if len(asked.cases) != 1:
        raise InputError("--data goes with one base case")
    pairs = [each.rpartition("=") for each in asked.renamed]
    if wrong := [each for each, (column, _, _) in zip(asked.renamed, pairs, strict=True) if not column]:
        raise InputError(f"--map {wrong[0]}: expected COLUMN=FIELD, as Client=recipient.organisation")
    table = open_table(data)
    click.echo(f"{data}: {table.note}", err=True)
    reserved = together.name.removesuffix(".pdf") if together else ""
    fields = {column: field for column, _, field in pairs}
    return Merge(asked.cases[0], table, fields, asked.changes, asked.name, reserved)


def _folder(output: str) -> Path:
    folder = Path(output)
    if output == "-" or (folder.exists() and not folder.is_dir()):
        raise OutputError(f"{output}: a merge writes many files; name a folder, as out/")
    return folder


def _rehearse(run: Run, combined: str | None) -> None:
    failed = total = 0
    for total, (row, problems) in enumerate(run.rehearse(), 1):  # noqa: B007  counted after the loop
        failed += bool(problems)
        for problem in problems:
            click.echo(f"row {row.number}: {problem}")
        if not problems:
            click.echo(f"row {row.number}: would write {row.name}")
    together = f" and put together in {combined}" if combined else ""
    click.echo(f"{total - failed} letters would be written{together}, {failed} rows would fail; nothing was written")
    if failed:
        raise SystemExit(HELD_BACK)


def _write(run: Run, identity: Callable[[], str], combined: str) -> None:
    outcome = run.write(identity, Progress(run.count()))
    if outcome.stopped:
        click.echo(f"\nstopped after {outcome.letters} letters; add --resume to go on", err=True)
        raise SystemExit(STOPPED)
    click.echo(summary(outcome, combined))
    if outcome.failures:
        raise SystemExit(HELD_BACK)
