"""Limits for the templates of third parties: steps and characters for one part of a letter."""

from __future__ import annotations

from contextlib import contextmanager
from contextvars import ContextVar
from typing import TYPE_CHECKING, Final

from jinja2.exceptions import SecurityError

if TYPE_CHECKING:
    from collections.abc import Iterator

#: Elements of templates that are run, and characters that they write, for one part of a letter. The longest parts of
#: the built-in letters take some thousands of each.
MOST_STEPS: Final = 1_000_000
MOST_CHARACTERS: Final = 1_000_000


class Budget:
    """The steps and characters that one part of a letter has left."""

    def __init__(self) -> None:
        self._steps = MOST_STEPS
        self._characters = MOST_CHARACTERS

    def step(self, count: int) -> None:
        """Take some work.

        Raises:
            SecurityError: there is none left.
        """
        self._steps -= count
        if self._steps < 0:
            raise SecurityError(f"more than {MOST_STEPS:,} steps: a loop or a macro here goes on for too long")

    def write(self, count: int) -> None:
        """Take some characters.

        Raises:
            SecurityError: there are none left.
        """
        self._characters -= count
        if self._characters < 0:
            raise SecurityError(f"more than {MOST_CHARACTERS:,} characters are made for one part of the letter")


_LEFT: Final[ContextVar[Budget | None]] = ContextVar("left", default=None)


@contextmanager
def bounded() -> Iterator[None]:
    """Run the body of a ``with`` statement within the budget of one part of a letter."""
    token = _LEFT.set(Budget())
    try:
        yield
    finally:
        _LEFT.reset(token)


def take_steps(count: int) -> None:
    """Take work from the budget of the part that is rendered, if there is one."""
    if left := _LEFT.get():
        left.step(count)


def take_characters(count: int) -> None:
    """Take characters from the budget of the part that is rendered, if there is one."""
    if left := _LEFT.get():
        left.write(count)
