"""Entry point of the command."""

from __future__ import annotations

import io
import os
import sys
from contextlib import contextmanager, suppress
from importlib import import_module
from typing import TYPE_CHECKING, Any, Final

import click

from rupture.cli.exit_codes import BROKEN_PIPE, HELD_BACK, STOPPED, WRONG_INPUT
from rupture.errors import HeldBack, OutputError, RuptureError
from rupture.resources import distribution

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

#: The module of each command, imported when the command is called.
COMMANDS: Final[Mapping[str, str]] = {
    "assess": "rupture.cli.assess",
    "check": "rupture.cli.check",
    "completion": "rupture.cli.completion",
    "new": "rupture.cli.new",
    "plan": "rupture.cli.plan",
    "reasons": "rupture.cli.reasons",
    "render": "rupture.cli.render",
    "rules": "rupture.cli.rules",
    "schema": "rupture.cli.schema",
}


class _Commands(click.Group):
    """A group that imports its commands when they are called, and reports a standard output that fails."""

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

    def make_context(self, *args: Any, **kwargs: Any) -> click.Context:  # noqa: ANN401  as click has it
        """Parse the arguments, which may print a help text."""
        with _standard_output():
            return super().make_context(*args, **kwargs)

    def invoke(self, ctx: click.Context) -> Any:  # noqa: ANN401  as click has it
        """Call the command; click's own exit code for a broken pipe would be that of a finding."""
        with _standard_output():
            return super().invoke(ctx)


@contextmanager
def _standard_output() -> Iterator[None]:
    """Tell apart a standard output that fails and a fault of the program.

    Raises:
        OutputError: standard output cannot be written.
        SystemExit: its reader has closed it; for example `head`.
    """
    try:
        yield
    except OSError as error:
        if error.filename is not None:  # a file, and whoever opened it should have caught this
            raise
        with suppress(OSError, ValueError):  # Python would flush it again when it ends
            os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        if isinstance(error, BrokenPipeError):
            raise SystemExit(BROKEN_PIPE) from None
        raise OutputError(f"standard output: cannot be written: {error.strerror}") from None


@click.group(cls=_Commands, context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100})
@click.version_option(package_name=distribution.NAME, prog_name="rupture")
def command() -> None:
    """Write the letter that ends a client relationship, from the facts in a case file.

    Start with `rupture new case.yaml`, fill it in, look at its plan with `rupture plan case.yaml`, review it with
    `rupture check case.yaml`, then `rupture render case.yaml -o letter.pdf`.

    Exit codes: 0 done, 1 held back by findings, 2 wrong input, 130 stopped by Ctrl-C, 141 broken pipe.
    """


def main() -> None:
    """Run the command and end the process."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):  # a terminal may lack a character; a file name may not be text
            stream.reconfigure(errors="replace")
    raise SystemExit(_exit_code())


def _exit_code() -> int:
    """Run the command; every error that it can end with becomes a message and an exit code here."""
    try:
        with _standard_output():
            code = command.main(prog_name="rupture", standalone_mode=False)
    except click.ClickException as error:
        error.show()
        return error.exit_code
    except (click.Abort, KeyboardInterrupt):
        _complain("stopped")
        return STOPPED
    except HeldBack as error:
        _complain(f"held back:\n{error}")
        return HELD_BACK
    except RuptureError as error:
        _complain(str(error))
        return WRONG_INPUT
    return code or 0


def _complain(message: str) -> None:
    with suppress(OSError):  # broken pipe
        click.echo(click.style("error: ", fg="red", bold=True) + message, err=True)
