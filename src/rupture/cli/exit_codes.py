"""The exit codes of the command."""

from __future__ import annotations

from typing import Final

#: An error of the review stands, or a row of a merge gave no letter.
HELD_BACK: Final = 1
WRONG_INPUT: Final = 2
#: By Ctrl-C.
STOPPED: Final = 130
#: Broken pipe: the reader of standard output has closed it.
BROKEN_PIPE: Final = 141
