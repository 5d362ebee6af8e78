"""`rupture schema`: the JSON Schema of a case file."""

from __future__ import annotations

import json

import click

from rupture import api
from rupture.cli.options import WithExamples
from rupture.reviewing.reports.json import REPORT_SCHEMA


@click.command(
    cls=WithExamples,
    examples="""
    rupture schema > rupture.schema.json
    rupture schema --findings
    """,
)
@click.option("--findings", is_flag=True, help="That of `rupture check --format json` instead.")
def schema(*, findings: bool) -> None:
    """Print the JSON Schema of a case file."""
    click.echo(json.dumps(REPORT_SCHEMA, indent=2) + "\n" if findings else schema_text(), nl=False)


def schema_text() -> str:
    """Return the schema, indented for people."""
    return json.dumps(api.schema(), indent=2, ensure_ascii=False) + "\n"
