"""`rupture render`: the letter of each case, in each format."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING

import click

from rupture import api
from rupture.cli.options import WithExamples, cases_argument, load_all, set_option, templates_option
from rupture.errors import InputError, OutputError
from rupture.resources.output import write_file
from rupture.writing import formats
from rupture.writing.formats import ATTACHABLE, WRITERS

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from rupture.letter.tree import Document


@click.command(
    cls=WithExamples,
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
    "--data", type=click.Path(path_type=Path), help="A row a letter: .csv, .xlsx or .jsonl; columns are fields."
)
@click.option(
    "--map", "renamed", multiple=True, metavar="COLUMN=FIELD", help="The field of a column; none leaves it out."
)
@click.option("--name", default="{row}", help="File names of a merge, as {recipient.organisation}-{date}.")
@click.option("--dry-run", is_flag=True, help="Review every row, write nothing, say what would be.")
@click.option("--limit", type=click.IntRange(1), help="Take so many rows of the data at most.")
@click.option("--jobs", type=click.IntRange(1), default=1, show_default=True, help="Processes that write a merge.")
@click.option("--resume", is_flag=True, help="Go on with a merge that was stopped.")
@click.option(
    "--combined", metavar="NAME", help="One PDF of all letters of a merge too, under this name in the folder."
)
@click.option("--combined-only", is_flag=True, help="With --combined: no single files.")
@click.option("--double-sided", is_flag=True, help="With --combined: each letter begins on a right-hand page.")
def render(  # noqa: PLR0913, PLR0917  one argument an option
    cases: tuple[Path, ...],
    formats: tuple[str, ...],
    output: str,
    attach: tuple[str, ...],
    changes: tuple[str, ...],
    templates: Path | None,
    *,
    archive: bool,
    overwrite: bool,
    data: Path | None,
    renamed: tuple[str, ...],
    name: str,
    dry_run: bool,
    limit: int | None,
    jobs: int,
    resume: bool,
    combined: str | None,
    combined_only: bool,
    double_sided: bool,
) -> None:
    """Write the letter of each case, in each format; with --data, one for each row."""
    merging = (combined, combined_only, double_sided)
    if data or any(merging):
        from rupture.cli.merge import MergeRequest, merge  # noqa: PLC0415  a letter by itself needs none of it

        merge(
            MergeRequest(
                cases,
                data,
                formats,
                output,
                attach,
                changes,
                templates,
                archive,
                overwrite,
                renamed,
                name,
                dry_run,
                limit,
                jobs,
                resume,
                *merging,
            )
        )
        return
    targets = _targets(cases, formats, output)
    if attach and not any(kind == "eml" for _, kind, _ in targets):
        raise InputError("--attach goes with an e-mail: add --to eml")
    loaded = load_all(cases, changes)
    cleared = {path: api.cleared(case, templates) for path, case in loaded.items()}
    written = [(target, _written(cleared[case], kind, attach, archive=archive)) for case, kind, target in targets]
    if output == "-":
        if not sys.stdout:
            raise OutputError("standard output: is closed")
        click.echo(written[0][1], nl=False)
        return
    _refuse_existing((target for target, _ in written), overwrite=overwrite)
    for target, content in written:
        write_file(target, content, overwrite=overwrite)
        click.echo(str(target))


def _written(document: Document, kind: str, attach: tuple[str, ...], *, archive: bool) -> bytes:
    return formats.write(document, kind, attach=attach if kind == "eml" else (), archive=archive)


def _targets(cases: tuple[Path, ...], formats: tuple[str, ...], output: str) -> list[tuple[Path, str, Path]]:
    """Return (case, format, file) for everything that is to be written.

    Raises:
        OutputError: several letters for one file, or a format that cannot be told.
    """
    folder = output.endswith(("/", "\\")) or Path(output).is_dir()
    if folder:
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
    if len(cases) * len(kinds) > 1:
        raise OutputError(f"{output}: {len(cases) * len(kinds)} letters do not fit in one file; name a folder, as out/")
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
