"""What the review says: one finding, and all of them as a table."""

from __future__ import annotations

from dataclasses import dataclass
from html import escape
from typing import TYPE_CHECKING, Literal, Self, TypeAlias

if TYPE_CHECKING:
    from collections.abc import Iterable

Severity: TypeAlias = Literal["error", "warning", "hint"]


@dataclass(frozen=True, slots=True)
class Finding:
    """One remark of the review, in the language of the letter.

    Args:
        code: what it is, as ``step.missing``; stable, for scripts and waivers.
        severity: an error holds the letter back.
        message: what was found.
        suggestion: what to do about it.
        words: what was found, word for word; empty when it is not a matter of words.
        why: why it matters.
        source: where the rule or the figure comes from.
        path: the case field, or the step of the letter.
        file: the case file, or empty.
        line: its line, from 1; 0 when unknown.
        column: its column, from 1; 0 when unknown.
        start: where the words begin in the text that was reviewed, from 0; only of `review_text`.
        waived: why the sender lets it stand; empty when nobody does.
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
        return f"{place}{self.severity} {self.code}: {self.message} {self.suggestion}".rstrip()


class Findings(tuple[Finding, ...]):
    """The findings of a review, worst first; shows itself as a table in a notebook."""

    __slots__ = ()

    def __new__(cls, findings: Iterable[Finding] = ()) -> Self:
        """Return the findings ordered by severity, then by place."""
        rank = {"error": 0, "warning": 1, "hint": 2}
        return super().__new__(cls, sorted(findings, key=lambda f: (rank[f.severity], f.line, f.column, f.code)))

    @property
    def errors(self) -> tuple[Finding, ...]:
        """The findings that hold the letter back."""
        return tuple(finding for finding in self if finding.severity == "error")

    def _repr_html_(self) -> str:
        if not self:
            return "<p>No finding.</p>"
        rows = "".join(
            "<tr>"
            + "".join(f"<td>{escape(cell)}</td>" for cell in (f.severity, f.code, f.path, f.message, f.suggestion))
            + "</tr>"
            for f in self
        )
        head = "".join(f"<th>{title}</th>" for title in ("severity", "code", "field", "message", "suggestion"))
        return f"<table><thead><tr>{head}</tr></thead><tbody>{rows}</tbody></table>"
