"""`rupture check`: what to look at before a letter is sent."""

from __future__ import annotations

from html import escape
from typing import TYPE_CHECKING, Final

import click

from rupture import api
from rupture.cli.exit_codes import HELD_BACK
from rupture.cli.options import WithExamples, cases_argument, load_all, set_option, templates_option
from rupture.reviewing.reports.machine import as_github, as_json

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence
    from pathlib import Path

    from rupture.reviewing.finding import Finding
    from rupture.reviewing.findings import Findings

_COLOURS: Final = {"error": "red", "warning": "yellow", "hint": "cyan"}


@click.command(
    cls=WithExamples,
    examples="""
    rupture check case.yaml
    rupture check cases/*.yaml --set register=cordial
    rupture check case.yaml --format json
    rupture check case.yaml --format html > review.html
    """,
)
@cases_argument
@click.option(
    "--format",
    "form",
    type=click.Choice(["text", "json", "github", "html"]),
    default="text",
    show_default=True,
    help="text for people; json for programs (`rupture schema --findings`); github for a workflow's log; html shows "
    "the letter with its findings in place.",
)
@set_option
@templates_option
def check(cases: tuple[Path, ...], form: str, changes: tuple[str, ...], templates: Path | None) -> None:
    """Say what to look at before a letter is sent; exit code 1 when an error stands."""
    loaded = load_all(cases, changes)
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
