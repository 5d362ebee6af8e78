"""`rupture check`: the review of letters."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import click

from rupture import api
from rupture.cli.exit_codes import HELD_BACK
from rupture.cli.options import WithExamples, cases_argument, load_all, set_option, templates_option
from rupture.reviewing.reports.github import as_github
from rupture.reviewing.reports.html import as_html
from rupture.reviewing.reports.json import as_json
from rupture.reviewing.reports.text import as_text

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from pathlib import Path

    from rupture.reviewing.findings import Findings

_REPORTS: Final[Mapping[str, Callable[[Mapping[str, Findings]], str]]] = {
    "text": as_text,
    "json": as_json,
    "github": as_github,
    "html": as_html,
}


@click.command(
    cls=WithExamples,
    examples="""
    rupture check case.yaml
    rupture check cases/*.yaml --set tone=formal
    rupture check case.yaml --format json
    rupture check case.yaml --format html > review.html
    """,
)
@cases_argument
@click.option(
    "--format",
    "form",
    type=click.Choice(tuple(_REPORTS)),
    default="text",
    show_default=True,
    help="text for people, json for programs, github for a workflow's log, html to see them in the letter.",
)
@click.option("--whose", is_flag=True, help="With html: show which words are yours, which are computed, which ours.")
@set_option
@templates_option
def check(cases: tuple[Path, ...], form: str, whose: bool, changes: tuple[str, ...], templates: Path | None) -> None:  # noqa: FBT001  as click gives it
    """Review letters before they are sent. The exit code is 1 if any error is not waived."""
    loaded = load_all(cases, changes)
    reviewed = {str(path): api.review(case, templates=templates) for path, case in loaded.items()}
    click.echo(as_html(reviewed, whose=True) if whose and form == "html" else _REPORTS[form](reviewed))
    if any(findings.errors for findings in reviewed.values()):
        raise SystemExit(HELD_BACK)
