"""A letter as HTML with some of its words marked and numbered."""

from __future__ import annotations

from html import escape
from typing import TYPE_CHECKING, NamedTuple

from rupture.letter.markup import article, run_html
from rupture.letter.whose import dressed, legend

if TYPE_CHECKING:
    from collections.abc import Sequence

    from rupture.letter.blocks import Run
    from rupture.letter.tree import Letter


class Mark(NamedTuple):
    """What to mark.

    Args:
        path: the case field that the words come from; nothing is marked without one.
        words: those to mark; all that comes from the field where they are not in it.
        colour: of the background.
        title: shown when the pointer rests on the mark.
    """

    path: str
    words: str
    colour: str
    title: str


def marked_letters(letters: Sequence[Letter], marks: Sequence[Mark], *, whose: bool = False) -> str:
    """Return letters as HTML, each mark with its number from 1 in the words it is about.

    Args:
        letters: the letters.
        marks: what to mark.
        whose: whether to show which words are the user's, which were computed, and which are ours.
    """
    placed = [(number, mark) for number, mark in enumerate(marks, 1) if mark.path]

    def write(run: Run) -> str:
        marked = _marked_run(run, placed)
        return dressed(run, marked) if whose else marked

    return (legend() if whose else "") + "<hr>".join(article(letter.locale, letter.parts, write) for letter in letters)


def _marked_run(run: Run, placed: Sequence[tuple[int, Mark]]) -> str:
    """Return a run with the words of each mark marked; of marks that overlap, the first alone."""
    spans: list[tuple[int, int, str]] = []
    for number, mark in placed:
        if run.source and _is_in(mark.path, run.source):
            start, end = _span(run.text, mark.words)
            if all(end <= other or start >= behind for other, behind, _ in spans):
                spans.append((start, end, _mark(run.text[start:end], number, mark)))
    if not spans:
        return run_html(run)
    html, position = "", 0
    for start, end, marked in sorted(spans):
        html += escape(run.text[position:start], quote=False) + marked
        position = end
    html += escape(run.text[position:], quote=False)
    return f"<strong>{html}</strong>" if run.strong else html


def _span(text: str, words: str) -> tuple[int, int]:
    start = text.find(words) if words else -1
    return (start, start + len(words)) if start >= 0 else (0, len(text))


def _mark(text: str, number: int, mark: Mark) -> str:
    look = f'style="background:{mark.colour}" title="{escape(mark.title)}"'
    return f"<mark {look}>{escape(text, quote=False)}<sup>{number}</sup></mark>"


def _is_in(path: str, source: str) -> bool:
    return source == path or source.startswith((f"{path}.", f"{path}["))
