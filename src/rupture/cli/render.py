"""`rupture render`: the letter of each case, in each format."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from rupture import api
from rupture.cli.options import WithExamples, cases_argument, load_all, set_option, templates_option
from rupture.cli.render_options import RenderOptions
from rupture.errors import InputError, OutputError
from rupture.resources.output import write_file
from rupture.writing.formats import ATTACHABLE, WRITERS

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence


@click.command(
    cls=WithExamples,
    short_help="Write letters, from cases or from the rows of a table.",
    examples="""
    rupture render case.yaml -o letter.pdf
    rupture render case.yaml --to pdf --to docx --to eml -o out/
    rupture render case.yaml --to txt -o -
    rupture render case.yaml --set end.date=2027-03-31 -o letter.docx
    rupture render *.yaml --to pdf -o out/ --overwrite
    rupture render base.yaml --data clients.csv --name "{recipient.organisation}-{date}" -o out/
    rupture render base.yaml --data clients.csv --combined all.pdf --double-sided -o out/
    """,
)
@cases_argument
@click.option("--to", "formats", multiple=True, type=click.Choice(list(WRITERS)), help="Format; repeat for several.")
@click.option("-o", "--output", required=True, help="A file, a folder (ends in / or exists), or - for standard output.")
@click.option("--attach", multiple=True, type=click.Choice(ATTACHABLE), help="What to attach to an eml.")
@click.option("--archive", is_flag=True, help="Write PDFs for the archive: PDF/A-3a and PDF/UA-1 in one file.")
@set_option
@templates_option
@click.option("--overwrite", is_flag=True, help="Replace files that exist.")
@click.option(
    "--data",
    type=click.Path(path_type=Path),
    help="One letter per row of a table: .csv, .xlsx or .jsonl, whose columns are fields.",
)
@click.option(
    "--map",
    "renamed",
    multiple=True,
    metavar="COLUMN=FIELD",
    help="Name the field of a column; an empty field leaves the column out.",
)
@click.option(
    "--name", default="{row}", help="Pattern of the file names of a merge, such as {recipient.organisation}-{date}."
)
@click.option("--dry-run", is_flag=True, help="Review every row and say what would be written; write nothing.")
@click.option("--limit", type=click.IntRange(1), metavar="N", help="Process at most N rows.")
@click.option(
    "--jobs", type=click.IntRange(1), default=1, show_default=True, metavar="N", help="Processes that write a merge."
)
@click.option("--resume", is_flag=True, help="Continue a merge that was stopped.")
@click.option("--combined", metavar="NAME", help="Write one PDF of all letters of a merge too, with this file name.")
@click.option("--combined-only", is_flag=True, help="With --combined: write no single files.")
@click.option("--double-sided", is_flag=True, help="With --combined: each letter begins on a right-hand page.")
def render(**options: Any) -> None:  # noqa: ANN401  as click gives them
    """Write the letter of each case, in each format; with --data, one per row of a table."""
    asked = RenderOptions(**options)
    if asked.merges:
        from rupture.cli.merge import merge  # noqa: PLC0415  a single letter needs none of it

        merge(asked)
    else:
        _write(asked)


def _write(asked: RenderOptions) -> None:
    """Write the letters of single cases: all of them, or none."""
    targets = _targets(asked)
    if asked.attach and not any(kind == "eml" for _, kind, _ in targets):
        raise InputError("--attach goes with an e-mail: add --to eml")
    letters = asked.letters(asked.formats)
    loaded = load_all(asked.cases, asked.changes)
    cleared = {path: api.cleared(case, letters.templates) for path, case in loaded.items()}
    written = [(target, letters.write(cleared[case], kind)) for case, kind, target in targets]
    if asked.output == "-":
        _print(written[0][1])
        return
    _refuse_existing((target for target, _ in written), overwrite=asked.overwrite)
    for target, content in written:
        write_file(target, content, overwrite=asked.overwrite)
        click.echo(str(target))


def _print(content: bytes) -> None:
    if not sys.stdout:
        raise OutputError("standard output: is closed")
    click.echo(content, nl=False)


def _targets(asked: RenderOptions) -> list[tuple[Path, str, Path]]:
    """Return (case, format, file) for everything that is to be written.

    Raises:
        OutputError: several letters for one file, or no format.
    """
    cases, formats, output = asked.cases, asked.formats, asked.output
    if output.endswith(("/", "\\")) or Path(output).is_dir():
        kinds = formats or ("pdf",)
        targets = [(case, kind, Path(output) / f"{case.stem}.{kind}") for case in cases for kind in kinds]
        _refuse_same_names(targets)
        return targets
    if output == "-":
        kinds = formats or ("txt",)
    else:
        suffix = Path(output).suffix.removeprefix(".")
        kinds = formats or ((suffix,) if suffix in WRITERS else ())
        if not kinds:
            raise OutputError(f"{output}: say the format with --to, or end the name in {', '.join(WRITERS)}")
    if (count := len(cases) * len(kinds)) > 1:
        raise OutputError(f"{output}: {count} letters do not fit in one file; name a folder, such as out/")
    return [(cases[0], kinds[0], Path(output))]


def _refuse_same_names(targets: Sequence[tuple[Path, str, Path]]) -> None:
    seen: dict[Path, Path] = {}
    for case, _, target in targets:
        if seen.setdefault(target, case) != case:
            raise OutputError(f"{target}: {seen[target]} and {case} would both be written here; rename one")


def _refuse_existing(targets: Iterable[Path], *, overwrite: bool) -> None:
    if overwrite:
        return
    if existing := [str(target) for target in targets if target.exists()]:
        raise OutputError(f"{', '.join(existing)}: exists already; add --overwrite to replace it")
