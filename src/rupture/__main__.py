"""`python -m rupture` is the command."""

from rupture.cli.main import main

main()
