"""`rupture reasons`: list the reasons."""

from __future__ import annotations

import click

from rupture.case import catalogue
from rupture.cli.options import WithExamples
from rupture.resources import articles


@click.command(cls=WithExamples, examples="rupture reasons")
def reasons() -> None:
    """List the reasons, the facts each of them needs, and the article it comes from."""
    for entry in catalogue.reasons().values():
        click.echo(click.style(entry.slug, bold=True) + f"  {entry.title}")
        click.echo(f"    facts: {entry.wants}")
        click.echo(f"    source: {articles.with_titles(entry.source)}")
