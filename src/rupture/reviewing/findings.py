"""What a review returns: findings, each with its words and its place, worst first."""

from __future__ import annotations

from dataclasses import dataclass
from html import escape
from typing import TYPE_CHECKING, Final, Literal, Self, TypeAlias

from rupture.reviewing.marking import Mark, marked_letters

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from rupture.letter.tree import Document

Severity: TypeAlias = Literal["error", "warning", "hint"]

#: The severities, worst first.
RANK: Final[Mapping[Severity, int]] = {"error": 0, "warning": 1, "hint": 2}

_COLOURS: Final[Mapping[Severity, str]] = {"error": "#f8c8c4", "warning": "#fbe3b0", "hint": "#d3e6f7"}
_COLUMNS: Final = ("", "severity", "code", "field", "message", "suggestion")


@dataclass(frozen=True, slots=True)
class Finding:
    """One finding of the review, in the language of the letter.

    Args:
        code: what it is, such as ``step.missing``; stable, for scripts and waivers.
        severity: an error holds the letter back.
        message: what was found.
        suggestion: what to do about it.
        words: what was found, word for word; empty when it is not a matter of words.
        why: why it matters.
        source: where the rule or the figure comes from.
        path: the case field, or the part of the letter.
        file: the case file, or empty.
        line: its line, from 1; 0 when unknown.
        column: its column, from 1; 0 when unknown.
        start: where the words begin in the text that was reviewed, from 0; only of `review_text`.
        waived: why the sender lets it stand; empty when it is not waived.
    """

    code: str
    severity: Severity
    message: str
    suggestion: str = ""
    words: str = ""
    why: str = ""
    source: str = ""
    path: str = ""
    file: str = ""
    line: int = 0
    column: int = 0
    start: int = 0
    waived: str = ""

    def __str__(self) -> str:
        place = f"{self.file}:{self.line}:{self.column}: " if self.line else ""
        waived = f" (waived: {self.waived})" if self.waived else ""
        return f"{place}{self.severity} {self.code}{waived}: {self.message} {self.suggestion}".rstrip()


class Findings(tuple[Finding, ...]):  # noqa: SLOT001  it holds the letter as well
    """The findings of a review, worst first; shows itself as a table in a notebook."""

    document: Document | None

    def __new__(cls, findings: Iterable[Finding] = (), document: Document | None = None) -> Self:
        """Return the findings ordered by severity, then by place; with the letter they are about."""
        ordered = super().__new__(cls, sorted(findings, key=lambda f: (RANK[f.severity], f.line, f.column, f.code)))
        ordered.document = document
        return ordered

    @property
    def errors(self) -> tuple[Finding, ...]:
        """The findings that hold the letter back."""
        return tuple(finding for finding in self if finding.severity == "error" and not finding.waived)

    def _repr_html_(self) -> str:
        return self.html()

    def html(self, *, whose: bool = False) -> str:
        """Return the findings as a table and, below it, the letter with their words marked and numbered.

        Args:
            whose: whether to show which words of the letter are the user's, which were computed, and which are ours.
        """
        if not self:
            letters = marked_letters(self.document.letters, (), whose=True) if whose and self.document else ""
            return f"<p>No findings.</p>{letters}"
        head = "".join(f'<th scope="col">{title}</th>' for title in _COLUMNS)
        rows = "".join(_row(number, finding) for number, finding in enumerate(self, 1))
        marks = [Mark(f.path, f.words, _COLOURS[f.severity], f"{f.code}: {f.message}") for f in self]
        letters = marked_letters(self.document.letters, marks, whose=whose) if self.document else ""
        return f"<table><thead><tr>{head}</tr></thead><tbody>{rows}</tbody></table>{letters}"


def _row(number: int, finding: Finding) -> str:
    severity = f"{finding.severity}, waived: {finding.waived}" if finding.waived else finding.severity
    cells = (finding.code, finding.path, finding.message, finding.suggestion)
    return (
        f'<tr><td>{number}</td><td style="background:{_COLOURS[finding.severity]}">{escape(severity)}</td>'
        + "".join(f"<td>{escape(cell)}</td>" for cell in cells)
        + "</tr>"
    )
