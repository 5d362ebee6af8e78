"""Options, help and the loading of cases, shared by commands."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from rupture import api
from rupture.errors import InputError

if TYPE_CHECKING:
    from rupture.case.model import Case


class WithExamples(click.Command):
    """A command whose help ends with examples, kept line by line."""

    def __init__(self, *args: object, examples: str = "", **kwargs: object) -> None:
        super().__init__(*args, **kwargs)  # type: ignore[arg-type]  # passed through as click gave them
        self._examples = examples

    def get_short_help_str(self, limit: int = 45) -> str:
        """Return the text of the list of commands, which click would cut at that length."""
        del limit
        return self.short_help or (self.help or "").partition("\n")[0]

    def format_epilog(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """Write the examples below everything else."""
        del ctx
        if self._examples:
            with formatter.section("Examples"):
                formatter.write("".join(f"  {line.strip()}\n" for line in self._examples.strip().splitlines()))


templates_option = click.option(
    "--templates",
    type=click.Path(exists=True, file_okay=False, path_type=Path),
    help="Folder of your own templates; a file in it replaces the built-in one of the same name.",
)
set_option = click.option(
    "--set", "changes", multiple=True, metavar="FIELD=VALUE", help="Replace a field, such as end.date=2027-03-31."
)
cases_argument = click.argument("cases", nargs=-1, required=True, type=click.Path(path_type=Path))


def load_all(cases: tuple[Path, ...], changes: tuple[str, ...]) -> dict[Path, Case]:
    """Load every case, and report the problems of all of them at once."""
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
