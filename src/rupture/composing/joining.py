"""How sentences stand together: one space between them, a capital before each, one stop after it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from rupture.letter.blocks import Run, line_text

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from rupture.letter.blocks import Line

_SPACE: Final = Run(" ")
_STOP: Final = Run(".")
_OPENING: Final = "«“‘\"'([ \u00a0\u202f"
_CLOSING: Final = "»”’\"')] \u00a0\u202f"
#: Closing marks inside of which a stop also ends the sentence around them.
_QUOTES: Final = "»”’\"' \u00a0\u202f"
_ENDS: Final = (".", "!", "?", "…")
_MARKS: Final = (*_ENDS, ":", ";", ",")


def sentence(line: Line) -> Line:
    """Return a line as a sentence: with a capital, and with a stop where it has no mark of its own."""
    if not line:
        return line
    begun = line if line[0].text[:1].isupper() else tuple(_begun(line))
    end = line[-1].text.rstrip(_CLOSING) or line_text(line).rstrip(_CLOSING)
    return begun if end.endswith(_MARKS) else (*begun, _STOP)


def joined(lines: Iterable[Line]) -> Line:
    """Return lines one behind the other, one space between two."""
    out: list[Run] = []
    for line in lines:
        if line:
            out += (_SPACE, *line) if out else line
    return tuple(out)


def once_stopped(line: Line) -> Line:
    """Return a line without the stop that follows words which bring their own."""
    if "." not in [run.text[:1] for run in line]:
        return line
    out: list[Run] = []
    before = ""
    for run in line:
        doubled = run.text.startswith(".") and not run.text.startswith("..") and before.rstrip(_QUOTES).endswith(_ENDS)
        if text := run.text[doubled:]:
            out.append(run.but(text) if doubled else run)
            before = text
    return tuple(out)


def _begun(line: Line) -> Iterator[Run]:
    """Yield the runs of a line, the first letter as a capital, except in words such as eBay or a web address."""
    runs = iter(line)
    for run in runs:
        bare = run.text.lstrip(_OPENING)
        if bare:
            start = len(run.text) - len(bare)
            yield run.but(run.text[:start] + _raised(bare))
            break
        yield run
    yield from runs


def _raised(text: str) -> str:
    word = text.split(maxsplit=1)[0]
    usual = not any(letter.isupper() for letter in word[1:])
    return text[:1].upper() + text[1:] if usual and "." not in word[:-1] and "@" not in word else text
