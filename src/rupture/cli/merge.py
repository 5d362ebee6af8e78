"""`rupture render --data`: a base case, and one letter per row of a table."""

from __future__ import annotations

import datetime as dt
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

import click

from rupture.cli.exit_codes import HELD_BACK, STOPPED
from rupture.errors import InputError, OutputError
from rupture.merging.identity import identity_of
from rupture.merging.names import safe_name
from rupture.merging.options import Combined, MergeOptions, RunOptions
from rupture.merging.outcome import counted
from rupture.merging.progress import Progress
from rupture.merging.report import summary
from rupture.merging.rows import Merge
from rupture.merging.run import Run
from rupture.merging.tables.opening import open_table

if TYPE_CHECKING:
    from collections.abc import Callable

    from rupture.cli.render_options import RenderOptions


def merge(asked: RenderOptions) -> None:
    """Write one letter per row, or say what would be written.

    Raises:
        InputError: the options contradict each other, or the base case or the rows cannot be read.
        OutputError: the letters cannot be written where they were asked for.
    """
    combined = _combined(asked)
    if asked.data is None:
        raise InputError("--combined goes with --data")
    letters = asked.letters(() if asked.combined_only else asked.formats or ("pdf",))
    options = _merge_options(asked)
    table = open_table(asked.data)
    click.echo(f"{asked.data}: {table.note}", err=True)
    run = Run(Merge(asked.cases[0], table, options), letters, _run_options(asked, combined))
    if asked.dry_run:
        _rehearse(run, asked.combined)
    else:
        inputs = (asked.cases[0], asked.data, letters.templates)
        _write(run, partial(identity_of, *inputs, letters, options, asked.limit, combined), asked.combined or "")


def _combined(asked: RenderOptions) -> Combined | None:
    """Return the options of the combined PDF.

    Raises:
        InputError: the options contradict each other.
        OutputError: the name is not that of a PDF in the folder.
    """
    name = asked.combined
    if name is None:
        if asked.combined_only or asked.double_sided:
            option = "--combined-only" if asked.combined_only else "--double-sided"
            raise InputError(f"{option} goes with --combined all.pdf")
        return None
    if asked.data and asked.combined_only and asked.formats:
        raise InputError("--combined-only writes no single files; leave out --to, or leave out --combined-only")
    stem = name.removesuffix(".pdf")
    if safe_name(stem) != stem or not name.endswith(".pdf") or not stem:
        raise OutputError(f"--combined {name}: name a PDF in the folder, such as all.pdf")
    return Combined(name, asked.double_sided)


def _merge_options(asked: RenderOptions) -> MergeOptions:
    if len(asked.cases) != 1:
        raise InputError("--data goes with one base case")
    pairs = [each.rpartition("=") for each in asked.renamed]
    if wrong := [each for each, (column, _, _) in zip(asked.renamed, pairs, strict=True) if not column]:
        raise InputError(f"--map {wrong[0]}: expected COLUMN=FIELD, such as Client=recipient.organisation")
    renamed = {column: field for column, _, field in pairs}
    reserved = (asked.combined or "").removesuffix(".pdf")
    return MergeOptions(renamed, asked.changes, asked.name, reserved)


def _run_options(asked: RenderOptions, combined: Combined | None) -> RunOptions:
    folder = Path(asked.output)
    if asked.output == "-" or (folder.exists() and not folder.is_dir()):
        raise OutputError(f"{asked.output}: a merge writes many files; name a folder, such as out/")
    return RunOptions(
        folder,
        today=dt.date.today(),  # noqa: DTZ011  the writer's own calendar day
        limit=asked.limit,
        jobs=asked.jobs,
        overwrite=asked.overwrite,
        resume=asked.resume,
        combined=combined,
    )


def _rehearse(run: Run, combined: str | None) -> None:
    failed = total = 0
    for total, (row, problems) in enumerate(run.rehearse(), 1):  # noqa: B007  counted after the loop
        failed += bool(problems)
        for problem in problems:
            click.echo(f"row {row.number}: {problem}")
        if not problems:
            click.echo(f"row {row.number}: would write {row.name}")
    written = f"{counted(total - failed, 'letter')} would be written{f' and combined in {combined}' * bool(combined)}"
    click.echo(f"{written}, {counted(failed, 'row')} would fail; nothing was written")
    if failed:
        raise SystemExit(HELD_BACK)


def _write(run: Run, identity: Callable[[], str], combined: str) -> None:
    outcome = run.write(identity, Progress(run.count()))
    if outcome.stopped:
        click.echo(f"\nstopped after {counted(outcome.letters, 'letter')}; add --resume to continue", err=True)
        raise SystemExit(STOPPED)
    click.echo(summary(outcome, combined))
    if outcome.failures:
        raise SystemExit(HELD_BACK)
