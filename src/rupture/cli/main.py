"""The command: call, exit code. It, `commands` and `run` alone write to disk; the first two alone end the process."""

from __future__ import annotations

import os
import sys
from contextlib import contextmanager, suppress
from importlib import import_module
from typing import TYPE_CHECKING, Any, Final

import click

from rupture.cli.exit_codes import HELD_BACK, READER_GONE, WRONG_INPUT
from rupture.errors import HeldBack, OutputError, RuptureError
from rupture.resources import distribution

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

#: The module of each command, loaded when it is asked for: a letter needs no questions, and no tables.
COMMANDS: Final[Mapping[str, str]] = {
    "assess": "rupture.cli.assess",
    "check": "rupture.cli.check",
    "completion": "rupture.cli.completion",
    "new": "rupture.cli.new",
    "reasons": "rupture.cli.reasons",
    "render": "rupture.cli.render",
    "rules": "rupture.cli.rules",
    "schema": "rupture.cli.schema",
}


class _Commands(click.Group):
    """A group whose commands are loaded when they are asked for, and may find nobody at the end of standard output."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        """Return the names of the commands."""
        del ctx
        return sorted(COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """Return the command of that name, or None."""
        del ctx
        if cmd_name not in COMMANDS:
            return None
        found: click.Command = getattr(import_module(COMMANDS[cmd_name]), cmd_name)
        return found

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


@click.group(cls=_Commands, context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100})
@click.version_option(package_name=distribution.NAME, prog_name="rupture")
def command() -> None:
    """Write the letter that ends a client relationship, from the facts in a case file.

    Start with `rupture new case.yaml`, fill it in, look with `rupture check case.yaml`, then
    `rupture render case.yaml -o letter.pdf`.

    Exit codes: 0 done, 1 held back by findings, 2 the input is wrong, 130 stopped by Ctrl-C, 141 nobody reads the
    output any more.
    """


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
