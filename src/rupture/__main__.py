"""`python -m rupture` is the command."""

from rupture.cli import main

main()
