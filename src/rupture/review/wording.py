"""What the tone rules find, as findings: in a text by itself, and in the words of a letter and its case."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rupture.review.finding import Finding, Findings
from rupture.review.tone import rulebook

if TYPE_CHECKING:
    from pathlib import Path

    from rupture.review.tone import Remark


def review_text(text: str, language: str, folder: Path | None = None) -> Findings:
    """Return what the tone rules find in a sentence or a paragraph by itself.

    Args:
        text: the words; as long as they are.
        language: its code.
        folder: of templates of your own, whose ``review.toml`` counts too.

    Raises:
        TemplateError: a rule file cannot be used.
    """
    return Findings(finding_of(remark, text) for remark in rulebook(language, folder).read(text))


def finding_of(remark: Remark, text: str) -> Finding:
    """Return a remark on a text as a finding that has no place in a case yet."""
    rule, words = remark.rule, text[remark.start : remark.end]
    return Finding(
        code=rule.code,
        severity=rule.severity,
        message=rule.message.replace("{words}", words),
        suggestion=rule.suggestion,
        words=words,
        why=rule.why,
        source=rule.source,
        start=remark.start,
    )
