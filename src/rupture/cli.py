"""The command: parse, call, write, exit code. Only it and `run` write to disk, and only it ends the process."""

from __future__ import annotations

import datetime as dt
import json
import os
import sys
from contextlib import contextmanager, suppress
from functools import partial
from html import escape
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final, get_args

import click

from rupture import api, catalog
from rupture.assess import as_data, reasons_of
from rupture.case import Locale, Message
from rupture.errors import HeldBack, InputError, OutputError, RuptureError
from rupture.form import ask_all
from rupture.many import Options
from rupture.merge import Merge, safe_name
from rupture.output import write_file
from rupture.review.report import REPORT_SCHEMA, as_github, as_json
from rupture.run import Combined, Progress, Run, identity_of, summary
from rupture.starter import starter_case
from rupture.tables import open_table
from rupture.writers import ATTACHABLE, WRITERS

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence

    from rupture.case import Case
    from rupture.review import Finding, Findings

HELD_BACK: Final = 1
WRONG_INPUT: Final = 2
STOPPED: Final = 130
READER_GONE: Final = 141

#: The name of the schema file that `rupture new` writes beside a case.
SCHEMA_FILE: Final = "rupture.schema.json"

_COLOURS: Final = {"error": "red", "warning": "yellow", "hint": "cyan"}


class _Examples(click.Command):
    """A command whose help ends on examples, kept line by line."""

    def __init__(self, *args: object, examples: str = "", **kwargs: object) -> None:
        super().__init__(*args, **kwargs)  # type: ignore[arg-type]  # passed through as click gave them
        self._examples = examples

    def format_epilog(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        del ctx
        if self._examples:
            with formatter.section("Examples"):
                formatter.write("".join(f"  {line.strip()}\n" for line in self._examples.strip().splitlines()))


class _Command(click.Group):
    """A group whose commands may find nobody at the other end of standard output."""

    def invoke(self, ctx: click.Context) -> Any:  # noqa: ANN401  as click has it
        """Call what was asked for, with the exit code of this package where click would take that of a finding."""
        with _standard_output():
            return super().invoke(ctx)


@contextmanager
def _standard_output() -> Iterator[None]:
    """Tell a standard output that fails from a fault of the program.

    Raises:
        OutputError: it cannot be written; if its reader has gone, as `head` does, the process ends without a word.
    """
    try:
        yield
    except OSError as error:
        if error.filename is not None:  # a file, and whoever opened it should have said so
            raise
        with suppress(OSError, ValueError):  # Python would try once more when it ends
            os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        if isinstance(error, BrokenPipeError):
            raise SystemExit(READER_GONE) from None
        raise OutputError(f"standard output: cannot be written: {error.strerror}") from None


@click.group(cls=_Command, context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100})
@click.version_option(package_name="rupture", prog_name="rupture")
def command() -> None:
    """Write the letter that ends a client relationship, from the facts in a case file.

    Start with `rupture new case.yaml`, fill it in, look with `rupture check case.yaml`, then
    `rupture render case.yaml -o letter.pdf`.

    Exit codes: 0 done, 1 held back by findings, 2 the input is wrong, 130 stopped by Ctrl-C, 141 nobody reads the
    output any more.
    """


_templates_option = click.option(
    "--templates",
    type=click.Path(exists=True, file_okay=False, path_type=Path),
    help="Folder of your own templates; a file in it replaces the built-in one of the same name.",
)
_set_option = click.option(
    "--set", "changes", multiple=True, metavar="FIELD=VALUE", help="Replace a field, as end.date=2027-03-31."
)
_cases_argument = click.argument("cases", nargs=-1, required=True, type=click.Path(path_type=Path))


