"""`rupture completion`: what turns on completion in a shell."""

from __future__ import annotations

import click
from click.shell_completion import get_completion_class

from rupture.cli.options import WithExamples
from rupture.errors import InputError


@click.command(
    cls=WithExamples,
    examples="""
    rupture completion bash >> ~/.bashrc
    rupture completion zsh >> ~/.zshrc
    rupture completion fish > ~/.config/fish/completions/rupture.fish
    """,
)
@click.argument("shell", type=click.Choice(["bash", "zsh", "fish"]))
def completion(shell: str) -> None:
    """Print the line that turns on completion in a shell."""
    kind = get_completion_class(shell)
    if kind is None:
        raise InputError(f"no completion for {shell}")
    click.echo(kind(click.get_current_context().find_root().command, {}, "rupture", "_RUPTURE_COMPLETE").source())
