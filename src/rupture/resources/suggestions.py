"""What to say of a word that is not known: the closest known one."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Iterable

#: Comparing is quadratic in the length of the word.
_LONGEST: Final = 60


def did_you_mean(word: str, known: Iterable[str]) -> str:
    """Return ``, did you mean 'x'?`` for the known word closest to this one, or nothing."""
    close = closest(word, known, 1)
    return f", did you mean {close[0]!r}?" if close else ""


def closest(word: str, known: Iterable[str], count: int = 3) -> list[str]:
    """Return the known words most like this one, the closest first; none that is too different."""
    from difflib import get_close_matches  # noqa: PLC0415  only needed on the way to an error

    return get_close_matches(word[:_LONGEST], list(known), n=count)


def unknown(kind: str, word: str, known: Iterable[str]) -> str:
    """Return the complaint about an unknown word: the closest known one, else all there are.

    Args:
        kind: what the word names, such as ``locale``.
        word: what was written.
        known: the words there are.
    """
    words = list(known)
    hint = did_you_mean(word, words) or f"; there are {', '.join(words)}"
    return f"unknown {kind} {word!r}{hint}"