@command.command(
    cls=_Examples,
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
@_cases_argument
@click.option("--to", "formats", multiple=True, type=click.Choice(list(WRITERS)), help="Format; repeat for several.")
@click.option("-o", "--output", required=True, help="A file, a folder (ends in / or exists), or - for standard output.")
@click.option("--attach", multiple=True, type=click.Choice(ATTACHABLE), help="What to attach to an eml.")
@click.option("--archive", is_flag=True, help="Write PDFs for the archive: PDF/A-3a and PDF/UA-1 in one file.")
@_set_option
@_templates_option
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
    together = _together(combined, formats, data, only=combined_only, double_sided=double_sided)
    if data:
        kinds = () if combined_only else formats or ("pdf",)
        options = Options(kinds, str(templates) if templates else None, attach, archive)
        identity = partial(identity_of, cases[0], data, templates, options, renamed, changes, name, limit, together)
        merge = _merge(cases, data, renamed, changes, name, together)
        run = Run(
            merge,
            options,
            _folder(output),
            today=dt.date.today(),  # noqa: DTZ011  the writer's own calendar day
            limit=limit,
            jobs=jobs,
            overwrite=overwrite,
            resume=resume,
            combined=together,
        )
        _rehearse(run, combined) if dry_run else _write(run, identity, combined or "")
        return
    targets = _targets(cases, formats, output)
    if attach and not any(kind == "eml" for _, kind, _ in targets):
        raise InputError("--attach goes with an e-mail: add --to eml")
    loaded = _load_all(cases, changes)
    written = [
        (target, _rendered(loaded[case], kind, templates, attach, archive=archive)) for case, kind, target in targets
    ]
    if output == "-":
        if not sys.stdout:
            raise OutputError("standard output: is closed")
        click.echo(written[0][1], nl=False)
        return
    _refuse_existing((target for target, _ in written), overwrite=overwrite)
    for target, content in written:
        write_file(target, content, overwrite=overwrite)
        click.echo(str(target))


def _together(
    combined: str | None, formats: tuple[str, ...], data: Path | None, *, only: bool, double_sided: bool
) -> Combined | None:
    """Return what is asked of the one PDF of all letters.

    Raises:
        InputError: the options contradict each other.
        OutputError: the name is not that of a PDF in the folder.
    """
    if combined is None:
        if only or double_sided:
            raise InputError(f"{'--combined-only' if only else '--double-sided'} goes with --combined all.pdf")
        return None
    if data is None:
        raise InputError("--combined goes with --data")
    if only and formats:
        raise InputError("--combined-only writes no single files; leave out --to, or leave out --combined-only")
    stem = combined.removesuffix(".pdf")
    if safe_name(stem) != stem or not combined.endswith(".pdf") or not stem:
        raise OutputError(f"--combined {combined}: name a PDF in the folder, as all.pdf")
    return Combined(combined, double_sided)


def _merge(  # noqa: PLR0913, PLR0917  one argument an option
    cases: tuple[Path, ...],
    data: Path,
    renamed: tuple[str, ...],
    changes: tuple[str, ...],
    name: str,
    together: Combined | None,
) -> Merge:
    if len(cases) != 1:
        raise InputError("--data goes with one base case")
    pairs = [each.rpartition("=") for each in renamed]
    if wrong := [each for each, (column, _, _) in zip(renamed, pairs, strict=True) if not column]:
        raise InputError(f"--map {wrong[0]}: expected COLUMN=FIELD, as Client=recipient.organisation")
    table = open_table(data)
    click.echo(f"{data}: {table.note}", err=True)
    reserved = together.name.removesuffix(".pdf") if together else ""
    return Merge(cases[0], table, {column: field for column, _, field in pairs}, changes, name, reserved)


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


def _rendered(case: Case, kind: str, templates: Path | None, attach: tuple[str, ...], *, archive: bool) -> bytes:
    return api.render(case, kind, templates=templates, attach=attach if kind == "eml" else (), archive=archive)


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


def _load_all(cases: tuple[Path, ...], changes: tuple[str, ...]) -> dict[Path, Case]:
    """Load every case, and complain about all of them at once."""
    loaded: dict[Path, Case] = {}
    wrong: list[InputError] = []
    for path in cases:
        try:
            loaded[path] = api.load(path, changes=changes)
        except InputError as error:
            wrong.append(error)
    if wrong:
        raise InputError("\n".join(map(str, wrong)))
    return loaded


@command.command(
    cls=_Examples,
    examples="""
    rupture check case.yaml
    rupture check cases/*.yaml --set register=cordial
    rupture check case.yaml --format json
    rupture check case.yaml --format html > review.html
    """,
)
@_cases_argument
@click.option(
    "--format",
    "form",
    type=click.Choice(["text", "json", "github", "html"]),
    default="text",
    show_default=True,
    help="text for people; json for programs (`rupture schema --findings`); github for a workflow's log; html shows "
    "the letter with its findings in place.",
)
@_set_option
@_templates_option
def check(cases: tuple[Path, ...], form: str, changes: tuple[str, ...], templates: Path | None) -> None:
    """Say what to look at before a letter is sent; exit code 1 when an error stands."""
    loaded = _load_all(cases, changes)
    reviewed = {str(path): api.review(case, templates=templates) for path, case in loaded.items()}
    click.echo(_REPORTS[form](reviewed))
    if any(findings.errors for findings in reviewed.values()):
        raise SystemExit(HELD_BACK)


def _as_text(reviewed: Mapping[str, Findings]) -> str:
    lines: list[str] = []
    for file, findings in reviewed.items():
        lines += [_for_people(finding) for finding in findings]
        lines.append(f"{file}: {_summary(findings)}")
    return "\n".join(lines)


def _for_people(finding: Finding) -> str:
    """Return a finding on three lines: its place and code, what was found, what to do."""
    place = f"{finding.file}:{finding.line}:{finding.column}: " if finding.line else ""
    severity = click.style(finding.severity, fg=_COLOURS[finding.severity], bold=True)
    waived = f" (waived: {finding.waived})" if finding.waived else ""
    field = f" [{finding.path}]" if finding.path else ""
    source = f" ({finding.source})" if finding.source else ""
    told = [f"{place}{severity} {click.style(finding.code, bold=True)}{field}{waived}", finding.message]
    told += [f"> {finding.suggestion}"] if finding.suggestion else []
    told += [click.style(f"{finding.why}{source}".strip(), dim=True)] if finding.why or source else []
    return "\n    ".join(told)


def _as_html(reviewed: Mapping[str, Findings]) -> str:
    parts = "\n".join(f"<h1>{escape(file)}</h1>\n{findings._repr_html_()}" for file, findings in reviewed.items())
    style = (
        "body { font: 1em/1.5 serif; margin: 2em } td, th { padding: .2em .6em; text-align: left; vertical-align: top }"
    )
    return f'<!DOCTYPE html>\n<meta charset="utf-8">\n<title>rupture check</title>\n<style>{style}</style>\n{parts}'


_REPORTS: Final[Mapping[str, Callable[[Mapping[str, Findings]], str]]] = {
    "text": _as_text,
    "json": as_json,
    "github": as_github,
    "html": _as_html,
}


def _summary(findings: Sequence[Finding]) -> str:
    standing = [finding for finding in findings if not finding.waived]
    counts = [(kind, sum(finding.severity == kind for finding in standing)) for kind in ("error", "warning", "hint")]
    counts.append(("waived", len(findings) - len(standing)))
    said = [f"{count} {kind}{'s' if count > 1 and kind != 'waived' else ''}" for kind, count in counts if count]
    return ", ".join(said) or "nothing to remark"


@command.command(
    cls=_Examples,
    examples="""
    rupture new case.yaml
    rupture new case.yaml --locale en-US --reason late-payment --reason scope-creep
    rupture new case.yaml --message reminder
    """,
)
@click.argument("path", type=click.Path(path_type=Path))
@click.option("--locale", default="fr-FR", show_default=True, help="Language and formats of the letter.")
@click.option("--reason", "reasons", multiple=True, help="A reason to prepare; see `rupture reasons`.")
@click.option(
    "--message",
    type=click.Choice(get_args(Message)),
    default="separation",
    show_default=True,
    metavar="MESSAGE",
    help="What to write: separation, or one that comes before: limits, conversation, expectations, extra-effort, "
    "price-increase, reminder, refer-project, decline.",
)
@click.option("--overwrite", is_flag=True, help="Replace a file that exists.")
def new(path: Path, locale: str, reasons: tuple[str, ...], message: str, *, overwrite: bool) -> None:
    """Write a case file to fill in, and beside it the schema that lets an editor help."""
    content = starter_case(locale, reasons, SCHEMA_FILE, path.name, message=message).encode()
    write_file(path, content, overwrite=overwrite)
    write_file(path.parent / SCHEMA_FILE, _schema_text().encode(), overwrite=True)
    click.echo(str(path))


@command.command(
    cls=_Examples,
    examples="""
    rupture assess
    rupture assess --locale en-GB --to case.yaml
    rupture assess --answers answers.yaml --format json
    """,
)
@click.option("--answers", "file", type=click.Path(path_type=Path), help="A file of answers, instead of the questions.")
@click.option("--locale", default="fr-FR", show_default=True, help="Language of the questions.")
@click.option("--format", "form", type=click.Choice(["text", "json"]), default="text", show_default=True)
@click.option("--to", "target", type=click.Path(path_type=Path), help="Write a case file for the next message.")
@click.option("--overwrite", is_flag=True, help="Replace a file that exists.")
def assess(file: Path | None, locale: str, form: str, target: Path | None, *, overwrite: bool) -> None:
    """Say what to do about a client before any letter: keep, mend, or part, with the reasons for it."""
    assessment = api.assess(file or _asked(locale))
    click.echo(json.dumps(as_data(assessment), ensure_ascii=False, indent=2) if form == "json" else str(assessment))
    if target is None:
        return
    if assessment.message is None:
        raise InputError(f"{target}: nothing is to be written for now; no file was made")
    case = starter_case(
        assessment.answers.locale, reasons_of(assessment), SCHEMA_FILE, target.name, message=assessment.message
    )
    write_file(target, case.encode(), overwrite=overwrite)
    write_file(target.parent / SCHEMA_FILE, _schema_text().encode(), overwrite=True)
    click.echo(str(target), err=True)


def _asked(locale: str) -> dict[str, Any]:
    """Ask the questions on the terminal.

    Raises:
        InputError: an unknown locale, or the person stopped before the end.
    """
    if locale not in get_args(Locale):
        raise InputError(f"unknown locale {locale!r}; there are {', '.join(get_args(Locale))}")
    try:
        return ask_all(
            locale,
            lambda text: click.echo(text, err=True),
            lambda text, usual: click.prompt(text, default=usual, show_default=bool(usual), err=True),
        )
    except (click.Abort, EOFError):
        raise InputError("stopped before the last question; nothing was written") from None


@command.command(cls=_Examples, examples="rupture reasons")
def reasons() -> None:
    """List the reasons, the facts each wants, and the article it comes from."""
    for entry in catalog.reasons().values():
        click.echo(click.style(entry.slug, bold=True) + f"  {entry.title} ({entry.source})")
        click.echo(f"    facts: {entry.wants}")
        click.echo(f"    shapes: {', '.join(entry.shapes)}; disclosure: {entry.disclosure}")


@command.command(
    cls=_Examples,
    examples="""
    rupture schema > rupture.schema.json
    rupture schema --findings
    """,
)
@click.option("--findings", is_flag=True, help="That of `rupture check --format json` instead.")
def schema(*, findings: bool) -> None:
    """Print the JSON Schema of a case file."""
    click.echo(json.dumps(REPORT_SCHEMA, indent=2) + "\n" if findings else _schema_text(), nl=False)


def _schema_text() -> str:
    return json.dumps(api.schema(), indent=2, ensure_ascii=False) + "\n"


@command.command(
    cls=_Examples,
    examples="""
    rupture completion bash >> ~/.bashrc
    rupture completion zsh >> ~/.zshrc
    rupture completion fish > ~/.config/fish/completions/rupture.fish
    """,
)
@click.argument("shell", type=click.Choice(["bash", "zsh", "fish"]))
def completion(shell: str) -> None:
    """Print the line that turns on completion in a shell."""
    from click.shell_completion import get_completion_class  # noqa: PLC0415  rarely asked for

    kind = get_completion_class(shell)
    if kind is None:
        raise InputError(f"no completion for {shell}")
    click.echo(kind(command, {}, "rupture", "_RUPTURE_COMPLETE").source())


def main() -> None:
    """Run the command; every error raised on purpose becomes a message and an exit code here."""
    try:
        with _standard_output():
            command(prog_name="rupture")
    except HeldBack as error:
        _complain(f"held back:\n{error}")
        raise SystemExit(HELD_BACK) from None
    except RuptureError as error:
        _complain(str(error))
        raise SystemExit(WRONG_INPUT) from None


def _complain(message: str) -> None:
    click.echo(click.style("error: ", fg="red", bold=True) + message, err=True)
