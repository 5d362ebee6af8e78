"""`rupture new`: a case file to fill in."""

from __future__ import annotations

from pathlib import Path
from typing import Final

import click

from rupture.case import catalogue
from rupture.cli.options import WithExamples
from rupture.cli.schema import schema_text
from rupture.loading.starter import starter_case
from rupture.resources.locales import DEFAULT
from rupture.resources.output import write_file

#: The name of the schema file that `rupture new` writes beside a case.
SCHEMA_FILE: Final = "rupture.schema.json"


@click.command(
    cls=WithExamples,
    examples="""
    rupture new case.yaml
    rupture new case.yaml --locale en-US --reason late-payment --reason scope-creep
    rupture new case.yaml --message reminder
    """,
)
@click.argument("path", type=click.Path(path_type=Path))
@click.option("--locale", default=DEFAULT, show_default=True, help="Language and formats of the letter.")
@click.option("--reason", "reasons", multiple=True, help="A reason to prepare; see `rupture reasons`.")
@click.option(
    "--message",
    type=click.Choice(tuple(catalogue.messages())),
    default="separation",
    show_default=True,
    metavar="MESSAGE",
    help=f"What to write: {', '.join(catalogue.messages())}.",
)
@click.option("--overwrite", is_flag=True, help="Replace a file that exists.")
def new(path: Path, locale: str, reasons: tuple[str, ...], message: str, *, overwrite: bool) -> None:
    """Write a case file to fill in, and beside it the schema that lets an editor help."""
    content = starter_case(locale, reasons, SCHEMA_FILE, path.name, message=message).encode()
    write_file(path, content, overwrite=overwrite)
    write_file(path.parent / SCHEMA_FILE, schema_text().encode(), overwrite=True)
    click.echo(str(path))
