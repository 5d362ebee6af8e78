"""What the review says: one finding."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final, Literal, TypeAlias

if TYPE_CHECKING:
    from collections.abc import Mapping

Severity: TypeAlias = Literal["error", "warning", "hint"]

#: The severities, the gravest first.
RANK: Final[Mapping[Severity, int]] = {"error": 0, "warning": 1, "hint": 2}


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
        waived = f" (waived: {self.waived})" if self.waived else ""
        return f"{place}{self.severity} {self.code}{waived}: {self.message} {self.suggestion}".rstrip()
