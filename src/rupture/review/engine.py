"""The review of a case and its letter: every rule is asked, and what it sees gets its words and its place."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from rupture import catalog, typography
from rupture.review import address, rules
from rupture.review.finding import Finding, Findings

if TYPE_CHECKING:
    from collections.abc import Mapping

    from rupture.case import Case
    from rupture.document import Document
    from rupture.review.observation import Observation, Rule, Value
    from rupture.typography import Style

RULES: Final[tuple[Rule, ...]] = (*rules.RULES, *address.RULES)


def review(case: Case, document: Document) -> Findings:
    """Return what to look at before the letter is sent.

    Args:
        case: the facts.
        document: the letter composed from them.
    """
    texts = catalog.review_texts(case.language)
    return Findings(_finding(seen, texts[seen.code], case) for rule in RULES for seen in rule(case, document))


def _finding(seen: Observation, text: Mapping[str, str], case: Case) -> Finding:
    origin = case._origin  # noqa: SLF001  kept private so that equal cases stay equal
    line, column = origin.place(seen.path) if origin else (0, 0)
    style = catalog.language(case.language).styles[case.locale]
    said = {name: _said(value, style) for name, value in seen.values.items()}
    return Finding(
        code=seen.code,
        severity=seen.severity,
        message=text["message"].format(**said),
        suggestion=text["suggestion"].format(**said),
        path=seen.path,
        file=origin.file if origin else "",
        line=line,
        column=column,
    )


def _said(value: Value, style: Style) -> str:
    return str(value) if isinstance(value, str | int) else typography.date_text(value, style)
