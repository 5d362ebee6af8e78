"""`rupture plan`: what a letter says, in order, and what it leaves out."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING

import click

from rupture import api
from rupture.cli.options import WithExamples, set_option, templates_option
from rupture.planning.showing import as_data, as_text

if TYPE_CHECKING:
    from rupture.planning.plan import Plan


@click.command(
    cls=WithExamples,
    examples="""
    rupture plan case.yaml
    rupture plan case.yaml --wordings
    rupture plan case.yaml --set tone=formal --format json
    """,
)
@click.argument("case", type=click.Path(path_type=Path))
@click.option("--wordings", is_flag=True, help="List every wording of each sentence, with the number that `say` takes.")
@click.option(
    "--format",
    "form",
    type=click.Choice(["text", "json"]),
    default="text",
    show_default=True,
    help="For people or programs.",
)
@set_option
@templates_option
def plan(case: Path, form: str, changes: tuple[str, ...], templates: Path | None, *, wordings: bool) -> None:
    """Show what a letter says, in order, and what it leaves out.

    Each sentence is shown under the name by which `say` replaces it, with its step and the fields it rests on.
    """
    planned = api.plan(api.load(case, changes=changes), templates=templates)
    click.echo(_as_json(planned, wordings=wordings) if form == "json" else as_text(planned, wordings=wordings))


def _as_json(planned: Plan, *, wordings: bool) -> str:
    return json.dumps(as_data(planned, wordings=wordings), ensure_ascii=False, indent=2)
