"""`rupture assess`: advice on a client before any letter."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import click

from rupture import api
from rupture.assessing.assess import as_data, reasons_of
from rupture.assessing.interview import ask_all
from rupture.cli.new import SCHEMA_FILE
from rupture.cli.options import WithExamples
from rupture.cli.schema import schema_text
from rupture.errors import InputError
from rupture.loading.starter import starter_case
from rupture.resources.locales import DEFAULT, locales
from rupture.resources.output import write_file
from rupture.resources.suggestions import unknown


@click.command(
    cls=WithExamples,
    examples="""
    rupture assess
    rupture assess --locale en-GB --to case.yaml
    rupture assess --answers answers.yaml --format json
    """,
)
@click.option("--answers", "file", type=click.Path(path_type=Path), help="Read the answers from a file.")
@click.option("--locale", default=DEFAULT, show_default=True, help="Language of the questions.")
@click.option("--format", "form", type=click.Choice(["text", "json"]), default="text", show_default=True)
@click.option("--to", "target", type=click.Path(path_type=Path), help="Write a case file for the next message.")
@click.option("--overwrite", is_flag=True, help="Replace a file that exists.")
def assess(file: Path | None, locale: str, form: str, target: Path | None, *, overwrite: bool) -> None:
    """Advise on a client before any letter: keep, repair or part, with the reasons."""
    assessment = api.assess(file or _asked(locale))
    click.echo(json.dumps(as_data(assessment), ensure_ascii=False, indent=2) if form == "json" else str(assessment))
    if target is None:
        return
    if assessment.message is None:
        raise InputError(f"{target}: the advice is not to write now; no file was created")
    case = starter_case(
        assessment.answers.locale, reasons_of(assessment), SCHEMA_FILE, target.name, message=assessment.message
    )
    write_file(target, case.encode(), overwrite=overwrite)
    write_file(target.parent / SCHEMA_FILE, schema_text().encode(), overwrite=True)
    click.echo(str(target), err=True)


def _asked(locale: str) -> dict[str, Any]:
    """Ask the questions on the terminal.

    Raises:
        InputError: an unknown locale, or the person stopped before the end.
    """
    if locale not in locales():
        raise InputError(unknown("locale", locale, locales()))
    try:
        return ask_all(
            locale,
            lambda text: click.echo(text, err=True),
            lambda text, usual: click.prompt(text, default=usual, show_default=bool(usual), err=True),
        )
    except (click.Abort, EOFError):
        raise InputError("stopped before the last question; nothing was written") from None
