"""A letter with its findings in place, as HTML: for a notebook, and for `rupture check --format html`."""

from __future__ import annotations

from html import escape
from typing import TYPE_CHECKING, Final

from rupture.letter.tree import html_of, run_html

if TYPE_CHECKING:
    from collections.abc import Sequence

    from rupture.letter.tree import Letter, Run
    from rupture.reviewing.finding import Finding

_COLOURS: Final = {"error": "#f8c8c4", "warning": "#fbe3b0", "hint": "#d3e6f7"}
_COLUMNS: Final = ("severity", "code", "field", "message", "suggestion")


def marked_html(findings: Sequence[Finding], letters: Sequence[Letter]) -> str:
    """Return the findings as a table and, below it, the letter with the words they are about marked and numbered."""
    if not findings:
        return "<p>No finding.</p>"
    return _table(findings) + "<hr>".join(_letter(letter, findings) for letter in letters)


def _table(findings: Sequence[Finding]) -> str:
    head = "".join(f'<th scope="col">{title}</th>' for title in ("", *_COLUMNS))
    rows = "".join(
        f'<tr><td>{number}</td><td style="background:{_COLOURS[f.severity]}">{_standing(f)}</td>'
        + "".join(f"<td>{escape(cell)}</td>" for cell in (f.code, f.path, f.message, f.suggestion))
        + "</tr>"
        for number, f in enumerate(findings, 1)
    )
    return f"<table><thead><tr>{head}</tr></thead><tbody>{rows}</tbody></table>"


def _standing(finding: Finding) -> str:
    return f"{finding.severity}, waived: {escape(finding.waived)}" if finding.waived else finding.severity


def _letter(letter: Letter, findings: Sequence[Finding]) -> str:
    placed = [(number, finding) for number, finding in enumerate(findings, 1) if finding.path]
    body = html_of(letter.parts, write=lambda run: _marked_run(run, placed))
    return f'<article lang="{escape(letter.locale)}" style="max-width:42em">{body}</article>'


def _marked_run(run: Run, placed: Sequence[tuple[int, Finding]]) -> str:
    """Return a run with the words of each finding marked, or the whole of it where one is about the field."""
    spans: list[tuple[int, int, str]] = []
    for number, finding in placed:
        if run.source and _stands_in(finding.path, run.source):
            start, end = _span(run.text, finding.words)
            if all(end <= other or start >= behind for other, behind, _ in spans):
                spans.append((start, end, _mark(run.text[start:end], number, finding)))
    if not spans:
        return run_html(run)
    html, position = "", 0
    for start, end, mark in sorted(spans):
        html += escape(run.text[position:start], quote=False) + mark
        position = end
    html += escape(run.text[position:], quote=False)
    return f"<strong>{html}</strong>" if run.strong else html


def _span(text: str, words: str) -> tuple[int, int]:
    start = text.find(words) if words else -1
    return (start, start + len(words)) if start >= 0 else (0, len(text))


def _mark(text: str, number: int, finding: Finding) -> str:
    title = escape(f"{finding.code}: {finding.message}")
    look = f'style="background:{_COLOURS[finding.severity]}" title="{title}"'
    return f"<mark {look}>{escape(text, quote=False)}<sup>{number}</sup></mark>"


def _stands_in(path: str, source: str) -> bool:
    return source == path or source.startswith((f"{path}.", f"{path}["))
