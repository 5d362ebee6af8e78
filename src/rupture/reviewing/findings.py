"""All that a review says, worst first."""

from __future__ import annotations

from typing import TYPE_CHECKING, Self

from rupture.reviewing.finding import RANK, Finding
from rupture.reviewing.reports.html import marked_html

if TYPE_CHECKING:
    from collections.abc import Iterable

    from rupture.letter.tree import Document


class Findings(tuple[Finding, ...]):  # noqa: SLOT001  it holds the letter beside them
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
        return marked_html(self, self.document.letters if self.document else ())
